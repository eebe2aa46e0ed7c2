import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { redact } from '../../src/inspect/index.js';
import { KEY_ID, NOW_MS, NOW_S, sign, signTexts } from './tokens.js';

const NOW = { nowMs: NOW_MS };
const { cases } = JSON.parse(readFileSync('test/inspect/token-cases.json', 'utf8')) as { cases: { token: unknown }[] };
const show = (token: unknown) => JSON.parse(redact(token, NOW)) as Record<string, Record<string, unknown>>;
const showClaims = (claims: Record<string, unknown>) => show(sign(claims))['payload'];

describe('redact', () => {
  it('shows a refused token without personal data', () => {
    expect(redact(cases[2]!.token, NOW)).toBe(
      `{
  "token": "a string of 273 characters",
  "header": {
    "typ": "JWT",
    "kid": "app_ and 24 hex digits",
    "alg": "HS256"
  },
  "payload": {
    "external_id": "a string of 11 characters",
    "email": "a string of 14 characters with an @",
    "exp": "a string of seconds, in 1970",
    "name": "a string of 10 characters",
    "scope": "user"
  },
  "signature": "43 characters, left out"
}`,
    );
  });

  it('shows a good token', () => {
    expect(show(cases[0]!.token)).toEqual({
      token: 'a string of 321 characters',
      header: { alg: 'HS256', typ: 'JWT', kid: 'app_ and 24 hex digits' },
      payload: {
        scope: 'user',
        external_id: 'a string of 8 characters',
        name: 'a string of 9 characters',
        email: 'a string of 15 characters with an @',
        email_verified: true,
        iat: 'a number of seconds, 5 seconds ago',
        exp: 'a number of seconds, in 60 minutes',
      },
      signature: '43 characters, left out',
    });
  });

  it('shows what is around a token, and which parts are missing', () => {
    const token = sign();
    expect(show(`"Bearer ${token}"`)).toMatchObject({
      hard_to_read: ['quoted', 'bearer_prefix'],
      payload: { scope: 'user' },
    });
    expect(show({ token })).toMatchObject({
      token: 'an object',
      hard_to_read: ['not_a_string'],
      payload: { scope: 'user' },
    });
    expect(show(undefined)).toEqual({ token: 'undefined', hard_to_read: ['not_a_string'] });
    expect(show('a.b')).toEqual({ token: 'a string of 3 characters', hard_to_read: ['not_three_parts'] });
    expect(Object.keys(show('e30..abc'))).toEqual(['token', 'hard_to_read', 'header']);
    const half = show(token.split('.').slice(0, 2).join('.'));
    expect(Object.keys(half)).toEqual(['token', 'hard_to_read', 'header', 'payload']);
    expect(show(token.replace(/\.[^.]*$/, '.'))['signature']).toBe('0 characters, left out');
  });

  it.each<[string, unknown, unknown]>([
    ['a string', 'Jane', 'a string of 4 characters'],
    ['a string with white space', 'Jane ', 'a string of 5 characters, with white space around it'],
    ['an e-mail address', ' a@b.example', 'a string of 12 characters with an @, with white space around it'],
    ['a number', 123_456, 'a number'],
    ['null', null, null],
    ['false', false, false],
    ['a list', ['Jane'], 'a list of 1'],
    ['an object', { Jane: 'Soap', a: 1 }, 'an object with 2 members'],
    ['the name of an algorithm', 'HS256', 'a string of 5 characters'],
  ])('shows the type and length of a claim that is %s', (_what, value, shown) => {
    expect(showClaims({ nickname: value })).toHaveProperty('nickname', shown);
  });

  it.each<[string, unknown, unknown]>([
    ['in seconds', NOW_S + 600, 'a number of seconds, in 10 minutes'],
    ['the current time', NOW_S, 'a number of seconds, just now'],
    ['in milliseconds', NOW_MS - 7_200_000, 'a number of milliseconds, 2 hours ago'],
    ['in microseconds', NOW_MS * 1e3, 'a number of microseconds, just now'],
    ['in .NET ticks', NOW_MS * 1e4 + 621_355_968_000_000_000, 'a number of .NET ticks, just now'],
    ['a string', String(NOW_S + 86_400 * 12), 'a string of seconds, in 12 days'],
    ['a string of milliseconds', ` ${NOW_MS}`, 'a string of milliseconds, just now'],
    ['a string with a fraction', `${NOW_S - 89}.5`, 'a string of seconds, 89 seconds ago'],
    ['a date string', '2026-11-25', 'a string, not a time'],
    ['true', true, true],
    ['null', null, null],
    ['a list', [NOW_S], 'a list, not a time'],
  ])('shows how far away a time claim is that is %s', (_what, value, shown) => {
    for (const name of ['exp', 'iat', 'nbf']) expect(showClaims({ [name]: value })).toHaveProperty(name, shown);
  });

  it.each<[unknown, unknown]>([
    [KEY_ID, 'app_ and 24 hex digits'],
    ['app_12', 'app_ and 2 hex digits'],
    ['app_xyz\n', 'app_ and 4 characters, not all of them hex digits'],
    ['jane@soap.example', 'a string of 17 characters, not beginning with app_'],
    ['', 'a string of 0 characters, not beginning with app_'],
    ['my app_12', 'a string of 9 characters, not beginning with app_'],
    [7, 'a number'],
  ])('shows the shape of the kid %j', (kid, shown) => {
    expect(show(sign({}, { kid }))['header']).toHaveProperty('kid', shown);
  });

  it('shows alg, typ and scope only when they have common values', () => {
    expect(show(sign({ scope: 'USER' }, { alg: 'none', typ: 'jwt' }))).toMatchObject({
      header: { alg: 'none', typ: 'jwt' },
      payload: { scope: 'USER' },
    });
    expect(showClaims({ scope: 'user Jane' })).toHaveProperty('scope', 'a string of 9 characters');
    for (const odd of ['xHS256', 'HS256x']) {
      expect(show(sign({ scope: odd }, { alg: odd }))).toMatchObject({
        header: { alg: 'a string of 6 characters' },
        payload: { scope: 'a string of 6 characters' },
      });
    }
    for (const odd of ['xJWT', 'JWTx']) {
      expect(show(sign({}, { typ: odd }))['header']).toHaveProperty('typ', 'a string of 4 characters');
    }
    for (const odd of ['xuser', 'userx']) {
      expect(showClaims({ scope: odd })).toHaveProperty('scope', 'a string of 5 characters');
    }
    expect(show(sign({ scope: 'Jane' }, { alg: 'Jane', typ: 'Soap' }))).toMatchObject({
      header: { alg: 'a string of 4 characters', typ: 'a string of 4 characters' },
      payload: { scope: 'a string of 4 characters' },
    });
  });

  it('shows the name of a claim only when it looks like an identifier', () => {
    const names = [
      'userId',
      'app-version',
      'a@b.example',
      'Jane Soap',
      'user1',
      'https://a.example/x',
      '_x',
      'a'.repeat(26),
      '',
    ];
    const payload = JSON.stringify(Object.fromEntries(names.map((name) => [name, 1]))).replace('{', '{"__proto__":1,');
    expect(show(signTexts('{}', payload))['payload']).toEqual({
      '(claim 1, its name has 9 characters)': 'a number',
      userId: 'a number',
      'app-version': 'a number',
      '(claim 4, its name has 11 characters)': 'a number',
      '(claim 5, its name has 9 characters)': 'a number',
      '(claim 6, its name has 5 characters)': 'a number',
      '(claim 7, its name has 19 characters)': 'a number',
      '(claim 8, its name has 2 characters)': 'a number',
      '(claim 9, its name has 26 characters)': 'a number',
      '(claim 10, its name has 0 characters)': 'a number',
    });
  });

  it('shows at most 50 claims', () => {
    const many = (count: number) =>
      Object.keys(showClaims(Object.fromEntries(Array.from({ length: count }, (_, i) => [`c${i}`, i])))!);
    expect(many(46)).toHaveLength(50);
    expect(many(46)).not.toContain('…');
    expect(showClaims(Object.fromEntries(Array.from({ length: 60 }, (_, i) => [`c${i}`, i])))).toHaveProperty(
      '…',
      '14 more',
    );
  });
});
