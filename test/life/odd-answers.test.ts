// @vitest-environment jsdom
// What the library does with answers that are no bare token, and with the request that the site describes.
import { afterEach, expect, it, vi } from 'vitest';
import { createTokenEndpoint } from '../../src/browser/token-endpoint.js';
import { FAKE_ACCOUNT, signToken } from '../../src/testing/index.js';
import {
  createEndpoint,
  failureOf,
  interceptLogins,
  mint,
  openPage,
  pass,
  settle,
  signInPage,
  usePages,
  type Page,
} from './start-page.js';

usePages();

const URL_ = 'https://shop.example/zendesk-token';
const endpoint = createEndpoint();
let requests: [url: string, init: RequestInit][] = [];
afterEach(() => {
  vi.unstubAllGlobals();
  requests = [];
  endpoint.lifetimeS = 3600;
});

/** Opens a page whose endpoint answers so. */
function open(answer: () => Response, tokenUrl: unknown = URL_, loading: { bootDelayMs?: number } = {}): Page {
  vi.stubGlobal('fetch', async (url: string, init: RequestInit) => {
    requests.push([url, init]);
    return answer();
  });
  return openPage({ zendesk: loading, options: { getToken: undefined, tokenUrl, loadTimeoutMs: 300_000 } as never });
}
const json = (body: unknown) => () => new Response(JSON.stringify(body));
const warnings = () => vi.mocked(console.warn).mock.calls.map(([, text]) => text as string);
const errors = () => vi.mocked(console.error).mock.calls.map(([, error]) => (error as Error).message);

const OIDC = signToken({ iss: 'https://id.example', sub: '7', scope: 'openid', exp: 1_900_000_000 }, FAKE_ACCOUNT);

it.each([
  ['HTML', () => new Response(`<html><script>const session = "${OIDC}"</script></html>`)],
  ['access_token', json({ access_token: OIDC, id_token: OIDC })],
  ['a text', () => new Response(`Bearer ${OIDC}`)],
  ['a deeper token', json({ data: { token: OIDC } })],
])("never hands over another system's token in %s", async (_what, answer) => {
  const page = open(answer);
  const error = await failureOf(page.messenger.login());
  expect(error.code).toBe('token_malformed');
  expect(page.zendesk.asks).toBe(0);
  expect(page.zendeskRequests()).toEqual([]);
});

it("says which members came instead of a token, and nothing of another system's token", async () => {
  const error = await failureOf(open(json({ message: 'Unauthorized', data: OIDC })).messenger.login());
  expect(error.message).toBe(
    'The answer has neither token nor jwt; it has message, data. Return the bare JWT. [token_malformed]',
  );
});

it('warns once about a text around the token, however often a token comes', async () => {
  endpoint.lifetimeS = 600;
  const page = open(() => new Response(`Bearer ${mint(endpoint)}`));
  await settle(page.messenger.login());
  await pass(3_600_000);
  expect(requests.length).toBeGreaterThan(3);
  expect(page.messenger.getSnapshot().status).toBe('signed-in');
  expect(warnings()).toEqual([expect.stringMatching(/Return the bare JWT\. \[surrounded\]$/)]);
});

it.each([
  ['other members', () => json({ access_token: mint(endpoint), expires_in: 900 })()],
  ['a line break', () => new Response(`${mint(endpoint)}\n`)],
])('says nothing about %s', async (_what, answer) => {
  await settle(open(answer).messenger.login());
  expect(warnings()).toEqual([]);
});

it.each([{ token: null }, { jwt: null }, '{"token":null}', 'null'])(
  'takes %j from getToken to mean that nobody is signed in',
  async (returns) => {
    const page = openPage({ endpoint: { instead: { returns } } });
    expect(await settle(page.messenger.login())).toMatchObject({ status: 'signed-out' });
  },
);

it.each([
  ['an object', (token: string) => ({ token })],
  ["axios's response", (token: string) => ({ data: { jwt: token }, status: 200 })],
])('accepts %s from getToken', async (_what, wrap) => {
  const page = openPage({ options: { getToken: () => wrap(mint(endpoint)) } });
  expect(await settle(page.messenger.login())).toMatchObject({ status: 'signed-in' });
});

it.each([403, 419, 422])('says after a %i what may be missing, on the console, after one request', async (status) => {
  const page = open(() => new Response(null, { status }));
  await failureOf(page.messenger.login());
  expect(requests).toHaveLength(1);
  expect(errors()).toEqual([
    expect.stringMatching(
      new RegExp(
        `\\(${status}\\)\\. .* a missing CSRF token, a firewall, or a missing permission\\. \\[token_rejected\\]$`,
      ),
    ),
  ]);
});

