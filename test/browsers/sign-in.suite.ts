import { describe, expect } from 'vitest';
import { describeInBrowser, it } from './in-browser.js';
import { BUILDS, htmlPage, KEY, LIBRARIES, libraryScript, pageWith, startMessenger } from './pages.js';
import { eventually } from './visit.js';

const SIGNED_IN = { status: 'signed-in', externalId: 'user-1' };
const AS_USER = { sentAs: 'user', externalId: 'user-1' };

describeInBrowser('signing in', () => {
  describe.each(LIBRARIES)('with the %s file', (library) => {
    it.for(BUILDS)('signs the visitor in, build %s', async (build, { visit: openVisit }) => {
      const visit = await openVisit(build);
      await visit.open(pageWith(library));
      expect(visit.urls.filter((url) => !url.startsWith(visit.origin))).toEqual([]);
      expect(await visit.login()).toEqual(SIGNED_IN);
      expect(
        await visit.run(({ fakeZendeskMessenger: { build, boots, visitor } }) => ({ build, boots, visitor })),
      ).toEqual({ build, boots: 1, visitor: { kind: 'user', externalId: 'user-1' } });
      expect(await visit.send('hello')).toEqual(AS_USER);
      expect(visit.backend.user('user-1')?.messages).toMatchObject([{ text: 'hello' }]);
      expect(visit.endpoint.requests).toHaveLength(1);
      expect(visit.zendeskRequests('login', 'send', 'visitor')).toEqual(['login 200', 'send 201']);
      expect(visit.urls).toContain(`https://static.zdassets.com/ekr/snippet.js?key=${KEY}`);
    });

    it("marks what happens on the browser's timeline", async ({ visit: openVisit }) => {
      const visit = await openVisit();
      await visit.open(pageWith(library));
      await visit.login();
      const marks = await visit.run(({ performance }) => performance.getEntriesByType('mark').map(({ name }) => name));
      const types = await visit.run(({ events }) => events.map(({ type }) => `zendesk-messenger-auth:${type}`));
      expect(types).toContain('zendesk-messenger-auth:login-accepted');
      expect(marks.sort()).toEqual([...new Set(types)].sort());
    });

    it('keeps the conversation of an anonymous visitor', async ({ visit: openVisit }) => {
      const visit = await openVisit();
      await visit.open(pageWith(library));
      await visit.run(async ({ messenger }) => void (await messenger.load()));
      expect(await visit.send('before')).toEqual({ sentAs: 'anonymous' });
      expect(await visit.login()).toEqual(SIGNED_IN);
      expect(await visit.send('after')).toEqual(AS_USER);
      expect(visit.backend.visitors).toMatchObject([
        { externalId: 'user-1', messages: [{ text: 'before' }, { text: 'after' }] },
      ]);
    });

    it('reaches no host but the site where the page has its own snippet tag', async ({ visit: openVisit }) => {
      const visit = await openVisit();
      const before = `<script id="ze-snippet" src="/fake/snippet.js?key=${KEY}"></script>`;
      await visit.open(pageWith(library, { before }));
      expect(await visit.login()).toEqual(SIGNED_IN);
      expect(await visit.send('hello')).toEqual(AS_USER);
      expect(await visit.run(({ fakeZendeskMessenger: { boots } }) => boots)).toBe(1);
      expect(visit.urls.filter((url) => !url.startsWith(`${visit.origin}/`))).toEqual([]);
    });

    it('waits for an endpoint that takes longer than the messenger would', async ({ visit: openVisit }) => {
      const visit = await openVisit();
      visit.endpoint.delayMs = 4600;
      await visit.open(pageWith(library));
      expect(await visit.login()).toEqual(SIGNED_IN);
      expect(await visit.send('hello')).toEqual(AS_USER);
    });
  });

  it('the same endpoint is too slow for a page that fetches only when the messenger asks [M 17]', async ({
    visit: openVisit,
  }) => {
    const visit = await openVisit();
    visit.endpoint.delayMs = 4600;
    await visit.open(
      htmlPage(`<script id="ze-snippet" src="https://static.zdassets.com/ekr/snippet.js?key=${KEY}"></script>
        <script>
          const fetchToken = () => fetch('/zendesk-token', { method: 'POST' }).then((response) => response.text());
          const login = new Promise((done) => zE('messenger', 'loginUser', (answer) => fetchToken().then(answer), done));
        </script>`),
    );
    const failure = await visit.evaluate('login');
    expect(failure).toMatchObject({ reason: 'JWT request did not resolve within an acceptable time' });
    expect(await visit.send('hello')).toEqual({ sentAs: 'anonymous' });
  });

  describe.each(['iife.js', 'iife.min.js'])('the script tag, %s', (extension) => {
    const tag = (attributes: string) =>
      htmlPage(`<script>names = Object.getOwnPropertyNames(window)</script>
        <script src="/dist/zendesk-messenger-auth.${extension}" ${attributes}></script>
        <script>names = Object.getOwnPropertyNames(window).filter((name) => !names.includes(name))</script>`);

    it('starts on its own when it has a key', async ({ visit: openVisit }) => {
      const visit = await openVisit();
      await visit.open(tag(`data-key="${KEY}" data-token-url="/zendesk-token"`));
      // Nobody calls login(): it is looked at from outside only.
      await eventually(async () => {
        expect(await visit.evaluate('zendeskMessenger.getSnapshot()')).toMatchObject(SIGNED_IN);
      });
      expect(await visit.send('hello')).toEqual(AS_USER);
      expect(visit.endpoint.requests).toHaveLength(1);
    });

    it('does nothing without a key, and adds one name to the window', async ({ visit: openVisit }) => {
      const visit = await openVisit();
      await visit.open(tag(''));
      // What the page itself keeps its list in is a name, too.
      expect(await visit.evaluate('names.filter((name) => name !== "names")')).toEqual(['ZendeskMessengerAuth']);
      expect(await visit.evaluate('Object.keys(ZendeskMessengerAuth).sort()')).toEqual([
        'MessengerAuthError',
        'createMessenger',
        'isMessengerAuthError',
      ]);
      expect(await visit.evaluate('document.scripts.length')).toBe(3);
      expect(visit.endpoint.requests).toEqual([]);
    });
  });

  it('the script tag says on the console that it is no module, and which attribute is wrong', async ({
    visit: openVisit,
  }) => {
    const visit = await openVisit();
    const src = 'src="/dist/zendesk-messenger-auth.iife.min.js"';
    await visit.open(
      htmlPage(`<script>said = []; console.error = console.warn = (...words) => said.push(words.join(' '));</script>
        <script ${src} data-key="5" data-token_url="/zendesk-token"></script>
        <script ${src} data-cookieconsent="all" data-turbo-track="reload"></script>
        <script type="module" ${src} data-key="${KEY}" data-token-url="/zendesk-token"></script>`),
    );
    await eventually(async () => {
      expect(await visit.evaluate('said')).toEqual([
        'zendesk-messenger-auth: data-token_url is unknown. Use data-token-url.',
        'zendesk-messenger-auth: data-token-url is missing. Add it.',
        'zendesk-messenger-auth: This file is not a module. Remove type="module".',
      ]);
    });
    expect(await visit.evaluate('typeof zendeskMessenger')).toBe('undefined');
    expect(visit.endpoint.requests).toEqual([]);
  });

  it('two copies of the library on a page end with one messenger', async ({ visit: openVisit }) => {
    const visit = await openVisit();
    // Whose sign-in was superseded is told nothing, and tries again after its own limit [M 22].
    const options = { loginTimeoutMs: 15_000 };
    await visit.open(
      htmlPage(
        libraryScript('IIFE', startMessenger('messenger', options)) +
          libraryScript('ESM', startMessenger('otherMessenger', options)),
      ),
    );
    const statuses = await visit.run((window) => {
      const { messenger, otherMessenger } = window as unknown as Record<string, typeof window.messenger>;
      return Promise.all([messenger!.login(), otherMessenger!.login()].map(async (login) => (await login).status));
    });
    expect(statuses).toEqual(['signed-in', 'signed-in']);
    expect(await visit.count('script#ze-snippet')).toBe(1);
    expect(await visit.run(({ fakeZendeskMessenger: { boots } }) => boots)).toBe(1);
    expect(await visit.send('hello')).toEqual(AS_USER);
  });
});
