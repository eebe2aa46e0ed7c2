// The banner of dev.js in both color schemes, on a phone and on a computer. Only Chromium's driver can emulate colors and run axe.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type * as Axe from 'axe-core';
import { expect } from 'vitest';
import { describeInBrowser, it } from './in-browser.js';
import { htmlPage, libraryScript, startMessenger } from './pages.js';
import { eventually } from './visit.js';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

describeInBrowser('the banner of dev.js', () => {
  it.for([
    [360, 'light'],
    [360, 'dark'],
    [1280, 'light'],
    [1280, 'dark'],
  ] as const)(
    'axe finds nothing, and nothing is out of sight: %i px, %s',
    async ([width, scheme], { visit: openVisit }) => {
      const visit = await openVisit();
      const { page } = visit;
      await page.setViewport({ width, height: 700 });
      await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: scheme }]);
      const script = startMessenger('messenger', {}) + `void messenger.setUser('ada');`;
      await visit.open(
        htmlPage(`<meta name="color-scheme" content="light dark"><main><h1>A site</h1></main>
        <script src="/dist/dev.js"></script>${libraryScript('IIFE', script)}`),
      );
      await eventually(async () => expect(await visit.evaluate('fakeZendeskMessenger.visitor.kind')).toBe('user'));
      const box = await visit.evaluate(
        `JSON.parse(JSON.stringify(document.querySelector('[data-zendesk-messenger-dev]').getBoundingClientRect()))`,
      );
      const launcher = (await visit.evaluate(
        `JSON.parse(JSON.stringify(document.querySelector('iframe#launcher').getBoundingClientRect()))`,
      )) as { left: number; top: number };
      const { left, right, top, bottom } = box as Record<'left' | 'right' | 'top' | 'bottom', number>;
      expect([left >= 0, right <= width, top >= 0, bottom <= 700]).toEqual([true, true, true, true]);
      expect(right <= launcher.left || bottom <= launcher.top).toBe(true);
      await page.evaluate(AXE);
      const violations = await page.evaluate(async () => {
        const { axe } = window as unknown as { axe: typeof Axe };
        const found = await axe.run('[data-zendesk-messenger-dev]', { preload: false });
        return found.violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join()}`);
      });
      expect(violations).toEqual([]);
    },
  );
});
