// The function that tests of a site call, over real HTTP, with real time between its requests.
import type { ServerResponse } from 'node:http';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { checkTokenEndpoint, FAKE_ACCOUNT, signToken } from '../../src/testing/index.js';
import { makeToken, SECRET } from '../cli/tokens.js';
import { startServer, type Server } from '../endpoints/start-server.js';

let server: Server | undefined;
afterEach(async () => {
  vi.unstubAllGlobals();
  await server?.close();
  server = undefined;
});

const HEADERS = { 'content-type': 'text/plain', 'cache-control': 'no-store' };
const grant = (response: ServerResponse, count: number) =>
  void response.writeHead(200, HEADERS).end(makeToken(Date.now(), { jti: `answer-${count}` }));

/** Starts an endpoint, and returns its URL. */
async function start(answer: (response: ServerResponse, count: number) => void): Promise<string> {
  server = await startServer(answer);
  return server.url.href;
}

/** An endpoint that signs in whoever has the cookie. */
const startForSession = () =>
  start((response, count) => {
    if (server!.requests[count - 1]!.headers.cookie === 'session=1') grant(response, count);
    else response.writeHead(204, HEADERS).end();
  });

const headersOf = (name: string) => server!.requests.map(({ headers }) => headers[name]);

describe('checkTokenEndpoint', () => {
  it('finds nothing in a good endpoint, and requests tokens as its page and as another site', async () => {
    const url = await startForSession();
    expect(await checkTokenEndpoint(url, { headers: { cookie: 'session=1' } })).toEqual([]);
    const { origin } = new URL(url);
    expect(server!.requests.map(({ method }) => method)).toEqual(['POST', 'POST', 'POST']);
    expect(headersOf('origin')).toEqual([origin, 'https://another-site.example', origin]);
    expect(headersOf('sec-fetch-site')).toEqual(['same-origin', 'cross-site', 'same-origin']);
  });

  it('says that nobody is signed in without a session, with the option to use', async () => {
    const findings = await checkTokenEndpoint(new URL(await startForSession()));
    expect(findings).toMatchObject([{ code: 'endpoint_nobody', severity: 'info', part: 'response' }]);
    expect(findings[0]!.remedy).toContain('checkTokenEndpoint(url, { headers: { cookie } })');
  });

  it('has the findings of the token, too, with the first to fix first', async () => {
    const url = await start((response, count) =>
      response
        .writeHead(200, { 'content-type': 'text/plain' })
        .end(makeToken(Date.now(), { external_id: count, email: 'a@b.example' })),
    );
    const findings = await checkTokenEndpoint(url);
    expect(findings.map(({ code, part }) => `${part} ${code}`)).toEqual([
      'payload external_id_not_string',
      'response endpoint_cacheable',
      'payload email_unverified',
    ]);
  });

  it('waits until a second token is signed in another second', async () => {
    // Without a jti, only the time makes two tokens differ.
    const url = await start((response) => void response.writeHead(200, HEADERS).end(makeToken(Date.now())));
    expect(await checkTokenEndpoint(url)).toEqual([]);
    expect(server!.requests).toHaveLength(3);
  });

  it('says that nothing listens at the URL', async () => {
    const url = await start(grant);
    await server!.close();
    expect(await checkTokenEndpoint(url)).toMatchObject([{ code: 'endpoint_unreachable', severity: 'error' }]);
  });

  it('checks the signature, and looks for the secret, only if it has the secret', async () => {
    const url = await start(grant);
    expect(await checkTokenEndpoint(url, { secret: SECRET })).toEqual([]);
    const other = `${SECRET.slice(0, -4)}wxyz`;
    expect(await checkTokenEndpoint(url, { secret: other })).toMatchObject([{ code: 'signature_invalid' }]);
    await server!.close();
    const exposed = await start((response) => void response.writeHead(500).end(`<pre>SECRET=${SECRET}</pre>`));
    const codes = async (options = {}) => (await checkTokenEndpoint(exposed, options)).map(({ code }) => code);
    expect(await codes()).toEqual(['endpoint_status']);
    expect(await codes({ secret: SECRET })).toEqual(['secret_exposed', 'endpoint_status']);
  });
});

