// What Lighthouse says of the built site, as far as the speed of this machine does not matter. `npm run lighthouse` measures the
// performance, too.
import { describe, expect, it } from 'vitest';
import { auditPage } from '../../tools/lighthouse/audit-page.js';
import { type Audited, listBuiltPages, listMisses, SITE_PAGES } from '../../tools/lighthouse/pages.js';
import { serveSite } from '../../tools/site/serve-site.js';
import { findEngines } from './found-engines.js';
import { launchChromium } from './puppeteer-engines.js';

describe('Lighthouse', () => {
  // One after the other, because Lighthouse can look at only one page at a time.
  it(
    'gives each page at least 95 for accessibility, best practices and SEO',
    { timeout: 600_000 },
    async ({ onTestFinished }) => {
      const site = await serveSite();
      const browser = await launchChromium(findEngines(process.env).paths.get('chromium')!);
      onTestFinished(async () => {
        await browser.close();
        site.close();
      });
      const port = Number(new URL(browser.wsEndpoint()).port);
      const audited: Audited[] = [];
      for (const { path, name } of listBuiltPages('build/docs')) {
        const found = await auditPage(port, site.home + path, 'phone', ['accessibility', 'best-practices', 'seo']);
        audited.push({ name, form: 'phone', ...found });
      }
      expect(audited.length).toBe(SITE_PAGES.length);
      expect(listMisses(audited)).toEqual([]);
    },
  );
});
