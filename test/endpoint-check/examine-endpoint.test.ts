import type { ServerResponse } from 'node:http';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { examineEndpoint } from '../../src/endpoint-check/examine-endpoint.js';
import { fetchToken, MAX_CHARACTERS } from '../../src/endpoint-check/fetch-token.js';
import { startServer, type Server } from '../endpoints/start-server.js';

let server: Server;
afterEach(() => server.close());

const GOOD_HEADERS = { 'content-type': 'text/plain', 'cache-control': 'no-store' };

/** Answers every request with a new token. */
const grant =
  (headers = {}) =>
  (response: ServerResponse, count: number) =>
    void response.writeHead(200, { ...GOOD_HEADERS, ...headers }).end(`a.b.${count}`);

const say =
  (status: number, headers: Record<string, string> = {}, body = '') =>
  (response: ServerResponse) =>
    void response.writeHead(status, { ...GOOD_HEADERS, ...headers }).end(body);

const examine = async (
  answer: (response: ServerResponse, count: number) => void,
  given: readonly (readonly [string, string])[] = [],
) => {
  server = await startServer(answer);
  return examineEndpoint(server.url, given, { fetchToken, wait: async () => {}, caller: 'command' });
};

describe('an endpoint', () => {
  it('has no findings when it is correct, and its token is returned', async () => {
    const startMs = Date.now();
    const { findings, token, times, isNew } = await examine(grant());
    expect(findings).toEqual([]);
    expect(token).toEqual({ value: 'a.b.1' });
    expect(times?.localMs).toBeGreaterThanOrEqual(startMs);
    expect(Math.abs(times!.serverMs! - times!.localMs)).toBeLessThan(10_000);
    expect(isNew).toBe(true);
    await server.close();
    expect((await examine(say(200, {}, 'a.b.c'))).isNew).toBe(false);
    await server.close();
    expect((await examine(say(401))).isNew).toBeUndefined();
  });

  it.each([200, 401, 404, 500])(
    'is returned with the body of its first response, also with the status %i',
    async (code) => {
      expect((await examine(say(code, {}, 'a.b.c'))).body).toBe('a.b.c');
    },
  );

  const withoutDate = (response: ServerResponse, count: number) => {
    response.sendDate = false;
    grant()(response, count);
  };
  const open = { 'access-control-allow-origin': 'https://another-site.example' };

  it.each([
    ['endpoint_redirect', say(302, { location: '/login' })],
    ['endpoint_status', say(405)],
    ['endpoint_html', say(200, { 'content-type': 'text/html' }, '<!doctype html>')],
    ['endpoint_null', say(200, {}, 'undefined')],
    ['endpoint_no_token', say(200, { 'content-type': 'application/json' }, '{}')],
    ['endpoint_too_long', say(200, {}, 'a'.repeat(MAX_CHARACTERS + 1))],
    ['endpoint_same_token', say(200, {}, 'a.b.c')],
    ['endpoint_open_to_others', grant(open)],
    ['endpoint_open_to_others', grant({ ...open, 'access-control-allow-credentials': 'true' })],
    ['endpoint_cached', grant({ age: '7' })],
    ['endpoint_cacheable', grant({ 'cache-control': 'max-age=60' })],
    ['endpoint_content_type', grant({ 'content-type': 'text/html' })],
    ['endpoint_clock', grant({ date: 'Mon, 23 Nov 2020 00:00:00 GMT' })],
    ['endpoint_no_date', withoutDate],
    ['endpoint_nobody', say(401)],
    ['endpoint_unreachable', (response: ServerResponse) => void response.destroy()],
  ])('has only the finding %s', async (code, answer) => {
    const { findings } = await examine(answer);
    expect(findings.map((finding) => finding.code)).toEqual([code]);
  });

  it('has a finding when it does not allow the given Origin', async () => {
    const origin = 'https://www.shop.example';
    const { findings } = await examine(grant(), [['Origin', origin]]);
    expect(findings.map(({ code }) => code)).toEqual(['endpoint_closed_to_origin']);
    await server.close();
    const allowed = await examine(grant({ 'access-control-allow-origin': origin }), [['Origin', origin]]);
    expect(allowed.findings).toEqual([]);
  });

  it('has a finding when no server is listening', async () => {
    server = await startServer(grant());
    await server.close();
    const { findings } = await examineEndpoint(server.url, [], { fetchToken, wait: async () => {}, caller: 'command' });
    expect(findings).toMatchObject([
      { code: 'endpoint_unreachable', message: 'No server is listening at this address.' },
    ]);
  });

  it.each([
    ['before its response', () => {}],
    ['in the middle of its response', (response: ServerResponse) => void response.writeHead(200).write('a.b.')],
  ])('has a finding when it stops %s', async (_when, answer) => {
    server = await startServer(answer);
    const fetchBriefly = (url: URL, headers: Headers) => fetchToken(url, headers, 300);
    const { findings } = await examineEndpoint(server.url, [], {
      fetchToken: fetchBriefly,
      wait: async () => {},
      caller: 'command',
    });
    expect(findings).toMatchObject([{ code: 'endpoint_timeout' }]);
  });

  it('has a finding when it is slow', async () => {
    const slowly = async (url: URL, headers: Headers) => ({ ...(await fetchToken(url, headers)), tookMs: 4500 });
    server = await startServer(grant());
    const { findings } = await examineEndpoint(server.url, [], {
      fetchToken: slowly,
      wait: async () => {},
      caller: 'command',
    });
    expect(findings).toMatchObject([{ code: 'endpoint_slow', message: expect.stringContaining('4.5 seconds') }]);
  });

  it('has a finding when its response does not end', async () => {
    const { findings } = await examine((response) => {
      response.writeHead(200);
      const timer = setInterval(() => response.write('a'.repeat(100_000)), 1);
      response.on('close', () => clearInterval(timer));
    });
    expect(findings.map(({ code }) => code)).toEqual(['endpoint_too_long']);
  });
});

