// A second key while a messenger is live: its user's token would go to the first brand's messenger [M 78].
import { expect } from 'vitest';
import type { MessengerAuthError } from '../../src/index.js';
import { FAKE_ACCOUNT } from '../../src/testing/index.js';
import { describeInBrowser, it } from './in-browser.js';
import { BUILDS, htmlPage, KEY, libraryScript, startMessenger } from './pages.js';
import type { PageGlobals } from './tab.js';
import { eventually, type Visit } from './visit.js';

const OTHER_KEY = '11111111-2222-4333-8444-555555555555';
const USER = { status: 'signed-in', externalId: 'user-1' };

type TwoMessengers = PageGlobals & { readonly other: PageGlobals['messenger'] };

/** A page with a messenger for each key. */
const twoKeys = htmlPage(
  libraryScript('IIFE', startMessenger('messenger') + startMessenger('other', { key: OTHER_KEY })),
);

const loginToOther = ({ run }: Visit) =>
  run((window) =>
    (window as TwoMessengers).other.login().then(
      ({ status }) => ({ status }),
      ({ code, message }: MessengerAuthError) => ({ code, message }),
    ),
  );

/** The servers know the second key once. */
function knowOtherKey({ backend }: Visit): void {
  const { subdomain, appId, integrationId } = FAKE_ACCOUNT;
  const config = { build: 'B26', baseUrl: `https://${subdomain}.zendesk.com/sc/sdk`, appId, integrationId };
  backend.answerNext('compose', { status: 200, body: { ...config, history: 'remember' } });
}

describeInBrowser('a second key', () => {
  it.for(BUILDS)(
    'fails while the first messenger is live, and no token goes there, build %s',
    async (build, { visit: openVisit }) => {
      const visit = await openVisit(build);
      await visit.open(twoKeys);
      expect(await visit.login()).toEqual(USER);
      visit.endpoint.externalId = 'user-2';
      expect(await loginToOther(visit)).toMatchObject({ code: 'key_conflict' });
      expect(visit.logins()).toEqual(['user-1 as nobody']);
      expect(await visit.run(({ fakeZendeskMessenger: { asks } }) => asks)).toBe(1);
      expect(await visit.send('hello')).toEqual({ sentAs: 'user', externalId: 'user-1' });
    },
  );

  it("fails where the page's own tag has another key", async ({ visit: openVisit }) => {
    const visit = await openVisit();
    const tag = `<script id="ze-snippet" src="https://static.zdassets.com/ekr/snippet.js?key=${KEY}"></script>`;
    await visit.open(htmlPage(tag + libraryScript('IIFE', startMessenger('other', { key: OTHER_KEY }))));
    expect(await loginToOther(visit)).toMatchObject({ code: 'key_conflict' });
    expect(visit.logins()).toEqual([]);
  });

  it('works after remove()', async ({ visit: openVisit }) => {
    const visit = await openVisit();
    await visit.open(twoKeys);
    await visit.login();
    expect(await loginToOther(visit)).toMatchObject({ code: 'key_conflict' });
    await visit.run(({ messenger }) => messenger.remove());
    knowOtherKey(visit);
    expect(await loginToOther(visit)).toEqual({ status: 'signed-in' });
    expect(visit.urls.filter((url) => url.includes('/compose/')).map((url) => url.split('/').at(-1))).toEqual([
      KEY,
      OTHER_KEY,
    ]);
    await eventually(async () => expect(await visit.count('iframe[data-product="web_widget"]')).toBe(1));
  });
});
