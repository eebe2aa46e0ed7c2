import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createTokenEndpoint } from '../../src/browser/token-endpoint.js';
import { MAX_CHARACTERS, type TokenResponse, type RequestResult } from '../../src/cli/fetch-token.js';
import { checkResult, checkForeignOrigin, checkOwnOrigin, checkSecondResult } from '../../src/cli/check-response.js';

const NOW_MS = 1_795_400_000_000;
const CIRCUMSTANCES = { url: new URL('https://shop.example/zendesk-token'), hasHeaders: false };
const GOOD_HEADERS = {
  'content-type': 'text/plain',
  'cache-control': 'private, no-store',
  date: new Date(NOW_MS).toUTCString(),
};

function answer(
  body: string | undefined,
  headers: Record<string, string> = {},
  rest: Partial<TokenResponse> = {},
): TokenResponse {
  const merged = new Headers({ ...GOOD_HEADERS, ...headers });
  return { kind: 'response', status: 200, headers: merged, body, receivedAtMs: NOW_MS, tookMs: 50, ...rest };
}

const asJson = (body: unknown, headers = {}) =>
  answer(JSON.stringify(body), { 'content-type': 'application/json; charset=utf-8', ...headers });
const status = (code: number, headers = {}) => answer('', headers, { status: code });
const judge = (attempt: RequestResult, circumstances = {}) =>
  checkResult(attempt, { ...CIRCUMSTANCES, ...circumstances });
const codesOf = (attempt: RequestResult, circumstances = {}) =>
  judge(attempt, circumstances).findings.map(({ code, severity }) => `${severity} ${code}`);

describe('an answer with a token', () => {
  it.each([
    ['plain text', answer('a.b.c')],
    ['JSON', asJson({ token: 'a.b.c' })],
    ['JSON with another member name', asJson({ jwt: 'a.b.c', user: 1 })],
    [
      'JSON with another JSON content type',
      answer('{"token":"a.b.c"}', { 'content-type': 'application/problem+json' }),
    ],
    ['JSON with a content type in capitals', answer('{"token":"a.b.c"}', { 'content-type': 'Application/JSON' })],
    ['text with the type application/jwt', answer('a.b.c', { 'content-type': 'application/jwt' })],
    ['text with white space around the token', answer('  a.b.c\r\n')],
  ])('has no findings for %s', (_what, attempt) => {
    expect(judge(attempt)).toEqual({ findings: [], token: { value: 'a.b.c' } });
  });

  it.each([
    ['warning endpoint_cacheable', answer('a', { 'cache-control': 'private' })],
    ['error endpoint_cached', answer('a', { age: '1' })],
    ['warning endpoint_content_type', answer('a', { 'content-type': 'text/html; charset=utf-8' })],
    ['warning endpoint_content_type', answer('a', { 'content-type': 'application/json' })],
    ['warning endpoint_content_type', answer('{"token":"a"}', { 'content-type': 'text/plain' })],
    ['warning endpoint_content_type', answer('{"token":"a"}', { 'content-type': 'text/html' })],
    ['warning endpoint_content_type', answer('{"token":"a"}', { 'content-type': '' })],
    ['warning endpoint_slow', answer('a', {}, { tookMs: 4001 })],
    ['warning endpoint_clock', answer('a', {}, { receivedAtMs: NOW_MS - 60_001 })],
    ['warning endpoint_clock', answer('a', {}, { receivedAtMs: NOW_MS + 60_001 })],
    ['info endpoint_no_date', answer('a', { date: '' })],
  ])('has only the %s', (finding, attempt) => {
    if (finding.endsWith('no_date')) attempt.headers.delete('date');
    expect(codesOf(attempt)).toEqual([finding]);
    expect(judge(attempt).token).toEqual({ value: 'a' });
  });

  it.each([
    ['an Age of 0', answer('a', { age: '0' })],
    ['exactly 4 seconds', answer('a', {}, { tookMs: 4000 })],
    ['a clock that differs by exactly one minute', answer('a', {}, { receivedAtMs: NOW_MS - 60_000 })],
    ['an empty content type', answer('a', { 'content-type': '' })],
  ])('has no findings for %s', (_what, attempt) => {
    expect(codesOf(attempt)).toEqual([]);
  });

  it('has no finding about the clock when the response comes from a cache', () => {
    expect(codesOf(answer('a', { age: '300' }, { receivedAtMs: NOW_MS + 300_000 }))).toEqual(['error endpoint_cached']);
  });

  it('has a message that says which clock is ahead', () => {
    const message = (receivedAtMs: number) => judge(answer('a', {}, { receivedAtMs })).findings[0]?.message;
    expect(message(NOW_MS - 600_000)).toContain("The server's clock is 10 minutes ahead of this computer's");
    expect(message(NOW_MS + 600_000)).toContain("The server's clock is 10 minutes behind this computer's");
  });
});

