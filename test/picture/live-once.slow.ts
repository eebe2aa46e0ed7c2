// A visit of the example, recorded as `npm run picture` does. Takes more than a minute: shorter tokens are renewed before
// a refusal counts. Needs `npm run build` first.
import { describe, expect, it, onTestFinished } from 'vitest';
import { drawLife } from '../../tools/picture/draw.js';
import { liveOnce } from '../../tools/picture/live-once.js';
import { readSignedIn, readTokens } from '../../tools/picture/recording.js';
import { startExample } from '../../tools/picture/start-example.js';
import { findEngines } from '../browsers/found-engines.js';
import { launchChromium } from '../browsers/puppeteer-engines.js';

const chromium = findEngines({ ...process.env, BROWSERS: 'chromium' }).paths.get('chromium');

describe.skipIf(chromium === undefined)('in Chromium', () => {
  it('records a sign-in, renewals, a refusal and the sign-out', async () => {
    const [browser, example] = await Promise.all([launchChromium(chromium!), startExample()]);
    onTestFinished(() => (example.close(), browser.close()));
    const told: string[] = [];
    const life = { lifetimeS: 60, revokeAfterMs: 6000, leaveAfterMs: 500 };
    const recording = await liveOnce(await browser.newPage(), example.url, life, (what) => told.push(what));
    const tokens = readTokens(recording);
    expect(tokens.map(({ why }) => why)).toEqual(['sign-in', 'renewal', 'invalid_auth', 'renewal']);
    expect(tokens.map(({ refusedMs }) => refusedMs !== undefined)).toEqual([false, true, false, false]);
    expect(readSignedIn(recording)).toHaveLength(1);
    expect(drawLife(recording)).toContain('then revoked');
    expect(told.at(-1)).toBe('signs out');
  }, 240_000);
});
