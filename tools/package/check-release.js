// Whether this commit may be released as a tag: node tools/package/check-release.js v1.2.3
import { readFileSync } from 'node:fs';
import { argv, exit } from 'node:process';

const [, , tag] = argv;
// The day may have begun already where the release is made.
const today = new Date(Date.now() + 86_400_000).toISOString().slice(0, 10);
const { version } = JSON.parse(readFileSync('package.json', 'utf8'));
const lock = JSON.parse(readFileSync('package-lock.json', 'utf8'));
const readme = readFileSync('docs/script-tag.md', 'utf8');
const entries = readFileSync('CHANGELOG.md', 'utf8').split(/^## /m).slice(1);

function checkTag() {
  if (!tag) return [`Name the tag: node tools/package/check-release.js v${version}`];
  if (tag === `v${version}`) return [];
  return [`The tag is ${tag}, and package.json's version is ${version}. Tag v${version}, or change the version first.`];
}

/** npm would publish it as the latest version, or refuse. */
function checkVersion() {
  if (!version.includes('-')) return [];
  return [`${version} is a prerelease, which release.yml does not publish. Choose a version such as 1.2.3.`];
}

function checkReadme() {
  const others = [...readme.matchAll(/zendesk-messenger-auth@([\w.-]+)\//g)].filter(([, named]) => named !== version);
  return others.map(([, named]) => `docs/script-tag.md has an address with @${named}. Write @${version}.`);
}

function checkLock() {
  if (lock.version === version && lock.packages[''].version === version) return [];
  return [`package-lock.json's version is ${lock.version}, and package.json's is ${version}. Run: npm install`];
}

function checkChangelog() {
  const head = `## [${version}] - YYYY-MM-DD`;
  const at = entries.findIndex((entry) => entry.startsWith(`[${version}]`));
  if (at < 0) return [`CHANGELOG.md has no entry for ${version}. Write one: ${head}`];
  const [title, ...lines] = entries[at].split('\n');
  const [, date = 'no date'] = /\] - (.+)$/.exec(title) ?? [];
  return [
    ...(at > 0 ? [`CHANGELOG.md's entry for ${version} is not the first one. Move it up, or change the version.`] : []),
    ...(isDay(date) && date > today
      ? [`CHANGELOG.md's entry for ${version} is of ${date}, which is still to come.`]
      : []),
    ...(isDay(date) ? [] : [`CHANGELOG.md's entry for ${version} has "${date}" as its day. Write: ${head}`]),
    ...(lines.some((line) => line.startsWith('- ')) ? [] : [`CHANGELOG.md's entry for ${version} lists nothing.`]),
  ];
}

/** A day that the calendar has. */
function isDay(text) {
  const instant = new Date(`${text}T00:00:00Z`);
  return /^\d{4}-\d\d-\d\d$/.test(text) && !isNaN(instant) && instant.toISOString().startsWith(text);
}

const problems = [...checkTag(), ...checkVersion(), ...checkLock(), ...checkChangelog(), ...checkReadme()];
for (const problem of problems) console.error(`✗ ${problem}`);
if (problems.length === 0) console.log(`✓ ${version} may be released`);
exit(problems.length > 0 ? 1 : 0);
