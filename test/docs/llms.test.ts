// The index for coding assistants has every page, with what its frontmatter says.
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { SITE } from '../../docs/.vitepress/address.js';
import { composeFullText, composePackageIndex, composeSiteIndex, readPackedPages } from '../../tools/docs/llms.js';
import { readFrontmatter } from '../../tools/docs/read-pages.js';
import { PAGES } from './read-docs.js';

const pages = [...PAGES].filter(([path]) => path.startsWith('docs/') && path !== 'docs/index.md');
const linesOf = (index: string) => [...index.matchAll(/^- \[(.+)\]\((.+?)\): (.+)$/gm)].map(([, ...line]) => line);

it('every page has a description of its own, of a length that search engines show', () => {
  const descriptions = pages.map(([, page]) => readFrontmatter(page).description ?? '');
  for (const [index, [path]] of pages.entries()) {
    expect(descriptions[index]!.length, path).toBeGreaterThan(30);
    expect(descriptions[index]!.length, path).toBeLessThan(260);
  }
  expect(new Set(descriptions).size).toBe(pages.length);
});

it('the index of the site has every page, with its address and its description', () => {
  const lines = linesOf(composeSiteIndex());
  const expected = pages.map(([path, page]) => [path.replace('docs/', SITE), readFrontmatter(page).description]);
  expect(lines.map(([, address, description]) => [address, description]).sort()).toEqual(expected.sort());
});

it('has the form of llmstxt.org: a title, a summary, and lists of links below headings', () => {
  expect(composeSiteIndex()).toMatch(/^# zendesk-messenger-auth\n\n> .+\n(?:> ?.*|.+)\n/);
  expect(composeSiteIndex()).toMatch(/\n## Start\n\n- \[/);
});

it('names every entry of the package', () => {
  const { exports } = JSON.parse(readFileSync('package.json', 'utf8')) as { exports: Record<string, unknown> };
  const entries = Object.keys(exports).filter((path) => !path.startsWith('./dist/') && path !== './package.json');
  const [, named = ''] = /^- Entries: (.*)$/m.exec(composeSiteIndex())!;
  expect(named.match(/(?<=`)[^`,]+(?=`)/g)!.filter((name) => name !== ', ')).toEqual(entries);
});

it('the text of all pages has each of them, without comments', () => {
  const text = composeFullText();
  for (const [path, page] of pages) expect(text, path).toContain(/^# .*$/m.exec(page)![0]);
  expect(text.replace(/^```.*?^```$/gms, '')).not.toContain('<!--');
});

it('docs/llms.txt is up to date, and has the chapters of the package', () => {
  const index = composePackageIndex();
  expect(readFileSync('docs/llms.txt', 'utf8') === index, 'It is stale. Run: npm run docs:tables').toBe(true);
  const packed = pages.map(([path]) => path).filter((path) => readPackedPages().some((name) => path.startsWith(name)));
  const listed = linesOf(index)
    .map(([, address]) => address!)
    .filter((address) => address.startsWith('./'));
  expect(listed.map((address) => address.replace('./', 'docs/')).sort()).toEqual(packed.sort());
});
