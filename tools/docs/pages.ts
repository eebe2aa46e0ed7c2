// Which parts of the documentation's pages are generated, and how they look in the page.
import { readFileSync } from 'node:fs';
import { format, resolveConfig } from 'prettier';
import { writeMarkedText } from '../marked-text.js';
import { composeScriptTags } from './script-tags.js';
import { TABLES } from './tables.js';

export const GENERATED: typeof TABLES = {
  ...TABLES,
  'script-tags': { page: 'docs/script-tag.md', compose: composeScriptTags },
};

/** The page with the text that the code gives now. */
export async function composePage(name: string): Promise<{ readonly path: string; readonly text: string }> {
  const { page, compose } = GENERATED[name]!;
  const text = await format(compose(), { ...(await resolveConfig(page)), parser: 'markdown' });
  return { path: page, text: writeMarkedText(readFileSync(page, 'utf8'), name, `\n\n${text}\n`) };
}
