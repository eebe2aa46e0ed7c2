// One repository, one package and one version, wherever they are named.
import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { PAGES } from '../docs/read-docs.js';

const manifest = JSON.parse(readFileSync('package.json', 'utf8'));
const lock = JSON.parse(readFileSync('package-lock.json', 'utf8'));
const home = /^git\+(https:\/\/github\.com\/[\w-]+\/[\w-]+)\.git$/.exec(manifest.repository.url)![1]!;
const CHANGELOG = readFileSync('CHANGELOG.md', 'utf8');
const workflows = readdirSync('.github/workflows').map((name) => `.github/workflows/${name}`);
const DOCUMENTS = [...PAGES.keys(), 'CHANGELOG.md', 'SECURITY.md', 'CONTRIBUTING.md', 'src/README.md', ...workflows];

it('package.json links to the repository', () => {
  expect(manifest.homepage).toBe(`${home}#readme`);
  expect(manifest.bugs.url).toBe(`${home}/issues`);
  expect(home.endsWith(`/${manifest.name}`)).toBe(true);
});

it('every link to GitHub leads to the repository', () => {
  const links = DOCUMENTS.flatMap((path) => readFileSync(path, 'utf8').match(/\bgithub\.com\/[^\s)>"']*/g) ?? []);
  expect(links.length).toBeGreaterThan(0);
  // The JWT libraries of the endpoints in other languages.
  const others = /^github\.com\/(?:auth0\/node-jsonwebtoken|golang-jwt\/jwt|jwt\/ruby-jwt)\b/;
  const unknown = links.filter((link) => !`https://${link}/`.startsWith(`${home}/`) && !others.test(link));
  expect(unknown).toEqual([]);
});

it('every install command, import and CDN address has the name of the package', () => {
  const text = DOCUMENTS.map((path) => readFileSync(path, 'utf8')).join('\n');
  expect(text).toContain(`npm install ${manifest.name}\n`);
  const cdn = [...text.matchAll(/(?:unpkg\.com|jsdelivr\.net\/npm)\/([^\s"'/]+)/g)].map(([, name]) => name);
  expect(cdn).toHaveLength(4);
  for (const name of cdn) expect(name).toBe(`${manifest.name}@${manifest.version}`);
  const alike = text.match(/\bzendesk-messenger[\w-]+/g)!;
  expect(new Set(alike)).toEqual(new Set([manifest.name]));
});

it('the first entry of the changelog is this version, also in the lock file, and no entry is empty', () => {
  const versions = [...CHANGELOG.matchAll(/^## (.*)/gm)].map(([, version]) => version!);
  expect(versions[0]).toBe(manifest.version);
  expect([lock.name, lock.version, lock.packages[''].version]).toEqual([
    manifest.name,
    manifest.version,
    manifest.version,
  ]);
  for (const entry of CHANGELOG.split(/^## /m).slice(1)) expect(entry).toMatch(/^- \S/m);
});
