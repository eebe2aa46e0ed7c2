import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { MessengerAuthError } from '../../src/core/errors.js';
import { readAnswer } from '../../src/core/read-answer.js';
import { createTokenEndpoint } from '../../src/browser/token-endpoint.js';
import { MAX_CHARACTERS, type TokenResponse, type RequestResult } from '../../src/endpoint-check/fetch-token.js';
import {
  checkResult,
  checkForeignOrigin,
  checkOwnOrigin,
  checkSecondResult,
  haveDifferentTokens,
} from '../../src/endpoint-check/check-response.js';
import { FAKE_ACCOUNT, signToken } from '../../src/testing/index.js';
import { makeToken } from '../cli/tokens.js';

const NOW_MS = 1_795_400_000_000;
const CIRCUMSTANCES = {
  url: new URL('https://shop.example/zendesk-token'),
  hasHeaders: false,
  hasAuthorization: false,
  caller: 'command',
} as const;
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
    expect(judge(attempt)).toEqual({ findings: [], token: { value: 'a.b.c' }, isFinal: false });
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
    ['error endpoint_status', status(403)],
    ['error endpoint_status', status(419)],
    ['info endpoint_nobody', status(401)],
    ['info endpoint_nobody', status(204)],
    ['info endpoint_nobody', asJson({ token: null })],
    ['info endpoint_nobody', asJson({ jwt: null })],
    ['info endpoint_nobody', answer('null')],
    ['info endpoint_nobody', asJson('null')],
    ['warning endpoint_wants_more', status(401, { 'www-authenticate': 'Bearer' })],
    ['warning endpoint_wants_more', status(403, { 'www-authenticate': 'Bearer' })],
    ['error endpoint_html', answer('\n<!doctype html><title>Sign in</title>', { 'content-type': 'text/html' })],
    ['error endpoint_null', answer('undefined\n')],
    ['error endpoint_null', asJson('undefined')],
    ['error endpoint_null', asJson(false)],
    ['error endpoint_null', answer('')],
    ['error endpoint_no_token', asJson({ access_token: 'a.b.c' })],
    ['error endpoint_no_token', asJson({})],
    ['error endpoint_no_token', asJson([])],
    ['error endpoint_no_token', answer('<?xml version="1.0"?><token/>', { 'content-type': 'text/xml' })],
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

  const messageOf = (body: string) => judge(answer(body)).findings[0]?.message;

  it('has a message that names the members of the JSON', () => {
    expect(messageOf('{"message":"hush","data":[],"k3y":1}')).toBe(
      'The answer has neither token nor jwt; it has message, data.',
    );
    expect(messageOf('{"k3y":1}')).toBe('The answer is JSON without a token.');
    expect(messageOf('{"a":1,"b":1,"c":1,"d":1,"e":1,"f":1}')).toMatch(/ it has a, b, c, d, e\.$/);
    expect(messageOf('{"message":')).toBe('The answer starts like JSON, but is not valid JSON.');
    expect(messageOf('{"token":null}<!-- cached -->')).toBe(
      'The answer is JSON with something behind it, such as HTML, so it cannot be read.',
    );
  });

  it('has a message that says why the library leaves a token of another system alone', () => {
    const other = makeToken(NOW_MS, { scope: 'openid' });
    const rest = 'no external_id, or whose scope is not "user", so the library does not hand';
    expect(messageOf(`{"data":"${other}"}`)).toBe(
      `The answer has neither token nor jwt; it has data. It contains a JWT that has ${rest} it to Zendesk.`,
    );
    expect(messageOf(`{"a":"${other}","b":"${makeToken(NOW_MS, { scope: 1 })}"}`)).toContain(
      ` It contains 2 JWTs that have ${rest} them to Zendesk.`,
    );
  });

  it('has a message that says when there are several messaging tokens', () => {
    const [one, other] = [makeToken(NOW_MS), makeToken(NOW_MS, { external_id: 'user-2' })];
    expect(messageOf(`{"users":["${one}","${other}"]}`)).toBe('The answer has several tokens; it has users.');
    expect(messageOf(`<html>${one} ${other}</html>`)).toBe('The answer has several tokens.');
  });

  it.each([
    ['endpoint_html', '<b>Warning</b>: a<br>{"token":null}', 'before the JSON, which cannot be read because of it.'],
    ['endpoint_html', '<br /><b>Fatal error</b>: a<br />', 'instead of a token.'],
    ['endpoint_no_token', 'Warning: a\n{"token":null}', 'before the JSON, which cannot be read because of it.'],
    [
      'endpoint_no_token',
      '{"token":null}<br /><b>Warning</b>: a',
      'behind the JSON, which cannot be read because of it.',
    ],
  ])('has the finding %s that names the debug output in %j', (code, body, sentence) => {
    const [finding] = judge(answer(body)).findings;
    expect(finding).toMatchObject({ code, remedy: expect.stringContaining('display_errors = Off') });
    expect(finding?.message).toContain(`the debug output of a backend, such as a PHP warning, ${sentence}`);
  });

  const TAKEN = 'The library takes the token out of it, with a warning on the console.';

  it.each([
    ['Bearer @', 'There is something in front of the token: the word Bearer.'],
    ['{"token":"Bearer @"}', 'In the JSON: There is something in front of the token: the word Bearer.'],
    ['@0', 'There is a 0 behind the answer, which WordPress adds if the handler does not end with wp_die().'],
    ['{"token":"@"}0', 'There is a 0 behind the answer, which WordPress adds'],
    ["{'token': '@'}", 'The answer looks like JSON, but is not valid JSON'],
    ['{"token":"@",}', 'The answer looks like JSON, but is not valid JSON'],
    ['{"token":"@",}<!-- cached -->', 'The answer looks like JSON, but is not valid JSON'],
    ['{"token":"@"}<!-- cached -->', 'There is something behind the JSON: HTML.'],
    ['{"data":[{"token":"@"}]}\n<!-- [cached] {1} -->', 'There is something behind the JSON: HTML.'],
    ['{"token":"@"};', 'There is something behind the JSON: a semicolon.'],
    ['{"token":"@"}{"a":1}', 'There is something behind the JSON: text.'],
    ['{"token":"@"}<br /><b>Warning</b>: x [7]', 'There is HTML behind the JSON: the debug output of a backend'],
    ['{"token":"@"}\nPHP Warning: x in {main}', 'There is text behind the JSON: the debug output of a backend'],
    ['<b>Warning</b>: a<br>{"token":"@"}', 'There is HTML in front of the JSON: the debug output of a backend'],
    ['Warning: a\n{"token":"@"}', 'There is text in front of the JSON: the debug output of a backend'],
  ])('has a message that says what is around the token in %j', (body, sentence) => {
    const message = messageOf(body.replace('@', makeToken(NOW_MS)));
    expect(message).toContain(sentence);
    expect(message).toContain(TAKEN);
  });

  it.each([
    ['{"data":{"token":"@"}}', 'under another name than token or jwt, or at a deeper level'],
    ['{"d":"{\\"token\\":\\"@\\"}"}', 'in a JSON text inside the JSON'],
  ])('has a message that says where the token is in %j', (body, where) => {
    expect(messageOf(body.replace('@', makeToken(NOW_MS)))).toContain(`The token is ${where}.`);
  });

  it('has the token that was meant for the messenger, so that the doctor can say what it lacks', () => {
    const near = makeToken(NOW_MS, { scope: undefined });
    const elsewhere = signToken({ sub: 'a' }, { ...FAKE_ACCOUNT, header: { kid: undefined } });
    const judged = judge(asJson({ data: near, elsewhere }));
    expect(judged.findings.map(({ code }) => code)).toEqual(['endpoint_no_token']);
    expect(judged.token).toEqual({ value: near });
    expect(judge(asJson({ elsewhere })).token).toBeUndefined();
  });

  it('has that token also if it is in the JSON behind HTML, and is not a token that the library takes', () => {
    const near = makeToken(NOW_MS, { scope: undefined });
    const judged = judge(answer(`<b>Warning</b>: a<br>{"token":"${near}"}`, { 'cache-control': 'private' }));
    expect(judged.findings.map(({ code }) => code)).toEqual(['endpoint_html']);
    expect(judged.token).toEqual({ value: near });
  });

  it('says for a 401 how to keep the console of the visitors clean', () => {
    const [refused] = judge(status(401)).findings;
    expect(refused?.message).toContain('204, or 200 with { "token": null }, means the same');
    expect(judge(status(204)).findings[0]?.message).not.toContain('red line');
  });

  it('has a remedy that depends on whether the request had a cookie', () => {
    const [without] = judge(status(401)).findings;
    const [withCookie] = judge(status(401), { hasHeaders: true }).findings;
    expect(without?.remedy).toContain('--header-file');
    expect(withCookie?.remedy).toContain('may have expired');
    const missing = status(401, { 'www-authenticate': 'Bearer' });
    expect(judge(missing).findings[0]?.remedy).toContain('use --header-file');
    expect(judge(missing, { hasHeaders: true }).findings[0]?.remedy).toContain('Add it to the header file.');
    expect(codesOf(missing, { hasHeaders: true, hasAuthorization: true })).toEqual(['info endpoint_nobody']);
    const [parameter] = judge(answer('missing parameter user_id', {}, { status: 401 })).findings;
    expect(parameter?.remedy).toMatch(/^Add it to the URL\. .*tokenUrl: { url, body }/);
  });

  it.each([
    ['nobody is signed in', status(401)],
    ['something is missing', status(401, { 'www-authenticate': 'Bearer' })],
    ['it is forbidden', status(403)],
    ['a CSRF token is missing', status(419)],
  ])('has a remedy for the option of the function instead of the file of the command, when %s', (_what, attempt) => {
    for (const hasHeaders of [false, true]) {
      const [ofCommand] = judge(attempt, { hasHeaders }).findings;
      const [ofFunction] = judge(attempt, { hasHeaders, caller: 'function' }).findings;
      expect({ ...ofFunction, remedy: ofCommand?.remedy }).toEqual(ofCommand);
      expect(ofCommand?.remedy).toMatch(/header file|--header-file/);
      expect(ofFunction?.remedy).toMatch(/headers? (?:of checkTokenEndpoint|may)|headers: { cookie }/);
      expect(ofFunction?.remedy).not.toMatch(/\bfile\b|command|--/);
    }
  });

  it.each([
    [405, 'the endpoint does not accept a POST', 'Make the endpoint accept a POST', 'token_rejected'],
    [415, 'the endpoint wants a body with a content-type', 'without a body, or send one', 'token_rejected'],
    [419, 'a missing CSRF token, a firewall, or a missing permission', 'send the CSRF token', 'token_rejected'],
    [418, 'the endpoint refused the request', "Check the server's log.", 'token_rejected'],
    [429, 'too many requests', 'Try again later.', 'token_failed'],
    [500, 'an error in the endpoint', "Check the server's log.", 'token_failed'],
    [501, 'the server does not accept a POST here', 'Make the endpoint accept a POST', 'token_failed'],
    [599, 'an error in the server', "Check the server's log.", 'token_failed'],
  ])('has a message, a remedy and the error of the library for the status %i', (code, meaning, remedy, error) => {
    const [finding] = judge(status(code)).findings;
    expect(finding?.message).toContain(
      `The answer was ${code}: ${meaning}. On the page, the library reports ${error} `,
    );
    expect(finding?.remedy).toContain(remedy);
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
      { code: 'endpoint_status', message: expect.stringMatching(/^On the second request: The answer was 500: /) },
    ]);
  });

  it('has a new token only if both answers have a JWT and the two differ', () => {
    const differ = (one: RequestResult, other: RequestResult) => haveDifferentTokens(judge(one), judge(other));
    expect(differ(answer('a.b.c'), answer('a.b.d'))).toBe(true);
    expect(differ(answer('a.b.c'), asJson({ token: 'a.b.c' }))).toBe(false);
    expect(differ(answer('a.b.c'), status(401))).toBeUndefined();
    expect(differ(answer('Unauthorized'), answer('Forbidden'))).toBeUndefined();
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
    [`["${makeToken(NOW_MS)}"]`],
    [`Bearer ${makeToken(NOW_MS)}`],
    ['Bearer a.b.c'],
    ['{"token":"a.b.c"}'],
    ['{"jwt":"a.b.c"}'],
    ['{"token":"","jwt":"a.b.c"}'],
    ['{"token":5}'],
    ['{"token":{"a":1}}'],
  ])('is the same that the library reads from %j', async (body) => {
    vi.stubGlobal('fetch', async () => new Response(body));
    const [, taken] = await createTokenEndpoint('/t')({ signal: new AbortController().signal });
    expect(judge(answer(await new Response(body).text())).token).toEqual({ value: readAnswer(taken)[0] });
  });

  it.each([400, 403, 404, 405, 408, 418, 419, 422, 425, 429, 500, 501, 502, 503, 504])(
    'is refused with the status %i as by the library',
    async (code) => {
      vi.stubGlobal('fetch', async () => new Response('', { status: code }));
      const [event, error] = await createTokenEndpoint('/t')({ signal: new AbortController().signal });
      expect(event).toBe('tokenFailed');
      const { code: expected, message } = error as MessengerAuthError;
      const said = judge(status(code)).findings[0]!.message;
      expect(said).toContain(`the library reports ${expected} `);
      if (![403, 419, 422].includes(code)) return;
      const meaning = 'a missing CSRF token, a firewall, or a missing permission';
      expect(message).toContain(meaning);
      expect(said).toContain(meaning);
    },
  );

  it('has the same length limit as in the library', async () => {
    const longest = 'a'.repeat(MAX_CHARACTERS);
    const pieces = [longest, 'b', 'c'];
    const body = new ReadableStream<Uint8Array>({
      pull(controller) {
        const piece = pieces.shift();
        if (piece) controller.enqueue(new TextEncoder().encode(piece));
        else controller.close();
      },
    });
    vi.stubGlobal('fetch', async () => new Response(body));
    const answer = await createTokenEndpoint('/t')({ signal: new AbortController().signal });
    // It stops after the piece that goes beyond the limit.
    expect(answer[1]).toBe(`${longest}b`);
  });
});