describe('an answer without a token', () => {
  it.each([
    ['error endpoint_redirect', status(302, { location: '/login?next=%2Fzendesk-token' })],
    ['error endpoint_redirect', status(301, { location: '/zendesk-token/' })],
    ['error endpoint_status', status(304)],
    ['error endpoint_status', status(404)],
    ['error endpoint_status', status(405)],
    ['error endpoint_status', status(500, { 'content-type': 'text/html' })],
    ['info endpoint_nobody', status(401)],
    ['info endpoint_nobody', status(403)],
    ['info endpoint_nobody', asJson({ token: null })],
    ['info endpoint_nobody', asJson({ jwt: null })],
    ['error endpoint_html', answer('\n<!doctype html><title>Sign in</title>', { 'content-type': 'text/html' })],
    ['error endpoint_null', answer('null')],
    ['error endpoint_null', answer('undefined\n')],
    ['error endpoint_null', answer('"null"', { 'content-type': 'application/json' })],
    ['error endpoint_null', answer('')],
    ['error endpoint_null', status(204)],
    ['error endpoint_no_token', asJson({ access_token: 'a.b.c' })],
    ['error endpoint_no_token', answer('{"token":')],
    ['error endpoint_too_long', answer(undefined)],
    ['error endpoint_timeout', { kind: 'timeout' } as const],
    ['error endpoint_unreachable', { kind: 'unreachable', reason: 'ECONNREFUSED' } as const],
  ])('has only the %s', (finding, attempt) => {
    const { findings, token } = judge(attempt);
    expect(findings.map(({ code, severity }) => `${severity} ${code}`)).toEqual([finding]);
    expect(findings[0]).toMatchObject({ part: 'response', message: expect.stringMatching(/^[A-Z].*\.$/) });
    expect(token).toBeUndefined();
  });

  it.each([
    ['/login', 'what looks like a sign-in page'],
    ['https://id.other.example/oauth2/authorize?x=hush', 'what looks like a sign-in page'],
    ['/users/sign_in', 'what looks like a sign-in page'],
    ['/zendesk-token/', 'another spelling of the same URL'],
    ['/zendesk-token', 'itself'],
    ['/zendesk-token?again=1', 'another page'],
    ['/lessons/author', 'another page'],
    ['/sso', 'what looks like a sign-in page'],
    ['/home', 'another page'],
    ['https://www.shop.example/zendesk-token', 'another site'],
    ['http://', 'another page'],
  ])('has a message that describes the redirect to %s without its address', (location, where) => {
    const [finding] = judge(status(307, { location })).findings;
    expect(finding?.message).toBe(`The POST was redirected to ${where}.`);
    expect(JSON.stringify(finding)).not.toContain('hush');
  });

  it('has a message that says when only https is missing', () => {
    const location = 'https://shop.example/zendesk-token';
    const { findings } = judge(status(301, { location }), { url: new URL('http://shop.example/zendesk-token') });
    expect(findings[0]).toMatchObject({
      message: 'The POST was redirected to https.',
      remedy: 'Use the https address as tokenUrl.',
    });
  });

  it('has a message that says when the token is in another place in the JSON', () => {
    const [deep] = judge(asJson({ data: { token: 'eyJh.eyJi.c' } })).findings;
    expect(deep?.message).toContain('It has a token under another name or at a deeper level');
    expect(judge(asJson({ data: {} })).findings[0]?.message).not.toContain('deeper');
  });

  it('has a remedy that depends on whether the request had a cookie', () => {
    const [without] = judge(status(401)).findings;
    const [withCookie] = judge(status(401), { hasHeaders: true }).findings;
    expect(without?.remedy).toContain('--header-file');
    expect(withCookie?.remedy).toContain('CSRF');
  });

  it.each([
    [405, 'Make the endpoint accept a POST. The library sends a POST.'],
    [415, 'Make the endpoint accept a POST without a body. The library sends none.'],
    [419, 'Turn off CSRF protection for this endpoint'],
    [503, "Check the server's log."],
  ])('has a remedy for the status %i', (code, remedy) => {
    expect(judge(status(code)).findings[0]?.remedy).toContain(remedy);
  });

  it.each([
    ['ECONNREFUSED', 'No server is listening at this address.'],
    ['ERR_TLS_CERT_ALTNAME_INVALID', "The server's certificate is for a different host name."],
    ['ERR_SSL_WRONG_VERSION_NUMBER', 'The port does not use https.'],
    ['HPE_INVALID_CONSTANT', 'The server did not answer with HTTP.'],
    ['DEPTH_ZERO_SELF_SIGNED_CERT', "The server's certificate is not trusted on this computer."],
    ['EPROTO', 'The connection failed (EPROTO).'],
    ['', 'The connection failed.'],
  ])('has a message for the network error "%s"', (reason, message) => {
    expect(judge({ kind: 'unreachable', reason }).findings[0]?.message).toBe(message);
  });
});

