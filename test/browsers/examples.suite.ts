import { describe, expect } from 'vitest';
import { startServer } from '../../examples/server/start-server.js';
import { signToken } from '../../src/testing/index.js';
import { describeInBrowser, it } from './in-browser.js';
import type { Tab } from './tab.js';
import { eventually } from './visit.js';

type OpenTab = (origin: string) => Promise<Tab>;

async function openExample(openTab: OpenTab, onTestFinished: (close: () => Promise<void>) => void, path: string) {
  const server = await startServer({ port: 0 });
  onTestFinished(() => server.close());
  const tab = await openTab(server.url);
  const { consoleLines, count, goto, run } = tab;
  await goto(server.url + path);
  const readText = (id: string) => run(({ document }, wanted) => document.getElementById(wanted)!.textContent, id);
  return {
    ...tab,
    backend: server.backend!,
    readText,
    zendeskRequests: (wanted: string) => server.backend!.requests.filter(({ kind }) => kind === wanted),
    errors: () => consoleLines.filter((line) => /^(error|warn)/.test(line)),
    /** Waits until the button is enabled, then clicks it. */
    async click(id: string) {
      await eventually(async () => expect(await count(`#${id}:not([aria-disabled="true"])`)).toBe(1));
      await tab.click(`#${id}`);
    },
    isShown: (selector: string) =>
      run(({ document }, wanted) => document.querySelector(wanted)?.checkVisibility() ?? false, selector),
    shows: (id: string, text: string) => eventually(async () => expect(await readText(id)).toContain(text)),
  };
}

