import { describe, expect, it } from 'vitest';
import { explain } from '../../src/inspect/explain.js';
import { inspectToken } from '../../src/inspect/index.js';
import { listCodes, NOW_MS, NOW_S, sign } from './tokens.js';

const GOOD = sign();
const MINUTE_MS = 60_000;
const SECRET_SHAPE = Buffer.from(Array.from({ length: 64 }, (_, at) => (at * 89) % 256)).toString('base64url');

/** The error's message, and the codes of the findings. */
function tell(...args: Parameters<typeof explain>) {
  const [text, findings] = explain(...args);
  return [text?.join('. '), listCodes(findings)];
}

const EXPIRED = 'The token has expired. Sign a new one for each request';

describe('a token that Zendesk refused', () => {
  it('is explained with the first error and its remedy', () => {
    expect(tell('invalid_auth', sign({ exp: String(NOW_S + 600) }), NOW_MS)).toEqual([
      'Zendesk refused the token: exp is a string, not a number. As a number, it would be in 10 minutes. ' +
        'Set exp to a number of seconds since 1970, without quotes',
      ['exp_not_number'],
    ]);
    expect(tell('invalid_auth', GOOD, NOW_MS + 3_600_000)).toEqual([
      'Zendesk refused the token: the token expired 50 minutes ago. If it was signed just now, local time was taken for UTC, or UTC for local time. ' +
        'Sign a new token for each request, and do not cache it. Set exp to a time in the future',
      ['expired'],
    ]);
  });

  it('is explained with a doubtful finding when there is no error', () => {
    expect(tell('invalid_auth', sign({}, { kid: 'x' }), NOW_MS)).toEqual([
      'Zendesk refused the token: kid does not look like a Zendesk key id. ' +
        'Compare it with the key id in the Admin Center. It is app_ followed by 24 hex digits',
      ['kid_unusual', 'nothing_found'],
    ]);
  });

  it.each<[string, unknown]>([
    ['typ_not_jwt', sign({}, { typ: 'jwt' })],
    ['nbf_not_number', sign({ nbf: '1' })],
    ['token_long', sign({ name: 'x'.repeat(8000) })],
  ])('is explained with the doubtful finding %s', (code, token) => {
    expect(tell('invalid_auth', token, NOW_MS)[1]![0]).toBe(code);
  });

  it('is explained as a token for another product before anything else', () => {
    const claims = { scope: undefined, external_id: undefined, jti: '1', email: 'a@b.example', name: 'Ann' };
    const [text, codes] = tell('external_id_missing', sign(claims, { kid: undefined }), NOW_MS);
    expect(text).toMatch(
      /^Zendesk would refuse the token: this looks like a token for single sign-on to Zendesk, or for .*\. Sign/,
    );
    expect(codes?.slice(0, 2)).toEqual(['other_zendesk_jwt', 'kid_missing']);
  });

  it('is never explained with a missing typ', () => {
    expect(tell('invalid_auth', sign({}, { typ: undefined }), NOW_MS)[1]).toEqual(['nothing_found', 'typ_not_jwt']);
  });

  it.each<[string, unknown]>([
    ['surrounded', `${sign({ scope: undefined })};`],
    ['secret_exposed', sign({ scope: undefined }, { kid: SECRET_SHAPE })],
    ['time_zone_offset', sign({ scope: undefined, iat: NOW_S + 28_800, exp: NOW_S + 29_700 })],
  ])('is explained with %s before anything else, as in inspectToken', (code, token) => {
    const [, codes] = tell('invalid_auth', token, NOW_MS);
    expect(codes).toEqual([code, 'scope_missing']);
    expect(codes).toEqual(listCodes(inspectToken(token, { nowMs: NOW_MS })));
  });

  it('is explained with what the token does not show when nothing is found', () => {
    const [text, findings] = explain('invalid_auth', GOOD, NOW_MS);
    expect(text?.[0]).toBe('Zendesk refused the token: the token itself looks correct');
    expect(text?.[1]).toMatch(/secret.*key id.*account.*e-mail belongs to another user/);
    expect(findings).toMatchObject([{ code: 'nothing_found', severity: 'info' }]);
  });

  it('is explained as correct when the findings are no reason to refuse it', () => {
    const [text, codes] = tell('invalid_auth', sign({ exp: undefined, email: 'a@b.example' }), NOW_MS);
    expect(text).toMatch(/the token itself looks correct/);
    expect(codes).toEqual(['nothing_found', 'exp_missing', 'email_unverified']);
  });

  it('has the explained finding first, and then the others by severity', () => {
    const [, codes] = tell('invalid_auth', sign({ exp: undefined, iat: undefined }, { typ: 'x' }), NOW_MS);
    expect(codes).toEqual(['typ_not_jwt', 'exp_missing', 'iat_missing', 'nothing_found']);
  });
});

