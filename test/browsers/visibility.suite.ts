// The launcher is on the page only while somebody is signed in, where the site wants that: `visibility: 'signed-in'`.
import { expect } from 'vitest';
import { describeInBrowser, it } from './in-browser.js';
import { BUILDS, htmlPage, KEY, libraryScript, SHORT_S, startMessenger } from './pages.js';
import { signInToSite } from './site-page.js';
import { eventually, type Visit } from './visit.js';

/**
 * Notes in `window.flashes` whenever the launcher could be seen and the snapshot does not say that somebody is signed in.
 * An observer sees what would be painted: it is called at the end of the task that has changed something.
 */
const WATCH = `<script>
  window.flashes = [];
  window.isLauncherShown = () => {
    const launcher = document.querySelector('iframe#launcher');
    return !!launcher && getComputedStyle(launcher).display !== 'none';
  };
  new MutationObserver(() => {
    // Before the library runs, nobody can hide what the page's own tag has started.
    const status = window.messenger?.getSnapshot().status ?? 'signed-in';
    if (isLauncherShown() && status !== 'signed-in') flashes.push(status);
  }).observe(document, { childList: true, subtree: true, attributes: true });
</script>`;

async function openPage(visit: Visit, start = '', before = ''): Promise<void> {
  const script = startMessenger('messenger', { visibility: 'signed-in' }) + start;
  await visit.open(htmlPage(`${WATCH}${before}${libraryScript('IIFE', script)}`));
}

const isShown = ({ evaluate }: Visit) => evaluate('isLauncherShown()');
const untilShown = (visit: Visit, wanted: boolean) => eventually(async () => expect(await isShown(visit)).toBe(wanted));
const call = ({ run }: Visit, action: 'show' | 'hide') =>
  run(({ messenger }, name) => void messenger.zE('messenger', name), action);

async function expectNoFlash({ evaluate }: Visit): Promise<void> {
  expect(await evaluate('flashes')).toEqual([]);
}

describeInBrowser('a launcher for who is signed in', () => {
  it.for(BUILDS)(
    'is shown at the sign-in, and hidden at the sign-out, build %s',
    async (build, { visit: openVisit }) => {
      const visit = await openVisit(build);
      await openPage(visit);
      await visit.run(async ({ messenger }) => void (await messenger.load()));
      expect(await isShown(visit)).toBe(false);
      await visit.login();
      await untilShown(visit, true);
      await visit.run(({ messenger }) => messenger.logout());
      await untilShown(visit, false);
      await visit.login();
      await untilShown(visit, true);
      await expectNoFlash(visit);
    },
  );

  it("is hidden by the library where the page's own tag starts the messenger", async ({ visit: openVisit }) => {
    const visit = await openVisit();
    let release = () => {};
    visit.endpoint.isReleased = new Promise<void>((resolve) => (release = resolve));
    const tag = `<script id="ze-snippet" src="https://static.zdassets.com/ekr/snippet.js?key=${KEY}"></script>`;
    await openPage(visit, 'messenger.login();', tag);
    await eventually(async () => expect(await visit.evaluate('fakeZendeskMessenger.live')).toBe(true));
    expect(await isShown(visit)).toBe(false);
    release();
    await untilShown(visit, true);
    await expectNoFlash(visit);
  });

  it('is hidden when nobody is signed in to the site, and when a token is refused', async ({ visit: openVisit }) => {
    const visit = await openVisit();
    signInToSite(visit, 'nobody');
    await openPage(visit);
    expect(await visit.login()).toMatchObject({ status: 'signed-out' });
    expect(await isShown(visit)).toBe(false);
    Object.assign(visit.endpoint, { status: 200, claims: { scope: 'admin' } });
    expect(await visit.login()).toHaveProperty('code');
    expect(await isShown(visit)).toBe(false);
    await expectNoFlash(visit);
  });

  it('is hidden when the session ends', async ({ visit: openVisit }) => {
    const visit = await openVisit();
    visit.endpoint.lifetimeS = SHORT_S;
    await openPage(visit, 'messenger.login();');
    await untilShown(visit, true);
    signInToSite(visit, 'nobody');
    await untilShown(visit, false);
    await expectNoFlash(visit);
  });

  it('stays hidden while the page itself hides it', async ({ visit: openVisit }) => {
    const visit = await openVisit();
    await openPage(visit, `messenger.zE('messenger', 'hide');`);
    await visit.login();
    expect(await isShown(visit)).toBe(false);
    await call(visit, 'show');
    await untilShown(visit, true);
    await call(visit, 'hide');
    await untilShown(visit, false);
    await visit.run(({ messenger }) => messenger.logout());
    await call(visit, 'show');
    expect(await isShown(visit)).toBe(false);
    await visit.login();
    await untilShown(visit, true);
    await expectNoFlash(visit);
  });

  it('is hidden after the messenger was taken off the page and started again', async ({ visit: openVisit }) => {
    const visit = await openVisit();
    await openPage(visit, 'messenger.login();');
    await untilShown(visit, true);
    await visit.run(({ messenger }) => messenger.remove());
    signInToSite(visit, 'nobody');
    expect(await visit.login()).toMatchObject({ status: 'signed-out' });
    expect(await visit.count('iframe#launcher')).toBe(1);
    expect(await isShown(visit)).toBe(false);
    await expectNoFlash(visit);
  });
});
