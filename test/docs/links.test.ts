// Links between the pages, on GitHub: VitePress checks neither the README's links nor the part after "#".
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';
import { PAGES } from './read-docs.js';

const FILES = [...PAGES.keys(), 'CONTRIBUTING.md', 'SECURITY.md', 'src/README.md', 'tools/README.md'];

const withoutCode = (page: string) => page.replace(/^```.*?^```$/gms, '');
const readPage = (path: string) => withoutCode(readFileSync(path, 'utf8'));

/** As GitHub and VitePress make it of a heading of plain words. */
const toAnchor = (heading: string) =>
  heading
    .toLowerCase()
    .replace(/[^\w\s-]/g, '')
    .trim()
    .replace(/\s+/g, '-');

function findDeadLinks(file: string, page: string): string[] {
  const links = [...page.matchAll(/\]\((?!\w+:)([^)#]*)(?:#([^)]*))?\)/g)];
  return links.flatMap(([link, path, anchor]) => {
    const target = path ? join(dirname(file), path) : file;
    // typedoc writes these pages.
    if (target.startsWith('docs/api/')) return [];
    if (!existsSync(target)) return [`${file}: ${link} leads to no file`];
    if (!anchor) return [];
    const linked = readPage(target);
    const headings = [...linked.matchAll(/^#+ (.*)$/gm)].map(([, heading]) => toAnchor(heading!));
    // The numbered facts have anchors without a heading.
    const anchors = [...linked.matchAll(/<a id="([^"]+)"><\/a>/g)].map(([, id]) => id!);
    return [...headings, ...anchors].includes(anchor) ? [] : [`${file}: ${link} leads to no heading`];
  });
}

it.each(FILES)('every link of %s leads to a file and a heading', (file) => {
  expect(findDeadLinks(file, readPage(file))).toEqual([]);
});

it('notices a missing file and a missing heading', () => {
  const page = '[a](./nowhere.md) [b](./start.md#nowhere) [c](./start.md#install) [d](https://example.com/#x)';
  expect(findDeadLinks('docs/csp.md', page)).toEqual([
    'docs/csp.md: ](./nowhere.md) leads to no file',
    'docs/csp.md: ](./start.md#nowhere) leads to no heading',
  ]);
});

it('accepts a link to the anchor of a fact, but not to one that does not exist', () => {
  const page = '[a](./messenger.md#m26) [b](./messenger.md#m0)';
  expect(findDeadLinks('docs/csp.md', page)).toEqual(['docs/csp.md: ](./messenger.md#m0) leads to no heading']);
});
