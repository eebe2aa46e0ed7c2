// The launcher's button: what is requested and when, the keyboard, failures, policies, and pages whose body is replaced.
import { readFileSync } from 'node:fs';
import { expect } from 'vitest';
import { describeInBrowser, it } from './in-browser.js';
import {
  hasAskedForModule,
  launcherPage,
  look,
  openLauncherPage,
  press,
  untilReady,
  untilState,
  zendeskUrls,
} from './launcher-page.js';
import { BUILDS } from './pages.js';
import { eventually, type Visit } from './visit.js';

const NONCE = 'cmFuZG9t';
// No styles are allowed: only those of a style sheet that a script makes.
const POLICY =
  `default-src 'none'; script-src 'nonce-${NONCE}' 'strict-dynamic'; img-src data:; ` +
  `connect-src 'self' https://*.zdassets.com https://*.zendesk.com; ` +
  `require-trusted-types-for 'script'; trusted-types zendesk-messenger`;
const TURBO = readFileSync('node_modules/@hotwired/turbo/dist/turbo.es2017-umd.js', 'utf8').replaceAll(
  '</script',
  '<\\/script',
);

const isWindowOpen = ({ run }: Visit) => run(({ fakeZendeskMessenger }) => fakeZendeskMessenger.isOpen);

interface Box {
  left: number;
  right: number;
  bottom: number;
  height: number;
}

/** How far the button is from the edges of the window. */
const readBox = ({ evaluate }: Visit, element: string) =>
  evaluate(`(() => {
    const { left, right, bottom, height } = (${element}).getBoundingClientRect();
    const { clientWidth } = document.documentElement;
    // Firefox counts in fractions of a pixel.
    const round = Math.round;
    return { left: round(left), right: round(clientWidth - right), bottom: round(innerHeight - bottom), height };
  })()`) as Promise<Box>;
const BUTTON = `launcher.element.shadowRoot.querySelector('button')`;
const readStyle = ({ evaluate }: Visit, name: string) =>
  evaluate(`getComputedStyle(launcher.element.shadowRoot.querySelector('section')).${name}`);

