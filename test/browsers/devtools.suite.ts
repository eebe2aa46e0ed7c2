// The panel of ./devtools on a foreign page: what it shows, its buttons, the keyboard, policies, and what it never shows.
import { expect } from 'vitest';
import {
  isMounted,
  openDevtoolsPage,
  press,
  readFact,
  readFocus,
  readPanel,
  readStyle,
  untilMounted,
  untilStatus,
} from './devtools-page.js';
import { describeInBrowser, it } from './in-browser.js';
import { htmlPage, KEY } from './pages.js';
import { eventually, type Visit } from './visit.js';

const NONCE = 'cmFuZG9t';
// No styles are allowed: only those of a style sheet that a script makes.
const createPolicy = (hosts: string) =>
  `default-src 'none'; script-src 'nonce-${NONCE}' 'strict-dynamic'; img-src data:; ` +
  `connect-src 'self' ${hosts}; ` +
  `require-trusted-types-for 'script'; trusted-types zendesk-messenger`;

/** Takes the place of the clipboard, which a browser under test may deny. */
const keepCopies = ({ evaluate }: Visit) =>
  evaluate(`void Object.defineProperty(navigator, 'clipboard', { configurable: true, value: {
    async writeText(text) { window.copied = text; },
  } })`);

describeInBrowser('the devtools', () => {
  it('show live what happens, whatever styles the page has, renew and sign out', async ({ visit: openVisit }) => {
    const visit = await openVisit();
    await openDevtoolsPage(visit);
    await untilStatus(visit, 'Nobody is signed in');
    expect(await readFact(visit, 'Messenger')).toBe('not on the page');
    expect([
      await readStyle(visit, '.dock', 'position'),
      await readStyle(visit, '.status', 'font-size'),
      await readStyle(visit, 'h2', 'font-size'),
    ]).toEqual(['fixed', '14px', '15px']);
    expect(await readStyle(visit, 'h2', 'color')).not.toBe('rgb(255, 0, 0)');
    await visit.login();
    await untilStatus(visit, 'Signed in');
    expect(await readFact(visit, 'Messenger')).toBe('live, build B26');
    expect(await readFact(visit, 'Stored identity')).toBe('a user’s, recorded');
    expect(await readFact(visit, 'Asks')).toMatch(/^1, last/);
    expect(await readFact(visit, 'Renewals')).toBe('none');
    expect(await readPanel(visit)).toContain('Zendesk accepted the token.');
    await eventually(async () =>
      expect(
        await visit.evaluate(
          `document.querySelector('zendesk-messenger-devtools').shadowRoot.querySelectorAll('svg .token').length`,
        ),
      ).toBeGreaterThan(1),
    );
    const { length } = visit.endpoint.requests;
    await press(visit, 'Renew now');
    await eventually(async () => expect(await readFact(visit, 'Renewals')).toMatch(/^1, last/));
    expect(visit.endpoint.requests).toHaveLength(length + 1);
    await press(visit, 'Sign out');
    await untilStatus(visit, 'Nobody is signed in');
    await eventually(async () => expect(await readFact(visit, 'Stored identity')).toBe('none'));
    await visit.evaluate('unmount()');
    expect(await isMounted(visit)).toBe(false);
  });

  it('show no id and no token before a click, and copy none', async ({ visit: openVisit }) => {
    const visit = await openVisit();
    visit.endpoint.externalId = 'secret-user@example.org';
    await openDevtoolsPage(visit);
    await keepCopies(visit);
    await visit.login();
    await untilStatus(visit, 'Signed in');
    await press(visit, 'Copy report');
    await eventually(async () => expect(await visit.evaluate('window.copied')).toContain('Status: Signed in'));
    const storedId = (await visit.evaluate(
      `localStorage.getItem(Object.keys(localStorage).find((name) => name.endsWith('.appUserId')))`,
    )) as string;
    expect(storedId).toBeTruthy();
    const html = `document.querySelector('zendesk-messenger-devtools').shadowRoot.firstElementChild.outerHTML`;
    for (const text of [await visit.evaluate(html), await visit.evaluate('window.copied')]) {
      expect(text).not.toContain('secret-user');
      expect(text).not.toContain(storedId);
      expect(text).not.toMatch(/eyJ/);
    }
    await press(visit, 'Show the external_id');
    expect(await readFact(visit, 'User')).toBe('secret-user@example.org');
    await press(visit, 'Show the stored id');
    expect(await readFact(visit, 'Stored identity')).toBe(storedId);
    await press(visit, 'Hide the external_id');
    expect(await readFact(visit, 'User')).toBe('signed in, hidden');
  });

  it('work with the keyboard under a strict policy, and say what it blocks', async ({ visit: openVisit }) => {
    const visit = await openVisit();
    await openDevtoolsPage(
      visit,
      { nonce: NONCE, head: '', options: '', messenger: { nonce: NONCE, trustedTypesPolicy: 'zendesk-messenger' } },
      { 'content-security-policy': createPolicy('https://*.zendesk.com') },
    );
    expect(await readStyle(visit, '.dock', 'position')).toBe('fixed');
    await visit.press('Tab');
    expect(await readFocus(visit)).toBe('Zendesk: Nobody is signed in');
    await visit.press('Enter');
    expect(await readFocus(visit)).toBe('Close');
    await visit.evaluate('void messenger.load()');
    await eventually(async () =>
      expect(await readPanel(visit)).toContain(
        'connect-src blocks ekr.zdassets.com. Add https://*.zdassets.com to connect-src.',
      ),
    );
    await visit.press('Escape');
    expect(await readFocus(visit)).toBe('Zendesk: Nobody is signed in');
  });

  it('come with the script tag where it allows them and the URL asks for them', async ({ visit: openVisit }) => {
    const visit = await openVisit();
    const tag = `<script nonce="${NONCE}" src="/dist/zendesk-messenger-auth.iife.min.js" data-key="${KEY}"
      data-token-url="/zendesk-token" data-trusted-types-policy="zendesk-messenger" data-debug="allow"></script>`;
    await visit.open(htmlPage(tag), {
      'content-security-policy': createPolicy('https://*.zendesk.com https://*.zdassets.com'),
    });
    await eventually(async () =>
      expect(await visit.evaluate('zendeskMessenger.getSnapshot().status')).toBe('signed-in'),
    );
    const isDevtools = (url: string) => url.endsWith('/zendesk-messenger-auth.devtools.iife.min.js');
    expect(visit.urls.filter(isDevtools)).toEqual([]);
    await visit.goto(`${visit.origin}/?zendesk-debug`);
    await untilMounted(visit);
    expect(visit.urls.filter(isDevtools)).toHaveLength(1);
    await untilStatus(visit, 'Signed in');
    // It was mounted after the sign-in had begun, or after it.
    expect(await readFact(visit, 'Token')).toMatch(/^expires in/);
  });
});