it.each([
  ['http://shop.example/t', ['warning endpoint_not_https']],
  ['http://localhost.shop.example/t', ['warning endpoint_not_https']],
  ['http://localhost:3000/t', []],
  ['http://shop.localhost/t', []],
  ['http://127.0.0.1/t', []],
  ['http://[::1]:80/t', []],
  ['https://shop.example/t', []],
])('has a warning for %s only when it uses http and is not this computer', (url, expected) => {
  expect(codesOf(answer('a'), { url: new URL(url) })).toEqual(expected);
  expect(codesOf({ kind: 'timeout' }, { url: new URL(url) })).toEqual(['error endpoint_timeout', ...expected]);
});

describe('another site', () => {
  const ORIGIN = 'https://another-site.example';
  const CREDENTIALS = { 'access-control-allow-credentials': 'true' };
  const judgeAs = (headers: Record<string, string>) =>
    checkForeignOrigin(new Headers(headers), ORIGIN).map(({ code, severity }) => `${severity} ${code}`);

  it.each([
    ['its Origin, with cookies', { 'access-control-allow-origin': ORIGIN, ...CREDENTIALS }, 'error'],
    ['its Origin', { 'access-control-allow-origin': ORIGIN }, 'warning'],
    ['*', { 'access-control-allow-origin': '*' }, 'warning'],
    ['null, with cookies', { 'access-control-allow-origin': 'null', ...CREDENTIALS }, 'error'],
    [
      'its Origin, and no cookies',
      { 'access-control-allow-origin': ORIGIN, 'access-control-allow-credentials': 'false' },
      'warning',
    ],
    // Browsers refuse this pair.
    ['*, with cookies', { 'access-control-allow-origin': '*', ...CREDENTIALS }, 'warning'],
  ])('may read the token when the response allows %s', (_what, headers, severity) => {
    expect(judgeAs(headers)).toEqual([`${severity} endpoint_open_to_others`]);
  });

  it.each([
    ['nothing', {}],
    ['cookies only', CREDENTIALS],
    ['one site', { 'access-control-allow-origin': 'https://www.shop.example', ...CREDENTIALS }],
  ])('may not read the token when the response allows %s', (_what, headers) => {
    expect(judgeAs(headers)).toEqual([]);
  });
});

