// Token endpoints that misbehave, over a real network.
import type { ServerResponse } from 'node:http';
import type { HTTPRequest } from 'puppeteer-core';
import { describe, expect } from 'vitest';
import type { MessengerAuthError } from '../../src/index.js';
import { signToken } from '../../src/testing/index.js';
import { describeInBrowser, describeInChromium, it } from './in-browser.js';
import { htmlPage, KEY, libraryScript, pageWith } from './pages.js';
import { eventually, type Visit } from './visit.js';

const PAGE = { 'content-type': 'text/html' };
const MEGABYTES = 5_000_000;

/** What is answered, the code, and what the error's message must say: what came, and what to do. */
const ANSWERS: readonly [string, (outgoing: ServerResponse) => void, string, RegExp][] = [
  [
    'a sign-in page',
    (outgoing) => outgoing.writeHead(200, PAGE).end('<!doctype html><title>Sign in</title>'),
    'token_malformed',
    /web page, such as a sign-in page.*When nobody is signed in, answer 204/,
  ],
  [
    'a redirect to a sign-in page',
    (outgoing) => outgoing.writeHead(302, { location: '/' }).end(),
    'token_malformed',
    /web page, such as a sign-in page.*do not redirect/,
  ],
  ['nothing (200)', (outgoing) => outgoing.writeHead(200).end(), 'token_malformed', /is an empty string.*204/],
  [
    'JSON without a token',
    (outgoing) => outgoing.end('{"user":{"name":"Ada"}}'),
    'token_malformed',
    /has neither token nor jwt; it has user.*Return the bare JWT/,
  ],
  ['undefined', (outgoing) => outgoing.end('undefined'), 'token_malformed', /a word such as undefined.*Check where/],
  [
    '5 MB of text',
    (outgoing) => outgoing.end('a'.repeat(MEGABYTES)),
    'token_malformed',
    /not a JWT.*Pass the whole JWT/,
  ],
  [
    '5 MB of a page',
    (outgoing) => outgoing.writeHead(200, PAGE).end(`<!doctype html>${' '.repeat(MEGABYTES)}`),
    'token_malformed',
    /web page/,
  ],
];

/** What `login()` rejects with. */
function failure({ run }: Visit) {
  return run(({ messenger }) =>
    messenger.login().then(
      () => 'It did not reject',
      ({ code, message, cause }: MessengerAuthError) => ({ code, message, cause: String(cause) }),
    ),
  );
}

const codesOf = ({ run }: Visit, type: string) =>
  run(
    ({ events }, wanted) => events.flatMap((event) => (event.type === wanted && 'code' in event ? [event.code] : [])),
    type,
  );

async function openSignedIn(openVisit: () => Promise<Visit>, options = {}): Promise<Visit> {
  const visit = await openVisit();
  // Renewed after 7 to 10 s.
  visit.endpoint.lifetimeS = 20;
  await visit.open(pageWith('IIFE', { options }));
  expect(await visit.login()).toMatchObject({ status: 'signed-in' });
  return visit;
}