it('says nothing of a 403 that comes after the sign-out', async () => {
  endpoint.lifetimeS = 600;
  let answerLate!: (answer: Response) => void;
  const late = new Promise<Response>((resolve) => (answerLate = resolve));
  const page = open(() => (requests.length > 1 ? (late as never) : new Response(mint(endpoint))));
  await settle(page.messenger.login());
  while (requests.length < 2) await pass(1000);
  await settle(page.messenger.logout());
  answerLate(new Response(null, { status: 403 }));
  await pass(1000);
  expect(errors()).toEqual([]);
});

it('says it once, although a token is in memory, if nobody is signed in yet', async () => {
  endpoint.lifetimeS = 120;
  const answer = () => (requests.length > 1 ? new Response(null, { status: 403 }) : new Response(mint(endpoint)));
  const page = open(answer, URL_, { bootDelayMs: 200_000 });
  void page.messenger.login();
  await pass(150_000);
  expect(requests.length).toBeGreaterThan(1);
  expect(errors()).toHaveLength(1);
});

it('keeps a signed-in visitor and the good token after a 403', async () => {
  endpoint.lifetimeS = 600;
  const page = open(() => (requests.length > 1 ? new Response(null, { status: 403 }) : new Response(mint(endpoint))));
  await settle(page.messenger.login());
  await pass(540_000);
  expect(requests).toHaveLength(2);
  expect(page.messenger.getSnapshot().status).toBe('signed-in');
  expect(page.zendeskRequests()).toEqual(['login 200']);
  expect(errors()).toEqual([expect.stringContaining('(403)')]);
});

it('sends what the site gives: method, headers, body and credentials', async () => {
  const page = open(() => new Response(mint(endpoint)), {
    url: '/token',
    method: 'PUT',
    headers: { 'x-csrf-token': 'a1' },
    body: '{"for":"zendesk"}',
    credentials: 'include',
  });
  await settle(page.messenger.login());
  expect(requests).toEqual([
    [
      `${location.origin}/token`,
      {
        method: 'PUT',
        headers: { 'x-csrf-token': 'a1' },
        body: '{"for":"zendesk"}',
        credentials: 'include',
        cache: 'no-store',
        signal: expect.any(AbortSignal),
      },
    ],
  ]);
});

it('calls the functions headers and body for each request, and waits for their promises', async () => {
  endpoint.lifetimeS = 600;
  let count = 0;
  const page = open(() => new Response(mint(endpoint)), {
    url: URL_,
    headers: async () => ({ authorization: `Bearer ${++count}` }),
    body: () => new URLSearchParams({ n: `${count}` }),
  });
  await settle(page.messenger.login());
  await pass(1_200_000);
  expect(requests.length).toBeGreaterThan(1);
  expect(requests.map(([, { headers }]) => headers)).toEqual(
    requests.map((_, at) => ({ authorization: `Bearer ${at + 1}` })),
  );
  expect(requests.map(([, { body, method }]) => `${method} ${(body as URLSearchParams).toString()}`)).toEqual(
    requests.map((_, at) => `POST n=${at + 1}`),
  );
});

it('treats a function that throws as a failed request, with its error as the cause, and tries again', async () => {
  const cause = new Error('no session');
  let isBroken = true;
  const headers = () => {
    if (isBroken) throw cause;
    return {};
  };
  const page = open(() => new Response(mint(endpoint)), { url: URL_, headers });
  expect(await failureOf(page.messenger.login())).toMatchObject({ code: 'token_failed', cause });
  expect(requests).toHaveLength(0);
  isBroken = false;
  await pass(60_000);
  expect(page.messenger.getSnapshot().status).toBe('signed-in');
});

it('does not take members of the request from Object.prototype', async () => {
  open(() => new Response(mint(endpoint)));
  const fetchFromEndpoint = createTokenEndpoint(URL_);
  Object.assign(Object.prototype, { method: 'DELETE', body: 'x', headers: { a: 'b' }, credentials: 'include' });
  try {
    await fetchFromEndpoint({ signal: new AbortController().signal }, URL_);
  } finally {
    for (const name of ['method', 'body', 'headers', 'credentials']) delete (Object.prototype as never)[name];
  }
  expect(requests[0]![1]).toMatchObject({
    method: 'POST',
    body: undefined,
    headers: undefined,
    credentials: undefined,
  });
});

it.each(['localhost:3000/token', 'data:text/plain,x', 'https://shop:port/', 'https://ada:hunter2@shop.example/'])(
  'refuses the tokenUrl %s at once, with no request',
  (tokenUrl) => {
    expect(() => open(json({}), tokenUrl)).toThrow('tokenUrl must be a URL');
    expect(() => open(json({}), { url: tokenUrl })).toThrow('tokenUrl must be a URL');
  },
);

