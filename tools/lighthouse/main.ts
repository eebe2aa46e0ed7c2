// `npm run lighthouse` looks at pages of the built site with Lighthouse and prints its scores. `-- --write` writes them into the
// documentation. `-- --pages doctor/,errors` looks at these only. `-- --runs 3` takes the best of three performances: what else
// runs on the computer can only make it worse.
import { readFileSync, writeFileSync } from 'node:fs';
import { env, exit } from 'node:process';
import { parseArgs } from 'node:util';
import { format, resolveConfig } from 'prettier';
import { findEngines } from '../../test/browsers/found-engines.js';
import { launchChromium } from '../../test/browsers/puppeteer-engines.js';
import { writeMarkedText } from '../marked-text.js';
import { serveSite } from '../site/serve-site.js';
import { auditPage, CATEGORIES, type FormFactor, type PageScores } from './audit-page.js';
import { type Audited, findFastest, listBuiltPages, listMisses, scoreTable } from './pages.js';

const PAGE = 'docs/evidence/site.md';
const { values } = parseArgs({
  options: { write: { type: 'boolean' }, pages: { type: 'string' }, runs: { type: 'string', default: '1' } },
});
const runs = Number(values.runs);
if (!Number.isInteger(runs) || runs < 1) throw new Error('--runs takes a number from 1, such as 3.');
const wanted = values.pages?.split(',');

const site = await serveSite();
const pages = listBuiltPages('build/docs').filter(({ path }) => wanted?.includes(path) ?? true);
const chromium = findEngines({ ...env, BROWSERS: 'chromium', CI: 'true' }).paths.get('chromium')!;
const audited: Audited[] = [];
for (const { path, name } of pages) {
  for (const form of ['phone', 'desktop'] as const) {
    console.error(`${audited.length + 1} of ${pages.length * 2}: ${name}, ${form}`);
    const results: PageScores[] = [];
    for (let run = 0; run < runs; run++) results.push(await audit(site.home + path, form));
    audited.push({ name, form, ...findFastest(results) });
  }
}
site.close();

const scores = scoreTable(audited);
const misses = listMisses(audited);
console.log([scores, ...misses].join('\n\n'));
if (values.write) {
  const text = await format(scores, { ...(await resolveConfig(PAGE)), parser: 'markdown' });
  writeFileSync(PAGE, writeMarkedText(readFileSync(PAGE, 'utf8'), 'lighthouse:table', `\n\n${text}\n`));
}
exit(misses.length > 0 ? 1 : 0);

/** In a new browser each time, so that no page finds anything in a cache. */
async function audit(url: string, form: FormFactor): Promise<PageScores> {
  const browser = await launchChromium(chromium);
  try {
    return await auditPage(Number(new URL(browser.wsEndpoint()).port), url, form, CATEGORIES);
  } finally {
    await browser.close();
  }
}
