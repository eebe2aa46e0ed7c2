// Developing without an account: dist/dev.js takes the place of Zendesk and of the token endpoint.
import { readFileSync } from 'node:fs';
import { expect } from 'vitest';
import { describeInBrowser, it } from './in-browser.js';
import { htmlPage, KEY, LIBRARIES, libraryScript, startMessenger, type LibraryFile } from './pages.js';
import type { Tab } from './tab.js';
import { eventually, type Visit } from './visit.js';

interface DevPage {
  readonly library?: LibraryFile;
  /** What the page does after it has created the messenger. */
  readonly start?: string;
  /** HTML before dev.js. */
  readonly before?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly nonce?: string;
}

/** Notes the address of each link element that is inserted: a link can connect to another host. */
const WATCH_LINKS = `<script>
  window.links = [];
  new MutationObserver((changes) => {
    for (const { addedNodes } of changes) for (const node of addedNodes) if (node.localName === 'link') links.push(node.href);
  }).observe(document, { childList: true, subtree: true });
</script>`;

const TAG = `<script id="ze-snippet" src="https://static.zdassets.com/ekr/snippet.js?key=${KEY}"></script>`;
const DEV = readFileSync('dist/dev.js', 'utf8');
const OTHER_KEY = '172ab4dc-dc4c-4054-9ad6-26f7ef5b143b';

async function open(visit: Visit, { library = 'IIFE', start = '', before = '', headers, nonce }: DevPage = {}) {
  const script = startMessenger('messenger', { key: OTHER_KEY }) + start;
  await visit.open(
    htmlPage(
      `${before}<script nonce="${nonce ?? ''}" src="/dist/dev.js"></script>${libraryScript(library, script, nonce)}`,
    ),
    headers,
  );
}

const untilVisitor = ({ evaluate }: Pick<Tab, 'evaluate'>, visitor: unknown) =>
  eventually(async () => expect(await evaluate('fakeZendeskMessenger.visitor')).toEqual(visitor));
const untilUser = (visit: Pick<Tab, 'evaluate'>, externalId: string) =>
  untilVisitor(visit, { kind: 'user', externalId });

/** Waits until the first tab has heard of everything that the second one has stored so far. */
async function untilHeard(first: Tab, second: Tab): Promise<void> {
  await first.evaluate(`addEventListener('storage', ({ key }) => (window.isHeard ||= key === 'probe'))`);
  await second.evaluate(`localStorage.setItem('probe', Date.now())`);
  await eventually(async () => expect(await first.evaluate('window.isHeard')).toBe(true));
}

const untilSaid = (visit: Visit, text: string) =>
  eventually(async () => {
    await visit.evaluate('1');
    expect(visit.consoleLines.join('\n')).toContain(text);
  });

/** Nothing was sent to Zendesk, and nothing was asked of the site's token endpoint. */
function expectNothingLeft({ urls, endpoint }: Visit): void {
  expect(urls.filter((url) => /zdassets|zendesk\.com/.test(url))).toEqual([]);
  expect(endpoint.requests).toEqual([]);
}

/** An expression for an element in the banner. */
const inBanner = (selector: string) =>
  `document.querySelector('[data-zendesk-messenger-dev]').shadowRoot.querySelector(${JSON.stringify(selector)})`;
const clickInBanner = ({ evaluate }: Visit, text: string) =>
  evaluate(
    `[...${inBanner('section')}.querySelectorAll('button')].find(({ textContent }) => textContent === '${text}').click()`,
  );

