// What of the bench is kept in the project, and where: the README's tables. What a hand has changed in them has another
// checksum.
import { createHash } from 'node:crypto';

const MARKED = /<!-- bench -->\n(.*?)<!-- \/bench (\w*) -->/s;

export function readWritten(readme: string): { readonly tables: string; readonly checksum: string } {
  const [, tables, checksum] = MARKED.exec(readme) ?? [];
  if (tables === undefined) throw new Error('The README has no place for the bench: <!-- bench -->');
  return { tables, checksum: checksum! };
}

export function writeTables(readme: string, tables: string): string {
  readWritten(readme);
  const text = `\n${tables}\n`;
  return readme.replace(MARKED, () => `<!-- bench -->\n${text}<!-- /bench ${takeChecksum(text)} -->`);
}

export const takeChecksum = (text: string) => createHash('sha256').update(text).digest('hex').slice(0, 12);