describe('the option product', () => {
  const CHAT = { product: 'chat', secret: FAKE_ACCOUNT.chatSecret } as const;
  const signChat = (claims: object = {}) => {
    const iat = Math.floor(Date.now() / 1000);
    const all = { name: 'Ann', email: 'ann@shop.example', external_id: 'user-1', iat, exp: iat + 300, ...claims };
    return signToken(all, { secret: FAKE_ACCOUNT.chatSecret });
  };
  const startForChat = (claims: object = {}) =>
    start((response) => void response.writeHead(200, HEADERS).end(signChat(claims)));
  const check = async (url: string, options: object) =>
    (await checkTokenEndpoint(url, options)).map(({ code, severity }) => `${severity} ${code}`);

  it('checks the tokens of an endpoint for the chat by the rules of the chat', async () => {
    const url = await startForChat();
    expect(await check(url, CHAT)).toEqual([]);
    expect(await check(url, { product: 'help-center' })).toEqual(['warning other_zendesk_jwt', 'error jti_missing']);
    const forMessaging = ['warning other_zendesk_jwt', 'error kid_missing', 'error scope_missing'];
    expect(await check(url, {})).toEqual(expect.arrayContaining(forMessaging));
    expect(await check(url, { product: 'messaging' })).toEqual(await check(url, {}));
  });

  it('says that a token for the chat is valid for too long, and that one for messaging is none', async () => {
    expect(await check(await startForChat({ exp: Math.floor(Date.now() / 1000) + 900 }), CHAT)).toEqual([
      'error lifetime_long',
    ]);
    await server!.close();
    const messaging = await check(await start(grant), CHAT);
    expect(messaging[0]).toBe('warning other_zendesk_jwt');
    expect(messaging).toContain('error name_missing');
  });

  // Messaging allows one minute of difference, and the chat two.
  it.each([
    [90_000, 'warning'],
    [150_000, 'error'],
  ])('allows the clocks to differ as the chat does: %i ms', async (aheadMs, severity) => {
    const url = await start((response, count) => {
      const atMs = Date.now() + aheadMs;
      const iat = Math.floor(atMs / 1000);
      const date = new Date(atMs).toUTCString();
      response.writeHead(200, { ...HEADERS, date }).end(signChat({ iat, exp: iat + 300, jti: `${count}` }));
    });
    expect(await check(url, CHAT)).toEqual([`${severity} endpoint_clock`]);
  });

  it('says nothing that is right for messaging only', async () => {
    const answers: readonly ((response: ServerResponse) => void)[] = [
      (response) => void response.writeHead(429).end(),
      (response) => void response.writeHead(500).end(),
      (response) => void response.writeHead(403).end(),
      (response) => void response.writeHead(403).end('X-Requested-With header is missing'),
      (response) => void response.writeHead(200, HEADERS).end(`Bearer ${signChat()}`),
      (response) => void response.writeHead(200, HEADERS).end(JSON.stringify({ data: { token: signChat() } })),
    ];
    for (const answer of answers) {
      const findings = await checkTokenEndpoint(await start(answer), CHAT);
      expect(findings.length).toBeGreaterThan(0);
      for (const { message, remedy } of findings) {
        expect(message + remedy).not.toMatch(/external_id|scope|messenger|tries again|and stops/);
      }
      await server!.close();
    }
  });
});

describe('the headers', () => {
  it.each([
    ['an object', { cookie: 'session=1', 'x-tenant': 'acme' }],
    ['pairs', [['Cookie', 'session=1'] as const, ['X-Tenant', 'acme'] as const]],
    ['Headers', new Headers({ cookie: 'session=1', 'x-tenant': 'acme' })],
    ['a Map', new Map(Object.entries({ cookie: 'session=1', 'x-tenant': 'acme' }))],
  ])('can be %s', async (_what, headers) => {
    const url = await start((response) => void response.writeHead(404).end());
    await checkTokenEndpoint(url, { headers });
    expect([headersOf('cookie'), headersOf('x-tenant')]).toEqual([['session=1'], ['acme']]);
  });

  it('about the connection are ignored, such as those of another request', async () => {
    const url = await start((response) => void response.writeHead(404).end());
    const findings = await checkTokenEndpoint(url, {
      headers: { 'content-length': '7', connection: 'close', a: ' b ' },
    });
    expect(findings).toMatchObject([{ code: 'endpoint_status' }]);
    expect(headersOf('content-length')).toEqual(['0']);
    expect(headersOf('a')).toEqual(['b']);
  });

  it('say at which origin the page is', async () => {
    const origin = 'https://www.shop.example';
    const findings = await checkTokenEndpoint(await start(grant), { headers: { origin } });
    expect(findings).toMatchObject([{ code: 'endpoint_closed_to_origin' }]);
    expect(findings[0]!.message).toContain('A page at the given Origin cannot read the answer');
  });
});

