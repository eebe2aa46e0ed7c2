import { describe, expect, it } from 'vitest';
import { findJwts } from '../../src/core/find-jwts.js';
import { FAKE_ACCOUNT, signToken } from '../../src/testing/index.js';

const JWT = signToken({ scope: 'user', external_id: 'user-1', iat: 1_800_000_000, exp: 1_800_000_900 }, FAKE_ACCOUNT);
const OTHER = signToken({ scope: 'user', external_id: 'user-2' }, FAKE_ACCOUNT);

describe('findJwts', () => {
  it.each([
    ['the token alone', JWT],
    ['a URL', `https://acme.zendesk.com/access/jwt?jwt=${JWT}&return_to=x`],
    ['JSON', JSON.stringify({ token: JWT })],
    ['JSON in JSON', JSON.stringify({ body: JSON.stringify({ token: JWT }) })],
    ['an encoded prefix', `Bearer%20${JWT}`],
    ['a prefix without a space', `Bearer${JWT}`],
    ['HTML entities', `&quot;${JWT}&quot;`],
    ['the 0 of WordPress', `${JWT}0`],
    ['null right behind it', `${JWT}null`],
    ['JSONP', `cb("${JWT}");`],
    ['the same token twice', `${JWT}\n${JWT}`],
    ['host names and versions', `api.example.com v1.2.3 ${JWT}`],
  ])('finds the token in %s', (_, text) => {
    expect(findJwts(text)).toEqual([JWT]);
  });

  it('finds several tokens in their order', () => {
    expect(findJwts(`${OTHER},${JWT}`)).toEqual([OTHER, JWT]);
  });

  it('does not cut a longer signature, and takes a shorter one as it is', () => {
    for (const length of [1, 42, 48, 64, 86]) {
      const text = `${JWT.slice(0, -43)}${'x'.repeat(length)}`;
      expect(findJwts(text)).toEqual([text]);
    }
  });

  it.each(['', 'undefined', 'keyserver.example.com', 'eyJhbGciOiJIUzI1NiJ9.eyJzY29wZSI6InVzZXIifQ', 'eyJ.eyJ.eyJ'])(
    'finds nothing in %j',
    (text) => {
      expect(findJwts(text)).toEqual([]);
    },
  );

  // Without the limit for the header, these take seconds.
  it.each(['eyJ'.repeat(22_000), 'eyJhbGciOiJIUzI1NiJ9.'.repeat(3000), `${'eyJ'.repeat(333)}.${'a'.repeat(64_000)}`])(
    'reads long texts in a short time',
    (text) => {
      expect(findJwts(text).length).toBeLessThan(1001);
    },
  );
});
