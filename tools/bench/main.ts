// `npm run bench` measures in Chromium how soon a visitor is signed in, and what that costs. `-- --write` writes the tables
// into the documentation. `-- --rounds 1` is quick and less exact.
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { format, resolveConfig } from 'prettier';
import type { Browser } from 'puppeteer-core';
import { findEngines } from '../../test/browsers/found-engines.js';
import { measureIdleTab } from './idle-tab.js';
import { readIntegrations } from './integrations.js';
import { measureMainThread, SLOWDOWN } from './main-thread.js';
import { openNetwork } from './network.js';
import { LIGHT_MESSENGER, startServers } from './servers.js';
import { inFreshBrowser, measureSignIn, type SignInTimes } from './sign-in.js';
import { costTable, type Profile, PROFILES, signInTable, tellGoal } from './table.js';
import { writeMarkedText } from '../marked-text.js';

/** In each round, because these times vary more. */
const SCRIPT_RUNS = 3;

const { values } = parseArgs({ options: { rounds: { type: 'string', default: '5' }, write: { type: 'boolean' } } });
const rounds = Number(values.rounds);
if (!Number.isInteger(rounds) || rounds < 1) throw new Error('--rounds takes a number from 1, such as 5.');
const chromium = findEngines({ ...process.env, BROWSERS: 'chromium', CI: 'true' }).paths.get('chromium')!;

const library = readFileSync('dist/zendesk-messenger-auth.iife.min.js', 'utf8');
const fake = readFileSync('dist/fake-snippet.iife.js', 'utf8');
const servers = await startServers(fake);
const network = await openNetwork(servers.port);
const integrations = await readIntegrations(library);
integrations.forEach(({ html, files }, index) => {
  servers.files.set(`/${index}`, html);
  for (const [path, text] of Object.entries(files)) servers.files.set(path, text);
});
const measured = integrations.map(({ name, isOurs = false }) => {
  return {
    name,
    isOurs,
    times: new Map<Profile, SignInTimes[]>(PROFILES.map((profile) => [profile, []])),
    scriptMs: [] as number[],
  };
});

const measure = <Result>(take: (browser: Browser) => Promise<Result>) => inFreshBrowser(chromium, network.port, take);

// All integrations in each round, so that a busy moment of the machine affects all of them.
for (let round = 1; round <= rounds; round++) {
  for (const profile of PROFILES) {
    network.setRoundTrip(profile.roundTripMs);
    servers.endpointMs = profile.endpointMs;
    for (const [index, { name, times }] of measured.entries()) {
      progress(`round ${round} of ${rounds}, ${profile.name}: ${name}`);
      times.get(profile)!.push(await measure((browser) => measureSignIn(browser, `/${index}`)));
    }
  }
  network.setRoundTrip(0);
  Object.assign(servers, { endpointMs: 0, snippet: LIGHT_MESSENGER });
  for (const [index, { name, scriptMs }] of measured.entries()) {
    progress(`round ${round} of ${rounds}, main thread: ${name}`);
    for (let time = 0; time < SCRIPT_RUNS; time++) {
      scriptMs.push(await measure((browser) => measureMainThread(browser, `/${index}`)));
    }
  }
  servers.snippet = fake;
}
progress('an idle tab, and 10,000 renewals');
const [idle, version] = await measure(
  async (browser) => [await measureIdleTab(browser, servers.files, library), await browser.version()] as const,
);
network.close();
servers.close();
progress('');

const date = new Date().toISOString().slice(0, 10);
const made = `\`npm run bench\`, ${date}, ${version.replace('/', ' ')}, ${availableParallelism()} processors, ${rounds} rounds:`;
const tables = [
  made,
  signInTable(measured, PROFILES),
  tellGoal(measured, PROFILES),
  costTable(measured, SLOWDOWN, idle),
].join('\n\n');
const PAGE = 'docs/evidence/speed.md';
const text = `\n\n${await format(tables, { ...(await resolveConfig(PAGE)), parser: 'markdown' })}\n`;
console.log(text);
if (values.write) {
  const checksum = createHash('sha256').update(text).digest('hex').slice(0, 12);
  writeFileSync(PAGE, writeMarkedText(readFileSync(PAGE, 'utf8'), 'bench', text, checksum));
}

function progress(text: string): void {
  if (process.stderr.isTTY) process.stderr.write(`\r\x1b[K${text}`);
  else if (text) process.stderr.write(`${text}\n`);
}
