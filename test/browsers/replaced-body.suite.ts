// A page whose body is replaced, by a real Turbo, and a messenger that is taken off the page [M 74-77].
import { readFileSync } from 'node:fs';
import { expect } from 'vitest';
import { describeInBrowser, it } from './in-browser.js';
import { BUILDS, defineCreateMessenger, pageWith, startMessenger } from './pages.js';
import { signInToSite } from './site-page.js';
import { eventually, type Visit } from './visit.js';

const TIMES = 10;
const ALICE = { status: 'signed-in', externalId: 'alice', live: true };
const AS_ALICE = { sentAs: 'user', externalId: 'alice' };
const TURBO = readFileSync('node_modules/@hotwired/turbo/dist/turbo.es2017-umd.js', 'utf8').replaceAll(
  '</script',
  '<\\/script',
);
const LIBRARY = '<script src="/dist/zendesk-messenger-auth.iife.min.js"></script>';
const START = `<script>{ ${defineCreateMessenger('ZendeskMessengerAuth')} ${startMessenger('messenger')} }</script>`;

/** Page `number` of a site with Turbo: the link leads to the next one. */
const turboPage = (number: number, head: string, body = '') => `<!doctype html><html lang="en"><head>
  <title>A site</title><link rel="icon" href="data:,"><script>${TURBO}</script>${head}</head>
  <body><h1>${number}</h1><a id="next" href="/page-${number + 1}">Next</a>${body}</body></html>`;

async function openTurbo(visit: Visit, head: string, body?: string): Promise<void> {
  signInToSite(visit, 'alice');
  for (let number = 1; number <= TIMES; number++) visit.pages.set(`/page-${number}`, turboPage(number, head, body));
  await visit.open(turboPage(0, head, body));
  await visit.evaluate('void (window.isSameDocument = true)');
}

/** Waits until this page is there, without a page load. */
async function untilPage({ evaluate }: Visit, number: number): Promise<void> {
  await eventually(async () =>
    expect(await evaluate('[document.querySelector("h1").textContent, window.isSameDocument]')).toEqual([
      String(number),
      true,
    ]),
  );
}

/** Waits for one messenger that writes as alice. */
async function untilOneMessenger(visit: Visit, boots: number): Promise<void> {
  await eventually(async () => {
    expect(await visit.snapshot()).toMatchObject(ALICE);
    expect(await messengerOf(visit)).toEqual({ live: true, widgets: 1, boots });
  });
  await eventually(async () => expect(await visit.count('iframe[data-product="web_widget"]')).toBe(1));
  expect(await visit.count('iframe#launcher')).toBe(1);
  expect(await visit.send(`hello ${boots}`)).toEqual(AS_ALICE);
}

const messengerOf = ({ run }: Visit) =>
  run(({ fakeZendeskMessenger: { live, widgets, boots } }) => ({ live, widgets, boots }));

describeInBrowser('a page of Turbo', () => {
  it.for(BUILDS)('has one messenger after each of ten visits, build %s', async (build, { visit: openVisit }) => {
    const visit = await openVisit(build);
    await openTurbo(
      visit,
      `${LIBRARY}${START}<script>addEventListener('turbo:load', () => messenger.setUser('1'));</script>`,
    );
    await untilOneMessenger(visit, 1);
    for (let number = 1; number <= TIMES; number++) {
      await visit.click('#next');
      await untilPage(visit, number);
      await untilOneMessenger(visit, number + 1);
    }
    expect(visit.zendeskRequests('logout')).toEqual([]);
    // The token in hand is used again.
    expect(visit.endpoint.requests).toHaveLength(1);
    expect(visit.backend.visitors).toMatchObject([{ externalId: 'alice' }]);
  });

  it('that does not tell the library about visits has one messenger, too', async ({ visit: openVisit }) => {
    const visit = await openVisit();
    await openTurbo(visit, `${LIBRARY}${START}<script>messenger.login()</script>`);
    await untilOneMessenger(visit, 1);
    await visit.run(({ messenger }) => {
      (window as { statuses?: unknown[] }).statuses = [];
      messenger.subscribe(() => {
        const { status, live } = messenger.getSnapshot();
        (window as { statuses?: unknown[] }).statuses!.push(`${status} ${live}`);
      });
    });
    await visit.click('#next');
    await untilPage(visit, 1);
    await untilOneMessenger(visit, 2);
    const statuses = (await visit.evaluate('statuses')) as string[];
    expect(statuses[0]).toMatch(/false$/);
    expect(statuses).not.toContain('signed-in false');
    expect(await visit.run(({ events }) => events.map(({ type }) => type))).toContain('messenger-lost');
  });

  it('has one messenger when the visitor goes back and forward', async ({ visit: openVisit }) => {
    const visit = await openVisit();
    await openTurbo(visit, `${LIBRARY}${START}<script>messenger.login()</script>`);
    await untilOneMessenger(visit, 1);
    await visit.click('#next');
    await untilPage(visit, 1);
    await untilOneMessenger(visit, 2);
    // Turbo shows a copy of the page from its cache: with copies of the messenger's frames, which are dead.
    await visit.evaluate('history.back()');
    await untilPage(visit, 0);
    await untilOneMessenger(visit, 3);
    await visit.evaluate('history.forward()');
    await untilPage(visit, 1);
    await untilOneMessenger(visit, 4);
  });

  it('with the library in the body, which runs again at each visit, has one messenger', async ({
    visit: openVisit,
  }) => {
    const visit = await openVisit();
    const leave = `addEventListener('turbo:before-render', () => messenger.destroy(), { once: true });`;
    await openTurbo(visit, LIBRARY, `${START}<script>messenger.login(); ${leave}</script>`);
    await untilOneMessenger(visit, 1);
    for (let number = 1; number <= 3; number++) {
      await visit.click('#next');
      await untilPage(visit, number);
      await untilOneMessenger(visit, number + 1);
    }
  });
});

describeInBrowser('a messenger off the page', () => {
  it.for(BUILDS)('by remove() starts again ten times in a row, build %s', async (build, { visit: openVisit }) => {
    const visit = await openVisit(build);
    signInToSite(visit, 'alice');
    await visit.open(pageWith('IIFE'));
    expect(await visit.login()).toMatchObject({ externalId: 'alice' });
    for (let times = 1; times <= TIMES; times++) {
      await visit.run(({ messenger }) => messenger.remove());
      expect(await visit.snapshot()).toMatchObject({ live: false });
      expect(await visit.count('iframe, #ze-snippet')).toBe(0);
      expect(await visit.run((window) => 'zE' in window)).toBe(false);
      expect(await visit.login()).toMatchObject({ externalId: 'alice' });
      await untilOneMessenger(visit, times + 1);
    }
    expect(visit.zendeskRequests('logout')).toEqual([]);
  });

  it('by another script, which removes its frame, starts again', async ({ visit: openVisit }) => {
    const visit = await openVisit();
    signInToSite(visit, 'alice');
    await visit.open(pageWith('IIFE'));
    await visit.login();
    await visit.evaluate(`document.querySelector('iframe[data-product="web_widget"]').remove()`);
    await untilOneMessenger(visit, 2);
  });
});
