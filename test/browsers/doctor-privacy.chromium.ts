// The token doctor's page sends nothing and stores nothing.
import { expect } from 'vitest';
import { FIRST_POST, openDoctor, SECRET } from './doctor-page.js';
import { describeInChromium, it } from './in-browser.js';

const REAL = {
  ZENDESK_KEY: '172ab4dc-dc4c-4054-9ad6-26f7ef5b143b',
  ZENDESK_KEY_ID: 'app_0123456789abcdef01234567',
  ZENDESK_SECRET: SECRET,
};

describeInChromium('the token doctor’s page', () => {
  it.for([
    ['the fake messenger', {}],
    ['the real messenger', REAL],
  ] as const)(
    'sends no request while it is used, when the other pages have %s',
    async ([, env], { tab, onTestFinished }) => {
      const doctor = await openDoctor(tab, onTestFinished, env);
      const { page, paste, shows, urls } = doctor;
      await shows('summary', 'No token yet');
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
      for (const id of [
        'show-secret',
        'copy',
        'copy-link',
        'good',
        'decoded',
        'zone',
        'around',
        'exposed',
        'first-post',
        'copy',
        'clear',
      ]) {
        await page.click(`#${id}`);
        await new Promise((resolve) => setTimeout(resolve, 300));
      }
      await page.waitForNetworkIdle({ idleTime: 500 });
      expect(urls).toEqual(loaded);
    },
  );

  it('blocks every request that a script of the page tries to send', async ({ tab, onTestFinished }) => {
    const { page, run, url } = await openDoctor(tab, onTestFinished);
    const refused = await run(async ({ document, navigator, fetch }) => {
      const seen: { directive: string; policy: string }[] = [];
      document.addEventListener('securitypolicyviolation', ({ effectiveDirective, originalPolicy }) =>
        seen.push({ directive: effectiveDirective, policy: originalPolicy }),
      );
      // To the page's own site, which policies allow most often.
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
    expect(page.url()).toBe(`${url}/doctor/`);
  });

  it('stores neither the token nor the secret', async ({ tab, onTestFinished }) => {
    const doctor = await openDoctor(tab, onTestFinished);
    const { consoleLines, open, page, paste, run, shows, urls } = doctor;
    await paste('token', FIRST_POST);
    await paste('secret', SECRET);
    await shows('summary', '3 errors');
    await page.click('#show-secret');
    await page.click('#copy');
    await page.click('#copy-link');
    await shows('copied', 'link');
    const left = await run(({ document, localStorage, sessionStorage, location, history, name }) => ({
      storage: [localStorage, sessionStorage].map((storage) => Object.entries(storage)),
      address: [location.href, history.state, name],
      title: document.title,
      attributes: [...document.querySelectorAll('*')].flatMap((node) => [...node.attributes].map(({ value }) => value)),
    }));
    const databases = await page.evaluate(() => indexedDB.databases());
    const caches = await page.evaluate(() => window.caches.keys());
    const seen = JSON.stringify({ left, databases, caches, consoleLines, urls, cookies: await page.cookies() });
    const secrets = [...FIRST_POST.split('.'), SECRET, 'janes@soap.com', '12316542344'];
    expect(secrets.filter((secret) => seen.includes(secret))).toEqual([]);
    expect(consoleLines.filter((line) => /^(error|warn|log|info)/.test(line))).toEqual([]);

    // The fields are empty when the visitor goes back to the page.
    await open('/');
    await page.goBack();
    await shows('summary', 'No token yet');
    expect(
      await page.$$eval('#token, #secret', (fields) => fields.map((field) => (field as HTMLInputElement).value)),
    ).toEqual(['', '']);
  });
});