describeInBrowser('the example', () => {
  describe('with an ES module', () => {
    it('shows the messenger to a visitor who is not signed in', async ({ tab, onTestFinished }) => {
      const { errors, isShown, shows } = await openExample(tab, onTestFinished, '/');
      await shows('status', 'Nobody is signed in');
      await shows('log', 'The messenger is ready.');
      await eventually(async () => expect(await isShown('iframe#launcher')).toBe(true));
      expect(errors()).toEqual([]);
    });

    it('signs in, switches users and signs out', async ({ tab, onTestFinished }) => {
      const { backend, click, count, errors, readText, shows } = await openExample(tab, onTestFinished, '/');
      await click('sign-in');
      await shows('status', 'Ada is signed in');
      await click('send');
      await shows('log', 'Zendesk received message 1 from demo-ada.');
      await click('switch-user');
      await shows('status', 'Grace is signed in');
      await click('send');
      await shows('log', 'Zendesk received message 2 from demo-grace.');
      await click('sign-out');
      await shows('status', 'Nobody is signed in');
      // Until then, the messenger still has Grace. The change of users was the first one.
      await eventually(async () =>
        expect((await readText('log')).match(/The sign-out is complete\./g)).toHaveLength(2),
      );
      await click('send');
      await shows('log', 'Zendesk received message 3 from an anonymous visitor.');
      expect(backend.visitors).toMatchObject([
        { externalId: 'demo-ada', messages: [{}] },
        { externalId: 'demo-grace', messages: [{}] },
        { externalId: undefined, messages: [{}] },
      ]);
      expect(await count('#timeline svg *')).toBeGreaterThan(0);
      expect(errors()).toEqual([]);
    });

    it("shows a login that carries another user's identity, as an alert", async ({ tab, onTestFinished }) => {
      const { backend, click, isShown, readText, run, shows } = await openExample(tab, onTestFinished, '/');
      await click('sign-in');
      await shows('status', 'Ada is signed in');
      expect(await isShown('#breach')).toBe(false);
      // The library notices that Ada is gone, and would replace Grace's login by Ada's before it is sent.
      await click('failing');
      await shows('log', 'The endpoint fails with 500.');
      // The page does what no page should do: another user, without a sign-out [M 48].
      const grace = signToken({ scope: 'user', external_id: 'demo-grace' }, backend.account);
      await run((page, jwt) => {
        const { zE } = page as unknown as { zE: (...command: unknown[]) => void };
        zE('messenger', 'loginUser', (answer: (jwt: string) => void) => answer(jwt));
      }, grace);
      await eventually(async () => expect(backend.breaches).toHaveLength(1));
      await click('normal');
      // Whatever the library sees when it looks, the status changes: nothing is stored during the login, and Grace's identity
      // after it.
      await eventually(async () => {
        await run((page) => page.dispatchEvent(new Event('focus')));
        expect(await readText('breach')).toContain('The login of Grace carried the identity of Ada.');
      });
      expect(await isShown('#breach[role="alert"]')).toBe(true);
    });

    it('never loads the real messenger beside the fake one', async ({ tab, onTestFinished }) => {
      const { run, shows } = await openExample(tab, onTestFinished, '/');
      await shows('status', 'Nobody is signed in');
      // The library inserts such a tag, with the page's nonce, when it replaces a messenger that has another user.
      const blocked = await run(
        ({ document }) =>
          new Promise<string>((resolve) => {
            document.addEventListener('securitypolicyviolation', ({ blockedURI }) => resolve(blockedURI));
            const script = document.createElement('script');
            script.onload = () => resolve('loaded');
            script.nonce = document.querySelector<HTMLScriptElement>('script[nonce]')?.nonce ?? '';
            script.src = 'https://static.zdassets.com/ekr/snippet.js?key=1';
            document.head.append(script);
          }),
      );
      expect(blocked).toContain('https://static.zdassets.com');
    });

    it('signs the visitor in again after a reload', async ({ tab, onTestFinished }) => {
      const { click, errors, reload, shows } = await openExample(tab, onTestFinished, '/');
      await click('sign-in');
      await shows('status', 'Ada is signed in');
      await reload();
      await shows('status', 'Ada is signed in');
      expect(errors()).toEqual([]);
    });

    it('keeps the visitor signed in when the token is revoked', async ({ tab, onTestFinished }) => {
      const { backend, click, shows } = await openExample(tab, onTestFinished, '/');
      await click('sign-in');
      await shows('status', 'Ada is signed in');
      await click('revoke');
      await shows('log', 'because Zendesk refused the last one.');
      await eventually(() =>
        expect(backend.requests).toContainEqual(expect.objectContaining({ status: 401, reason: 'revoked' })),
      );
      await shows('status', 'Ada is signed in');
      await click('send');
      await shows('log', 'Zendesk received message 1 from demo-ada.');
      await shows('status', 'Ada is signed in');
    });

    it('keeps the visitor signed in when the token expires', async ({ tab, onTestFinished }) => {
      const { backend, click, shows, zendeskRequests } = await openExample(tab, onTestFinished, '/');
      // Long enough that no renewal is due during the test.
      await click('lifetime-3600');
      await shows('log', 'tokens are valid for 1 hour');
      await click('sign-in');
      await shows('status', 'Ada is signed in');
      await click('expire');
      await shows('log', 'The visitor returns to the page.');
      await shows('log', 'Requesting a token from the endpoint to renew the current token.');
      await eventually(() => expect(zendeskRequests('login')).toHaveLength(2));
      await click('send');
      await shows('log', 'Zendesk received message 1 from demo-ada.');
      expect(backend.requests.filter(({ status }) => status === 401)).toEqual([]);
    });

    it('signs in with a slow endpoint', async ({ tab, onTestFinished }) => {
      const { click, shows } = await openExample(tab, onTestFinished, '/');
      await click('slow');
      await shows('log', 'The endpoint takes 4.6 s');
      await click('sign-in');
      await shows('status', 'Signing in…');
      await shows('status', 'Ada is signed in');
    });

    it('shows the error of a failing endpoint, and signs in when the endpoint works again', async ({
      tab,
      onTestFinished,
    }) => {
      const { click, run, shows } = await openExample(tab, onTestFinished, '/');
      await click('failing');
      await shows('log', 'The endpoint fails with 500');
      await click('sign-in');
      await shows('status', 'Not signed in');
      await shows('problem', '[token_failed]');
      await click('normal');
      await shows('log', 'The endpoint answers normally.');
      // A window that gets the focus tries again on its own, and the button may be disabled by now.
      await run(({ document }) => document.getElementById('sign-in')!.click());
      await shows('status', 'Ada is signed in');
    });

    it('renews tokens that are valid for 10 s', async ({ tab, onTestFinished }) => {
      const { click, shows, zendeskRequests } = await openExample(tab, onTestFinished, '/');
      await click('lifetime-10');
      await shows('log', 'tokens are valid for 10 seconds');
      await click('sign-in');
      await shows('log', 'valid for 10 s');
      await eventually(() => expect(zendeskRequests('login')).toMatchObject([{ status: 200 }, { status: 200 }]));
    });
  });

  it('with a script tag signs in, signs in by itself after a reload, opens the messenger, and signs out', async ({
    tab,
    onTestFinished,
  }) => {
    const { backend, click, errors, reload, run, shows } = await openExample(tab, onTestFinished, '/script-tag.html');
    await shows('status', 'Nobody is signed in');
    await click('sign-in');
    await shows('status', 'Ada is signed in');
    await reload();
    await shows('status', 'Ada is signed in');
    await click('open');
    expect(await run(({ fakeZendeskMessenger: { isOpen, visitor } }) => ({ isOpen, visitor }))).toEqual({
      isOpen: true,
      visitor: { kind: 'user', externalId: 'demo-ada' },
    });
    await click('sign-out');
    await shows('status', 'Nobody is signed in');
    await eventually(() => expect(backend.user('demo-ada')?.signedIn).toBe(false));
    expect(errors()).toEqual([]);
  });
});