describe('the requests', () => {
  it('are one like the library’s, one from another site, and a second later one like the library’s again', async () => {
    server = await startServer(grant());
    const wait = vi.fn(async () => expect(server.requests).toHaveLength(2));
    await examineEndpoint(server.url, [], { fetchToken, wait, caller: 'command' });
    expect(wait.mock.calls).toEqual([[1100]]);
    const seen = server.requests.map(({ method, headers }) => [method, headers.origin, headers['sec-fetch-site']]);
    expect(seen).toEqual([
      ['POST', server.url.origin, 'same-origin'],
      ['POST', 'https://another-site.example', 'cross-site'],
      ['POST', server.url.origin, 'same-origin'],
    ]);
  });

  it('do not follow redirects', async () => {
    await examine(say(302, { location: '/login' }));
    expect(server.requests.map(({ url }) => url)).toEqual(['/zendesk-token']);
  });

  it.each([403, 404, 405, 500, 503])('end after the first one when it got a %i', async (status) => {
    const { findings } = await examine(say(status));
    expect(server.requests).toHaveLength(1);
    expect(findings).toMatchObject([{ code: 'endpoint_status' }]);
  });

  it('include the one from another site when nobody is signed in', async () => {
    await examine(say(401));
    expect(server.requests).toHaveLength(2);
  });

  it('include the given headers, except that the Origin of the second one is always another site', async () => {
    await examine(grant(), [
      ['Cookie', 'session=1'],
      ['cookie', 'b=2'],
      ['Origin', 'https://www.shop.example'],
    ]);
    expect(server.requests.map(({ headers }) => [headers.cookie, headers.origin])).toEqual([
      ['session=1; b=2', 'https://www.shop.example'],
      ['session=1; b=2', 'https://another-site.example'],
      ['session=1; b=2', 'https://www.shop.example'],
    ]);
  });
});
