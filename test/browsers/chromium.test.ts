import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { findChromium, NOT_RUN } from './chromium.js';

// Said here, because it must be said once: every file of the suite finds out for itself.
if (findChromium(process.env) === undefined) console.warn(NOT_RUN);

const folder = mkdtempSync(join(tmpdir(), 'path-'));

afterEach(() => rmSync(folder, { recursive: true, force: true }));

it('takes the browser that the environment names, or else one on the path', () => {
  const chrome = join(folder, 'google-chrome');
  writeFileSync(chrome, '');
  expect(findChromium({ PATH: folder })).toBeUndefined();
  chmodSync(chrome, 0o755);
  expect(findChromium({ PATH: `/nowhere:${folder}` })).toBe(chrome);
  expect(findChromium({ PATH: folder, PUPPETEER_EXECUTABLE_PATH: '/b' })).toBe('/b');
  expect(findChromium({ PATH: folder, PUPPETEER_EXECUTABLE_PATH: '/b', CHROMIUM_PATH: '/a' })).toBe('/a');
});

it('fails without a browser where CI is set, and says what to install', () => {
  expect(findChromium({ PATH: '/nowhere' })).toBeUndefined();
  expect(() => findChromium({ PATH: '/nowhere', CI: 'true' })).toThrow('apt-get install chromium');
  expect(NOT_RUN).toBe('browser tests not run: no Chromium found. Install one with: apt-get install chromium');
});