describeInBrowser('the launcher', () => {
  it.for(BUILDS)(
    'requests nothing from Zendesk before it is used, then opens the window and goes, build %s',
    async (build, { visit: openVisit }) => {
      const visit = await openVisit(build);
      await openLauncherPage(visit);
      await visit.evaluate('new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)))');
      expect([zendeskUrls(visit), hasAskedForModule(visit), visit.endpoint.requests]).toEqual([[], false, []]);
      expect(await visit.count('iframe')).toBe(0);
      const before = await readBox(visit, BUTTON);
      await press(visit);
      await untilState(visit, 'away');
      expect(await visit.snapshot()).toMatchObject({ status: 'signed-in', externalId: 'user-1' });
      expect(await isWindowOpen(visit)).toBe(true);
      await eventually(async () => expect(await readStyle(visit, 'visibility')).toBe('hidden'));
      // Zendesk's launcher is in the same corner. The fake leaves a margin of 6 px in its frame.
      const after = await readBox(visit, `document.querySelector('iframe#launcher')`);
      expect([before.right, before.bottom]).toEqual([after.right + 6, after.bottom + 6]);
      expect(await visit.evaluate('failures')).toEqual([]);
    },
  );

  it('loads the site’s module, and nothing else, when the keyboard focus is on it', async ({ visit: openVisit }) => {
    const visit = await openVisit();
    await openLauncherPage(visit);
    await visit.press('Tab');
    await eventually(async () => expect(hasAskedForModule(visit)).toBe(true));
    await eventually(async () => expect(await visit.evaluate(`'messenger' in window`)).toBe(true));
    expect(await look(visit)).toEqual({ state: 'idle', note: '', focus: 'button' });
    expect([zendeskUrls(visit), visit.endpoint.requests]).toEqual([[], []]);
  });

  it('works with the keyboard: the focus goes on to Zendesk’s launcher', async ({ visit: openVisit }) => {
    const visit = await openVisit();
    let release = () => {};
    visit.endpoint.isReleased = new Promise<void>((resolve) => (release = resolve));
    await openLauncherPage(visit);
    await visit.press('Tab');
    await visit.press('Enter');
    await eventually(async () => expect(await visit.evaluate('messenger.getSnapshot().live')).toBe(true));
    // The visitor is being signed in: Zendesk's launcher is there, but the window is not open yet.
    expect(await look(visit)).toEqual({ state: 'loading', note: 'Loading…', focus: 'button' });
    expect(await isWindowOpen(visit)).toBe(false);
    release();
    await untilState(visit, 'away');
    expect(await isWindowOpen(visit)).toBe(true);
    expect(await look(visit)).toEqual({ state: 'away', note: '', focus: 'launcher' });
  });

  it('Escape ends the wait, and the window does not open', async ({ visit: openVisit }) => {
    const visit = await openVisit();
    let release = () => {};
    visit.endpoint.isReleased = new Promise<void>((resolve) => (release = resolve));
    await openLauncherPage(visit);
    await visit.press('Tab');
    await visit.press(' ');
    await untilState(visit, 'loading');
    // Before, Escape would keep the messenger from being loaded.
    await eventually(async () => expect(zendeskUrls(visit)).not.toEqual([]));
    await visit.press('Escape');
    // It goes as soon as Zendesk's launcher is there.
    await untilState(visit, 'away');
    release();
    await eventually(async () => expect(await visit.snapshot()).toMatchObject({ status: 'signed-in' }));
    expect(await isWindowOpen(visit)).toBe(false);
  });

  it('says that Zendesk’s script is blocked, offers the link, and tries again', async ({ visit: openVisit }) => {
    const visit = await openVisit();
    visit.blocked.add('snippet');
    await openLauncherPage(visit);
    await visit.press('Tab');
    await visit.press('Enter');
    await untilState(visit, 'failed');
    expect(await look(visit)).toEqual({
      state: 'failed',
      note: 'The chat did not load. Try again.Write to us',
      focus: 'button',
    });
    expect(await visit.evaluate('failures')).toEqual(['script_blocked']);
    const texts = `launcher.element.shadowRoot.querySelector('p')`;
    expect((await readBox(visit, texts)).height).toBeGreaterThan(40);
    await visit.press('Tab');
    expect(await look(visit)).toMatchObject({ focus: 'a' });
    await visit.press('Shift+Tab');
    visit.blocked.clear();
    await visit.press('Enter');
    await untilState(visit, 'away');
    expect(await isWindowOpen(visit)).toBe(true);
  });

  it('says that the site’s own module is missing', async ({ visit: openVisit }) => {
    const visit = await openVisit();
    visit.missing.add('/dist/index.js');
    await openLauncherPage(visit, { options: `fallback: undefined, failedText: 'Das ging schief.'` });
    await press(visit);
    await untilState(visit, 'failed');
    expect(await look(visit)).toMatchObject({ note: 'Das ging schief.' });
    expect(await visit.evaluate('failures.length')).toBe(1);
    expect(zendeskUrls(visit)).toEqual([]);
  });

  it('opens the window for an anonymous visitor when the sign-in fails', async ({ visit: openVisit }) => {
    const visit = await openVisit();
    visit.endpoint.status = 404;
    await openLauncherPage(visit);
    await press(visit);
    await untilState(visit, 'away');
    expect(await visit.snapshot()).toMatchObject({ status: 'failed' });
    expect(await isWindowOpen(visit)).toBe(true);
    expect(await visit.evaluate('failures')).toEqual(['token_rejected']);
  });

  it('comes back when the messenger is taken off the page, and starts it again', async ({ visit: openVisit }) => {
    const visit = await openVisit();
    await openLauncherPage(visit);
    await press(visit);
    await untilState(visit, 'away');
    await visit.run(({ messenger }) => messenger.remove());
    await untilState(visit, 'idle');
    await eventually(async () => expect(await readStyle(visit, 'visibility')).toBe('visible'));
    await press(visit);
    await untilState(visit, 'away');
    expect(await isWindowOpen(visit)).toBe(true);
  });

  it('opens the window again after the consent was withdrawn and given again', async ({ visit: openVisit }) => {
    const visit = await openVisit();
    await openLauncherPage(visit, {
      options: `signIn(messenger) {
        messenger.zE('messenger:set', 'cookies', 'functional');
        return messenger.setUser('user-1');
      }`,
    });
    await press(visit);
    await untilState(visit, 'away');
    await visit.run(({ messenger }) => void messenger.zE('messenger:set', 'cookies', 'none'));
    await untilState(visit, 'idle');
    expect(await visit.snapshot()).toMatchObject({ status: 'signed-out' });
    await press(visit);
    await untilState(visit, 'away');
    expect([await isWindowOpen(visit), (await visit.snapshot()).status]).toEqual([true, 'signed-in']);
  });

  it('has its styles under a strict policy, and works there', async ({ visit: openVisit }) => {
    const visit = await openVisit();
    const messenger = { nonce: NONCE, trustedTypesPolicy: 'zendesk-messenger' };
    const options = `color: 'rebeccapurple'`;
    await openLauncherPage(visit, { nonce: NONCE, messenger, options }, { 'content-security-policy': POLICY });
    expect(await readStyle(visit, 'position')).toBe('fixed');
    expect(await visit.evaluate(`getComputedStyle(${BUTTON}).backgroundColor`)).toBe('rgb(102, 51, 153)');
    const { right, bottom, height } = await readBox(visit, BUTTON);
    expect([right, bottom]).toEqual([16, 16]);
    expect(height).toBeGreaterThanOrEqual(44);
    await press(visit);
    await untilState(visit, 'away');
    expect(await isWindowOpen(visit)).toBe(true);
  });

  it.for([
    ['ltr', 'right'],
    ['ltr', 'left'],
    ['rtl', 'right'],
    ['rtl', 'left'],
  ] as const)('on a page with dir="%s" is in the %s corner', async ([dir, position], { visit: openVisit }) => {
    const visit = await openVisit();
    visit.missing.add('/dist/index.js');
    await openLauncherPage(visit, { html: `lang="ar" dir="${dir}"`, options: `position: '${position}'` });
    expect(await readStyle(visit, 'direction')).toBe(dir);
    const before = await readBox(visit, BUTTON);
    expect([before[position], before.bottom]).toEqual([16, 16]);
    // The note is wider than the button, which stays where it is.
    await press(visit);
    await untilState(visit, 'failed');
    expect(await readBox(visit, BUTTON)).toEqual(before);
    expect((await readBox(visit, `launcher.element.shadowRoot.querySelector('p')`))[position]).toBe(16);
  });

  it('stays on a page whose body Turbo replaces, and gives way to a messenger that starts again', async ({
    visit: openVisit,
  }) => {
    const visit = await openVisit();
    const page = (number: number) =>
      launcherPage({
        head: `<script>${TURBO}</script>`,
        body: `<h1>${number}</h1><a id="next" href="/page-${number + 1}">Next</a>`,
      });
    for (const number of [1, 2]) visit.pages.set(`/page-${number}`, page(number));
    await visit.open(page(0));
    await untilReady(visit);
    await visit.evaluate('void (window.isSameDocument = true)');
    const goOn = async (number: number) => {
      await visit.click('#next');
      await eventually(async () =>
        expect(await visit.evaluate('[document.querySelector("h1").textContent, window.isSameDocument]')).toEqual([
          String(number),
          true,
        ]),
      );
    };
    await goOn(1);
    await untilReady(visit);
    expect(await visit.count('zendesk-launcher')).toBe(1);
    expect(await readStyle(visit, 'position')).toBe('fixed');
    await press(visit);
    await untilState(visit, 'away');
    expect(await visit.snapshot()).toMatchObject({ status: 'signed-in' });
    await goOn(2);
    await untilReady(visit);
    // The library starts the messenger again, with its window closed.
    await eventually(async () => {
      expect(await visit.count('iframe#launcher')).toBe(1);
      expect(await visit.snapshot()).toMatchObject({ live: true });
      expect(await look(visit)).toMatchObject({ state: 'away' });
    });
  });

  it('is removed by destroy(), and the messenger stays', async ({ visit: openVisit }) => {
    const visit = await openVisit();
    await openLauncherPage(visit);
    await press(visit);
    await untilState(visit, 'away');
    await visit.evaluate('launcher.destroy()');
    expect(await visit.count('zendesk-launcher')).toBe(0);
    expect(await isWindowOpen(visit)).toBe(true);
  });
});
