// The token doctor's page works with a keyboard, with a user's own colors, and for screen readers.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type * as Axe from 'axe-core';
import { describe, expect } from 'vitest';
import { FIRST_POST, IDENTITY, makeToken, nowS, openDoctor, SECRET } from './doctor-page.js';
import { describeInBrowser, describeInChromium, it } from './in-browser.js';
import { eventually } from './visit.js';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** A token with many findings, of every severity. */
const makeBadToken = () =>
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

describeInBrowser('the token doctor’s page', () => {
  describe('with the keyboard', () => {
    it('can be used with the keyboard only', async ({ tab, onTestFinished }) => {
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
      expect(await tabOn()).toBe('Back to the start page');
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
      await shows('signature', 'The signature is correct');
      expect([await tabOn(), await tabOn()]).toEqual(['first-post', 'decoded']);
      await press('Enter');
      await eventually(async () => expect(await codes()).toEqual(['secret_base64_decoded']));
      expect([await tabOn(), await tabOn(), await tabOn()]).toEqual(['zone', 'around', 'exposed']);
      expect(await tabOn()).toBe('clear');
      expect(await tabOn()).toBe('In your backend’s language');
      await press('Enter');
      expect(await count('.finding details[open]')).toBe(1);
      // It stays open while the timeline is redrawn.
      await new Promise((resolve) => setTimeout(resolve, 1500));
      expect(await count('.finding details[open]')).toBe(1);
      expect(await tabOn()).toBe('copy');
      await press('Enter');
      await shows('copied', 'The report is copied.');
      expect(await tabOn()).toBe('copy-link');
      await press('Enter');
      await shows('copied', 'The link is copied.');
      expect(await tabOn()).toBe('See the report');
      await press('Enter');
      expect(await isShown('report')).toBe(true);
      for (let step = 0; step < 4; step++) await press('Shift+Tab');
      expect(await focused()).toBe('clear');
      await press('Enter');
      await shows('summary', 'No token yet');
      expect(await focused()).toBe('token');
    });

    it('is linked from the example pages, and links back', async ({ tab, onTestFinished }) => {
      const { click, evaluate, open, shows } = await openDoctor(tab, onTestFinished);
      for (const path of ['/', '/script-tag.html']) {
        await open(path);
        await click('a[href="/doctor/"]');
        await shows('summary', 'No token yet');
      }
      await click('header a');
      await eventually(async () => expect(await evaluate('location.pathname')).toBe('/'));
    });
  });
});

// Only Chromium’s driver can emulate colors and run axe.
describeInChromium('the token doctor’s page', () => {
  it('shows marked claims on their own background when the user forces colors', async ({ tab, onTestFinished }) => {
    const { page, paste, shows } = await openDoctor(tab, onTestFinished);
    const client = await page.createCDPSession();
    const features = [
      { name: 'forced-colors', value: 'active' },
      { name: 'prefers-color-scheme', value: 'dark' },
    ];
    await client.send('Emulation.setEmulatedMedia', { features });
    await paste('token', makeToken({ ...IDENTITY, email: 'ada@example.com' }));
    await shows('payload', 'email_unverified');
    const [color, background] = await page.$eval('#payload mark', (mark) => {
      const { color, backgroundColor } = getComputedStyle(mark);
      return [color, backgroundColor];
    });
    expect(background).not.toBe('rgba(0, 0, 0, 0)');
    expect(color).not.toBe(background);
  });

  it.for([
    [1280, 'light'],
    [1280, 'dark'],
    [360, 'light'],
    [360, 'dark'],
  ] as const)(
    'has no axe violations at %d px in the %s color scheme',
    async ([width, scheme], { tab, onTestFinished }) => {
      const { page, paste, run, shows } = await openDoctor(tab, onTestFinished);
      await page.setViewport({ width, height: 800 });
      await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: scheme }]);
      await page.evaluate(AXE);
      const shots = process.env['SHOTS'];
      let shot = 0;
      const examine = async () => {
        const path = `${shots}/doctor-${width}-${scheme}-${++shot}.png`;
        if (shots) await page.screenshot({ path, fullPage: true });
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
      await shows('summary', 'No token yet');
      await examine();
      await page.click('#good');
      await shows('signature', 'The signature is correct');
      await examine();
      await paste('token', makeBadToken());
      await paste('secret', SECRET);
      await shows('summary', /\d+ errors, \d+ warnings/);
      await page.click('#show-secret');
      await page.$$eval('details', (all) => all.forEach((details) => (details.open = true)));
      await run(({ navigator }) => void Object.defineProperty(navigator, 'clipboard', { value: undefined }));
      await page.click('#copy');
      await page.waitForSelector('#to-copy', { visible: true });
      await examine();
      await page.click('#copy-link');
      await shows('to-copy-label', 'The link');
      const link = await page.$eval('#to-copy', (field) => (field as HTMLTextAreaElement).value);
      await run(({ location }, hash) => void (location.hash = hash), new URL(link).hash);
      await page.waitForSelector('#shared', { visible: true });
      await shows('shared-summary', /\d+ errors, \d+ warnings/);
      await page.$$eval('#shared details', (all) => all.forEach((details) => (details.open = true)));
      await examine();
      await run(({ location }) => void (location.hash = '#report=x'));
      await page.waitForSelector('#damaged', { visible: true });
      await examine();
      await run(({ location }) => void (location.hash = '#token=x'));
      await page.waitForSelector('#foreign', { visible: true });
      await examine();
    },
  );
});
