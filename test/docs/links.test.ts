// Links between the pages, on GitHub: VitePress checks neither the README's links nor the part after "#".
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';
import { isApp, SITE } from '../../docs/.vitepress/address.js';
import { composeSidebar } from '../../docs/.vitepress/sidebar.js';
import { flattenSidebar } from '../../tools/docs/read-pages.js';
import { PAGES } from './read-docs.js';

const FILES = [...PAGES.keys(), 'docs/llms.txt', 'CONTRIBUTING.md', 'SECURITY.md', 'src/README.md', 'tools/README.md'];

const withoutCode = (page: string) => page.replace(/^```.*?^```$/gms, '');
const readPage = (path: string) => withoutCode(readFileSync(path, 'utf8'));

/** As GitHub and VitePress make it of a heading of plain words. */
const toAnchor = (heading: string) =>
  heading
    .toLowerCase()
    .replace(/[^\w\s-]/g, '')
    .trim()
    .replace(/\s+/g, '-');

/** The file of a page, by its address on the site. */
const fileAt = (address: string) => `docs/${address.slice(SITE.length).replace(/(?<=^|\/)$/, 'index')}.md`;

function findDeadLinks(file: string, page: string): string[] {
  const links = [...page.matchAll(/\]\(([^)#]*)(?:#([^)]*))?\)/g)];
  return links.flatMap(([link, path = '', anchor]) => {
    const isOfSite = path.startsWith(SITE);
    if (/^\w+:/.test(path) && !isOfSite) return [];
    // llms.txt is written when the site is built.
    if (isOfSite && (isApp(path.slice(SITE.length)) || path === `${SITE}llms.txt`)) return [];
    const target = isOfSite ? fileAt(path) : path ? join(dirname(file), path) : file;
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

it('the apps of the site are those that are copied into it', () => {
  const apps = JSON.parse(readFileSync('examples/apps.json', 'utf8')) as { folder: string }[];
  expect(apps.map(({ folder }) => folder).filter((folder) => !isApp(`${folder}/`))).toEqual([]);
  const links = flattenSidebar(composeSidebar([])).map(({ link = '' }) => link.slice(1));
  expect(links.filter(isApp).sort()).toEqual(apps.map(({ folder }) => `${folder}/`).sort());
});

it('follows the address of a page on the site, and leaves those that VitePress does not build', () => {
  const page = `[a](${SITE}start#install) [b](${SITE}problems/) [c](${SITE}doctor/) [d](${SITE}nowhere) [e](${SITE}start#x)`;
  expect(findDeadLinks('docs/csp.md', page)).toEqual([
    `docs/csp.md: ](${SITE}nowhere) leads to no file`,
    `docs/csp.md: ](${SITE}start#x) leads to no heading`,
  ]);
});

it('accepts a link to the anchor of a fact, but not to one that does not exist', () => {
  const page = '[a](./messenger.md#m26) [b](./messenger.md#m0)';
  expect(findDeadLinks('docs/csp.md', page)).toEqual(['docs/csp.md: ](./messenger.md#m0) leads to no heading']);
});
