// The token doctor's page: what it shows, that nothing leaves it, and that everybody can use it.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type * as Axe from 'axe-core';
import { describe, expect } from 'vitest';
import { startServer } from '../../examples/server/start-server.js';
import { redact } from '../../src/inspect/index.js';
import { describeInBrowser, describeInChromium, it } from './in-browser.js';
import type { Tab } from './tab.js';
import { eventually } from './visit.js';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

const FIRST_POST =
  'eyJ0eXAiOiJKV1QiLCJraWQiOiJhcHBfNjJiNWUwZmZjYTVhMzgwMGYwMjI1YzUzIiwiYWxnIjoiSFMyNTYifQ.eyJleHRlcm5hbF9pZCI6IjEyMzE2NTQyMzQ0IiwiZW1haWwiOiJqYW5lc0Bzb2FwLmNvbSIsImV4cCI6IjEyMzQ1Njc4IiwibmFtZSI6IkphbmUgU29hcHMiLCJzY29wZSI6InVzZXIifQ.ShaKIlanfmUoRqDpEvUEJkyJr6rdY9sUf1YckVAmddQ';
const SECRET = 'a-secret-that-is-for-tests-only';
const HEADER = { alg: 'HS256', typ: 'JWT', kid: 'app_0123456789abcdef01234567' };
const IDENTITY = { scope: 'user', external_id: 'user-1' };
const nowS = () => Math.floor(Date.now() / 1000);

const encode = (json: string) => Buffer.from(json).toString('base64url');
const makeToken = (claims: object | string, header: object = HEADER) =>
  `${encode(JSON.stringify(header))}.${encode(typeof claims === 'string' ? claims : JSON.stringify(claims))}.${'s'.repeat(43)}`;

/** Much is wrong with it, of every severity. */
const makeIll = () =>
  `"Bearer ${makeToken(
    {
      userId: 42,
      email: 'ada@example.com',
      password: 'x',
      iat: nowS() + 300,
      exp: (nowS() + 900) * 1000,
      nbf: 'soon',
      long: 'x'.repeat(200),
    },
    { alg: 'RS256' },
  )}"\n`;

const REAL = {
  ZENDESK_KEY: '172ab4dc-dc4c-4054-9ad6-26f7ef5b143b',
  ZENDESK_KEY_ID: 'app_0123456789abcdef01234567',
  ZENDESK_SECRET: SECRET,
};

interface Picture {
  readonly claims: unknown;
  readonly labels: readonly { text: string; left: number; right: number; top: number; bottom: number }[];
  readonly right: number;
  readonly bottom: number;
}

type OpenTab = (origin: string) => Promise<Tab>;
type OnFinished = (close: () => Promise<void>) => void;

async function openDoctor(openTab: OpenTab, onTestFinished: OnFinished, env = {}) {
  const server = await startServer({ port: 0, env });
  onTestFinished(() => server.close());
  const tab = await openTab(server.url);
  const { chromium, evaluate, goto, run } = tab;
  const read = (id: string) => run(({ document }, wanted) => document.getElementById(wanted)!.textContent, id);
  const texts = (selector: string) =>
    run(({ document }, wanted) => [...document.querySelectorAll(wanted)].map((node) => node.textContent), selector);
  const open = (path = '/doctor.html') => goto(server.url + path);
  const select = (id: string) =>
    run(({ document }, wanted) => {
      const field = document.getElementById(wanted) as HTMLInputElement;
      field.focus();
      field.select();
    }, id);
  /** As pasting does: the whole text in one go, at the cursor. */
  const insert = (text: string) =>
    run(({ document }, given) => void document.execCommand('insertText', false, given), text);
  const shows = (id: string, text: string | RegExp) => eventually(async () => expect(await read(id)).toMatch(text));
  await open();
  // WebKit's driver does not wait for the page's modules.
  await shows('summary', 'Nothing to look at yet');
  return {
    ...tab,
    page: chromium,
    url: server.url,
    open,
    read,
    texts,
    select,
    insert,
    isShown: (id: string) => run(({ document }, wanted) => document.getElementById(wanted)!.checkVisibility(), id),
    codes: () =>
      run(({ document }) => [...document.querySelectorAll('.finding')].map((node) => node.getAttribute('data-code'))),
    async paste(id: 'token' | 'secret', text: string) {
      await select(id);
      await insert(text);
    },
    shows,
    timeline: () => evaluate(`document.querySelector('#picture svg').getAttribute('aria-label')`),
  };
}

