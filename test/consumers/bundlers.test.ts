// What a bundler makes of the package, and what becomes of that in Chromium, where the fake answers for Zendesk.
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

/** What only the doctor says. */
const DOCTOR = ' As a number, it would be ';
/** What is in the library, but in no page of the fixtures. */
const LIBRARY = 'zendesk-messenger-auth:';

describe.skipIf(!paths.has('chromium')).each(['vite', 'webpack', 'rollup', 'esbuild'])('%s', (bundler) => {
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

  it('loads the token doctor, a chunk of its own, when a sign-in fails', async () => {
    const { failed, visitor, loaded } = await visit(browser, built, { external_id: '42', exp: '12345678' });
    expect(failed).toEqual({ code: 'exp_invalid', findings: expect.arrayContaining(['exp_not_number', 'expired']) });
    expect(visitor).not.toMatchObject({ kind: 'user' });
    const doctor = loaded.filter((name) => built[name]!.includes(DOCTOR));
    expect(doctor).toEqual(Object.keys(built).filter((name) => built[name]!.includes(DOCTOR)));
    expect(doctor).toHaveLength(1);
    expect(built[doctor[0]!]!.includes(LIBRARY)).toBe(false);
  });

  it('leaves nothing of an entry that is imported and not used', () => {
    expect(built['nothing.js']).toContain('is used');
    // Enough of it to see more, and not a whole library in the report.
    expect(built['nothing.js']!.length).toBeLessThan(500);
    expect(built['unused.js']!.slice(0, 500)).toBe(built['nothing.js']);
  });

  it('leaves little where only a question about errors is asked', () => {
    expect(built['little.js']).toContain('is ours');
    expect(built['little.js']!.length - built['nothing.js']!.length).toBeLessThan(2_500);
    expect(built['little.js']!.includes(LIBRARY)).toBe(false);
  });
});

function readBuilt(folder: string): Record<string, string> {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => /\.(js|html)$/.test(name));
  return Object.fromEntries(
    names.map((name) => [name.replaceAll('\\', '/'), readFileSync(join(folder, name), 'utf8')]),
  );
}
