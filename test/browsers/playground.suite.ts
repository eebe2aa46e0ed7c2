// The playground: each button has a visible result, and hand-written code shows in the same second what goes wrong. The tab
// that the tests use fails when a page asks another server for anything.
import { expect } from 'vitest';
import { startServer } from '../../examples/server/start-server.js';
import { describeInBrowser, it } from './in-browser.js';
import type { Tab } from './tab.js';
import { eventually } from './visit.js';

type OpenTab = (origin: string) => Promise<Tab>;

async function openPlayground(openTab: OpenTab, onTestFinished: (close: () => Promise<void>) => void) {
  const server = await startServer({ port: 0 });
  onTestFinished(() => server.close());
  const tab = await openTab(server.url);
  const { count, goto, run } = tab;
  await goto(`${server.url}/playground/`);
  const texts = (selector: string) =>
    run(({ document }, wanted) => [...document.querySelectorAll(wanted)].map((node) => node.textContent), selector);
  /** Waits until the badges of the tabs say this, those with the library first. */
  const shows = (...expected: readonly string[]) =>
    eventually(async () =>
      expect(await texts('.badge')).toEqual(expected.map((text) => expect.stringContaining(text) as string)),
    );
  const logs = (text: string) => eventually(async () => expect((await texts('#log li')).join('\n')).toContain(text));
  /** Waits until the buttons are enabled, and clicks them in turn. */
  async function press(...ids: readonly string[]) {
    for (const id of ids) {
      await eventually(async () => expect(await count(`#${id}:not([aria-disabled="true"])`)).toBe(1));
      await run(({ document }, wanted) => document.getElementById(wanted)!.click(), id);
    }
  }
  await shows('Nobody is signed in');
  return { ...tab, url: server.url, texts, shows, logs, press };
}

const LOST = 'Ada is signed out: the next message is anonymous';

describeInBrowser('the playground', () => {
  it('signs in, sends a message, switches users and signs out, and shows the code of each step', async ({
    tab,
    onTestFinished,
  }) => {
    const { count, logs, press, shows, texts, url, urls } = await openPlayground(tab, onTestFinished);
    const code = async () => (await texts('#code pre'))[0];
    await press('sign-in');
    await shows('Ada is signed in');
    expect(await code()).toBe("void messenger.setUser('demo-ada');\n");
    await press('send');
    await logs('Zendesk received “Message 1” from Ada.');
    expect(await code()).toContain('Nothing new runs.');
    await eventually(async () => {
      expect(await count('#timeline .token')).toBeGreaterThan(0);
      expect(await count('#timeline .mark.accepted')).toBeGreaterThan(0);
      expect(await count('#timeline .mark.message')).toBe(1);
    });
    await press('switch-user');
    await shows('Grace is signed in');
    await press('code-all');
    expect(await code()).toContain('createMessenger({');
    expect(await texts('[data-page="library"] mark')).toEqual([
      '// A visitor signs in to your site, or another user does:\n',
      'void messenger.setUser(userId);\n',
    ]);
    await press('sign-out');
    await shows('Nobody is signed in');
    await press('send');
    await logs('Zendesk received “Message 2” from an anonymous visitor.');
    await shows('An anonymous visitor');
    expect(await texts('#breach')).toEqual(['']);
    // No token endpoint and no Zendesk: only the files of the page.
    const others = urls.filter((address) => !/^\/(playground|dist)\/[\w.-]*$/.test(address.replace(url, '')));
    expect(others).toEqual([]);
  });

  it('a second tab follows a change of users and a sign-out, and stores nothing in the browser', async ({
    tab,
    onTestFinished,
  }) => {
    const { press, run, shows } = await openPlayground(tab, onTestFinished);
    await press('sign-in', 'second-tab');
    await shows('Ada is signed in', 'Ada is signed in');
    await press('switch-user');
    await shows('Grace is signed in', 'Grace is signed in');
    await press('sign-out');
    await shows('Nobody is signed in', 'Nobody is signed in');
    await press('second-tab');
    await shows('Nobody is signed in');
    expect(await run(({ localStorage, sessionStorage }) => [localStorage.length, sessionStorage.length])).toEqual([
      0, 0,
    ]);
  });

  it('hand-written code loses the user when the token expires, and the library does not', async ({
    tab,
    onTestFinished,
  }) => {
    const { count, logs, press, shows } = await openPlayground(tab, onTestFinished);
    await press('sign-in');
    await shows('Ada is signed in');
    // So its token is the younger one, and expires later.
    await press('slow', 'compare');
    await shows('Ada is signed in', 'Ada is signed in');
    await press('normal', 'expire');
    await shows('Ada is signed in', LOST);
    expect(await count('#compared figure[data-kind="bad"]')).toBe(1);
    await press('send');
    await logs('Tab 1Zendesk received “Message 1” from Ada.');
    await logs('Tab 1, hand-writtenZendesk received “Message 1” from an anonymous visitor.');
    await shows('Ada is signed in', 'Anonymous: these are not Ada’s messages');
    await press('compare');
    await shows('Ada is signed in');
  });

  it('hand-written code loses the user when the token is revoked, also while the endpoint fails', async ({
    tab,
    onTestFinished,
  }) => {
    const { logs, press, shows, texts } = await openPlayground(tab, onTestFinished);
    await press('sign-in', 'compare');
    await shows('Ada is signed in', 'Ada is signed in');
    await press('failing', 'revoke');
    // Without a token for the ask, the messenger soon loses Ada here, too. So only what stays is waited for.
    await eventually(async () => expect((await texts('#compared .badge')).join()).toContain(LOST));
    await logs('No token: token_failed.');
    await press('slow');
    await shows('Ada is signed in', LOST);
    await press('normal', 'reload');
    await shows('Ada is signed in', 'Ada is signed in');
  });

  it('hand-written code carries an identity to the next user, and leaves the messenger off the page', async ({
    tab,
    onTestFinished,
  }) => {
    const { press, shows, texts } = await openPlayground(tab, onTestFinished);
    await press('sign-in', 'compare');
    await shows('Ada is signed in', 'Ada is signed in');
    await press('consent');
    await shows('No consent: nobody is signed in', 'No consent: nobody is signed in');
    await press('consent');
    await shows('Ada is signed in', LOST);
    await press('reload');
    await shows('Ada is signed in', 'Ada is signed in');
    await press('switch-user');
    await shows('Grace is signed in', 'Grace is signed in');
    await eventually(async () =>
      expect(await texts('#breach')).toEqual([
        expect.stringMatching(/^Hand-written code: Grace’s login carried Ada’s stored identity\.[^:]*$/),
      ]),
    );
    await press('replace-body');
    await shows('Grace is signed in', 'The messenger is gone from the page');
  });
});