describe('a token that was never sent', () => {
  it('is explained with the error that Zendesk would find', () => {
    expect(tell('exp_invalid', sign({ exp: '1' }), NOW_MS)[0]).toBe(
      'Zendesk would refuse the token: exp is a string, not a number. As a number, it would be in 1970. ' +
        'Set exp to a number of seconds since 1970, without quotes',
    );
    expect(tell('token_malformed', '<!doctype html>', NOW_MS)[0]).toMatch(
      /^Zendesk would refuse the token: the text is a web page, such as a sign-in page, not a token\. When nobody is signed in, answer 204/,
    );
    expect(tell('token_not_string', { token: GOOD }, NOW_MS)).toEqual([
      'Zendesk would refuse the token: the token is an object, not a string. ' +
        'Pass the token from it, such as response.token',
      ['not_a_string'],
    ]);
  });

  it('has the text of the code when the token is good, only doubtful, or repeated', () => {
    const repeated = 'The same token came again. Sign a new one for each request';
    expect(tell('token_repeated', GOOD, NOW_MS)).toEqual([repeated, []]);
    expect(tell('token_repeated', sign({ exp: 1 }), NOW_MS)[0]).toBe(repeated);
    expect(tell('token_expired', GOOD, NOW_MS)).toEqual([EXPIRED, []]);
    expect(tell('token_repeated', sign({}, { kid: 'x' }), NOW_MS)).toEqual([repeated, ['kid_unusual']]);
  });
});

describe('the clocks', () => {
  it('do not make a token expired when only the visitor’s clock is wrong', () => {
    const skewMs = 3_600_000;
    expect(tell('token_expired', GOOD, NOW_MS + skewMs, skewMs)).toEqual([EXPIRED, ['clock_skew']]);
    expect(tell('token_expired', GOOD, NOW_MS + skewMs)[0]).toMatch(
      /^Zendesk would refuse the token: the token expired/,
    );
    expect(tell('token_expired', sign({ exp: NOW_S }), NOW_MS - skewMs, -skewMs)).toEqual([
      'Zendesk would refuse the token: the token expired just now. ' +
        'Sign a new token for each request, and do not cache it. Set exp to a time in the future',
      ['expired', 'lifetime_short', 'clock_skew'],
    ]);
  });

  it('are reported when they differ by more than a minute', () => {
    for (const skewMs of [MINUTE_MS + 1, -MINUTE_MS - 1]) {
      const [text, findings] = explain('invalid_auth', GOOD, NOW_MS + skewMs, skewMs);
      // A visitor's clock is no reason for a refusal, so nothing_found comes first.
      expect(text?.[0]).toBe('Zendesk refused the token: the token itself looks correct');
      expect(listCodes(findings)).toEqual(['nothing_found', 'clock_skew']);
      expect(findings[1]!.message).toContain('differ by 60 seconds');
    }
    for (const skewMs of [MINUTE_MS, -MINUTE_MS, 0]) {
      expect(tell('invalid_auth', GOOD, NOW_MS + skewMs, skewMs)[1]).toEqual(['nothing_found']);
    }
  });

  it('are the explanation if a refused token is valid by only one of them', () => {
    const HOUR_MS = 3_600_000;
    const told = (claims: Record<string, unknown>, skewMs: number) =>
      tell('invalid_auth', sign(claims), NOW_MS + skewMs, skewMs);
    // Expired by the visitor's clock, and then from its future.
    for (const skewMs of [1.2 * HOUR_MS, -0.2 * HOUR_MS]) {
      const [text, codes] = told({}, skewMs);
      expect(text).toMatch(/^Zendesk refused the token: the token is not valid by this browser's clock, which differs/);
      expect(text).toMatch(/Compare both clocks\. .* the secret, whether the key id/);
      expect(codes).toEqual(['clock_skew']);
    }
    // Even if it is a whole number of half hours: the clock of the visitor is ahead.
    expect(told({}, 5 * HOUR_MS)[1]).toEqual(['clock_skew']);
    // The session takes iat for the server's clock if it is ahead of it.
    const [text, codes] = told({ iat: NOW_S, exp: NOW_S + 900 }, -8 * HOUR_MS);
    expect(text).toMatch(/^Zendesk refused the token: iat is 8 hours in the future\. The difference is a whole number/);
    expect(codes).toEqual(['time_zone_offset']);
    // Other errors come first, and explain the refusal.
    expect(told({ scope: undefined }, 1.2 * HOUR_MS)[1]).toEqual(['scope_missing', 'clock_skew']);
  });

  it('are compared by iat when the token has just been fetched and its times are not checked yet', () => {
    const codes = (claims: Record<string, unknown>) =>
      tell('external_id_missing', sign({ external_id: undefined, ...claims }), NOW_MS + 3_600_000)[1];
    expect(codes({})).toEqual(['external_id_missing', 'clock_skew']);
    // An invalid iat says nothing about the clocks.
    expect(codes({ iat: String(NOW_S) })).toContain('expired');
    expect(codes({ iat: String(NOW_S) })).not.toContain('clock_skew');
    for (const iat of [NOW_MS, 1e11, -1e11]) {
      expect(codes({ iat })).toContain('expired');
      expect(codes({ iat })).not.toContain('clock_skew');
    }
    expect(codes({ iat: undefined })).toContain('expired');
  });

  it('are assumed to be right when the skew is unknown', () => {
    for (const skewMs of [NaN, undefined]) {
      expect(tell('invalid_auth', GOOD, NOW_MS, skewMs)).toEqual(tell('invalid_auth', GOOD, NOW_MS));
    }
  });
});

it('has no explanation when there was no token', () => {
  expect(explain('invalid_auth', undefined, 0)).toEqual([undefined, []]);
  expect(explain('token_not_string', undefined, 0)[1]).toMatchObject([{ code: 'not_a_string' }]);
});
