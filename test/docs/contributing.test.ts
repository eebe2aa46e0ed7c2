// What CONTRIBUTING.md names is there, and its release is that of the workflow.
import { existsSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { DOCS } from './read-docs.js';

const CONTRIBUTING = readFileSync('CONTRIBUTING.md', 'utf8');
const { scripts, engines } = JSON.parse(readFileSync('package.json', 'utf8'));
const RELEASE = readFileSync('.github/workflows/release.yml', 'utf8');

const inline = [...CONTRIBUTING.matchAll(/`([^`\n]+)`/g)].map(([, code]) => code!);
const shell = [...CONTRIBUTING.matchAll(/^```sh\n(.*?)^```$/gms)].flatMap(([, code]) => code!.trim().split('\n'));

it('every npm command that it names exists', () => {
  const commands = [...shell, ...inline].filter((code) => code.startsWith('npm '));
  expect(commands.length).toBeGreaterThan(10);
  for (const command of commands) {
    const [, name = command.slice(4)] = /^npm run ([\w:-]+)(?: -- .*)?$/.exec(command) ?? [];
    expect(/^(ci|version .*)$/.test(name) || scripts[name], command).toBeTruthy();
  }
});

it('every file and folder that it names is there', () => {
  const linked = [...CONTRIBUTING.matchAll(/\]\(([^)#:]+)(?:#[^)]*)?\)/g)].map(([, path]) => path!);
  const named = inline.flatMap(
    (code) => code.match(/(?<=^|\s)[\w.-]*\/[\w./-]*|\.?\b[\w-]+\.(?:js|md|ts|txt)\b/g) ?? [],
  );
  expect(linked).toEqual(expect.arrayContaining(['src/README.md', 'tools/README.md', 'CHANGELOG.md']));
  expect(named).toEqual(expect.arrayContaining(['src/core/findings.ts', '.ci/run', 'test/inspect/texts.txt']));
  // Made by the build.
  const missing = [...linked, ...named].filter((path) => !path.startsWith('dist/') && !existsSync(path));
  expect(missing).toEqual([]);
});

it('names the limits where they are', () => {
  expect(CONTRIBUTING).toContain('| `.size-limit.js`');
  expect(readFileSync('.size-limit.js', 'utf8')).toContain('limit: `${limit} B`');
});

it('needs the Node that the package needs', () => {
  expect(engines.node).toBe(`>=${/Node ([\d.]+) or newer/.exec(CONTRIBUTING)![1]}`);
});

it('releases as the workflow does', () => {
  const section = CONTRIBUTING.split('## Release')[1]!;
  const steps = section.match(/^\d\. .*/gm)!;
  const at = (text: string) => steps.findIndex((step) => step.includes(text));
  const order = [
    'npm run changeset:version',
    'npm run docs:tables',
    'npm run bench -- --write',
    'npm run test:all',
    'CI',
    'Tag this commit `v1.2.3`',
  ];
  expect(order.map(at)).toEqual(steps.map((_, index) => index));
  expect(RELEASE).toContain("tags: ['v*']");
  expect(RELEASE).toContain('.ci/run');
  expect(section).toContain('with provenance');
  expect(RELEASE).toContain('--provenance');
  // No token, so no secret.
  expect(RELEASE).not.toMatch(/secrets\.|NODE_AUTH_TOKEN/);
});

it('is short, and found from the documentation', () => {
  expect(CONTRIBUTING.trim().split('\n').length).toBeLessThanOrEqual(80);
  expect(DOCS).toContain('](CONTRIBUTING.md)');
});