it.each([
  new TypeError('Failed to fetch'),
  new TypeError('Failed to fetch (api.curly.example)'),
  new TypeError("Cannot read properties of undefined (reading 'url')"),
  new Error('The URL answered 503'),
  Object.create(null),
])('calls getToken again after %s', async (error) => {
  const page = openPage();
  page.endpoint.next.push({ throws: error });
  expect(await settle(page.messenger.login())).toMatchObject({ status: 'signed-in' });
});

it("keeps Zendesk's reason and the findings for a login() that may not request another token yet", async () => {
  const page = openPage({ endpoint: { claims: { scope: undefined } } });
  page.backend.answerAlways('login', { status: 401, description: 'Missing key id (kid)' });
  for (let call = 0; call < 6; call++) {
    const error = await failureOf(page.messenger.login());
    expect(error).toMatchObject({ code: 'invalid_auth', reason: '401: Missing key id (kid)' });
    expect(error.findings[0]).toMatchObject({ code: 'scope_missing' });
  }
  // The next user has other reasons.
  await settle(page.messenger.logout());
  expect((await failureOf(page.messenger.login())).reason).toBeUndefined();
});

it("keeps Zendesk's reason in the error, its message and the event", async () => {
  const page = openPage({ endpoint: { claims: { scope: 'user' } } });
  page.backend.answerAlways('login', { status: 401, description: 'Missing key id (kid)' });
  const error = await failureOf(page.messenger.login());
  expect(error).toMatchObject({ code: 'invalid_auth', reason: '401: Missing key id (kid)' });
  expect(error.message).toContain('(401: Missing key id (kid))');
  expect(errors()).toEqual([error.message]);
  expect(page.events).toContainEqual(
    expect.objectContaining({ type: 'login-rejected', code: 'invalid_auth', reason: '401: Missing key id (kid)' }),
  );
});

it('keeps the reason "Invalid JWT", but not in the message', async () => {
  const page = openPage();
  page.backend.answerAlways('login', { status: 401 });
  const error = await failureOf(page.messenger.login());
  expect(error.reason).toBe('401: Invalid JWT');
  expect(error.message).not.toContain('Invalid JWT');
});

it('says after a 403 that the key or the channel is the cause, if the token looks correct', async () => {
  const page = openPage();
  page.backend.answerAlways('login', { status: 403 });
  const { message, reason } = await failureOf(page.messenger.login());
  expect(reason).toBe('403: Forbidden');
  expect(message).toMatch(/^Zendesk does not allow the sign-in: .*\(403: Forbidden\)\. .*the key .*the channel/);
});

it('says after a 403 what is wrong with the token, if something is', async () => {
  const page = openPage({ endpoint: { claims: { scope: undefined } } });
  page.backend.answerAlways('login', { status: 403 });
  expect((await failureOf(page.messenger.login())).message).toMatch(/the payload has no scope \(403: Forbidden\)/);
});

it('does not send the developer to the network after a 400', async () => {
  const page = openPage();
  page.backend.answerAlways('login', { status: 400, description: 'Bad scope' });
  expect((await failureOf(page.messenger.login())).message).toContain('(400: Bad scope). Check the reason');
});

it("says Zendesk's remedies after a 409", async () => {
  const page = openPage();
  page.backend.answerAlways('login', { status: 409 });
  const { message } = await failureOf(page.messenger.login());
  for (const remedy of ['ids stable', 'delete the old user', 'omit']) expect(message).toContain(remedy);
});

it('drops all but the status of a reason with the external_id in it', async () => {
  const page = openPage({ endpoint: { externalId: 'ada-4711' } });
  page.backend.answerAlways('login', { status: 409, description: 'ada-4711 exists' });
  const error = await failureOf(page.messenger.login());
  expect(error.code).toBe('identity_conflict');
  expect(error.reason).toBe('409');
  expect(JSON.stringify([error.message, page.events])).not.toContain('4711');
});

it('hands over a token whose payload is in Latin-1, as the messenger can read it', async () => {
  const page = await signInPage();
  void page.messenger.logout();
  const given: string[] = [];
  await settle(page.messenger.load());
  interceptLogins((jwtCallback, done) => [
    (answer: (text: string) => void) =>
      jwtCallback((text: string) => {
        given.push(text);
        answer(text);
      }),
    done,
  ]);
  const [header, payload, signature] = mint({ ...endpoint, claims: { name: 'Jose' } }).split('.');
  const latin1 = btoa(atob(payload!.replace(/-/g, '+').replace(/_/g, '/')).replace('Jose', 'Jos\u00e9'));
  const token = [header, latin1.replace(/=+$/, '').replace(/\+/g, '-').replace(/\//g, '_'), signature].join('.');
  page.endpoint.instead = { returns: token };
  page.backend.answerAlways('login', { status: 200, body: { appUser: { id: 'au-1' } } });
  expect(await settle(page.messenger.login())).toMatchObject({ status: 'signed-in', externalId: 'user-1' });
  expect(given).toEqual([token]);
});
