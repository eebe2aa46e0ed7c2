// What of the simulation is kept in the project, and where: the README's tables and two charts.
import { readFileSync } from 'node:fs';

export const CHARTS = ['docs/images/simulate-month.svg', 'docs/images/simulate-fleet.svg'] as const;
const MARKED = /<!-- simulate -->\n(.*?)<!-- \/simulate (\w*) -->/s;

/** What is written between the README's marks, and the fingerprint that stands at its end. */
export function readWritten(readme: string): { readonly texts: readonly string[]; readonly fingerprint: string } {
  const [, tables, fingerprint] = MARKED.exec(readme) ?? [];
  if (tables === undefined) throw new Error('The README has no place for the simulation: <!-- simulate -->');
  return { texts: [tables, ...CHARTS.map((path) => readFileSync(path, 'utf8'))], fingerprint: fingerprint! };
}

export function writeTables(readme: string, tables: string, fingerprint: string): string {
  return readme.replace(MARKED, () => `<!-- simulate -->\n\n${tables}\n<!-- /simulate ${fingerprint} -->`);
}
