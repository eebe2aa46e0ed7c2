import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readAnswer } from '../../src/core/read-answer.js';
import { FAKE_ACCOUNT, signToken } from '../../src/testing/index.js';

const sign = (claims: Record<string, unknown>) => signToken(claims, FAKE_ACCOUNT);
const GOOD = sign({ scope: 'user', external_id: 'user-1' });
const OTHER = sign({ scope: 'user', external_id: 'user-2' });
// An OpenID Connect token, and tokens that almost are messaging tokens.
const FOREIGN = sign({ iss: 'https://id.example', sub: '7', scope: 'openid profile' });
const WITHOUT_SCOPE = sign({ external_id: 'user-1' });
const WITHOUT_ID = sign({ scope: 'user', sub: 'user-1' });
const WITH_OTHER_SCOPE = sign({ scope: 'orders:write', external_id: 'user-1' });
const cycle: Record<string, unknown> = { token: GOOD };
cycle['self'] = cycle;

describe('readAnswer', () => {
  it.each<[string, unknown]>([
    ['the bare token', GOOD],
    ['white space around it', ` ${GOOD}\r\n`],
    ['a byte order mark', `\ufeff${GOOD}`],
    ['{ token }', `{"token":"${GOOD}"}`],
    ['{ jwt }', JSON.stringify({ ok: true, jwt: GOOD }, null, 2)],
    ['an object with token', { token: GOOD }],
    ['an object with jwt', { jwt: GOOD }],
    ['another name', { access_token: GOOD, expires_in: 900 }],
    ['a deeper level', { data: { attributes: [{ value: GOOD }] } }],
    ['a list', [GOOD]],
    ['quotes', `"${GOOD}"`],
    ['JSON in JSON', JSON.stringify(JSON.stringify({ token: GOOD }))],
    ['JSON in a member', { statusCode: 200, body: JSON.stringify({ token: GOOD }) }],
    ['a String object', new String(GOOD)],
    ["another system's token as token", { token: FOREIGN, zendesk: GOOD }],
    ["another system's tokens beside it", { access_token: FOREIGN, id_token: WITHOUT_SCOPE, x: WITHOUT_ID, y: GOOD }],
    ['a single sign-on token as token', { token: WITHOUT_SCOPE, messaging: GOOD }],
    ["another system's token with an external_id as token", { token: WITH_OTHER_SCOPE, jwt: GOOD }],
    ['the same token twice', { access_token: GOOD, token: GOOD, again: GOOD }],
    ['another user in a member that is not token', { token: GOOD, other: OTHER }],
    ['token and jwt', { jwt: OTHER, token: GOOD }],
    ['jwt beside a token that is null', { token: null, jwt: GOOD }],
    ['another member beside a token that is null', { token: null, zendesk_jwt: GOOD }],
  ])('finds the token, with no text around it, in %s', (_what, answer) => {
    const [token, isSurrounded] = readAnswer(answer);
    expect(token).toBe(GOOD);
    expect(!!isSurrounded).toBe(false);
  });

  it.each<[string, unknown]>([
    ['Bearer', `Bearer ${GOOD}`],
    ['a URL', `https://acme.zendesk.com/access/jwt?jwt=${GOOD}`],
    ['a URL object', new URL(`https://acme.zendesk.com/access/jwt?jwt=${GOOD}`)],
    ['HTML', `<!doctype html><pre>${GOOD}</pre>`],
    ['the 0 of WordPress', `${GOOD}0`],
    ['the 0 of WordPress behind JSON', `{"token":"${GOOD}"}0`],
    ['the protection of Angular', `)]}',\n{"token":"${GOOD}"}`],
    ["Python's dict", `{'token': '${GOOD}'}`],
    ['Bearer in a member', { token: `Bearer ${GOOD}` }],
    ['a 0 in a member', { token: `${GOOD}0` }],
    ["another system's token", `${FOREIGN}\n${GOOD}`],
  ])('finds the token in a text around it: %s', (_what, answer) => {
    expect(readAnswer(answer)).toEqual([GOOD, true]);
  });

  it.each<[string, unknown]>([
    ['null', null],
    ['the JSON null', 'null'],
    ['{ token: null }', '{"token":null}'],
    ['{ jwt: null }', { jwt: null, ok: true }],
    ['{ token: null } with the word undefined', { token: null, user: 'undefined' }],
    ['{ token: null } with a token in a debug text', { token: null, log: `issued ${GOOD}` }],
    ['{ token: null } in quotes', '"{\\"token\\":null}"'],
  ])('knows that nobody is signed in from %s', (_what, answer) => {
    expect(readAnswer(answer)).toEqual([null]);
  });

  it.each<[string, unknown]>([
    ['an empty text', ''],
    ['an object without members', '{}'],
    ['another member that is null', '{"data":null}'],
    ['a deeper token that is null', '{"data":{"token":null}}'],
    ['the word null in a text', 'null null'],
  ])('does not take %s for nobody', (_what, answer) => {
    expect(readAnswer(answer)).toEqual([answer]);
  });

  it.each([FOREIGN, WITHOUT_SCOPE, WITHOUT_ID])(
    'returns a JWT that is the whole answer, or token or jwt, whatever its claims',
    (token) => {
      for (const answer of [token, `${token}\n`, { token }, JSON.stringify({ jwt: token }), `"${token}"`])
        expect(readAnswer(answer)).toEqual([token]);
    },
  );

  it.each([FOREIGN, WITHOUT_SCOPE, WITHOUT_ID])(
    'takes no JWT without the claims of a messaging token from elsewhere',
    (token) => {
      for (const answer of [
        `<html>${token}</html>`,
        `Bearer ${token}`,
        { access_token: token, id_token: token },
        { data: { token } },
        JSON.stringify({ access_token: token }),
        [token],
      ])
        expect(readAnswer(answer)).toEqual([answer]);
    },
  );

  it('takes none of several messaging tokens if none of them is token or jwt', () => {
    for (const answer of [
      { a: GOOD, b: OTHER },
      { token: FOREIGN, a: GOOD, b: OTHER },
      `${GOOD} ${OTHER}`,
      [GOOD, OTHER],
    ])
      expect(readAnswer(answer)).toEqual([answer]);
  });

  it('returns the member token if it has no JWT in it', () => {
    expect(readAnswer({ token: 5 })).toEqual([5]);
    expect(readAnswer('{"token":"undefined","x":1}')).toEqual(['undefined']);
    expect(readAnswer({ token: '', jwt: GOOD })).toEqual([GOOD, false]);
  });

  it.each<[string, unknown]>([
    ['an object that contains itself', cycle],
    ['a Promise', Promise.resolve(GOOD)],
    ['a Response', new Response(GOOD)],
    ['a function', () => GOOD],
    ['undefined', undefined],
    ['a symbol', Symbol('x')],
    ['a BigInt', 5n],
    [
      'a getter that throws',
      {
        get token(): never {
          throw new Error('no');
        },
      },
    ],
  ])('returns %s as it is, and does not throw', (_what, answer) => {
    expect(readAnswer(answer)).toEqual([answer]);
  });

  it('does not count what the page has added to Object.prototype', () => {
    Object.assign(Object.prototype, { jwt: GOOD, token: null });
    try {
      expect(readAnswer('{"ok":true}')).toEqual(['{"ok":true}']);
    } finally {
      delete (Object.prototype as { jwt?: unknown }).jwt;
      delete (Object.prototype as { token?: unknown }).token;
    }
  });

  it('never throws, and finds the token in any JSON around it', () => {
    fc.assert(fc.property(fc.anything(), (value) => void readAnswer(value)));
    fc.assert(
      fc.property(fc.json(), fc.string(), (json, name) => {
        const data = {
          ...(name === 'token' || name === 'jwt' ? {} : { [name]: JSON.parse(json) as unknown }),
          'my token': GOOD,
        };
        expect(readAnswer(JSON.stringify(data))).toEqual([GOOD, false]);
      }),
    );
  });
});
