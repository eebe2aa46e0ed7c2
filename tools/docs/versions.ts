// The versions that the tests run with, for docs/verified-with.md. They stand in the manifests, so no page can fall behind.
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';

interface Manifest {
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
}

interface Workflow {
  readonly jobs: {
    readonly test: {
      readonly container: { readonly image: string };
      readonly strategy: { readonly matrix: { readonly node: readonly string[] } };
    };
  };
}

const FIXTURES = 'test/consumers/fixtures';

const readManifest = (folder: string) => JSON.parse(readFileSync(`${folder}/package.json`, 'utf8')) as Manifest;

/** @throws Error if the manifest does not have the package any more */
function versionOf(name: string, folder: string): string {
  const { dependencies, devDependencies } = readManifest(folder);
  const version = { ...dependencies, ...devDependencies }[name];
  if (version === undefined) throw new Error(`${folder}/package.json does not have ${name}`);
  return version.replace(/^npm:.*@/, '').replace(/^\^/, '');
}

const inFixture = (fixture: string) => (name: string) => versionOf(name, `${FIXTURES}/${fixture}`);
const here = (name: string) => versionOf(name, '.');

/** Where each table stands: <!-- versions:frameworks -->…<!-- /versions:frameworks -->. */
export const VERSIONS: Readonly<Record<string, { readonly page: string; readonly compose: () => string }>> = {
  'versions:frameworks': { page: 'docs/verified-with.md', compose: composeFrameworks },
  'versions:platforms': { page: 'docs/verified-with.md', compose: composePlatforms },
};

function composeFrameworks(): string {
  const typescript = Object.keys(readManifest(`${FIXTURES}/typescript`).devDependencies!).map((name) =>
    name.replace('typescript-', ''),
  );
  return toTable(
    ['What', 'Versions', 'What runs'],
    [
      ['React', `${here('react')}, ${here('react-18')}`, 'the component of the chapter, and an app built with Vite'],
      ['Next.js', inFixture('next')('next'), 'an app with server-side rendering and the token endpoint'],
      ['Vue', here('vue'), 'the component of the chapter, and an app built with Vite'],
      ['Nuxt', inFixture('nuxt')('nuxt'), 'an app with server-side rendering and the token endpoint'],
      ['Svelte', here('svelte'), 'the component of the chapter'],
      [
        'SvelteKit',
        inFixture('sveltekit')('@sveltejs/kit'),
        'an app with server-side rendering and the token endpoint',
      ],
      [
        'Angular',
        `${here('@angular/core')}, ${inFixture('angular')('@angular/core')}`,
        'the service, and an app with SSR',
      ],
      ['Turbo', here('@hotwired/turbo'), 'a page whose body is replaced'],
      ['Express', here('express'), 'the token endpoint'],
      ['Hono', here('hono'), 'the token endpoint'],
      ['Vite', inFixture('vite')('vite'), 'a build of the packed package'],
      ['webpack', inFixture('webpack')('webpack'), 'a build of the packed package'],
      ['Rollup', inFixture('rollup')('rollup'), 'a build of the packed package'],
      ['esbuild', inFixture('esbuild')('esbuild'), 'a build of the packed package'],
      ['Vitest', inFixture('vitest')('vitest'), 'tests of a page, as in the chapter'],
      ['Jest', inFixture('jest')('jest'), 'tests of a page, as in the chapter'],
      ['Playwright', inFixture('dev-playwright')('@playwright/test'), 'tests of a page, as in the chapter'],
      ['TypeScript', typescript.join(', '), 'the types of all entries'],
    ],
  );
}

function composePlatforms(): string {
  const { test } = (parse(readFileSync('.github/workflows/ci.yml', 'utf8')) as Workflow).jobs;
  const system = test.container.image.replace('debian:', 'Debian ');
  return toTable(
    ['What', 'Versions', 'What runs'],
    [
      ['Node', test.strategy.matrix.node.join(', '), 'everything, also as a user of the packed package'],
      ['Chromium', `the current one in ${system}`, 'all tests in browsers'],
      ['Firefox', `the current ESR in ${system}`, 'all tests in browsers but those of one engine'],
      ['WebKit', `the current WebKitGTK in ${system}`, 'all tests in browsers but those of one engine'],
    ],
  );
}

const toTable = (heads: readonly string[], rows: readonly (readonly string[])[]) =>
  [heads, heads.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |\n`).join('');
