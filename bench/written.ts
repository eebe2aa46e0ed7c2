// What of the bench is kept in the project, and where: the README's tables.
const MARKED = /<!-- bench -->\n(.*?)<!-- \/bench -->/s;

export function readWritten(readme: string): string {
  const [, tables] = MARKED.exec(readme) ?? [];
  if (tables === undefined) throw new Error('The README has no place for the bench: <!-- bench -->');
  return tables;
}

export function writeTables(readme: string, tables: string): string {
  readWritten(readme);
  return readme.replace(MARKED, () => `<!-- bench -->\n\n${tables}\n<!-- /bench -->`);
}