describe('a page with a different origin than the endpoint', () => {
  const ORIGIN = 'https://www.shop.example';
  const judgeAs = (allowed: string) => checkOwnOrigin(new Headers({ 'access-control-allow-origin': allowed }), ORIGIN);

  it('must be allowed by the response', () => {
    expect(judgeAs(ORIGIN)).toEqual([]);
    expect(judgeAs('*')).toEqual([]);
    expect(judgeAs('https://other.example')).toMatchObject([{ code: 'endpoint_closed_to_origin', severity: 'error' }]);
    expect(checkOwnOrigin(new Headers(), ORIGIN)).toMatchObject([{ code: 'endpoint_closed_to_origin' }]);
  });
});

describe('the second answer', () => {
  const compare = (one: RequestResult, other: RequestResult) => checkSecondResult(judge(one), judge(other));

  it('must have a different token', () => {
    expect(compare(answer('a.b.c'), answer('a.b.d'))).toEqual([]);
    expect(compare(answer('a.b.c'), asJson({ token: 'a.b.c' }))).toMatchObject([
      { code: 'endpoint_same_token', severity: 'error' },
    ]);
  });

  it('is not reported as the same token when neither answer had a token', () => {
    expect(compare(answer('Unauthorized'), answer('Unauthorized'))).toEqual([]);
    expect(compare(asJson({ token: 'null' }), asJson({ token: 'null' }))).toEqual([]);
  });

  it('must have a token', () => {
    expect(compare(answer('a.b.c'), status(500))).toMatchObject([
      { code: 'endpoint_status', message: 'On the second request: The answer was 500.' },
    ]);
  });

  it('does not repeat the findings of the first answer', () => {
    expect(compare(answer('a', {}, { tookMs: 5000 }), answer('', {}, { status: 500, tookMs: 5000 }))).toMatchObject([
      { code: 'endpoint_status' },
    ]);
    expect(compare(asJson({ token: 1 }), asJson({ token: 1 }))).toEqual([]);
  });
});

describe('the token of an answer', () => {
  // The library resolves the endpoint's URL on the page.
  beforeEach(() => void vi.stubGlobal('document', { baseURI: CIRCUMSTANCES.url.href }));

  afterEach(() => {
    vi.unstubAllGlobals();
  });

  it.each([
    ['a.b.c'],
    [' a.b.c \n'],
    ['\ufeffa.b.c'],
    ['"a.b.c"'],
    ['["a.b.c"]'],
    ['Bearer a.b.c'],
    ['{"token":"a.b.c"}'],
    ['{"jwt":"a.b.c"}'],
    ['{"token":"","jwt":"a.b.c"}'],
    ['{"token":5}'],
    ['{"token":{"a":1}}'],
  ])('is the same that the library reads from %j', async (body) => {
    vi.stubGlobal('fetch', async () => new Response(body));
    const [, taken] = await createTokenEndpoint('/t')({ signal: new AbortController().signal } as never);
    expect(judge(answer(await new Response(body).text())).token).toEqual({ value: taken });
  });

  it('has the same length limit as in the library', async () => {
    vi.stubGlobal('fetch', async () => new Response(text));
    const take = async () => (await createTokenEndpoint('/t')({ signal: new AbortController().signal } as never))[1];
    let text = 'a'.repeat(MAX_CHARACTERS);
    expect(await take()).toBe(text);
    text += 'a';
    expect(await take()).not.toBe(text);
  });
});
