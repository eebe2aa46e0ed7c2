// One messenger on a page, whoever else inserts Zendesk's tag, and whenever [M 7, 78, 79].
import { describe, expect } from 'vitest';
import { describeInBrowser, it } from './in-browser.js';
import { htmlPage, KEY, libraryScript, startMessenger } from './pages.js';
import { eventually, type Visit } from './visit.js';

const USER = { status: 'signed-in', externalId: 'user-1' };
const SRC = `https://static.zdassets.com/ekr/snippet.js?key=${KEY}`;
// Its second tag runs: the test waits until it has.
const noteLoad = `onload="(window.ran ??= []).push(this.src)"`;
const tag = (attributes = '', src = SRC) => `<script id="ze-snippet" ${attributes} ${noteLoad} src="${src}"></script>`;
/** Inserts the tag as a tag manager does. */
const insert = (when: string) => `<script>
  const insertTag = () => {
    const element = document.createElement('script');
    element.id = 'ze-snippet';
    element.src = '${SRC}';
    element.onload = () => (window.ran ??= []).push(element.src);
    document.getElementsByTagName('script')[0].before(element);
  };
  ${when};
</script>`;

const widgetsOf = ({ run }: Visit) => run(({ fakeZendeskMessenger: { boots, widgets } }) => ({ boots, widgets }));

async function expectOneWidget(visit: Visit): Promise<void> {
  expect(await visit.evaluate('arrived.catch(String)')).toMatchObject(USER);
  // The site's own tag has run, if the library has not used or replaced it, and its configuration would be there.
  await eventually(async () => expect(await visit.evaluate('window.ran?.length')).toBe(1));
  await visit.evaluate(`fetch('/').then((response) => response.text())`);
  expect(await widgetsOf(visit)).toEqual({ boots: 1, widgets: 1 });
  expect(visit.zendeskRequests('compose')).toEqual(['compose 200']);
  expect(await visit.send('hello')).toEqual({ sentAs: 'user', externalId: 'user-1' });
  expect(visit.backend.visitors).toMatchObject([{ externalId: 'user-1' }]);
}

/** A page with HTML around the library. */
const around = (before: string, after: string) => htmlPage(before) + after;
const START = `${startMessenger('messenger')} window.arrived = messenger.login();`;

/** Where the site's own tag is: before the library, after it, or from a tag manager. */
const PLACES: Record<string, readonly [before: string, after: string]> = {
  'in the head, before the library': [tag(), ''],
  'in the head, before the library, async': [tag('async'), ''],
  'in the head, before the library, deferred': [tag('defer'), ''],
  'at the end of the body': ['', `<p>The page</p>${tag()}`],
  'at the end of the body, async': ['', `<p>The page</p>${tag('async')}`],
  'from a tag manager, before the library': [insert('insertTag()'), ''],
  'from a tag manager, right after the library': ['', insert('insertTag()')],
  'from a tag manager, at DOMContentLoaded': ['', insert(`addEventListener('DOMContentLoaded', insertTag)`)],
  'from a tag manager, at the load event': ['', insert(`addEventListener('load', insertTag)`)],
  'from a tag manager, once the library has its tag': [
    '',
    insert(`new MutationObserver((_, observer) => {
      if (!document.getElementById('ze-snippet')) return;
      observer.disconnect();
      insertTag();
    }).observe(document, { childList: true, subtree: true })`),
  ],
  'from a tag manager, once the messenger is live': ['', insert(`arrived.then(insertTag)`)],
};

describeInBrowser("Zendesk's own tag", () => {
  describe.each(Object.entries(PLACES))('%s', (_, [before, after]) => {
    it('leaves one messenger', async ({ visit: openVisit }) => {
      const visit = await openVisit();
      await visit.open(around(before + libraryScript('IIFE', START), after));
      await expectOneWidget(visit);
    });
  });

  it('after a failed configuration leaves one messenger', async ({ visit: openVisit }) => {
    const visit = await openVisit();
    visit.blocked.add('compose');
    const start = `${startMessenger('messenger', { loadTimeoutMs: 10_000 })} window.arrived = messenger.login();`;
    await visit.open(htmlPage(libraryScript('IIFE', start)) + insert(''));
    expect(await visit.login()).toEqual({ code: 'messenger_unavailable' });
    // On a busy machine the request comes later, and would not be blocked any more.
    await eventually(() => expect(visit.urls.filter((url) => url.includes('/compose/'))).not.toEqual([]));
    visit.blocked.clear();
    await visit.evaluate('void (window.arrived = messenger.login(), insertTag())');
    expect(await visit.evaluate('arrived.catch(String)')).toMatchObject(USER);
    await eventually(async () => expect(await visit.evaluate('window.ran?.length')).toBe(1));
    await visit.evaluate(`fetch('/').then((response) => response.text())`);
    expect(await widgetsOf(visit)).toEqual({ boots: 1, widgets: 1 });
  });
});
