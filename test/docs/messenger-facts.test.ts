// The facts of docs/messenger.md, and the references to them in code, tests and pages.
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import {
  CHAPTER,
  findDeadReferences,
  findUnusedFacts,
  readAllReferences,
  readFacts,
  readReferences,
} from './read-facts.js';

const chapter = readFileSync(CHAPTER, 'utf8');
const facts = readFacts(chapter);
const references = readAllReferences();

// No reference stands in this file, because the test of all references reads it, too.
const cite = (list: string) => `[${list}]`;
const numbersOf = (text: string) => readReferences('a.ts', text).map(({ numbers }) => numbers);

it('every fact has a number, once and in order, and an anchor with the same number', () => {
  expect(facts.length).toBeGreaterThanOrEqual(82);
  const expected = facts.map((_, index) => index + 1);
  expect(facts.map(({ number }) => number)).toEqual(expected);
  expect(facts.map(({ anchor }) => anchor)).toEqual(expected);
  // One whose first line has another form would not be seen.
  expect(chapter.match(/<a id=/g)).toHaveLength(facts.length);
  expect(chapter.match(/^.{0,20}\*\*\d+\*\*/gm)).toHaveLength(facts.length);
});

it('every fact has one of the three marks, which the chapter explains', () => {
  const marks = ['documented', 'measured', 'reported'];
  for (const { number, mark, builds, text } of facts) {
    expect(marks, `fact ${number}`).toContain(mark);
    expect(['', 'builds differ', 'B26 only'], `fact ${number}`).toContain(builds);
    expect(text, `fact ${number}`).not.toBe('');
  }
  expect(chapter.match(/(?<=^- \*\*)\w+(?=\*\*: )/gm)).toEqual(marks);
});

it('a fact that the builds do not share says so in its mark', () => {
  const wholeFacts = chapter.split(/^<a id="m\d+"><\/a>|^## /gm);
  for (const { number, builds } of facts.filter((fact) => fact.builds !== 'B26 only')) {
    const text = wholeFacts.find((part) => part.startsWith(`**${number}** ·`))!;
    expect(/\bB2[56]\b/.test(text), `fact ${number}`).toBe(builds === 'builds differ');
  }
});

it('every link from one fact to another leads to a fact', () => {
  const linked = [...chapter.matchAll(/\[([^\]]+)\]\(#m(\d+)\)/g)];
  expect(linked.length).toBeGreaterThan(10);
  for (const [link, text, anchor] of linked) {
    expect(text!.replace('fact ', ''), link).toBe(anchor);
    expect(facts.map(({ number }) => String(number))).toContain(anchor);
  }
});

it('every reference in the repository leads to a fact', () => {
  expect(references.length).toBeGreaterThan(150);
  expect([...new Set(references.map(({ file }) => file.split('/')[0]))]).toEqual(
    expect.arrayContaining(['src', 'test', 'tools']),
  );
  expect(findDeadReferences([...references, ...readReferences(CHAPTER, chapter)], facts)).toEqual([]);
});

it.each([
  ['M 26', [26]],
  ['M 27, 28', [27, 28]],
  ['M 26–28', [26, 27, 28]],
  ['M 26-28', [26, 27, 28]],
  ['M 1–5', [1, 2, 3, 4, 5]],
  ['M 3, 7–9, 12', [3, 7, 8, 9, 12]],
  ['M 9–11', [9, 10, 11]],
])('reads the reference %s', (list, expected) => {
  expect(numbersOf(`text ${cite(list)}.`)).toEqual([expected]);
});

it.each(['M', 'M n', 'M26', 'M 26,27', 'M 26–', 'M 28–26', 'M 26, x', 'M 26; 27', 'M  26'])(
  'reports the reference %s, which has another form',
  (list) => {
    expect(findDeadReferences(readReferences('a.ts', `\n${cite(list)}`), facts)).toEqual([`a.ts:2 ${cite(list)}`]);
  },
);

it('reads a reference that a comment breaks into two lines', () => {
  expect(numbersOf(cite('M\n  // 36'))).toEqual([[36]]);
  expect(numbersOf(cite('M 27,\n   * 28'))).toEqual([[27, 28]]);
  expect(numbersOf(cite('M 27,\n28'))).toEqual([[27, 28]]);
});

it('reads several references of a line, and nothing else in brackets', () => {
  expect(numbersOf(`${cite('M 1')} ${cite('Max 2')} ${cite('m 3')} ${cite('3')} ${cite('M 4')}`)).toEqual([[1], [4]]);
});

it('reports a reference to a number that no fact has', () => {
  const text = [cite('M 1'), cite('M 0'), cite(`M 1, ${facts.length + 1}`), cite(`M 80–${facts.length + 1}`)];
  const dead = findDeadReferences(readReferences('a.ts', text.join('\n')), facts);
  expect(dead).toEqual([2, 3, 4].map((line) => `a.ts:${line} ${text[line - 1]}`));
  const withoutTwo = facts.filter(({ number }) => number !== 2);
  expect(findDeadReferences(readReferences('a.ts', cite('M 1–3')), withoutTwo)).toHaveLength(1);
});

it('lists the facts to which no reference leads', () => {
  const three = facts.slice(0, 3);
  const unused = (text: string) => findUnusedFacts(readReferences('a.ts', text), three).map(({ number }) => number);
  expect(unused('')).toEqual([1, 2, 3]);
  expect(unused(cite('M 2'))).toEqual([1, 3]);
  expect(unused(cite('M 1–3'))).toEqual([]);
});
