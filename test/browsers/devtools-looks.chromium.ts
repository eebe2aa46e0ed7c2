// How the panel of ./devtools looks, and what axe says about it. With SHOTS=folder, the tests write screenshots.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type * as Axe from 'axe-core';
import type { Page } from 'puppeteer-core';
import { describe, expect } from 'vitest';
import { openDevtoolsPage, press, readPanel, readStyle, untilStatus } from './devtools-page.js';
import { describeInBrowser, it } from './in-browser.js';
import { eventually, type Visit } from './visit.js';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const TEXT = 'Everything for the garden, from seeds to sheds. We deliver within three days. ';
const SITE = {
  head: `<style>body { font: 17px/1.5 Georgia, serif; margin: 0 auto; max-width: 900px; padding: 16px; background: #fffdf6; color: #222 }
    @media (prefers-color-scheme: dark) { body { background: #111; color: #eee } }</style>`,
  body: `<main><h1>A shop</h1><p>${TEXT.repeat(12)}</p></main>`,
};

async function shoot(page: Page, name: string): Promise<void> {
  const shots = process.env['SHOTS'];
  if (shots) await page.screenshot({ path: `${shots}/${name}.png` });
}

async function examine({ page, run }: Visit, name: string): Promise<void> {
  await shoot(page, name);
  await page.evaluate(AXE);
  const violations = await run(async (window) => {
    const { axe } = window as unknown as { axe: typeof Axe };
    const found = await axe.run(window.document, { preload: false });
    // Axe cannot tell what is behind a text in a drawing.
    const incomplete = found.incomplete
      .filter(({ id }) => id === 'color-contrast')
      .map((result) => ({ ...result, nodes: result.nodes.filter(({ html }) => !html.startsWith('<text')) }))
      .filter(({ nodes }) => nodes.length > 0);
    return [...found.violations, ...incomplete].map(({ id, nodes }) => [id, nodes.map(({ html, any }) => [html, any])]);
  });
  expect(violations).toEqual([]);
  expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
}

describeInBrowser('the looks of the devtools', () => {
  describe.each(['light', 'dark'] as const)('in the %s color scheme', (scheme) => {
    it.for([360, 1280])('axe finds nothing at %i px: closed, open, revealed and failed', async (width, { visit }) => {
      const opened = await visit('B26', {});
      const { page } = opened;
      const name = `devtools-${width}-${scheme}`;
      await page.setViewport({ width, height: 760 });
      await page.emulateMediaFeatures([
        { name: 'prefers-color-scheme', value: scheme },
        { name: 'prefers-reduced-motion', value: 'reduce' },
      ]);
      await openDevtoolsPage(opened, { ...SITE, options: '{}' });
      await opened.login();
      await examine(opened, `${name}-closed`);
      await press(opened, 'Zendesk: Signed in');
      await untilStatus(opened, 'Signed in');
      await examine(opened, `${name}-open`);
      await press(opened, 'Show the external_id');
      await examine(opened, `${name}-revealed`);
      opened.endpoint.status = 404;
      await opened.evaluate('messenger.logout()');
      await opened.login();
      await untilStatus(opened, 'The sign-in failed: token_rejected');
      await opened.evaluate(`document.dispatchEvent(new SecurityPolicyViolationEvent('securitypolicyviolation', {
        blockedURI: 'https://ekr.zdassets.com/compose/1', effectiveDirective: 'connect-src', violatedDirective: 'connect-src',
        documentURI: location.href, originalPolicy: '', disposition: 'enforce', statusCode: 200,
      }))`);
      await eventually(async () => expect(await readPanel(opened)).toContain('connect-src blocks ekr.zdassets.com'));
      await examine(opened, `${name}-failed`);
      await opened.evaluate(
        `document.querySelector('zendesk-messenger-devtools').shadowRoot.querySelector('.body').scrollTo(0, 9999)`,
      );
      await shoot(page, `${name}-bottom`);
    });
  });

  it('is not printed, and does not move with reduced motion', async ({ visit: openVisit }) => {
    const visit = await openVisit();
    await openDevtoolsPage(visit);
    expect(await readStyle(visit, '.dock', 'display')).toBe('block');
    await visit.page.emulateMediaFeatures([{ name: 'prefers-reduced-motion', value: 'reduce' }]);
    expect(await readStyle(visit, '.dot', 'animation-name')).toBe('none');
    await visit.page.emulateMediaType('print');
    expect(await readStyle(visit, '.dock', 'display')).toBe('none');
  });
});
