// `npm run picture`: lives through the example in Chromium, and draws what happened for the README. Takes about 1½ minutes.
import { writeFileSync } from 'node:fs';
import { format, resolveConfig } from 'prettier';
import { findEngines } from '../../test/browsers/found-engines.js';
import { launchChromium } from '../../test/browsers/puppeteer-engines.js';
import { drawLife } from './draw.js';
import { liveOnce } from './live-once.js';
import { startExample } from './start-example.js';
import { PICTURE, RECORDING } from './written.js';

// A token is revoked when it is settled, and the visitor leaves when the last one has been for a while.
const LIFE = { lifetimeS: 60, revokeAfterMs: 11_000, leaveAfterMs: 9000 };

const chromium = findEngines({ ...process.env, BROWSERS: 'chromium', CI: 'true' }).paths.get('chromium')!;
const browser = await launchChromium(chromium);
const example = await startExample();
const startedMs = performance.now();
try {
  const recording = await liveOnce(await browser.newPage(), example.url, LIFE, (what) => {
    console.log(`${String(Math.round((performance.now() - startedMs) / 1000)).padStart(3)} s  ${what}`);
  });
  const json = await format(JSON.stringify(recording), { ...(await resolveConfig(RECORDING)), parser: 'json' });
  writeFileSync(RECORDING, json);
  writeFileSync(PICTURE, drawLife(recording));
  console.log(`Written: ${RECORDING}, ${PICTURE}`);
} finally {
  await browser.close();
  example.close();
}
