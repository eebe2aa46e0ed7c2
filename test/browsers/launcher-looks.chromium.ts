// How the launcher looks, and what axe says about it. Only Chromium's driver can emulate what a visitor prefers. With
// SHOTS=folder, the tests write screenshots.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type * as Axe from 'axe-core';
import type { Page } from 'puppeteer-core';
import { describe, expect } from 'vitest';
import { describeInBrowser, it } from './in-browser.js';
import {
  hasAskedForModule,
  look,
  openLauncherPage,
  press,
  untilReady,
  untilState,
  zendeskUrls,
} from './launcher-page.js';
import { eventually, type Visit } from './visit.js';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const BUTTON = `launcher.element.shadowRoot.querySelector('button')`;
const DARK_PAGE = `<style>@media (prefers-color-scheme: dark) { body { background: #111; color: #eee } }</style>`;

async function examine({ page, run }: Visit, name: string): Promise<void> {
  const shots = process.env['SHOTS'];
  if (shots) await page.screenshot({ path: `${shots}/${name}.png` });
  await page.evaluate(AXE);
  const violations = await run(async (window) => {
    const { axe } = window as unknown as { axe: typeof Axe };
    const found = await axe.run(window.document, { preload: false });
    const incomplete = found.incomplete.filter(({ id }) => id === 'color-contrast');
    return [...found.violations, ...incomplete].map(({ id, nodes }) => [id, nodes.map(({ html, any }) => [html, any])]);
  });
  expect(violations).toEqual([]);
  expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
}

/** Emulates what the visitor prefers. Puppeteer knows only some of these features. */
async function prefer(page: Page, features: Readonly<Record<string, string>>): Promise<void> {
  const client = await page.createCDPSession();
  const all = Object.entries(features).map(([name, value]) => ({ name, value }));
  await client.send('Emulation.setEmulatedMedia', { features: all });
}

const readStyle = ({ evaluate }: Visit, selector: string, name: string, pseudo = '') =>
  evaluate(
    `getComputedStyle(launcher.element.shadowRoot.querySelector('${selector}'), '${pseudo}').getPropertyValue('${name}')`,
  );

