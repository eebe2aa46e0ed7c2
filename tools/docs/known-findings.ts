// The module with which the token doctor's page explains a finding of which it knows only the code, as in a shared report.
import { readFileSync } from 'node:fs';
import { format, resolveConfig } from 'prettier';
import { CATALOGUE } from '../../src/inspect/catalogue.js';
import { readUnion } from './read-comments.js';

export const PATH = 'examples/doctor/known-findings.js';

const HEAD = `// What each code of a finding means. \`npm run docs:tables\` writes this file.\n\nexport const KNOWN_FINDINGS = `;

export async function composeKnownFindings(): Promise<string> {
  const documented = new Map(readUnion('src/core/findings.ts', 'FindingCode').map((member) => [member.name, member]));
  const entries = Object.entries(CATALOGUE).map(([code, [severity, , remedy]]) => {
    // The doctor's own message about a token says more, but is not in a shared report.
    const text = documented
      .get(code)!
      .paragraphs.join(' ')
      .replace(/ The message says [^.]*\./g, '');
    const meaning = text.replaceAll('`', '');
    return [code, { severity, meaning, remedy }] as const;
  });
  const text = `${HEAD}${JSON.stringify(Object.fromEntries(entries))};`;
  return format(text, { ...(await resolveConfig(PATH)), parser: 'babel' });
}

export const readKnownFindings = (): string => readFileSync(PATH, 'utf8');