describeInBrowser('the token doctor’s page', () => {
  describe('what it shows', () => {
    it('of the first post: the findings, beside header, payload and time line', async ({ tab, onTestFinished }) => {
      const doctor = await openDoctor(tab, onTestFinished);
      const { codes, isShown, paste, read, shows, texts, timeline } = doctor;
      await shows('summary', 'Nothing to look at yet');
      expect(await isShown('times')).toBe(false);
      await paste('token', FIRST_POST);
      await shows('summary', '2 errors, 2 infos. Zendesk refuses this token.');
      expect(await codes()).toEqual(['exp_not_number', 'expired', 'email_unverified', 'iat_missing']);
      expect(await texts('.finding .kind strong')).toEqual(['Error', 'Error', 'Info', 'Info']);
      expect(await read('findings')).toContain('Set exp to a number of seconds since 1970, without quotes.');
      expect((await texts('.finding .backends')).join()).toContain('PHP time() + 900');
      expect(JSON.parse(await read('header'))).toEqual({
        typ: 'JWT',
        kid: 'app_62b5e0ffca5a3800f0225c53',
        alg: 'HS256',
      });
      expect(await read('payload')).toContain('"exp": "12345678", ← exp_not_number, expired\n  "name": "Jane Soaps",');
      expect(await texts('mark')).toEqual(['"email": "janes@soap.com"', '"exp": "12345678"']);
      expect(await timeline()).toMatch(/^Timeline: issued: not known, expired \d\d years ago\.$/);
      expect(await read('instants')).toContain('1970-05-23 21:21:18 UTC');
      expect(await read('signature')).toBe('The signature was not checked: no secret is given.');
    });

    it('of a good token: that nothing was found, and what is left to check', async ({ tab, onTestFinished }) => {
      const { click, codes, isShown, paste, press, read, select, shows, timeline } = await openDoctor(
        tab,
        onTestFinished,
      );
      await click('#good');
      await shows('signature', 'The signature is right');
      expect(await read('summary')).toBe('Nothing was found that Zendesk refuses.');
      expect(await codes()).toEqual([]);
      expect(await isShown('left')).toBe(true);
      expect(await isShown('left-secret')).toBe(false);
      expect(await timeline()).toMatch(/issued \d+ seconds? ago, expires in (15 minutes|14 minutes \d+ seconds?)\.$/);

      await paste('secret', ' "" ');
      await shows('signature', 'nothing but white space or quotes');
      await select('secret');
      await press('Backspace');
      await shows('signature', 'not checked: no secret is given');
      expect(await read('summary')).toBe('Nothing was found that Zendesk refuses.');
      expect(await isShown('left-secret')).toBe(true);
      await paste('secret', 'another secret');
      await shows('summary', '1 error. Zendesk refuses this token.');
      expect(await codes()).toEqual(['signature_invalid']);
      expect(await isShown('left')).toBe(false);
    });

    it('of a token that was signed with the decoded secret: that', async ({ tab, onTestFinished }) => {
      const { click, codes, read, shows } = await openDoctor(tab, onTestFinished);
      await click('#decoded');
      await shows('findings', 'The backend base64-decoded the secret');
      expect(await codes()).toEqual(['secret_base64_decoded']);
      expect(await read('summary')).toBe('1 error. Zendesk refuses this token.');
    });

    it.for([
      ['quotes and Bearer', `"Bearer ${FIRST_POST}"`],
      ['a JSON response', JSON.stringify({ user: 'www.example.com/a/long/path', token: FIRST_POST })],
      ['Bearer and line breaks', `Bearer ${FIRST_POST.replace(/.{61}/g, '$&\n')}`],
    ] as const)('header and payload of a token in %s', async ([, wrapped], { tab, onTestFinished }) => {
      const { paste, read, shows } = await openDoctor(tab, onTestFinished);
      await paste('token', wrapped);
      await shows('payload', '"external_id": "12316542344"');
      expect(await read('header')).toContain('"kid": "app_62b5e0ffca5a3800f0225c53"');
    });

    it('the values as they are in the token', async ({ tab, onTestFinished }) => {
      const { paste, read, shows } = await openDoctor(tab, onTestFinished);
      // A number that no JavaScript number can hold, one name twice, an escaped letter, and what is markup elsewhere.
      const json = '{"n":12345678901234567890,"a":[{},{"b":1}],"a":[],"name":"J\\u00fcrgen <b>"}';
      await paste('token', makeToken(json));
      await shows('payload', '12345678901234567890');
      expect(await read('payload')).toBe(`{
  "n": 12345678901234567890,
  "a": [
    {},
    {
      "b": 1
    }
  ],
  "a": [],
  "name": "Jürgen <b>"
}`);
    });

    it('a claim that is marked, and is markup elsewhere, as text', async ({ tab, onTestFinished }) => {
      const { count, paste, shows, texts } = await openDoctor(tab, onTestFinished);
      await paste('token', makeToken({ ...IDENTITY, external_id: ' <img src=x id=made> ' }));
      await shows('payload', '<img src=x id=made>');
      expect((await texts('#payload mark')).join()).toContain('<img src=x id=made>');
      expect(await count('#made')).toBe(0);
    });

    it('something within reason, whatever is pasted', async ({ tab, onTestFinished }) => {
      const { click, codes, run, shows } = await openDoctor(tab, onTestFinished);
      const texts = [
        'ey'.repeat(500_000),
        '[{"a":'.repeat(160_000),
        makeToken(`{"exp":${'['.repeat(20_000)}${']'.repeat(20_000)}}`),
        makeToken({ ...IDENTITY, exp: 1e300, iat: '-99999999999999999999', long: 'x'.repeat(700_000) }),
        makeToken('"a string"'),
      ];
      for (const text of texts) {
        await run(({ document }, pasted) => {
          const field = document.querySelector<HTMLTextAreaElement>('#token')!;
          field.value = pasted;
          field.dispatchEvent(new Event('input'));
        }, text);
        await shows('summary', 'Zendesk refuses this token');
        expect(await codes()).not.toEqual([]);
        await click('#clear');
        await shows('summary', 'Nothing to look at yet');
      }
    });
  });

  describe('the report', () => {
    it.for(['refuses', 'is not there'])(
      'can be copied by hand where the clipboard %s',
      async (how, { tab, onTestFinished }) => {
        const { click, isShown, paste, read, run, shows } = await openDoctor(tab, onTestFinished);
        await run(({ navigator }, refuses) => {
          const writeText = () => Promise.reject(new DOMException('', 'NotAllowedError'));
          Object.defineProperty(navigator, 'clipboard', { value: refuses ? { writeText } : undefined });
        }, how === 'refuses');
        await paste('token', FIRST_POST);
        await shows('summary', '2 errors');
        await click('#copy');
        await shows('copied', 'does not let this page copy');
        await eventually(async () => {
          const selected = await run(({ document }) => {
            const field = document.querySelector<HTMLTextAreaElement>('#to-copy')!;
            const { value, selectionStart, selectionEnd } = field;
            return { text: value.slice(selectionStart, selectionEnd), isFocused: document.activeElement === field };
          });
          expect(selected).toEqual({ text: redact(FIRST_POST, { nowMs: Date.now() }), isFocused: true });
        });
        await paste('token', makeToken(IDENTITY));
        await shows('summary', 'Nothing was found');
        expect([await isShown('by-hand'), await read('copied')]).toEqual([false, '']);
      },
    );
  });

  // By itself: another visitor's new window takes the keyboard away from Firefox's, between a key's way down and up.
  describe('who can use it', { concurrent: false }, () => {
    it('whoever has a keyboard only', async ({ tab, onTestFinished }) => {
      const { codes, count, insert, isShown, press, run, shows } = await openDoctor(tab, onTestFinished);
      await run(({ navigator }) => {
        Object.defineProperty(navigator, 'clipboard', { value: { writeText: async () => {} } });
      });
      const focused = () =>
        run(({ document }) => {
          const { id, textContent } = document.activeElement!;
          return id || textContent;
        });
      const tabOn = async () => {
        await press('Tab');
        return focused();
      };
      expect(await tabOn()).toBe('Back to the example');
      expect(await tabOn()).toBe('token');
      await insert(FIRST_POST);
      await shows('summary', '2 errors');
      expect(await tabOn()).toBe('secret');
      for (const letter of 'typed') await press(letter);
      await shows('summary', '3 errors');
      expect(await tabOn()).toBe('show-secret');
      await press(' ');
      const look = () =>
        run(({ document }) => [
          document.querySelector<HTMLInputElement>('#secret')!.type,
          document.querySelector('#show-secret')!.getAttribute('aria-pressed'),
        ]);
      await eventually(async () => expect(await look()).toEqual(['text', 'true']));
      await press(' ');
      await eventually(async () => expect(await look()).toEqual(['password', 'false']));
      expect(await tabOn()).toBe('good');
      await press('Enter');
      await shows('signature', 'The signature is right');
      expect([await tabOn(), await tabOn()]).toEqual(['first-post', 'decoded']);
      await press('Enter');
      await eventually(async () => expect(await codes()).toEqual(['secret_base64_decoded']));
      expect(await tabOn()).toBe('clear');
      expect(await tabOn()).toBe('In your backend’s language');
      await press('Enter');
      expect(await count('.finding details[open]')).toBe(1);
      // It stays open while the time line goes on.
      await new Promise((resolve) => setTimeout(resolve, 1500));
      expect(await count('.finding details[open]')).toBe(1);
      expect(await tabOn()).toBe('copy');
      await press('Enter');
      await shows('copied', 'Copied.');
      expect(await tabOn()).toBe('See the report');
      await press('Enter');
      expect(await isShown('report')).toBe(true);
      for (let step = 0; step < 3; step++) await press('Shift+Tab');
      expect(await focused()).toBe('clear');
      await press('Enter');
      await shows('summary', 'Nothing to look at yet');
      expect(await focused()).toBe('token');
    });

    it('whoever looks for it: the example’s pages lead there, and it leads back', async ({ tab, onTestFinished }) => {
      const { click, evaluate, open, shows } = await openDoctor(tab, onTestFinished);
      for (const path of ['/', '/script-tag.html']) {
        await open(path);
        await click('a[href="/doctor.html"]');
        await shows('summary', 'Nothing to look at yet');
      }
      await click('header a');
      await eventually(async () => expect(await evaluate('location.pathname')).toBe('/'));
    });
  });
});

