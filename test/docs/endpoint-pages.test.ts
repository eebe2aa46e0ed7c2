// Each page of docs/endpoints has the program that the tests run, and says of everything else that no test runs it.
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { PROGRAMS } from '../endpoint-programs/programs.js';
import { sourceOf } from '../endpoint-programs/start-program.js';
import { BLOCKS, PAGES } from './read-docs.js';

const FOLDER = 'docs/endpoints/';
const sources = new Map(PROGRAMS.map((program) => [sourceOf(program), readFileSync(sourceOf(program), 'utf8')]));
const pages = [...PAGES.keys()].filter((path) => path.startsWith(FOLDER));
// pages.test.ts checks the commands.
const blocks = BLOCKS.filter(({ file, language }) => file.startsWith(FOLDER) && language !== 'sh');

it('every program is on one page, as it is in its file', () => {
  const codes = blocks.map(({ code }) => code);
  for (const [path, source] of sources) {
    expect(codes.filter((code) => code === source).length, `pages that have the code of ${path}`).toBe(1);
  }
});

it('the sidebar leads to every page', () => {
  const sidebar = readFileSync('docs/.vitepress/sidebar.ts', 'utf8');
  const links = sidebar.match(/(?<=link: '\/)endpoints\/\w+(?=')/g) ?? [];
  expect(links.map((link) => `docs/${link}.md`).sort()).toEqual([...pages].sort());
});

it('every other block stands in a section that says before it that no test runs it', () => {
  const unsaid = blocks.filter(({ file, line, code }) => {
    const before = PAGES.get(file)!
      .split('\n')
      .slice(0, line - 2)
      .join('\n')
      .replace(/^```.*?^```$/gms, '');
    const section = before.split(/^#+ .*$/m).at(-1)!;
    return ![...sources.values()].includes(code) && !/No\s+test\s+runs\s+this\s+snippet\./.test(section);
  });
  expect(unsaid.map(({ file, line }) => `${file}:${line}`)).toEqual([]);
});
