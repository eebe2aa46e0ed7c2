// What the site has for coding assistants: llms.txt, llms-full.txt, and each page as Markdown at its address with `.md`.
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { composeFullText, composeSiteIndex, listPages } from '../../tools/docs/llms.js';
import { fileOf, readPage, withoutMarks } from '../../tools/docs/read-pages.js';

export function writeMarkdown(folder: string): void {
  writeFileSync(join(folder, 'llms.txt'), composeSiteIndex());
  writeFileSync(join(folder, 'llms-full.txt'), composeFullText());
  for (const { link } of listPages()) {
    const path = join(folder, fileOf(link!).slice('docs/'.length));
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, withoutMarks(readPage(link!)));
  }
}