// What only Chromium’s driver can set up, or look at.
describeInChromium('the token doctor’s page', () => {
  describe('what it shows', () => {
    it('that a token expires while it is looked at', async ({ tab, onTestFinished }) => {
      const { codes, open, page, paste, run, shows, timeline } = await openDoctor(tab, onTestFinished);
      await page.evaluateOnNewDocument(() => {
        const { now } = Date;
        Date.now = () => now() + ('isLater' in window ? 3_600_000 : 0);
      });
      await open();
      await paste('token', makeToken({ ...IDENTITY, iat: nowS() - 90, exp: nowS() + 1800 }));
      await shows('summary', 'Nothing was found');
      await run((window) => void Object.assign(window, { isLater: true }));
      await shows('summary', '1 error. Zendesk refuses this token.');
      expect(await codes()).toEqual(['expired']);
      expect(await timeline()).toContain('expired 30 minutes');
    });

    it('nothing of a check that comes back too late', async ({ tab, onTestFinished }) => {
      const { codes, open, page, read, run, shows } = await openDoctor(tab, onTestFinished);
      await page.evaluateOnNewDocument(() => {
        const verdicts: (() => void)[] = [];
        Object.assign(window, { letGo: () => verdicts.splice(0).forEach((resume) => resume()) });
        const { importKey } = SubtleCrypto.prototype;
        SubtleCrypto.prototype.importKey = async function (this: SubtleCrypto, ...details: any) {
          // The sample is signed at once; checks, which begin after it, wait.
          if ('isSlow' in window) await new Promise<void>((resume) => verdicts.push(resume));
          return importKey.apply(this, details as never);
        };
      });
      await open();
      await page.click('#decoded');
      await shows('findings', 'base64-decoded');
      await run((window) => void Object.assign(window, { isSlow: true }));
      // The check of this one is still going on when another takes its place.
      await page.focus('#secret');
      await page.keyboard.press('End');
      await page.keyboard.type('x');
      await shows('signature', 'is being checked');
      await page.click('#first-post');
      await shows('summary', '2 errors, 2 infos.');
      await run((window: any) => {
        delete window.isSlow;
        window.letGo();
      });
      await new Promise((resolve) => setTimeout(resolve, 500));
      expect(await codes()).toEqual(['exp_not_number', 'expired', 'email_unverified', 'iat_missing']);
      expect(await read('signature')).toContain('no secret is given');
    });
  });

  it.for([360, 1280])('draws no label over another or cut, %d pixels wide', async (width, { tab, onTestFinished }) => {
    const { page, paste, shows } = await openDoctor(tab, onTestFinished);
    await page.setViewport({ width, height: 800 });
    await paste('token', makeToken(IDENTITY));
    await shows('instants', 'never');
    const now = nowS();
    const lives = [
      { iat: 0, exp: 1 },
      { iat: 0, exp: 99_999_999_999 },
      { iat: now, exp: now },
      { iat: now - 600, exp: now + 300 },
      { iat: now - 4000, exp: now - 3100 },
      { iat: now + 300, exp: now + 100 },
      { iat: now * 1000, exp: `${(now + 900) * 1000}` },
      { exp: '12345678' },
      { exp: now + 86_400 },
      { iat: now - 5 },
      {},
      { iat: 'yesterday', exp: null },
      { iat: -99_999_999_999, exp: 1e300 },
    ];
    // As a text, so that nobody rewrites import(): the drawing alone, for a page of this width.
    const pictures = (await page.evaluate(`(async () => {
      const { createTimeline, readTimes } = await import('/doctor-timeline.js');
      const timeline = createTimeline(document.querySelector('#picture'));
      return ${JSON.stringify(lives)}.map((claims) => {
        timeline.draw(readTimes(claims), ${now * 1000});
        const svg = document.querySelector('#picture svg:last-child');
        const labels = [...svg.querySelectorAll('text')].map((node) => {
          const { x, y, width, height } = node.getBBox();
          return { text: node.textContent, left: x, right: x + width, top: y, bottom: y + height };
        });
        return { claims, labels, right: svg.clientWidth, bottom: svg.clientHeight };
      });
    })()`)) as Picture[];
    const faults = pictures.flatMap(({ claims, labels, right, bottom }) =>
      labels.flatMap((one, index) => {
        const isWhole = one.left >= 0 && one.top >= 0 && one.right <= right && one.bottom <= bottom;
        const isCovered = labels
          .slice(index + 1)
          .some(
            (other) =>
              other.left < one.right && one.left < other.right && other.top < one.bottom && one.top < other.bottom,
          );
        return isWhole && !isCovered ? [] : [{ claims, one, isWhole, isCovered }];
      }),
    );
    expect(faults).toEqual([]);
    expect(pictures.map(({ labels }) => labels.length)).toEqual([3, 3, 3, 3, 3, 3, 3, 2, 2, 3, 2, 1, 3]);
    expect(pictures[3]!.labels.map(({ text }) => text)).toEqual([
      'issued 10 minutes ago',
      'expires in 5 minutes',
      'now',
    ]);
  });

  describe('what leaves it', () => {
    it.for([
      ['the stand-in', {}],
      ['the real messenger', REAL],
    ] as const)('nothing, whatever is done; with %s beside it', async ([, env], { tab, onTestFinished }) => {
      const doctor = await openDoctor(tab, onTestFinished, env);
      const { page, paste, shows, urls } = doctor;
      await shows('summary', 'Nothing to look at yet');
      await page.waitForNetworkIdle({ idleTime: 200 });
      const loaded = [...urls];
      expect(loaded).toContain(`${doctor.url}/dist/inspect.js`);

      await paste('token', FIRST_POST);
      await shows('summary', '2 errors');
      await paste('secret', SECRET);
      await shows('summary', '3 errors');
      await page.focus('#secret');
      await page.keyboard.press('Enter');
      await page.keyboard.type('typed');
      for (const id of ['show-secret', 'copy', 'good', 'decoded', 'first-post', 'copy', 'clear']) {
        await page.click(`#${id}`);
        await new Promise((resolve) => setTimeout(resolve, 300));
      }
      await page.waitForNetworkIdle({ idleTime: 500 });
      expect(urls).toEqual(loaded);
    });

    it('nothing, even if a script of the page wants it to', async ({ tab, onTestFinished }) => {
      const { page, run, url } = await openDoctor(tab, onTestFinished);
      const refused = await run(async ({ document, navigator, fetch }) => {
        const seen: { directive: string; policy: string }[] = [];
        document.addEventListener('securitypolicyviolation', ({ effectiveDirective, originalPolicy }) =>
          seen.push({ directive: effectiveDirective, policy: originalPolicy }),
        );
        // To the page's own site, which is the most that a policy allows.
        const isFetched = await fetch('/leak?fetch').then(
          () => true,
          () => false,
        );
        navigator.sendBeacon('/leak?beacon', 'token');
        new Image().src = '/leak?image';
        const form = document.createElement('form');
        form.action = '/leak';
        form.method = 'post';
        document.body.append(form);
        form.submit();
        try {
          new WebSocket(`ws://${location.host}/leak`);
        } catch {
          // Some browsers throw, others fail later.
        }
        await new Promise((resolve) => setTimeout(resolve, 1000));
        return { isFetched, seen };
      });
      const count = (directive: string) => refused.seen.filter((violation) => violation.directive === directive).length;
      expect(refused.isFetched).toBe(false);
      // Fetch, beacon and socket. Each is refused twice: by the server's policy and by the page's own.
      expect([count('connect-src'), count('img-src'), count('form-action')]).toEqual([6, 2, 2]);
      expect(refused.seen.some(({ policy }) => policy.includes('frame-ancestors'))).toBe(true);
      expect(refused.seen.some(({ policy }) => !policy.includes('frame-ancestors'))).toBe(true);
      expect(page.url()).toBe(`${url}/doctor.html`);
    });

    it('no token and no secret stays behind', async ({ tab, onTestFinished }) => {
      const doctor = await openDoctor(tab, onTestFinished);
      const { consoleLines, open, page, paste, run, shows, urls } = doctor;
      await paste('token', FIRST_POST);
      await paste('secret', SECRET);
      await shows('summary', '3 errors');
      await page.click('#show-secret');
      await page.click('#copy');
      await shows('copied', /./);
      const left = await run(({ document, localStorage, sessionStorage, location, history, name }) => ({
        storage: [localStorage, sessionStorage].map((storage) => Object.entries(storage)),
        address: [location.href, history.state, name],
        title: document.title,
        attributes: [...document.querySelectorAll('*')].flatMap((node) =>
          [...node.attributes].map(({ value }) => value),
        ),
      }));
      const databases = await page.evaluate(() => indexedDB.databases());
      const caches = await page.evaluate(() => window.caches.keys());
      const seen = JSON.stringify({ left, databases, caches, consoleLines, urls, cookies: await page.cookies() });
      const secrets = [...FIRST_POST.split('.'), SECRET, 'janes@soap.com', '12316542344'];
      expect(secrets.filter((secret) => seen.includes(secret))).toEqual([]);
      expect(consoleLines.filter((line) => /^(error|warn|log|info)/.test(line))).toEqual([]);

      // Nor is it there for whoever goes back to the page.
      await open('/');
      await page.goBack();
      await shows('summary', 'Nothing to look at yet');
      expect(
        await page.$$eval('#token, #secret', (fields) => fields.map((field) => (field as HTMLInputElement).value)),
      ).toEqual(['', '']);
    });
  });

  describe('the report', () => {
    it('is copied as it is shown', async ({ tab, onTestFinished }) => {
      const { page, paste, read, shows, url, isShown } = await openDoctor(tab, onTestFinished);
      await page
        .browserContext()
        .overridePermissions(url, ['clipboard-read', 'clipboard-write', 'clipboard-sanitized-write']);
      await paste('token', FIRST_POST);
      await shows('summary', '2 errors');
      await page.bringToFront();
      await page.click('#copy');
      await shows('copied', 'Copied.');
      const copied = await page.evaluate(() => navigator.clipboard.readText());
      expect(copied).toBe(redact(FIRST_POST, { nowMs: Date.now() }));
      expect(await read('report')).toBe(copied);
      expect(await isShown('by-hand')).toBe(false);
      expect(['janes', 'Soap', '12316542344'].filter((value) => copied.includes(value))).toEqual([]);
    });
  });

  describe('who can use it', () => {
    it('whoever has set colours of their own: marked claims stand on a ground of their own', async ({
      tab,
      onTestFinished,
    }) => {
      const { page, paste, shows } = await openDoctor(tab, onTestFinished);
      const client = await page.createCDPSession();
      const features = [
        { name: 'forced-colors', value: 'active' },
        { name: 'prefers-color-scheme', value: 'dark' },
      ];
      await client.send('Emulation.setEmulatedMedia', { features });
      await paste('token', makeToken({ ...IDENTITY, email: 'ada@example.com' }));
      await shows('payload', 'email_unverified');
      const [color, ground] = await page.$eval('#payload mark', (mark) => {
        const { color, backgroundColor } = getComputedStyle(mark);
        return [color, backgroundColor];
      });
      expect(ground).not.toBe('rgba(0, 0, 0, 0)');
      expect(color).not.toBe(ground);
    });

    it.for([
      [1280, 'light'],
      [1280, 'dark'],
      [360, 'light'],
      [360, 'dark'],
    ] as const)(
      'whoever needs contrast, names and order: axe, %d pixels, %s',
      async ([width, scheme], { tab, onTestFinished }) => {
        const { page, paste, run, shows } = await openDoctor(tab, onTestFinished);
        await page.setViewport({ width, height: 800 });
        await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: scheme }]);
        await page.evaluate(AXE);
        const examine = async () => {
          const violations = await run(async (window) => {
            const { axe } = window as unknown as { axe: typeof Axe };
            const { violations } = await axe.run(window.document, { preload: false });
            return violations.map(({ id, nodes }) => ({
              id,
              nodes: nodes.map(({ html, any }) => [html, any[0]?.message]),
            }));
          });
          const scrolled = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
          expect({ violations, isTooWide: scrolled > 0 }).toEqual({ violations: [], isTooWide: false });
        };
        await shows('summary', 'Nothing to look at yet');
        await examine();
        await page.click('#good');
        await shows('signature', 'The signature is right');
        await examine();
        await paste('token', makeIll());
        await paste('secret', SECRET);
        await shows('summary', /\d+ errors, \d+ warnings/);
        await page.click('#show-secret');
        await page.$$eval('details', (all) => all.forEach((details) => (details.open = true)));
        await run(({ navigator }) => void Object.defineProperty(navigator, 'clipboard', { value: undefined }));
        await page.click('#copy');
        await page.waitForSelector('#to-copy', { visible: true });
        await examine();
      },
    );
  });
});
