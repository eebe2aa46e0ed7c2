// `npm run bench` measures in Chromium how soon a visitor is signed in, and what that costs, and prints first how many tokens the
// server half signs, and then what pages cost before the first interaction. `-- --write` writes the tables of sign-ins into the
// documentation. `-- --rounds 1` is quick and less exact. `-- --pages` prints only the table of pages.
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { exit } from 'node:process';
import { parseArgs } from 'node:util';
import { format, resolveConfig } from 'prettier';
import type { Browser } from 'puppeteer-core';
import { findEngines } from '../../test/browsers/found-engines.js';
import { listIntegrations, readFiles } from '../../test/bench/integrations.js';
import { LIGHT_MESSENGER } from '../../test/browsers/long-life-page.js';
import { FIRST_PAGES, readFirstFiles } from '../../test/bench/first-pages.js';
import { firstPageTable, measureFirstPage, NOT_COUNTED, type FirstPageCost } from './first-page.js';
import { measureIdleTab } from './idle-tab.js';
import { measureMainThread } from './main-thread.js';
import { openNetwork } from './network.js';
import { startServers } from './servers.js';
import { measureSigning } from './sign-tokens.js';
import { inFreshBrowser, measureSignIn, type SignInTimes } from './sign-in.js';
import { costTable, PROFILES, signInTable } from './table.js';
import { writeMarkedText } from '../marked-text.js';

/** In each round, because these times vary more. A page is compared with the bare loader of the same run. */
const SCRIPT_RUNS = 5;
const PAGE = 'docs/evidence/speed.md';

const { values } = parseArgs({
  options: { rounds: { type: 'string', default: '5' }, write: { type: 'boolean' }, pages: { type: 'boolean' } },
});
const rounds = Number(values.rounds);
if (!Number.isInteger(rounds) || rounds < 1) throw new Error('--rounds takes a number from 1, such as 5.');
const chromium = findEngines({ ...process.env, BROWSERS: 'chromium', CI: 'true' }).paths.get('chromium')!;

const library = readFileSync('dist/zendesk-messenger-auth.iife.min.js', 'utf8');
const fake = readFileSync('dist/fake-snippet.iife.js', 'utf8');
const servers = await startServers(new Map([...(await readFiles(library)), ...(await readFirstFiles())]), fake);
const network = await openNetwork(servers.port);
const measure = <Result>(take: (browser: Browser) => Promise<Result>) => inFreshBrowser(chromium, network.port, take);

const firstPages = FIRST_PAGES.map(({ name, path }) => ({ name, path, costs: [] as FirstPageCost[] }));
Object.assign(servers, { snippet: LIGHT_MESSENGER, isCompressed: true });
for (let round = 1; round <= rounds; round++) {
  console.error(`Round ${round} of ${rounds}: before the first interaction`);
  for (const { path, costs } of firstPages) costs.push(await measure((browser) => measureFirstPage(browser, path)));
}
servers.isCompressed = false;
console.log(`${firstPageTable(firstPages)}\n\n${NOT_COUNTED}\n`);
if (values.pages) exit();

console.error('Signing tokens');
const signing = await measureSigning();
console.log(`${signing}\n`);
const measured = listIntegrations(library).map(({ name, isOurs = false }, index) => ({
  name,
  isOurs,
  path: `/${index}`,
  times: new Map(PROFILES.map((profile) => [profile, [] as SignInTimes[]])),
  scriptMs: [] as number[],
}));

// All integrations in each round, so that a busy moment of the machine affects all of them.
for (let round = 1; round <= rounds; round++) {
  for (const profile of PROFILES) {
    console.error(`Round ${round} of ${rounds}: ${profile.name}`);
    network.roundTripMs = profile.roundTripMs;
    Object.assign(servers, { endpointMs: profile.endpointMs, snippet: fake });
    for (const { path, times } of measured) {
      times.get(profile)!.push(await measure((browser) => measureSignIn(browser, path)));
    }
  }
  console.error(`Round ${round} of ${rounds}: main thread`);
  // The fake's own scripts would take longer than what is measured.
  network.roundTripMs = 0;
  Object.assign(servers, { endpointMs: 0, snippet: LIGHT_MESSENGER });
  for (let run = 0; run < SCRIPT_RUNS; run++) {
    for (const { path, scriptMs } of measured) {
      scriptMs.push(await measure((browser) => measureMainThread(browser, path)));
    }
  }
}
console.error('An idle tab, and 10,000 renewals');
const [idle, version] = await measure(
  async (browser) => [await measureIdleTab(browser), await browser.version()] as const,
);
network.close();
servers.close();

const date = new Date().toISOString().slice(0, 10);
const made = `\`npm run bench\`, ${date}, ${version.replace('/', ' ')}, ${availableParallelism()} processors, ${rounds} rounds:`;
const tables = [made, signInTable(measured, PROFILES), costTable(measured, idle), signing].join('\n\n');
const text = `\n\n${await format(tables, { ...(await resolveConfig(PAGE)), parser: 'markdown' })}\n`;
console.log(text);
if (values.write) {
  const checksum = createHash('sha256').update(text).digest('hex').slice(0, 12);
  writeFileSync(PAGE, writeMarkedText(readFileSync(PAGE, 'utf8'), 'bench', text, checksum));
}
