// `npm run picture` uses the example in Chromium for about 1½ minutes, and records and draws what happens.
// `-- --draw` draws the last recording again.
import { readFileSync, writeFileSync } from 'node:fs';
import { format, resolveConfig } from 'prettier';
import { findEngines } from '../../test/browsers/found-engines.js';
import { launchChromium } from '../../test/browsers/puppeteer-engines.js';
import { drawLife } from './draw.js';
import { liveOnce } from './live-once.js';
import type { Recording } from './recording.js';
import { startExample } from './start-example.js';
import { PICTURE, RECORDING } from './written.js';

// The token is revoked some time after its renewal, and the visitor leaves some time after the last renewal.
const LIFE = { lifetimeS: 60, revokeAfterMs: 11_000, leaveAfterMs: 9000 };

if (!process.argv.includes('--draw')) {
  const json = JSON.stringify(await record());
  writeFileSync(RECORDING, await format(json, { ...(await resolveConfig(RECORDING)), parser: 'json' }));
}
writeFileSync(PICTURE, drawLife(JSON.parse(readFileSync(RECORDING, 'utf8')) as Recording));
console.log(`Written: ${PICTURE}`);

async function record(): Promise<Recording> {
  const chromium = findEngines({ ...process.env, BROWSERS: 'chromium', CI: 'true' }).paths.get('chromium')!;
  const browser = await launchChromium(chromium);
  const example = await startExample();
  const startedMs = performance.now();
  try {
    return await liveOnce(await browser.newPage(), example.url, LIFE, (what) => {
      console.log(`${String(Math.round((performance.now() - startedMs) / 1000)).padStart(3)} s  ${what}`);
    });
  } finally {
    await browser.close();
    example.close();
  }
}
