// Lighthouse's scores of one page of the built site, and what it found.
import lighthouse, { desktopConfig, type Flags } from 'lighthouse';

export const CATEGORIES = ['performance', 'accessibility', 'best-practices', 'seo'] as const;
export type Category = (typeof CATEGORIES)[number];
export type FormFactor = 'phone' | 'desktop';

// At the root of the host, so not a part of this site. And Lighthouse requests it from within the page, which the policy of the
// token doctor forbids.
const SKIPPED = ['robots-txt'];
// On a machine that may be very busy.
const MOST_LOADING_MS = 120_000;

export interface PageScores {
  /** From 0 to 100. */
  readonly scores: Readonly<Partial<Record<Category, number>>>;
  /** What is not perfect and counts: the category, the name of the audit, its title, and what was measured. */
  readonly problems: readonly string[];
}

/**
 * Phones are a slow processor and a slow network, which Lighthouse simulates, so its scores of the performance depend less on
 * this computer. They still do.
 *
 * @param port - of Chromium's DevTools
 */
export async function auditPage(
  port: number,
  url: string,
  form: FormFactor,
  categories: readonly Category[],
): Promise<PageScores> {
  const config = form === 'desktop' ? desktopConfig : undefined;
  const flags: Flags = {
    port,
    onlyCategories: [...categories],
    skipAudits: SKIPPED,
    maxWaitForLoad: MOST_LOADING_MS,
    maxWaitForFcp: MOST_LOADING_MS,
    logLevel: 'silent',
  };
  const result = await lighthouse(url, flags, config);
  const report = result!.lhr;
  if (report.runtimeError) throw new Error(`${url}: ${report.runtimeError.message}`);
  const scores = categories.map((name) => [name, Math.round((report.categories[name]!.score ?? 0) * 100)] as const);
  const problems = categories.flatMap((name) =>
    report.categories[name]!.auditRefs.flatMap(({ id, weight }) => {
      const { score, title, displayValue } = report.audits[id]!;
      return weight > 0 && score !== null && score < 0.9
        ? [`${name}: ${id}: ${title} ${displayValue ?? ''}`.trim()]
        : [];
    }),
  );
  return { scores: Object.fromEntries(scores), problems };
}
