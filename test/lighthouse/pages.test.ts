// The table of Lighthouse's scores, and what is said of those that miss the goal.
import { expect, it } from 'vitest';
import { type Audited, findFastest, GOAL, listMisses, scoreTable } from '../../tools/lighthouse/pages.js';

const good: Audited = {
  name: 'home',
  form: 'phone',
  scores: { performance: 95, accessibility: 100, 'best-practices': 96, seo: 100 },
  problems: ['best-practices: errors-in-console: Browser errors were logged'],
};

it('shows each score, also of a page where one was not measured', () => {
  const part: Audited = { ...good, name: 'errors', form: 'desktop', scores: { seo: 90 } };
  expect(scoreTable([good, part]).split('\n').slice(2)).toEqual([
    '| home | phone | 95 | 100 | 96 | 100 |',
    '| errors | desktop | – | – | – | 90 |',
  ]);
});

it('names what is below the goal, with what was found there and nothing else', () => {
  expect(listMisses([good])).toEqual([]);
  const problems = [...good.problems, 'seo: meta-description: Document does not have a meta description'];
  const bad: Audited = { ...good, scores: { ...good.scores, seo: GOAL - 1 }, problems };
  expect(listMisses([good, bad])).toEqual([
    'home, phone: seo is 94, below 95\n  seo: meta-description: Document does not have a meta description',
  ]);
});

it('takes the run that was disturbed least', () => {
  const slow = { ...good, scores: { ...good.scores, performance: 80 } };
  expect(findFastest([slow, good, slow])).toBe(good);
});
