import fc from 'fast-check';
import { expect, it } from 'vitest';
import { describeAnswer } from '../../src/core/describe-answer.js';
import { FAKE_ACCOUNT, signToken } from '../../src/testing/index.js';

const sign = (claims: Record<string, unknown>) => signToken(claims, FAKE_ACCOUNT);
const GOOD = sign({ scope: 'user', external_id: 'user-1' });
const OTHER = sign({ scope: 'user', external_id: 'user-2' });
const FOREIGN = sign({ sub: '7' });

it.each<[unknown, string]>([
  ['{"message":"Unauthorized","data":null}', 'The answer has neither token nor jwt; it has message, data'],
  [{ message: 'x' }, 'The answer has neither token nor jwt; it has message'],
  [{ access_token: FOREIGN }, 'The answer has neither token nor jwt; it has access_token'],
  [{ a: 1, b: 2, c: 3, d: 4, e: 5, f: 6 }, 'The answer has neither token nor jwt; it has a, b, c, d, e'],
  [{ first: GOOD, second: OTHER }, 'The answer has several tokens; it has first, second'],
  [{ user: { jwt: GOOD }, agent: { jwt: OTHER } }, 'The answer has several tokens; it has user, agent'],
  [`${GOOD} ${OTHER}`, 'The answer has several tokens'],
  [[GOOD, OTHER], 'The answer has several tokens'],
])('names the members of %j', (answer, text) => {
  expect(describeAnswer(answer)).toBe(text);
});

it.each([undefined, null, '', '<html></html>', '{}', '[]', '"message"', `${GOOD} ${GOOD}`, Promise.resolve(), () => 1])(
  'says nothing of %j',
  (answer) => {
    expect(describeAnswer(answer)).toBeUndefined();
  },
);

it('has no name that could be an id, an e-mail or a part of a token', () => {
  const names = ['ada@shop.example', 'user-1', '4711', GOOD, GOOD.slice(0, 21), 'x'.repeat(21), 'Ada Lovelace', 'ok'];
  const answer = Object.fromEntries(names.map((name) => [name, 1]));
  expect(describeAnswer(answer)).toBe('The answer has neither token nor jwt; it has ok');
});

it('has no name of a member that is named after a user', () => {
  const ada = sign({ scope: 'user', external_id: 'ada-lovelace', name: 'Ada' });
  const robin = sign({ scope: 'user', external_id: '7', email: 'robin-example@shop.example' });
  const answer = { 'ada-lovelace': ada, 'Robin-Example': robin, users: 2 };
  expect(describeAnswer(answer)).toBe('The answer has several tokens; it has users');
});

it('never has a value, and never throws', () => {
  fc.assert(
    fc.property(fc.anything(), (value) => {
      const text = describeAnswer({ data: value, of: '#4711#' });
      if (text !== undefined) expect(text).not.toContain('4711');
      describeAnswer(value);
    }),
  );
});
