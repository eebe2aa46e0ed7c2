// The manifest with which the token doctor can be installed. A browser test asks Chromium whether it can.
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

const read = (name: string) => readFileSync(`examples/doctor/${name}`, 'utf8');
const manifest = JSON.parse(read('manifest.webmanifest')) as {
  icons: { src: string; sizes: string; purpose: string }[];
};
const svg = read('icon.svg');
const decode = (url: string) => Buffer.from(url.slice(url.indexOf(',') + 1), 'base64');

it('has the icons that installing needs, without a request: as data: URLs of their size', () => {
  const [drawing, ...pngs] = manifest.icons;
  expect(decode(drawing!.src).toString(), 'Run: node tools/run.js icons').toBe(svg);
  const sizes = pngs.map(({ src, purpose }) => {
    expect(src).toMatch(/^data:image\/png;base64,/);
    // Width and height in a PNG's header.
    return [decode(src).readUInt32BE(16), decode(src).readUInt32BE(20), purpose];
  });
  expect(sizes).toEqual([
    [192, 192, 'any'],
    [512, 512, 'any'],
    [512, 512, 'maskable'],
  ]);
  expect(pngs.map(({ sizes }) => sizes)).toEqual(['192x192', '512x512', '512x512']);
});

it('the icon of the page is the same drawing', () => {
  const [, url] = /rel="icon"\s+href="data:image\/svg\+xml,([^"]*)"/.exec(read('index.html'))!;
  const plain = (text: string) => text.replaceAll('"', "'").replace(/\s*\n\s*/g, '');
  expect(plain(decodeURIComponent(url!))).toBe(plain(svg));
});
