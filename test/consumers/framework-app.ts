// Tests that an app of a framework, which was installed, built and started as its developer would, signs its visitors in.
// All apps have the same page: buttons for two users and for the sign-out, one that removes the component of the
// documentation, and that component.
import type { Browser } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findEngines } from '../browsers/found-engines.js';
import { launchChromium } from '../browsers/puppeteer-engines.js';
import { install, type Project } from './install.js';
import { nodePath } from './newer-node.js';
import type { RunningSite } from './running-site.js';
import { visitShop } from './visit-shop.js';

export interface FrameworkApp {
  /** The folder in `fixtures`. */
  readonly fixture: string;
  /** Whether a server renders the page. */
  readonly isRenderedOnServer: boolean;
  /** Writes the code that a developer copies from the documentation. */
  write(project: Project): void;
  start(project: Project): Promise<RunningSite>;
}

const { paths, notRun } = findEngines({ ...process.env, BROWSERS: 'chromium' });
if (notRun) console.warn(notRun);

// Builds of these frameworks report to their makers otherwise.
const NO_TELEMETRY = { NEXT_TELEMETRY_DISABLED: '1', NUXT_TELEMETRY_DISABLED: '1', NG_CLI_ANALYTICS: 'false' };

export function describeApp(name: string, app: FrameworkApp): void {
  describe.skipIf(!paths.has('chromium'))(name, () => {
    let site: RunningSite | undefined;
    let browser: Browser | undefined;
    const visit = (session?: string) => visitShop(browser!, site!.url, session);

    beforeAll(async () => {
      const project = await install(app.fixture);
      app.write(project);
      await project.run('npm', ['run', 'build'], { ...NO_TELEMETRY, PATH: nodePath(project.folder) });
      site = await app.start(project);
      browser = await launchChromium(paths.get('chromium')!);
    }, 600_000);
    afterAll(async () => {
      await browser?.close();
      await site?.stop();
    });

    if (app.isRenderedOnServer)
      it('renders the component on the server, as for nobody', async () => {
        const response = await fetch(site!.url, { headers: { cookie: 'session=ada' } });
        expect(textOf(await response.text())).toContain('Support: signed-out Open (0 unread)');
      });

    it("signs the session's user in when the page is loaded", async () => {
      const shop = await visit('ada');
      await shop.shows('Support: signed-in Open (0 unread)');
      expect(await shop.visitor()).toEqual({ kind: 'user', externalId: 'ada' });
      if (app.isRenderedOnServer) {
        // The browser took over the paragraph of the server with its text.
        const statuses = ['signed-out', 'signing-in', 'signed-in'];
        expect(await shop.shownTexts()).toEqual(statuses.map((status) => `Support: ${status} Open (0 unread)`));
        expect(await shop.hasServersParagraph()).toBe(true);
      }
      expect(await shop.close()).toEqual([]);
    });

    it('shows the unread count, and opens the window', async () => {
      const shop = await visit('ada');
      await shop.shows('Support: signed-in');
      await shop.page.evaluate('fakeZendeskMessenger.setUnread(3)');
      await shop.shows('Open (3 unread)');
      expect(await shop.page.evaluate('fakeZendeskMessenger.isOpen')).toBe(false);
      await shop.page.click('main p button');
      await shop.page.waitForFunction('fakeZendeskMessenger.isOpen', { polling: 50 });
      await shop.shows('Open (0 unread)');
      expect(await shop.close()).toEqual([]);
    });

    it('follows the user of the site: nobody, one, another, nobody', async () => {
      const shop = await visit();
      await shop.page.waitForFunction('window.fakeZendeskMessenger?.live', { polling: 50 });
      expect(await shop.visitor()).toEqual({ kind: 'none' });
      await shop.shows('Support: signed-out');
      for (const id of ['ada', 'grace']) {
        await shop.page.click(`#${id}`);
        await shop.untilVisitor({ kind: 'user', externalId: id });
        await shop.shows('Support: signed-in');
      }
      await shop.page.click('#sign-out');
      await shop.untilVisitor({ kind: 'none' });
      await shop.shows('Support: signed-out');
      expect(shop.backend.breaches).toEqual([]);
      expect(await shop.close()).toEqual([]);
    });

    it('signs nobody out when the component is removed', async () => {
      const shop = await visit('ada');
      await shop.shows('Support: signed-in');
      await shop.page.click('#toggle');
      await shop.page.waitForSelector('main p', { hidden: true });
      expect(await shop.page.evaluate("fakeZendeskMessenger.send('hello')")).toEqual({
        sentAs: 'user',
        externalId: 'ada',
      });
      await shop.page.click('#toggle');
      await shop.shows('Support: signed-in');
      expect(shop.backend.requests.filter(({ kind }) => kind === 'login')).toHaveLength(1);
      expect(await shop.close()).toEqual([]);
    });
  });
}

/** What a visitor would read in this HTML. Frameworks put comments between two texts. */
function textOf(html: string): string {
  return html
    .replace(/<!--.*?-->/gs, '')
    .replace(/<[^>]*>/g, '')
    .replace(/\s+/g, ' ');
}
