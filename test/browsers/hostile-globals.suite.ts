// Pages that change what all scripts of the page share.
import { readFileSync } from 'node:fs';
import { describe, expect } from 'vitest';
import { OPTIONS } from '../../src/core/options.js';
import { createSession } from '../../src/core/session.js';
import { signToken } from '../../src/testing/index.js';
import { findOwnNames } from '../../tools/package/shorten-names.js';
import { describeInBrowser, it } from './in-browser.js';
import { KEY, LIBRARIES, pageWith, SHORT_S } from './pages.js';
import { eventually, type Visit } from './visit.js';

const SIGNED_IN = { status: 'signed-in', externalId: 'user-1' };
const AS_USER = { sentAs: 'user', externalId: 'user-1' };
const YEAR_MS = 31_536_000_000;

// What the library reads and may find absent: options, what the session and the ports know, what an event or an answer
// says, what a token claims.
const NAMES = [
  ...Object.keys(OPTIONS),
  ...Object.keys(createSession({} as never)),
  ...findOwnNames(),
  ...findShortNames(),
  ...['asked', 'key', 'src', 'findings', 'externalId', 'expiresAtMs'],
  ...['dateMs', 'ageMs', 'retryAfterMs', 'error', 'jwt', 'iat', 'exp', 'then', 'refreshAtMs'],
];

/** What the builds make of the session's names. Not `zE` and its queue, which belong to Zendesk. */
function findShortNames(): string[] {
  return ['index.js', 'zendesk-messenger-auth.iife.min.js'].flatMap((file) =>
    [...readFileSync(`dist/${file}`, 'utf8').matchAll(/\.(?!(?:zE|_)\b)([\w$]{1,2})\b/g)].map(([, name]) => name!),
  );
}

const POLLUTIONS = {
  // A text would pass for one of the session's lists. Its names are short in what is shipped.
  'values that anything enumerates': `for (const name of NAMES) Object.prototype[name] = name.length > 2 ? 'polluted' : {};`,
  'members that throw': `for (const name of NAMES) {
    const fail = () => { throw new Error('polluted ' + name) };
    Object.defineProperty(Object.prototype, name, { get: fail, set: fail, configurable: true });
  }`,
};

// A getter named then breaks every fetch of a page; of an answer's error the stand-in for Zendesk asks, too.
const NOT_THROWING = ['then', 'error'];

const pollution = (code: string, names: readonly string[]) =>
  `<script>${code.replace('NAMES', JSON.stringify(names))}</script>`;

/** An endpoint that answers with JSON. */
function answerJson({ endpoint, backend }: Visit, lifetimeS: number): void {
  endpoint.answer = (outgoing) => {
    const iat = Math.floor(Date.now() / 1000);
    const token = signToken({ scope: 'user', external_id: 'user-1', iat, exp: iat + lifetimeS }, backend.account);
    outgoing.end(JSON.stringify({ token }));
  };
}

describeInBrowser('a page that changes what all scripts share', () => {
  describe.each(LIBRARIES)('with the %s file', (library) => {
    it.for(Object.entries(POLLUTIONS))(
      'gives all objects %s: the visitor signs in, signs out, signs in again and stays signed in',
      async ([what, code], { visit: openVisit }) => {
        const visit = await openVisit();
        const names = what.includes('throw') ? NAMES.filter((name) => !NOT_THROWING.includes(name)) : NAMES;
        answerJson(visit, SHORT_S);
        await visit.open(pageWith(library, { before: pollution(code, names) }));
        const setTags = (tag: string) =>
          visit.run(({ messenger }, tag) => void messenger.zE('messenger:set', 'conversationTags', [tag]), tag);
        const tags = () => visit.run(({ fakeZendeskMessenger }) => fakeZendeskMessenger.conversationTags);
        await setTags('checkout');
        expect(await visit.login()).toEqual(SIGNED_IN);
        // Zendesk's login has deleted them, and the library has set them again.
        expect(await tags()).toEqual(['checkout']);
        await visit.run(({ messenger }) => messenger.logout());
        expect(await tags()).toEqual([]);
        await setTags('returns');
        expect(await visit.login()).toEqual(SIGNED_IN);
        const requests = visit.endpoint.requests.length;
        await eventually(() => expect(visit.endpoint.requests.length).toBeGreaterThan(requests));
        expect(await visit.send('hello')).toEqual(AS_USER);
        expect(await visit.run(({ events }) => events.filter(({ type }) => /refused|failed/.test(type)))).toEqual([]);
        expect(await tags()).toEqual(['returns']);
      },
    );

    it('replaces fetch, Date, JSON.parse and setTimeout after the library: the library uses the originals', async ({
      visit: openVisit,
    }) => {
      const visit = await openVisit();
      answerJson(visit, SHORT_S);
      const after = `<script type="module">
        // The stand-in for Zendesk uses this page's, too: it must be spared.
        const { fetch, setTimeout, Date, JSON } = window;
        window.fetch = (url, ...rest) => {
          if (String(url).includes('zendesk-token')) throw new Error('the wrapper is broken');
          return fetch(url, ...rest);
        };
        window.setTimeout = (callback, delayMs) => delayMs > 700 ? 7 : setTimeout(callback, delayMs);
        window.clearTimeout = (timer) => { if (timer === undefined) throw new Error('the wrapper is broken') };
        window.Date = class extends Date { static now() { return super.now() + ${YEAR_MS} } };
        window.JSON = { ...JSON, stringify: JSON.stringify, parse: (text) => /"token"/.test(text) ? { token: 5 } : JSON.parse(text) };
        window.replaced = true;
      </script>`;
      await visit.open(pageWith(library, { after }));
      await eventually(async () => expect(await visit.run((window) => 'replaced' in window)).toBe(true));
      expect(await visit.login()).toEqual(SIGNED_IN);
      await eventually(() => expect(visit.zendeskRequests('login').length).toBeGreaterThanOrEqual(3));
      expect(await visit.send('hello')).toEqual(AS_USER);
      expect(await visit.run(({ events }) => events.filter(({ type }) => type.includes('failed')))).toEqual([]);
      expect((await visit.snapshot()).expiresAtMs).toBeLessThan(Date.now() + 60_000);
      // One request for each login, and perhaps one that is on its way. A slow machine renews more often meanwhile.
      const { length } = visit.endpoint.requests;
      expect(length).toBeLessThanOrEqual(visit.zendeskRequests('login').length + 1);
    });

    it('replaces Promise after the library: login() settles', async ({ visit: openVisit }) => {
      const visit = await openVisit();
      await visit.open(pageWith(library));
      const outcome = await visit.run((window) => {
        const { Promise } = window as any;
        // Only while login() is called: the stand-in for Zendesk uses this page's, too.
        (window as any).Promise = class {
          constructor() {
            throw new Error('the polyfill is broken');
          }
        };
        const login = window.messenger.login();
        (window as any).Promise = Promise;
        return login.then(({ status }) => status);
      });
      expect(outcome).toBe('signed-in');
    });
  });

  it('gives all objects a key: a script tag without data-key does not start', async ({ visit: openVisit }) => {
    const visit = await openVisit();
    const before = pollution(`for (const name of NAMES) Object.prototype[name] = '${KEY}';`, ['key', 'tokenUrl']);
    await visit.open(pageWith('IIFE', { before }));
    expect(await visit.run((window) => 'zendeskMessenger' in window)).toBe(false);
    expect(visit.endpoint.requests).toEqual([]);
  });
});