describeInBrowser('a page with dev.js', () => {
  it.for(LIBRARIES)(
    'signs in the user whom the page names, and sends nothing to Zendesk: %s',
    async (library, { visit: openVisit }) => {
      const visit = await openVisit();
      await open(visit, { library, start: `void messenger.setUser('ada');`, before: WATCH_LINKS });
      await untilUser(visit, 'ada');
      expect(await visit.evaluate('links')).toEqual(['']);
      expect(await visit.send('hello')).toEqual({ sentAs: 'user', externalId: 'ada' });
      expect(await visit.evaluate(`${inBanner('section')}.textContent`)).toContain(
        'Fake Zendesk messenger. The messenger sends nothing to Zendesk.',
      );
      expect(await visit.evaluate(`${inBanner('select')}.value`)).toBe('ada');
      await visit.run(({ messenger }) => messenger.setUser(null).then(() => undefined));
      await untilVisitor(visit, { kind: 'none' });
      expectNothingLeft(visit);
    },
  );

  it('signs in the user of the banner where the page calls login(), also after a reload', async ({
    visit: openVisit,
  }) => {
    const visit = await openVisit();
    await open(visit, { start: 'void messenger.login();' });
    await untilUser(visit, 'user-1');
    await visit.reload();
    await untilUser(visit, 'user-1');
    for (const user of ['user-2', 'nobody', 'user-1']) {
      await visit.evaluate(
        `((select) => { select.value = '${user}'; select.dispatchEvent(new Event('change')); })(${inBanner('select')})`,
      );
      if (user === 'nobody') await untilVisitor(visit, { kind: 'none' });
      else await untilUser(visit, user);
    }
    expect(visit.consoleLines.filter((line) => /error|warn/i.test(line))).toEqual([]);
    expectNothingLeft(visit);
  });

  it.for([`void messenger.setUser('ada');`, 'void messenger.login();'])(
    'keeps the user signed in in two tabs, and in one that is loaded again: %s',
    async (start, { visit: openVisit }) => {
      const visit = await openVisit();
      const user = start.includes('ada') ? 'ada' : 'user-1';
      await open(visit, { start });
      await untilUser(visit, user);
      const stored = () => visit.evaluate(`localStorage.getItem('89abcdef0123456789abcdef.appUserId')`);
      const id = await stored();
      const other = await visit.openTab();
      for (const [first, second] of [
        [visit, other],
        [other, visit],
      ] as const) {
        // The second tab is loaded, at first or again.
        await second.goto(visit.origin);
        await untilUser(second, user);
        await untilHeard(first, second);
        expect(await first.evaluate(`events.filter(({ type }) => type === 'identity-lost').length`)).toBe(0);
        expect(await first.evaluate('messenger.getSnapshot().status')).toBe('signed-in');
        expect(await first.evaluate(`fakeZendeskMessenger.send('hello')`)).toEqual({
          sentAs: 'user',
          externalId: user,
        });
      }
      expect(await stored()).toBe(id);
    },
  );

  it.for([
    ['Expire token', 'expired'],
    ['Revoke token', 'revoked'],
  ] as const)('continues with a new token after "%s", and says: %s', async ([button, reason], { visit: openVisit }) => {
    const visit = await openVisit();
    await open(visit, { start: `void messenger.setUser('ada');` });
    await untilUser(visit, 'ada');
    await clickInBanner(visit, button);
    expect(await visit.send('hello')).toEqual({ sentAs: 'user', externalId: 'ada' });
    await visit.evaluate('1');
    expect(visit.consoleLines.join('\n')).toContain(`is refused: ${reason}.`);
    expectNothingLeft(visit);
  });

  it('lets the token endpoint fail, until it works again', async ({ visit: openVisit }) => {
    const visit = await openVisit();
    await open(visit);
    await clickInBanner(visit, 'Fail token endpoint');
    await visit.evaluate('void messenger.login()');
    await eventually(async () =>
      expect(await visit.evaluate(`events.some(({ type }) => type === 'token-failed')`)).toBe(true),
    );
    expect(await visit.evaluate(`${inBanner('[role=status]')}.textContent`)).toBe(
      'The token endpoint answers with 503.',
    );
    await clickInBanner(visit, 'Fail token endpoint');
    await untilUser(visit, 'user-1');
    expectNothingLeft(visit);
  });

  it("asks the site's own endpoint if it is told to", async ({ visit: openVisit }) => {
    const visit = await openVisit();
    visit.endpoint.externalId = 'of-the-site';
    await open(visit, {
      before: `<script>window.zendeskMessengerDev = { tokenEndpoint: 'own' };</script>`,
      start: 'void messenger.login();',
    });
    await untilUser(visit, 'of-the-site');
    expect(visit.endpoint.requests.length).toBeGreaterThan(0);
    expect(await visit.evaluate(`${inBanner('section')}.textContent`)).toContain(
      'Your own token endpoint is asked. The messenger sends nothing to Zendesk.',
    );
  });

  it('says that a page with getToken asks its own endpoint', async ({ visit: openVisit }) => {
    const visit = await openVisit();
    visit.endpoint.externalId = 'of-the-site';
    await open(visit, {
      start: `messenger.destroy();
        const getToken = async () => (await fetch('/zendesk-token', { method: 'POST' })).text();
        window.messenger = createMessenger({ key: '${KEY}', getToken });
        void messenger.login();`,
    });
    await untilUser(visit, 'of-the-site');
    expect(await visit.evaluate(`${inBanner('section')}.textContent`)).toContain(
      'Your own token endpoint is asked. The messenger sends nothing to Zendesk.',
    );
    expect(await visit.evaluate(`getComputedStyle(${inBanner('label')}).display`)).toBe('none');
  });

  it.for([
    ['is before dev.js', 'too late', `${TAG}<script src="/dist/dev.js"></script>`],
    ['is after dev.js', 'no script can stop that', `<script src="/dist/dev.js"></script>${TAG}`],
  ] as const)("says what to do where Zendesk's script tag %s: %s", async ([, text, html], { visit: openVisit }) => {
    const visit = await openVisit();
    await visit.open(htmlPage(html));
    await untilSaid(visit, text);
    // Each says what to do in its own words.
    expect(visit.consoleLines.filter((line) => line.includes('zendesk-messenger-auth/dev'))).toHaveLength(1);
  });

  it.for([
    ['has started', 'void messenger.load();', 'was loaded too late'],
    [
      'was created',
      `addEventListener('load', () => void messenger.load());`,
      "Zendesk's script was started before a messenger was created",
    ],
  ] as const)('says that it was loaded after the messenger %s', async ([, start, text], { visit: openVisit }) => {
    const visit = await openVisit();
    const library = libraryScript('IIFE', startMessenger('messenger', {}) + start);
    await visit.open(htmlPage(`${library}<script src="/dist/dev.js"></script>`));
    await untilSaid(visit, text);
  });

  it('does nothing in the frames of a page, and says nothing there', async ({ visit: openVisit }) => {
    const visit = await openVisit();
    const script = '<script src="/dist/dev.js"></script>';
    visit.pages.set('/inner', htmlPage(script));
    const elsewhere = `<script>${DEV.replaceAll('</script', '<\\/script')}</script><script>parent.postMessage('ran', '*')</script>`;
    visit.elsewhere.set('https://shop.example/', htmlPage(elsewhere));
    await visit.open(
      htmlPage(`<script>onmessage = ({ data }) => (window.said = data);</script>${script}
        <iframe id="inner" src="/inner"></iframe><iframe src="https://shop.example/"></iframe>`),
    );
    await eventually(async () => expect(await visit.evaluate('window.said')).toBe('ran'));
    await eventually(async () =>
      expect(await visit.evaluate('inner.contentDocument.readyState + inner.contentWindow.location.pathname')).toBe(
        'complete/inner',
      ),
    );
    expect(await visit.evaluate(`inner.contentDocument.querySelector('[data-zendesk-messenger-dev]')`)).toBe(null);
    expect(await visit.count('[data-zendesk-messenger-dev]')).toBe(1);
    expect(visit.consoleLines.filter((line) => /error|warn|zendesk/i.test(line))).toEqual([]);
  });

  it('works in a page that is shown in a frame, as Cypress and Storybook do', async ({ visit: openVisit }) => {
    const visit = await openVisit();
    const library = libraryScript('IIFE', startMessenger('messenger', {}) + `void messenger.setUser('ada');`);
    visit.pages.set('/inner', htmlPage(`<script src="/dist/dev.js"></script>${library}`));
    await visit.open(htmlPage('<iframe id="inner" src="/inner"></iframe>'));
    await eventually(async () =>
      expect(await visit.evaluate('inner.contentWindow.fakeZendeskMessenger?.visitor')).toEqual({
        kind: 'user',
        externalId: 'ada',
      }),
    );
  });

  it('works under a strict policy', async ({ visit: openVisit }) => {
    const visit = await openVisit();
    const policy =
      "default-src 'none'; script-src 'nonce-n1'; img-src data:; require-trusted-types-for 'script'; trusted-types z";
    await open(visit, {
      nonce: 'n1',
      headers: { 'content-security-policy': policy },
      start: `messenger.destroy();
        window.messenger = createMessenger({ key: '${KEY}', tokenUrl: '/zendesk-token', trustedTypesPolicy: 'z' });
        void messenger.setUser('ada');`,
    });
    await untilUser(visit, 'ada');
    expect(await visit.evaluate(`getComputedStyle(${inBanner('section')}).borderTopWidth`)).toBe('1px');
    expectNothingLeft(visit);
  });

  it('goes away at "Hide", and its controls are reached by the keyboard', async ({ visit: openVisit }) => {
    const visit = await openVisit();
    await open(visit);
    await eventually(async () => expect(await visit.count('[data-zendesk-messenger-dev]')).toBe(1));
    await visit.evaluate(`${inBanner('button')}.focus()`);
    const focused = async () =>
      visit.evaluate(`document.querySelector('[data-zendesk-messenger-dev]').shadowRoot.activeElement?.tagName`);
    expect(await focused()).toBe('BUTTON');
    await visit.press('Tab');
    expect(await focused()).toBe('SELECT');
    await visit.press('Shift+Tab');
    await visit.press('Enter');
    await eventually(async () => expect(await visit.count('[data-zendesk-messenger-dev]')).toBe(0));
  });
});