describe('a wrong argument', () => {
  const ABSOLUTE = /^checkTokenEndpoint needs an absolute URL that begins with https:\/\/ or http:\/\/, such as /;
  const check = checkTokenEndpoint as (url?: unknown, options?: unknown) => Promise<unknown>;

  it.each([
    ['no URL', [undefined], ABSOLUTE],
    ['a path', ['/hush'], ABSOLUTE],
    ['an empty text', [''], ABSOLUTE],
    ['another protocol', ['ftp://hush.example/'], ABSOLUTE],
    ['an object', [{ url: 'hush' }], ABSOLUTE],
    ['a password in the URL', ['https://hush:hush@shop.example/'], /user name or a password.*authorization/],
    [
      'no object as options',
      ['URL', 'hush'],
      /^The options of checkTokenEndpoint are headers, secret, product and fetch\./,
    ],
    ['null as options', ['URL', null], /^The options of checkTokenEndpoint are/],
    ['a cookie in the place of the headers', ['URL', { cookie: 'hush' }], /Pass a cookie as { headers: { cookie } }/],
    ['a text as headers', ['URL', { headers: 'cookie: hush' }], /^The option headers is not an object\. Pass/],
    ['null as headers', ['URL', { headers: null }], /^The option headers is not an object\. Pass/],
    [
      'a header without a value',
      ['URL', { headers: { a: 'b', cookie: undefined } }],
      /^Header 2 .*, but undefined\. Check/,
    ],
    ['a header with a number', ['URL', { headers: { a: 7 } }], /^Header 1 .* is not a string, but number\. Check/],
    [
      'a header with a line break',
      ['URL', { headers: { cookie: 'hush\nhush: 1' } }],
      /^Header 1 .* line break\. Remove/,
    ],
    ['a header with a letter of no single byte', ['URL', { headers: { cookie: 'hush✓' } }], /^Header 1 .*encode it/],
    ['a name with white space', ['URL', { headers: { 'my hush': '1' } }], /^Header 1 .* has no valid name\. Use/],
    ['pairs that are none', ['URL', { headers: ['cookie', 'hush'] }], /^Header 1 .* has no valid name\. Use/],
    ['an empty secret', ['URL', { secret: ' ' }], /^The secret must be a string that is not empty\. Use/],
    ['a long secret', ['URL', { secret: 'hush'.repeat(500) }], /^The secret has 2000 characters.*Pass only/],
    [
      'a variable that is not set as the secret',
      ['URL', { secret: undefined }],
      /^The option secret is undefined\. Set/,
    ],
    ['a secret that is no text', ['URL', { secret: 7 }], /^The secret must be a string that is not empty/],
    [
      'a product that does not exist',
      ['URL', { product: 'hush' }],
      /^The option product must be 'messaging', 'chat' or/,
    ],
    ['no function as fetch', ['URL', { fetch: 'hush' }], /^The option fetch is not a function\. Pass/],
  ])('is a TypeError without a request, and without its content: %s', async (_what, [url, options], message) => {
    const endpoint = await start(grant);
    const error = await check(url === 'URL' ? endpoint : url, options).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(TypeError);
    expect((error as Error).message).toMatch(message);
    expect((error as Error).message).not.toContain('hush');
    expect(server!.requests).toEqual([]);
  });
});

describe('the option fetch', () => {
  const url = 'https://shop.example/zendesk-token';

  it('sends the requests to a handler, which has no Date', async () => {
    const seen: string[] = [];
    const handle = (request: Request) => {
      seen.push(`${request.method} ${request.url} ${request.headers.get('cookie')} ${request.headers.get('origin')}`);
      return new Response(makeToken(Date.now(), { jti: String(seen.length) }), { headers: HEADERS });
    };
    const findings = await checkTokenEndpoint(url, {
      headers: { cookie: 'session=1' },
      fetch: (to, init) => handle(new Request(to, init)),
      secret: SECRET,
    });
    expect(findings).toEqual([]);
    expect(seen).toEqual([
      `POST ${url} session=1 https://shop.example`,
      `POST ${url} session=1 https://another-site.example`,
      `POST ${url} session=1 https://shop.example`,
    ]);
  });

  it('throws what the function throws, because that is no failure of the endpoint', async () => {
    const mistake = new Error('no database');
    await expect(checkTokenEndpoint(url, { fetch: () => Promise.reject(mistake) })).rejects.toBe(mistake);
    const throwing = () => {
      throw mistake;
    };
    await expect(checkTokenEndpoint(url, { fetch: throwing })).rejects.toBe(mistake);
  });
});

describe('an environment that is not Node', () => {
  const MESSAGE =
    /cannot send its requests from here\. Run the test in Node: .*@vitest-environment node.*@jest-environment node/;

  it('is refused when it has no fetch, unless the test brings one', async () => {
    const url = await start(grant);
    const { fetch } = globalThis;
    vi.stubGlobal('fetch', undefined);
    await expect(checkTokenEndpoint(url)).rejects.toThrow(MESSAGE);
    expect(server!.requests).toEqual([]);
    expect(await checkTokenEndpoint(url, { fetch })).toEqual([]);
  });

  it('is refused when it removes headers, as browsers do', async () => {
    const InNode = Request;
    class InBrowser extends InNode {
      constructor(input: string, init?: RequestInit) {
        super(input, init);
        this.headers.delete('sec-fetch-site');
      }
    }
    const url = await start(grant);
    vi.stubGlobal('Request', InBrowser);
    await expect(checkTokenEndpoint(url)).rejects.toThrow(MESSAGE);
    expect(server!.requests).toEqual([]);
  });
});