describeInBrowser('the looks of the launcher', () => {
  describe.each(['light', 'dark'] as const)('in the %s color scheme', (scheme) => {
    it.for([
      [360, 'ltr'],
      [1280, 'ltr'],
      [360, 'rtl'],
      [1280, 'rtl'],
    ] as const)(
      'axe finds nothing at %i px, %s: idle, focused, loading and failed',
      async ([width, dir], { visit: openVisit }) => {
        const visit = await openVisit();
        const { page } = visit;
        const name = `launcher-${width}-${scheme}-${dir}`;
        let release = () => {};
        visit.endpoint.isReleased = new Promise<void>((resolve) => (release = resolve));
        visit.blocked.add('snippet');
        await page.setViewport({ width, height: 640 });
        // Without motion, so that every shot has the whole button.
        await prefer(page, { 'prefers-color-scheme': scheme, 'prefers-reduced-motion': 'reduce' });
        const texts =
          dir === 'rtl' &&
          `label: 'الدعم', loadingText: 'جارٍ التحميل…', failedText: 'تعذّر التحميل. حاول مرة أخرى.',
         fallback: { label: 'اكتب لنا', href: '/contact' }, position: 'left'`;
        await openLauncherPage(visit, { html: `lang="en" dir="${dir}"`, head: DARK_PAGE, options: texts || '' });
        await examine(visit, `${name}-idle`);
        await visit.press('Tab');
        await examine(visit, `${name}-focused`);
        await visit.press('Enter');
        await untilState(visit, 'failed');
        await examine(visit, `${name}-failed`);
        visit.blocked.clear();
        await visit.press('Enter');
        await untilState(visit, 'loading');
        await examine(visit, `${name}-loading`);
        release();
        await untilState(visit, 'away');
        await eventually(async () => expect(await readStyle(visit, 'section', 'visibility')).toBe('hidden'));
        if (process.env['SHOTS']) await page.screenshot({ path: `${process.env['SHOTS']}/${name}-away.png` });
      },
    );
  });

  it.for(['#ffd400', '#000', 'white', 'rgb(0 120 212)', 'oklch(0.7 0.2 150)', '#777', '#767676', '#e4002b', '#8a2be2'])(
    'the text can be read on %s',
    async (color, { visit: openVisit }) => {
      const visit = await openVisit();
      await openLauncherPage(visit, { options: `color: '${color}'` });
      await examine(visit, `launcher-color-${color.replace(/\W+/g, '-')}`);
      // Axe converts colors itself. This is what Chromium paints.
      const [ink, paper] = (await visit.evaluate(`(() => {
        const context = document.createElement('canvas').getContext('2d');
        const { color, backgroundColor } = getComputedStyle(${BUTTON});
        return [color, backgroundColor].map((value) => {
          context.fillStyle = value;
          context.fillRect(0, 0, 1, 1);
          return [...context.getImageData(0, 0, 1, 1).data].slice(0, 3);
        });
      })()`)) as [number[], number[]];
      expect(['0,0,0', '255,255,255']).toContain(ink.join());
      expect(contrast(ink, paper)).toBeGreaterThan(4.5);
    },
  );

  it('takes its tokens from the page, and no other style', async ({ visit: openVisit }) => {
    const visit = await openVisit();
    await openLauncherPage(visit, {
      head: `<style>
        body > *, zendesk-launcher { letter-spacing: 9px; text-transform: uppercase; line-height: 5; color: red }
        button, section, p { background: red !important; font-size: 50px !important }
        :root { --zendesk-launcher-color: rgb(1, 2, 3); --zendesk-launcher-text: rgb(250, 251, 252);
          --zendesk-launcher-font: 18px/1.5 monospace; --zendesk-launcher-radius: 4px; --zendesk-launcher-offset-x: 30px;
          --zendesk-launcher-offset-y: 40px; --zendesk-launcher-z-index: 5 }
      </style>`,
    });
    const read = (name: string, selector = 'button') => readStyle(visit, selector, name);
    expect([
      await read('background-color'),
      await read('color'),
      await read('font-size'),
      await read('letter-spacing'),
      await read('text-transform'),
      await read('border-top-left-radius'),
      await read('right', 'section'),
      await read('bottom', 'section'),
      await read('z-index', 'section'),
    ]).toEqual(['rgb(1, 2, 3)', 'rgb(250, 251, 252)', '18px', 'normal', 'none', '4px', '30px', '40px', '5']);
  });

  it('moves only if the visitor has nothing against it, and says what it does if it does not move', async ({
    visit: openVisit,
  }) => {
    const visit = await openVisit();
    visit.endpoint.isReleased = new Promise(() => {});
    await openLauncherPage(visit);
    await press(visit);
    await untilState(visit, 'loading');
    const motion = async () => [
      await readStyle(visit, 'button', 'animation-name', '::before'),
      await readStyle(visit, 'p', 'animation-name'),
      await readStyle(visit, 'section', 'transition-duration'),
    ];
    await prefer(visit.page, { 'prefers-reduced-motion': 'no-preference' });
    expect(await motion()).toEqual(['pulse', 'late', '0.2s']);
    await prefer(visit.page, { 'prefers-reduced-motion': 'reduce' });
    expect(await motion()).toEqual(['none', 'none', '0s']);
    expect(await readStyle(visit, 'p', 'opacity')).toBe('1');
  });

  it('has borders and an icon when the visitor forces colors', async ({ visit: openVisit }) => {
    const visit = await openVisit();
    await prefer(visit.page, { 'forced-colors': 'active', 'prefers-color-scheme': 'dark' });
    await openLauncherPage(visit);
    const shots = process.env['SHOTS'];
    if (shots) await visit.page.screenshot({ path: `${shots}/launcher-forced.png` });
    const [border, icon, background] = [
      await readStyle(visit, 'button', 'border-top-color'),
      await readStyle(visit, 'button', 'border-top-color', '::before'),
      await readStyle(visit, 'button', 'background-color'),
    ];
    expect(border).not.toBe('rgba(0, 0, 0, 0)');
    expect(icon).not.toBe(background);
    expect(border).not.toBe(background);
  });

  it('is not printed', async ({ visit: openVisit }) => {
    const visit = await openVisit();
    await openLauncherPage(visit);
    expect(await readStyle(visit, 'section', 'display')).toBe('grid');
    await visit.page.emulateMediaType('print');
    expect(await readStyle(visit, 'section', 'display')).toBe('none');
  });

  it('shows a ring for the keyboard, and none for the pointer', async ({ visit: openVisit }) => {
    const visit = await openVisit();
    visit.endpoint.isReleased = new Promise(() => {});
    await openLauncherPage(visit);
    await visit.press('Tab');
    expect(await readStyle(visit, 'button', 'outline-style')).toBe('solid');
    await visit.page.reload();
    await untilReady(visit);
    await clickWithPointer(visit);
    await untilState(visit, 'loading');
    expect(await look(visit)).toMatchObject({ focus: 'button' });
    expect(await readStyle(visit, 'button', 'outline-style')).toBe('none');
  });

  it('a pointer on it loads the site’s module, and a click opens the window', async ({ visit: openVisit }) => {
    const visit = await openVisit();
    await openLauncherPage(visit);
    await visit.page.mouse.move(10, 10);
    expect(hasAskedForModule(visit)).toBe(false);
    const { x, y } = await findButton(visit);
    await visit.page.mouse.move(x, y);
    await eventually(async () => expect(await visit.evaluate(`'messenger' in window`)).toBe(true));
    expect([zendeskUrls(visit), (await look(visit)).state]).toEqual([[], 'idle']);
    await visit.page.mouse.click(x, y);
    await untilState(visit, 'away');
    expect(await visit.run(({ fakeZendeskMessenger }) => fakeZendeskMessenger.isOpen)).toBe(true);
  });
});

const findButton = ({ evaluate }: Visit) =>
  evaluate(`(() => {
    const { left, top, width, height } = ${BUTTON}.getBoundingClientRect();
    return { x: left + width / 2, y: top + height / 2 };
  })()`) as Promise<{ x: number; y: number }>;

async function clickWithPointer(visit: Visit): Promise<void> {
  const { x, y } = await findButton(visit);
  await visit.page.mouse.click(x, y);
}

/** See www.w3.org/TR/WCAG22/#dfn-contrast-ratio. */
function contrast(one: readonly number[], other: readonly number[]): number {
  const luminance = (color: readonly number[]) => {
    const [r, g, b] = color.map((byte) => {
      const part = byte / 255;
      return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
    }) as [number, number, number];
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}
