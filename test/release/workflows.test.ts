// .github/workflows cannot be run here. What they name is there, and what they may do is little.
import { accessSync, constants, existsSync, readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { parse } from 'yaml';

interface Step {
  readonly uses?: string;
  readonly run?: string;
  readonly env?: Record<string, string>;
  readonly with?: Record<string, string>;
}

interface Job {
  readonly steps: readonly Step[];
  readonly container?: { readonly image: string; readonly options: string };
  readonly permissions?: Record<string, string>;
  readonly 'timeout-minutes'?: number;
  readonly strategy?: { readonly matrix: { readonly node: readonly string[] } };
  readonly needs?: string;
}

interface Part {
  readonly name: string;
  readonly sets: readonly string[];
  readonly after?: string[];
}

interface Workflow {
  readonly on: Record<string, unknown>;
  readonly permissions: Record<string, string>;
  readonly concurrency?: { readonly group: string };
  readonly jobs: Record<string, Job>;
}

const FOLDER = '.github/workflows';
const texts = readdirSync(FOLDER).map((name) => readFileSync(`${FOLDER}/${name}`, 'utf8'));
const workflows = texts.map((text) => parse(text) as Workflow);
const ci = parse(readFileSync(`${FOLDER}/ci.yml`, 'utf8')) as Workflow;
const docs = parse(readFileSync(`${FOLDER}/docs.yml`, 'utf8')) as Workflow;
const release = parse(readFileSync(`${FOLDER}/release.yml`, 'utf8')) as Workflow;
const jobs = workflows.flatMap((workflow) => Object.values(workflow.jobs));
const steps = jobs.flatMap((job) => job.steps);
const runs = steps.flatMap(({ run }) => run ?? []);
const parts = JSON.parse(readFileSync('tools/test/parts.json', 'utf8')) as Part[];
const { scripts, engines } = JSON.parse(readFileSync('package.json', 'utf8'));

it('each action is pinned to one commit, with its version in a comment', () => {
  const pinned = texts.flatMap((text) => [
    ...text.matchAll(/^ +- uses: ([\w-]+\/[\w-]+)@([0-9a-f]{40}) # (v\d+\.\d+\.\d+)$/gm),
  ]);
  expect(pinned.map(([, action, commit]) => `${action}@${commit}`)).toEqual(steps.flatMap(({ uses }) => uses ?? []));
  expect(pinned.length).toBeGreaterThan(5);
  const versions = new Map(pinned.map(([, action, ...version]) => [action, version]));
  for (const [, action, ...version] of pinned) expect(version, action).toEqual(versions.get(action));
});

it('CI runs on the oldest Node that the package allows and on each later supported one', () => {
  const { node } = ci.jobs['test']!.strategy!.matrix;
  expect(`>=${node[0]}`).toBe(engines.node);
  expect(node.map((version) => parseInt(version))).toEqual([20, 22, 24]);
  expect(ci.on).toEqual({ push: { branches: ['main'] }, pull_request: null });
});

it('both workflows run everything, in all three browsers', () => {
  for (const { jobs } of [ci, release]) {
    const step = jobs['test']!.steps.find(({ run }) => run === '.ci/run');
    expect(step?.env).toEqual({ HOME: '/root' });
    // .ci/run asks apt-get for browsers, and those need shared memory.
    expect(jobs['test']!.container).toEqual({ image: 'debian:12', options: '--init --shm-size=1g' });
  }
  accessSync('.ci/run', constants.X_OK);
  const script = readFileSync('.ci/run', 'utf8');
  expect(script).toMatch(/^npm ci .*^if .*\(npm test && npm run test:rest\)/ms);
  for (const name of ['chromium', 'firefox-esr', 'webkit2gtk-driver', 'xvfb']) expect(script).toContain(name);
  // A browser that is missing is an error then.
  expect(script).toContain('export CI=true');
});

it('npm test and npm run test:rest together run every check', () => {
  expect(scripts.test).toBe('node tools/test/main.js quick');
  expect(scripts['test:rest']).toBe('node tools/test/main.js rest');
  expect(scripts['test:all']).toBe('node tools/test/main.js all');
  const namesOf = (set: string) => parts.filter(({ sets }) => sets.includes(set)).map(({ name }) => name);
  // check:clone is for the other scripts, check:package is a part of test:unit, and test:all and test:rest run them.
  const checks = Object.keys(scripts).filter((name) =>
    /^(build|docs|lint|size|size:check|check:(?!clone|package).*|test:(?!all|rest).*)$/.test(name),
  );
  expect([...new Set([...namesOf('quick'), ...namesOf('rest')])].sort()).toEqual(checks.sort());
  expect(namesOf('all').sort()).toEqual(checks);
  // A thousand random lives in the one, and 5,000 in the other.
  expect(namesOf('quick').filter((name) => namesOf('rest').includes(name))).toEqual(['test:lives']);
  for (const { sets, after = [] } of parts) {
    // What a part needs runs in the same set, or in `npm test` before.
    for (const set of sets) expect([...namesOf('quick'), ...namesOf(set)]).toEqual(expect.arrayContaining(after));
  }
});

it('the release uses a Node whose npm can publish without a token', () => {
  // npm 11.5.1, https://docs.npmjs.com/trusted-publishers; Node 24 has had it from its first year.
  const setup = release.jobs['publish']!.steps.find(({ uses }) => uses?.includes('/setup-node@'));
  expect(parseInt(setup!.with!['node-version']!)).toBeGreaterThanOrEqual(24);
});

it('every npm script and file that the workflows run exists', () => {
  const commands = [...runs, readFileSync('.ci/run', 'utf8')].join('\n');
  const names = [...commands.matchAll(/\bnpm (?:run )?([\w:-]+)/g)].map(([, name]) => name!);
  expect(names).toEqual(expect.arrayContaining(['ci', 'test', 'pack', 'publish']));
  const npmOwn = ['ci', 'pack', 'publish'];
  expect(names.filter((name) => !npmOwn.includes(name) && !scripts[name])).toEqual([]);
  const files = commands.match(/(?:\.ci|tools)\/[\w./-]+/g)!;
  expect(files).toContain('tools/test/results.js');
  expect(files.filter((path) => !existsSync(path))).toEqual([]);
});

it('each workflow may only read, has a timeout, and does not run twice at a time', () => {
  for (const { permissions, concurrency } of workflows) {
    expect(permissions).toEqual({ contents: 'read' });
    expect(concurrency?.group).toBeTruthy();
  }
  for (const job of jobs) expect(job['timeout-minutes']).toBeGreaterThan(0);
  const more = Object.entries({ ...ci.jobs, ...docs.jobs, ...release.jobs }).filter(([, job]) => job.permissions);
  expect(more.map(([name, { permissions }]) => [name, permissions])).toEqual([
    ['deploy', { pages: 'write', 'id-token': 'write' }],
    ['publish', { 'id-token': 'write' }],
  ]);
  for (const step of steps) {
    if (step.uses?.startsWith('actions/checkout@')) expect(step.with).toEqual({ 'persist-credentials': false });
  }
});

it('the documentation is published with each version, because its script tags have the hashes of that version', () => {
  expect(docs.on).toEqual({ push: { tags: ['v*'] } });
  const { build, deploy } = docs.jobs;
  expect(build!.steps.flatMap(({ run }) => run ?? [])).toEqual(['npm ci', 'npm run build', 'npm run docs']);
  const upload = build!.steps.find(({ uses }) => uses?.includes('/upload-pages-artifact@'));
  expect(upload!.with).toEqual({ path: 'build/docs' });
  expect(deploy!.needs).toBe('build');
  expect(deploy!.steps.flatMap(({ run }) => run ?? [])).toEqual([]);
});

it('no command contains an expression of GitHub, which could inject a command', () => {
  expect(runs.filter((run) => run.includes('${{'))).toEqual([]);
});

it('a release publishes the tested tarball, after the tag was compared and everything passed', () => {
  expect(release.on).toEqual({ push: { tags: ['v*'] } });
  expect(Object.keys(release.jobs)).toEqual(['test', 'publish']);
  const { test, publish } = release.jobs;
  expect(test!.steps.flatMap(({ run }) => run ?? [])).toEqual([
    `test "$GITHUB_REF_NAME" = "v$(node -p "require('./package.json').version")"`,
    'test -z "$(ls .changeset/*.md 2>/dev/null)"',
    '.ci/run',
    'npm pack --ignore-scripts',
  ]);
  expect(publish!.needs).toBe('test');
  expect(publish!.steps.flatMap(({ run }) => run ?? [])).toEqual(['npm publish ./*.tgz --provenance --access public']);
  const artifact = (job: Job, name: string) => job.steps.find(({ uses }) => uses?.includes(name))!.with!['name'];
  expect(artifact(publish!, 'download-artifact')).toBe(artifact(test!, 'upload-artifact'));
});