describeInBrowser('a token endpoint that answers', () => {
  describe.each(ANSWERS)('%s', (_what, answer, code, message) => {
    it('fails the sign-in with an error that says what came and what to do', async ({ visit: openVisit }) => {
      const visit = await openVisit();
      visit.endpoint.answer = answer;
      // Where a redirect leads is a page, too.
      await visit.open(pageWith('IIFE'));
      expect(await failure(visit)).toMatchObject({ code, message: expect.stringMatching(message) });
      expect(visit.endpoint.requests).toHaveLength(2);
      expect(visit.zendeskRequests('login')).toEqual([]);
    });

    it('at a renewal leaves the visitor signed in with the earlier token', async ({ visit: openVisit }) => {
      const visit = await openSignedIn(openVisit);
      visit.endpoint.answer = answer;
      await eventually(async () => expect(await codesOf(visit, 'token-failed')).toContain(code));
      expect(await visit.snapshot()).toMatchObject({ status: 'signed-in', externalId: 'user-1' });
      expect(await visit.send('hello')).toEqual({ sentAs: 'user', externalId: 'user-1' });
      // And it is mended without anybody's help.
      visit.endpoint.answer = undefined;
      await eventually(() => expect(visit.endpoint.tokens).toHaveLength(2));
    });
  });

  it.for([
    ['204', (outgoing: ServerResponse) => outgoing.writeHead(204).end()],
    ['401', (outgoing: ServerResponse) => outgoing.writeHead(401).end()],
    ['null', (outgoing: ServerResponse) => outgoing.end('null')],
    ['{"token":null}', (outgoing: ServerResponse) => outgoing.end('{"token":null}')],
  ] as const)('%s signs nobody in', async ([, answer], { visit: openVisit }) => {
    const visit = await openVisit();
    visit.endpoint.answer = answer;
    await visit.open(pageWith('IIFE'));
    expect(await visit.login()).toMatchObject({ status: 'signed-out' });
    expect(visit.endpoint.requests).toHaveLength(1);
    expect(visit.zendeskRequests('login')).toEqual([]);
  });

  it.for([
    ['{ token }', (token: string) => ({ token })],
    ['{ jwt }', (jwt: string) => ({ jwt })],
    ['{ data: { key } }', (key: string) => ({ data: { key } })],
  ] as const)('%s signs in', async ([, wrap], { visit: openVisit }) => {
    const visit = await openVisit();
    const iat = Math.floor(Date.now() / 1000);
    const token = signToken({ scope: 'user', external_id: 'user-1', iat, exp: iat + 60 }, visit.backend.account);
    visit.endpoint.answer = (outgoing) => outgoing.end(JSON.stringify(wrap(token)));
    await visit.open(pageWith('IIFE'));
    expect(await visit.login()).toMatchObject({ status: 'signed-in', externalId: 'user-1' });
  });

  it('stops reading an answer without end', async ({ visit: openVisit }) => {
    const visit = await openVisit();
    let sent = 0;
    visit.endpoint.answer = (outgoing) => {
      outgoing.writeHead(200);
      // As much as is taken, up to a size that no buffer on the way has.
      const send = () => {
        while (!outgoing.destroyed && sent < 2_000_000_000) {
          sent += 100_000;
          if (!outgoing.write('a'.repeat(100_000))) return void outgoing.once('drain', send);
        }
        outgoing.end();
      };
      send();
    };
    await visit.open(pageWith('IIFE'));
    expect(await failure(visit)).toMatchObject({ code: 'token_malformed' });
    await eventually(() => expect(visit.endpoint.requests).toMatchObject([{ isAborted: true }, { isAborted: true }]));
    expect(sent).toBeLessThan(500_000_000);
  });

  it('aborts a request that sends one byte a second at tokenTimeoutMs', async ({ visit: openVisit }) => {
    const visit = await openSignedIn(openVisit, { tokenTimeoutMs: 6000 });
    const token = visit.endpoint.tokens[0]!;
    visit.endpoint.answer = (outgoing) => {
      outgoing.writeHead(200);
      let sent = 0;
      const timer = setInterval(() => outgoing.write(token[sent++ % token.length]!), 1000);
      outgoing.on('close', () => clearInterval(timer));
    };
    await eventually(() => expect(visit.endpoint.requests[1]).toMatchObject({ isAborted: true }));
    expect(new Set(await codesOf(visit, 'token-failed'))).toEqual(new Set(['token_failed']));
    visit.endpoint.answer = undefined;
    await eventually(() => expect(visit.endpoint.tokens).toHaveLength(2));
    await eventually(async () => expect(await visit.snapshot()).toMatchObject({ status: 'signed-in' }));
    expect(await visit.run(({ events }) => events.map(({ type }) => type))).not.toContain('signed-out');
  });

  it('reports a redirect to another origin as a failed request, with the cause', async ({ visit: openVisit }) => {
    const visit = await openVisit();
    // Nobody there lets this page read the answer.
    visit.blocked.add('api');
    visit.endpoint.answer = (outgoing) =>
      outgoing.writeHead(302, { location: 'https://shop.zendesk.com/sc/sdk/login' }).end();
    await visit.open(pageWith('IIFE'));
    expect(await failure(visit)).toMatchObject({
      code: 'token_failed',
      message: expect.stringContaining('Check the cause'),
      cause: expect.stringMatching(/^TypeError/),
    });
    expect(visit.zendeskRequests('login')).toEqual([]);
  });

  it('keeps the visitor signed in when it returns the same token twice, and reports it', async ({
    visit: openVisit,
  }) => {
    const visit = await openSignedIn(openVisit);
    const [token] = visit.endpoint.tokens;
    visit.endpoint.answer = (outgoing) => outgoing.end(token);
    await eventually(async () => expect(await codesOf(visit, 'token-failed')).toContain('token_repeated'));
    expect(await visit.send('hello')).toEqual({ sentAs: 'user', externalId: 'user-1' });
    expect(visit.zendeskRequests('login')).toEqual(['login 200']);
  });

  it("signs in another user with that user's token, and never uses it in the earlier session", async ({
    visit: openVisit,
  }) => {
    const visit = await openSignedIn(openVisit);
    visit.endpoint.answer = (outgoing) => {
      const iat = Math.floor(Date.now() / 1000);
      outgoing.end(signToken({ scope: 'user', external_id: 'user-2', iat, exp: iat + 300 }, visit.backend.account));
    };
    expect(await visit.send('of the first')).toEqual({ sentAs: 'user', externalId: 'user-1' });
    await eventually(async () => expect((await visit.snapshot()).externalId).toBe('user-2'));
    expect(await visit.send('of the second')).toEqual({ sentAs: 'user', externalId: 'user-2' });
    expect(visit.backend.visitors).toMatchObject([
      { externalId: 'user-1', messages: [{ text: 'of the first' }] },
      { externalId: 'user-2', messages: [{ text: 'of the second' }] },
    ]);
  });
});

describeInChromium('a token endpoint that answers', () => {
  it('with a content-length does not appear as failed in the network log', async ({ visit: openVisit }) => {
    const visit = await openVisit();
    const outcomes: (string | undefined)[] = [];
    const note = (request: HTTPRequest) => {
      if (request.url().endsWith('/zendesk-token')) outcomes.push(request.failure()?.errorText ?? 'finished');
    };
    visit.page.on('requestfailed', note);
    visit.page.on('requestfinished', note);
    await visit.open(htmlPage(libraryScript('IIFE', 'window.createMessenger = createMessenger')));
    await visit.page.evaluate(`(async () => {
      for (let request = 0; request < 20; request++) {
        const messenger = createMessenger({ key: '${KEY}', tokenUrl: '/zendesk-token' });
        await messenger.login();
        messenger.destroy();
      }
    })()`);
    await eventually(() => expect(outcomes).toHaveLength(20));
    expect([...new Set(outcomes)]).toEqual(['finished']);
  });
});
