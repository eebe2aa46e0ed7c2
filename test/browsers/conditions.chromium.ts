// What happens to a page in a real browser: it is frozen, left and come back to, offline, hidden, slow, or at a clock that
// is wrong. In Chromium, which can be told to do all of it.
import { describe, expect } from 'vitest';
import { describeInChromium, it } from './in-browser.js';
import { htmlPage, KEY, libraryScript, pageWith, SHORT_S } from './pages.js';
import { eventually, untilExpired, type Visit } from './visit.js';

const SIGNED_IN = { status: 'signed-in', externalId: 'user-1' };
const AS_USER = { sentAs: 'user', externalId: 'user-1' };
const LONG_S = 300;
// For a page that is stopped. A renewal just before that would leave a request for messages, which the messenger repeats
// later with the token that has expired. So the stop must come before the first renewal, after 20 to 30 s.
const UNTIL_STOPPED_S = 60;

/** A visitor who is signed in with a token of some seconds. */
async function signIn(visit: Visit, html: string, lifetimeS = SHORT_S): Promise<void> {
  visit.endpoint.lifetimeS = lifetimeS;
  await visit.open(html);
  expect(await visit.login()).toEqual(SIGNED_IN);
  // The messenger then reads the messages. Stopped meanwhile, it would ask again with what it had.
  await eventually(async () => {
    expect(visit.zendeskRequests('conversations')).not.toEqual([]);
    expect(await visit.run(countAnswers)).toBeGreaterThan(0);
  });
}

/** Waits until every token has expired, while no other may be made. Returns how many logins there were. */
async function expireAll({ endpoint, zendeskRequests }: Visit): Promise<number> {
  // One that was on its way when the page was stopped still arrives here.
  await eventually(() => expect(endpoint.tokens).toHaveLength(endpoint.requests.length));
  const { length } = endpoint.tokens;
  await untilExpired(endpoint.tokens.at(-1)!);
  expect(endpoint.tokens).toHaveLength(length);
  endpoint.lifetimeS = LONG_S;
  return zendeskRequests('login').length;
}

/** How many lists of messages the page has got. */
const countAnswers = ({ performance }: Window) =>
  performance.getEntriesByType('resource').filter(({ name }) => name.endsWith('/conversations')).length;

/** The visitor is signed in by another token, and writes; Zendesk has never seen a token that it refused. */
async function expectSignedIn(visit: Visit, loginsBefore: number): Promise<void> {
  await eventually(async () => {
    expect(visit.zendeskRequests('login').length).toBeGreaterThan(loginsBefore);
    expect(await visit.snapshot()).toMatchObject(SIGNED_IN);
    // Until the page has got the answer, too, the messenger goes on with what it had.
    const types = await visit.run(({ events }) => events.map(({ type }) => type));
    expect(types.filter((type) => /^(login|push)-/.test(type)).at(-1)).toBe('login-accepted');
  });
  expect(await visit.send('I am back')).toEqual(AS_USER);
  expect(visit.backend.requests.filter(({ status }) => status === 401)).toEqual([]);
  expect(visit.backend.visitors).toMatchObject([{ externalId: 'user-1', signedIn: true }]);
}

