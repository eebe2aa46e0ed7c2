// Bundles the package with each bundler, and runs the result in Chromium. The fake backend takes the place of Zendesk.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findEngines } from '../browsers/found-engines.js';
import { launchChromium } from '../browsers/puppeteer-engines.js';
import { install } from './install.js';
import { visit } from './visit.js';

const { paths, notRun } = findEngines({ ...process.env, BROWSERS: 'chromium' });
if (notRun) console.warn(notRun);

/** A text that is only in the token doctor. */
const DOCTOR = ' As a number, it would be ';
/** A text that is in the library, but in no page of the fixtures. */
const LIBRARY = 'zendesk-messenger-auth:';

describe.skipIf(!paths.has('chromium')).each(['vite', 'webpack', 'rollup', 'esbuild'])(
  'A page that is bundled by %s',
  (bundler) => {
    let browser: Browser;
    let built: Record<string, string>;

    beforeAll(async () => {
      const { folder, run } = await install('page', bundler);
      await run('npm', ['run', 'build']);
      built = readBuilt(join(folder, 'dist'));
      browser = await launchChromium(paths.get('chromium')!);
    }, 240_000);
    afterAll(() => browser?.close());

    it('signs in, and does not load the token doctor', async () => {
      const { signedIn, visitor, loaded } = await visit(browser, built, { external_id: '42' });
      expect(signedIn).toEqual({ status: 'signed-in', externalId: '42' });
      expect(visitor).toEqual({ kind: 'user', externalId: '42' });
      expect(loaded.some((name) => built[name]!.includes(LIBRARY))).toBe(true);
      expect(loaded.filter((name) => built[name]!.includes(DOCTOR))).toEqual([]);
    });

    it('loads the token doctor from its own chunk when a sign-in fails', async () => {
      const { failed, visitor, loaded } = await visit(browser, built, { external_id: '42', exp: '12345678' });
      expect(failed).toEqual({ code: 'exp_invalid', findings: expect.arrayContaining(['exp_not_number', 'expired']) });
      expect(visitor).not.toMatchObject({ kind: 'user' });
      const doctor = loaded.filter((name) => built[name]!.includes(DOCTOR));
      expect(doctor).toEqual(Object.keys(built).filter((name) => built[name]!.includes(DOCTOR)));
      expect(doctor).toHaveLength(1);
      expect(built[doctor[0]!]!.includes(LIBRARY)).toBe(false);
    });

    it('contains nothing of an entry that it imports but does not use', () => {
      expect(built['nothing.js']).toContain('is used');
      // Only the beginning, so that a failure does not print a whole library.
      expect(built['nothing.js']!.length).toBeLessThan(500);
      expect(built['unused.js']!.slice(0, 500)).toBe(built['nothing.js']);
    });

    it('contains little of the library if it only uses isMessengerAuthError()', () => {
      expect(built['little.js']).toContain('is ours');
      expect(built['little.js']!.length - built['nothing.js']!.length).toBeLessThan(2_500);
      expect(built['little.js']!.includes(LIBRARY)).toBe(false);
    });
  },
);

function readBuilt(folder: string): Record<string, string> {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => /\.(js|html)$/.test(name));
  return Object.fromEntries(
    names.map((name) => [name.replaceAll('\\', '/'), readFileSync(join(folder, name), 'utf8')]),
  );
}
