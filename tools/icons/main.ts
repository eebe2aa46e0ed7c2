// `node tools/run.js icons` draws the token doctor's icons from its SVG, and writes them into its manifest. Needs Chromium.
//
// They are data: URLs, because the page's policy allows no request for an image, and that holds for the icons of a manifest, too.
import { readFileSync, writeFileSync } from 'node:fs';
import { env } from 'node:process';
import { format } from 'prettier';
import { findEngines } from '../../test/browsers/found-engines.js';
import { launchChromium } from '../../test/browsers/puppeteer-engines.js';

const MANIFEST = 'examples/doctor/manifest.webmanifest';
const svg = readFileSync('examples/doctor/icon.svg', 'utf8');
// A maskable icon is cut to any shape: the drawing must be in the inner 80 %, and the color must reach the edges.
const maskable = svg.replace(' rx="96"', '').replace('<path', '<path transform="translate(64 64) scale(0.75)"');
const ICONS = [
  ['any', svg, 192],
  ['any', svg, 512],
  ['maskable', maskable, 512],
] as const;

const toUrl = (type: string, content: string | Uint8Array) =>
  `data:${type};base64,${Buffer.from(content as string).toString('base64')}`;

const browser = await launchChromium(findEngines({ ...env, BROWSERS: 'chromium' }).paths.get('chromium')!);
const page = await browser.newPage();
const icons: object[] = [{ src: toUrl('image/svg+xml', svg), sizes: 'any', type: 'image/svg+xml', purpose: 'any' }];
for (const [purpose, drawing, size] of ICONS) {
  await page.setViewport({ width: size, height: size });
  const image = `<img src="${toUrl('image/svg+xml', drawing)}" width="${size}">`;
  await page.setContent(`<style>body { margin: 0 } img { display: block }</style>${image}`);
  const png = await page.screenshot({ omitBackground: true, optimizeForSpeed: false });
  icons.push({ src: toUrl('image/png', png), sizes: `${size}x${size}`, type: 'image/png', purpose });
}
await browser.close();
const manifest = JSON.parse(readFileSync(MANIFEST, 'utf8')) as object;
writeFileSync(MANIFEST, await format(JSON.stringify({ ...manifest, icons }), { parser: 'json', printWidth: 120 }));
console.log(MANIFEST);
