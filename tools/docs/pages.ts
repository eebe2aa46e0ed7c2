// Which parts of the documentation's pages are generated, and how they look in the page.
import { readFileSync } from 'node:fs';
import { format, resolveConfig } from 'prettier';
import { writeMarkedText } from '../marked-text.js';
import { FIXES } from './fixes.js';
import { composeScriptTags } from './script-tags.js';
import { TABLES } from './tables.js';
import { VERSIONS } from './versions.js';

export const GENERATED: typeof TABLES = {
  ...TABLES,
  ...FIXES,
  ...VERSIONS,
  'script-tags': { page: 'docs/script-tag.md', compose: composeScriptTags },
};

/** The page with the text that the code gives now. */
export async function composePage(name: string): Promise<{ readonly path: string; readonly text: string }> {
  const { page, compose } = GENERATED[name]!;
  const composed = compose();
  const text = composed.startsWith('| ')
    ? withoutPadding(composed)
    : await format(composed, { ...(await resolveConfig(page)), parser: 'markdown' });
  return { path: page, text: writeMarkedText(readFileSync(page, 'utf8'), name, `\n\n${text}\n`) };
}

// Prettier would align the columns. In tables with long cells, more than half of a page would be spaces, and the pages are
// in the npm package.
const withoutPadding = (tables: string) =>
  `<!-- prettier-ignore-start -->\n\n${tables}\n<!-- prettier-ignore-end -->\n`;
