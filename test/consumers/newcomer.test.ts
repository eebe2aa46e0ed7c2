// Does what a newcomer does: creates an app with Vite, and follows the README and the chapter on tests to which it links,
// command by command and block by block.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, inject, it } from 'vitest';
import { findEngines } from '../browsers/found-engines.js';
import { launchChromium } from '../browsers/puppeteer-engines.js';
import { BLOCKS, README, type Block } from '../docs/read-docs.js';
import { createFolder, openProject, type Project } from './install.js';
import { serveFiles } from './static-site.js';
import { visitShop } from './visit-shop.js';

const { paths, notRun } = findEngines({ ...process.env, BROWSERS: 'chromium' });
if (notRun) console.warn(notRun);

/** The chapter on tests. */
const [, CHAPTER = ''] = /\[Testing\]\((docs\/[\w-]+\.md)\)/.exec(README)!;

/** The first block of this page that fits. */
function firstBlock(file: string, fits: (block: Block) => boolean): string {
  const found = BLOCKS.find((block) => block.file === file && fits(block));
  if (!found) throw new Error(`${file} has no block for ${String(fits)}`);
  return found.code;
}

const firstCommand = (file: string) => firstBlock(file, ({ language }) => language === 'sh').trim();
const pageCode = firstBlock('README.md', ({ code }) => code.includes('export const messenger'));
const configuration = firstBlock(CHAPTER, ({ code }) => code.startsWith('// vitest.config.ts'));
const testCode = firstBlock(CHAPTER, ({ code }) => code.includes("from './messenger'"));
/** The lines on tests in the README itself. */
const shortConfiguration = firstBlock('README.md', ({ code }) => code.includes('setupFiles'));
const shortTest = firstBlock('README.md', ({ code }) => code.includes("from 'zendesk-messenger-auth/testing/setup'"));
const [MODULE = '', TEST = ''] = ['messenger.ts', 'messenger.test.ts'].map(
  (name) => new RegExp(`(?<=\`)[\\w/]*/${name}(?=\`)`).exec(README)![0],
);
const [, shortInstall = ''] = /Run `(npm install -D [^`]*)`/.exec(README)!;
const [, shortRun = ''] = /`npx (vitest run)`/.exec(README)!;

/** A page that imports the messenger, and shows what is in its snapshot. */
const SHOWING_STATUS = `import { messenger } from './messenger';
messenger.subscribe(() => (document.title = messenger.getSnapshot().status));`;

/** The versions that run on the oldest Node that this library supports. */
const { devDependencies: VERSIONS } = JSON.parse(
  readFileSync(join(import.meta.dirname, 'fixtures/vitest/package.json'), 'utf8'),
) as { devDependencies: Readonly<Record<string, string>> };

/** The arguments of an npm command of the documentation, with the packages that are here. */
function argumentsOf(command: string): string[] {
  const [npm, ...words] = command.split(' ');
  expect(npm).toBe('npm');
  return words.map((word) => {
    if (word === 'zendesk-messenger-auth') return inject('tarball');
    return VERSIONS[word] ? `${word}@${VERSIONS[word]}` : word;
  });
}

describe('A newcomer', () => {
  let project: Project;
  const npm = (command: string) => project.run('npm', [...argumentsOf(command), '--prefer-offline']);

  beforeAll(async () => {
    const home = openProject(createFolder('newcomer'));
    const template = ['--template', 'react-ts', '--no-interactive'];
    await home.run('npm', ['create', '--yes', 'vite@9.3.0', 'shop', '--', ...template]);
    project = openProject(join(home.folder, 'shop'));
    await npm('npm install');
    await npm(firstCommand('README.md'));
    project.write(MODULE, pageCode);
  }, 600_000);

  it('runs the test of the README, and then that of the chapter', async () => {
    await npm(shortInstall);
    project.write('vitest.config.ts', shortConfiguration);
    project.write(TEST, shortTest);
    const run = () => project.run('npx', [...shortRun.split(' '), '--testTimeout=60000']);
    expect(await run()).toMatch(/Tests +1 passed \(1\)/);
    await npm(firstCommand(CHAPTER));
    project.write('vitest.config.ts', configuration);
    project.write('src/chapter.test.ts', testCode);
    expect(await run()).toMatch(/Tests +[2-9]\d* passed \(\d+\)/);
  });

  it.skipIf(!paths.has('chromium'))('builds the app, whose page signs the user in', async () => {
    const [main, index] = ['src/main.tsx', 'index.html'].map((name) =>
      readFileSync(join(project.folder, name), 'utf8'),
    );
    project.write('src/main.tsx', `${SHOWING_STATUS}\n${main}`);
    // What the server of the site writes, as the README says.
    const [body] = /<body data-user-id="\d+">/.exec(pageCode)!;
    project.write('index.html', index!.replace('<body>', body));
    await project.run('npm', ['run', 'build']);
    const site = await serveFiles(join(project.folder, 'dist'));
    const browser = await launchChromium(paths.get('chromium')!);
    try {
      const shop = await visitShop(browser, site.url, '42');
      await shop.page.waitForFunction("document.title === 'signed-in'", { polling: 50 });
      expect(await shop.visitor()).toEqual({ kind: 'user', externalId: '42' });
      expect(await shop.close()).toEqual([]);
    } finally {
      await browser.close();
      await site.stop();
    }
  });
});
