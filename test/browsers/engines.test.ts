import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { findEngines } from './found-engines.js';

// Throws where BROWSERS names an unknown engine. Such an engine has no test file that could say so.
findEngines(process.env);

let folder: string;
const put = (...names: string[]) => names.forEach((name) => writeFileSync(join(folder, name), '', { mode: 0o755 }));
const found = (environment: Record<string, string>) => Object.fromEntries(findEngines(environment).paths);

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'path-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

it('finds the browsers that the environment names, or else those on the path', () => {
  const PATH = `/nowhere:${folder}`;
  expect(found({ PATH })).toEqual({});
  put('google-chrome', 'firefox-esr', 'WebKitWebDriver', 'Xvfb');
  const all = {
    chromium: join(folder, 'google-chrome'),
    firefox: join(folder, 'firefox-esr'),
    webkit: join(folder, 'WebKitWebDriver'),
  };
  expect(findEngines({ PATH })).toMatchObject({ paths: new Map(Object.entries(all)), notRun: undefined });
  expect(found({ PATH, PUPPETEER_EXECUTABLE_PATH: '/b' })).toEqual({ ...all, chromium: '/b' });
  expect(found({ PATH, PUPPETEER_EXECUTABLE_PATH: '/b', CHROMIUM_PATH: '/a' })).toEqual({ ...all, chromium: '/a' });
  expect(found({ PATH, FIREFOX_PATH: '/f', WEBKIT_DRIVER_PATH: '/w' })).toMatchObject({ firefox: '/f', webkit: '/w' });
  chmodSync(all.firefox, 0o644);
  expect(found({ PATH })).not.toHaveProperty('firefox');
});

it('finds only the browsers that BROWSERS names', () => {
  put('chromium', 'firefox', 'WebKitWebDriver', 'Xvfb');
  expect(Object.keys(found({ PATH: folder, BROWSERS: 'webkit,firefox' }))).toEqual(['webkit', 'firefox']);
  expect(findEngines({ PATH: '/nowhere', BROWSERS: 'webkit' }).notRun).toContain('not run in webkit: not found');
  expect(() => findEngines({ PATH: folder, BROWSERS: 'safari' })).toThrow('BROWSERS names safari. There are: chromium');
});

it('fails without one of them when CI is set, and says what to install', () => {
  const PATH = folder;
  put('chromium', 'WebKitWebDriver');
  expect(findEngines({ PATH }).notRun).toBe(
    'browser tests not run in firefox, webkit: not found. Install with: apt-get install firefox-esr webkit2gtk-driver xvfb',
  );
  expect(() => findEngines({ PATH, CI: 'true' })).toThrow(
    'Install with: apt-get install firefox-esr webkit2gtk-driver',
  );
  put('Xvfb', 'firefox');
  rmSync(join(folder, 'chromium'));
  expect(() => findEngines({ PATH, CI: 'true' })).toThrow('Not found: chromium, and CI is set. Install with: apt-get');
});
