// The redacted report on the token doctor's page, and how it is copied.
import { expect } from 'vitest';
import { redact } from '../../src/inspect/index.js';
import { FIRST_POST, IDENTITY, makeToken, openDoctor } from './doctor-page.js';
import { describeInBrowser, describeInChromium, it } from './in-browser.js';
import { eventually } from './visit.js';

describeInBrowser('the token doctor’s report', () => {
  it.for(['refuses access', 'does not exist'])(
    'can be copied by hand when the clipboard %s',
    async (how, { tab, onTestFinished }) => {
      const { click, isShown, paste, read, run, shows } = await openDoctor(tab, onTestFinished);
      await run(({ navigator }, refuses) => {
        const writeText = () => Promise.reject(new DOMException('', 'NotAllowedError'));
        Object.defineProperty(navigator, 'clipboard', { value: refuses ? { writeText } : undefined });
      }, how === 'refuses access');
      await paste('token', FIRST_POST);
      await shows('summary', '2 errors');
      await click('#copy');
      await shows('copied', 'does not allow this page to copy');
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

// Only Chromium’s driver can give the page access to the clipboard.
describeInChromium('the token doctor’s report', () => {
  it('is copied exactly as it is shown', async ({ tab, onTestFinished }) => {
    const { page, paste, read, shows, url, isShown } = await openDoctor(tab, onTestFinished);
    await page
      .browserContext()
      .overridePermissions(url, ['clipboard-read', 'clipboard-write', 'clipboard-sanitized-write']);
    await paste('token', FIRST_POST);
    await shows('summary', '2 errors');
    await page.bringToFront();
    await page.click('#copy');
    await shows('copied', 'The report is copied.');
    const copied = await page.evaluate(() => navigator.clipboard.readText());
    expect(copied).toBe(redact(FIRST_POST, { nowMs: Date.now() }));
    expect(await read('report')).toBe(copied);
    expect(await isShown('by-hand')).toBe(false);
    expect(['janes', 'Soap', '12316542344'].filter((value) => copied.includes(value))).toEqual([]);
  });
});
