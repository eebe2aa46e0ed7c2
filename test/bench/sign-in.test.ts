// Every page of the bench signs its visitor in: who did not would be fast. Needs `npm run build` first.
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inFreshBrowser } from '../../bench/fresh-browser.js';
import { readIntegrations } from '../../bench/integrations.js';
import { type Servers, startServers } from '../../bench/servers.js';
import { measureSignIn } from '../../bench/sign-in.js';
import { findEngines } from '../browsers/found-engines.js';

const chromium = findEngines({ ...process.env, BROWSERS: 'chromium' }).paths.get('chromium');
const integrations = await readIntegrations(readFileSync('dist/zendesk-messenger-auth.iife.min.js', 'utf8'));

describe.skipIf(chromium === undefined)('in Chromium', () => {
  let servers: Servers;
  beforeAll(async () => {
    servers = await startServers(readFileSync('dist/fake-snippet.iife.js', 'utf8'));
  });
  afterAll(() => servers.close());

  it.each(integrations)('$name: is signed in', async ({ html, files }) => {
    servers.files.set('/page', html);
    for (const [path, text] of Object.entries(files)) servers.files.set(path, text);
    const { sentMs, acceptedMs } = await inFreshBrowser(chromium!, servers.port, (browser) =>
      measureSignIn(browser, '/page'),
    );
    expect(sentMs).toBeGreaterThan(0);
    expect(acceptedMs).toBeGreaterThan(sentMs);
  });
});