describeInChromium('in real conditions', () => {
  it('a page that was frozen when its token expired renews it when it resumes', async ({ visit: openVisit }) => {
    const visit = await openVisit();
    await signIn(visit, pageWith('ESM'), UNTIL_STOPPED_S);
    const session = await visit.page.createCDPSession();
    await visit.run(({ document }) => {
      for (const name of ['freeze', 'resume']) document.addEventListener(name, () => (document.title += ` ${name}`));
    });
    // As the browser does it: to hidden tabs only.
    const comeBack = await visit.hide();
    await session.send('Page.setWebLifecycleState', { state: 'frozen' });
    const before = await expireAll(visit);
    await session.send('Page.setWebLifecycleState', { state: 'active' });
    await comeBack();
    await expectSignedIn(visit, before);
    // It was really frozen, which is why there was no other token meanwhile.
    expect(await visit.page.title()).toContain('freeze resume');
  });

  it('a page is kept in the back/forward cache, and renews its token when the visitor returns', async ({
    visit: openVisit,
  }) => {
    const visit = await openVisit();
    const session = await visit.page.createCDPSession();
    await session.send('Page.enable');
    const reasons: unknown[] = [];
    session.on('Page.backForwardCacheNotUsed', ({ notRestoredExplanations }) =>
      reasons.push(...notRestoredExplanations.map(({ reason }) => reason)),
    );
    await signIn(visit, pageWith('ESM'), UNTIL_STOPPED_S);
    await visit.run((window) => {
      window.addEventListener('pageshow', ({ persisted }) => (window.document.title = `persisted: ${persisted}`));
    });
    await visit.page.goto(`${visit.origin}/fake/snippet.js`);
    const before = await expireAll(visit);
    await visit.page.goBack();
    expect(reasons).toEqual([]);
    await eventually(async () => expect(await visit.page.title()).toBe('persisted: true'));
    await expectSignedIn(visit, before);
  });

  it('a page that was offline when its token expired renews it when the network is back', async ({
    visit: openVisit,
  }) => {
    const visit = await openVisit();
    await signIn(visit, pageWith('ESM'));
    await visit.page.setOfflineMode(true);
    const before = await expireAll(visit);
    await eventually(async () =>
      expect(await visit.run(({ events }) => events.map(({ type }) => type))).toContain('token-failed'),
    );
    await visit.page.setOfflineMode(false);
    await expectSignedIn(visit, before);
  });

  it('a hidden tab renews with refreshWhenHidden, and Zendesk sees no expired token', async ({ visit: openVisit }) => {
    const visit = await openVisit();
    await signIn(visit, pageWith('ESM', { options: { refreshWhenHidden: true } }));
    await visit.hide();
    await untilExpired(visit.endpoint.tokens[0]!);
    await expectSignedIn(visit, 1);
    expect(await visit.page.evaluate('document.hidden')).toBe(true);
  });

  it('a hidden tab lets its token expire, and renews it when it is visible again', async ({ visit: openVisit }) => {
    const visit = await openVisit();
    await signIn(visit, pageWith('ESM'));
    const comeBack = await visit.hide();
    const before = await expireAll(visit);
    await comeBack();
    await expectSignedIn(visit, before);
  });

  it('a page on a processor that is six times slower signs in, and renews in time', async ({ visit: openVisit }) => {
    const visit = await openVisit();
    const session = await visit.page.createCDPSession();
    await session.send('Emulation.setCPUThrottlingRate', { rate: 6 });
    await signIn(visit, pageWith('ESM'), 2 * SHORT_S);
    let sent = 0;
    await eventually(async () => {
      expect(await visit.send(`message ${++sent}`)).toEqual(AS_USER);
      expect(visit.endpoint.tokens.length).toBeGreaterThan(2);
    });
    await expectSignedIn(visit, 2);
    expect(visit.backend.user('user-1')?.messages).toHaveLength(sent + 1);
  });

  describe.each([
    ['a day ahead', 86_400_000],
    ['a day behind', -86_400_000],
    ['three years ahead', 3 * 365 * 86_400_000],
  ])("a visitor's clock that is %s", (_when, aheadMs) => {
    const getToken = `() => fetch('/zendesk-token', { method: 'POST' }).then((response) => response.text())`;
    it.for([
      ['tokenUrl', 'iat', { claims: {} }],
      ['tokenUrl', 'no iat', { claims: { iat: undefined } }],
      ['getToken', 'iat', { claims: {} }],
      ['getToken', 'no iat', { claims: { iat: undefined } }],
    ] as const)('does no harm: %s, %s', async ([source, iat, { claims }], { visit: openVisit }) => {
      const visit = await openVisit();
      Object.assign(visit.endpoint, { claims });
      await visit.page.evaluateOnNewDocument(`{
        const { Date } = window;
        const now = () => Date.now() + ${aheadMs};
        window.Date = class extends Date {
          static now = now;
          constructor(...parts) {
            super(...(parts.length ? parts : [now()]));
          }
        };
      }`);
      const options = `key: '${KEY}', ${source === 'tokenUrl' ? "tokenUrl: '/zendesk-token'" : `getToken: ${getToken}`}`;
      await signIn(visit, htmlPage(libraryScript('ESM', `window.messenger = createMessenger({ ${options} })`)));
      expect(
        Math.abs((await visit.page.evaluate<[], () => number>(() => Date.now())) - Date.now() - aheadMs),
      ).toBeLessThan(60_000);
      // Where the length of the token's life can be known, it is renewed before its end.
      if (source === 'tokenUrl' || iat === 'iat') {
        await eventually(() => expect(visit.zendeskRequests('login').length).toBeGreaterThan(2));
        expect(await visit.send('hello')).toEqual(AS_USER);
        expect(visit.backend.requests.filter(({ status }) => status === 401)).toEqual([]);
      } else {
        // Elsewhere the messenger asks, and is answered.
        await untilExpired(visit.endpoint.tokens.at(-1)!);
        expect(await visit.send('hello')).toEqual(AS_USER);
      }
      expect(visit.backend.visitors).toMatchObject([{ externalId: 'user-1', signedIn: true }]);
      expect(await visit.snapshot()).toMatchObject(SIGNED_IN);
    });
  });
});
