// What `npm run check:package` finds, if it is there: the shipped files with one thing changed. Needs `npm run build` first.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

type Files = Record<string, string>;
type Find = (files: Files) => string[] | Promise<string[]>;

const shipped: Files = Object.fromEntries(
  readFileSync('tools/package/package-files.txt', 'utf8')
    .trim()
    .split('\n')
    .map((name) => [name, readFileSync(name, 'utf8')]),
);

const load = (name: string) => import(`../../tools/package/${name}.js`);
const { findChangedBuiltIns } = (await load('find-changed-built-ins')) as { findChangedBuiltIns: Find };
const { findForbiddenText } = (await load('find-forbidden-text')) as { findForbiddenText: Find };
const { findGlobals } = (await load('find-globals')) as { findGlobals: Find };
const { findMapFaults } = (await load('find-map-faults')) as { findMapFaults: Find };
const { findSideEffects } = (await load('find-side-effects')) as { findSideEffects: Find };
const { findZendeskGlobal } = (await load('find-zendesk-global')) as { findZendeskGlobal: Find };
const { findManifestFaults } = (await load('find-manifest-faults')) as {
  findManifestFaults(manifest: unknown, files: Files): string[];
};
const findInManifest: Find = (files) => findManifestFaults(JSON.parse(files['package.json']!), files);

const append = (name: string, text: string) => ({ [name]: `${shipped[name] ?? ''}\n${text}` });

/** package.json with its members changed. */
function manifest(change: (manifest: any) => void): Files {
  const changed = JSON.parse(shipped['package.json']!);
  change(changed);
  return { 'package.json': JSON.stringify(changed) };
}

/** As if a bundle had this at a place that stems from another source. */
function fromElsewhere(name: string): Files {
  const map = JSON.parse(shipped[`${name}.map`]!);
  const sources = map.sources.map((source: string) => source.replace('browser/widget.ts', 'browser/snippet.ts'));
  return { [`${name}.map`]: JSON.stringify({ ...map, sources }) };
}

const SENTENCE = 'Sign a new token for each request, and do not cache it. Set exp to a time in the future.';

describe.each<[string, Find, [what: string, change: Files, problem: string][]]>([
  [
    'text that must not be in a file',
    findForbiddenText,
    [
      ['the doctor', append('dist/index.js', `console.log("${SENTENCE}");`), `dist/index.js: contains the doctor's`],
      ['process', append('dist/inspect.cjs', 'if (process.env.A) b();'), 'dist/inspect.cjs: contains process.'],
      [
        'a package',
        append('dist/index.js', `import 'jose';`),
        "dist/index.js: contains an import that is not the doctor's",
      ],
      ['a missing doctor', { 'dist/explain.js': '' }, 'dist/explain.js: the doctor says nothing'],
    ],
  ],
  [
    'a use of zE',
    findZendeskGlobal,
    [
      ['in the doctor', append('dist/inspect.js', 'window.zE();'), 'uses zE; its source: '],
      ['as a text', append('dist/explain.cjs', `window['zE'];`), 'uses zE'],
      ['in the command', append('dist/cli.js', 'zE();'), 'dist/cli.js:'],
      ['from another file', fromElsewhere('dist/index.js'), 'browser/snippet.ts'],
      ['minified', fromElsewhere('dist/zendesk-messenger-auth.iife.min.js'), 'browser/snippet.ts'],
    ],
  ],
  [
    'a global',
    findGlobals,
    [
      [
        'more than one',
        append('dist/zendesk-messenger-auth.iife.min.js', 'var more = 1;'),
        'ZendeskMessengerAuth, more',
      ],
      ['none', { 'dist/zendesk-messenger-auth.iife.js': '' }, 'defines no global'],
      ['that is no member', append('dist/zendesk-messenger-auth.iife.min.js', 'const more = 1;'), "'more' has already"],
    ],
  ],
  [
    'a built-in',
    findChangedBuiltIns,
    [
      [
        'with more',
        append('dist/zendesk-messenger-auth.iife.js', 'Array.prototype.last = undefined;'),
        'Array.prototype.last,',
      ],
      ['replaced', append('dist/zendesk-messenger-auth.iife.min.js', 'Promise.all = Promise.any;'), 'Promise.all,'],
      [
        'made read-only',
        append(
          'dist/zendesk-messenger-auth.iife.js',
          `Object.defineProperty(Promise.prototype, 'then', { writable: false });`,
        ),
        'Promise.prototype.then,',
      ],
      [
        'frozen',
        append('dist/zendesk-messenger-auth.iife.js', 'Object.preventExtensions(Math);'),
        'Math.[[Extensible]],',
      ],
      [
        'behind others',
        append('dist/zendesk-messenger-auth.iife.js', 'Object.getPrototypeOf(Int8Array).last = 1;'),
        '.last,',
      ],
      ['gone', append('dist/zendesk-messenger-auth.iife.js', 'delete globalThis.WeakRef;'), 'changes WeakRef,'],
      [
        'with another prototype',
        append('dist/zendesk-messenger-auth.iife.js', 'Object.setPrototypeOf(Array.prototype, {});'),
        'Array.prototype.[[Prototype]],',
      ],
      ['where it fails', append('dist/zendesk-messenger-auth.iife.min.js', 'fail();'), 'fail is not defined'],
    ],
  ],
  ['what an import does', findSideEffects, [['a call', append('dist/testing.js', 'fetch("/");'), 'fetch("/");']]],
  [
    'a source map',
    findMapFaults,
    [
      ['not named', append('dist/index.cjs', '0;'), 'dist/index.cjs names no map'],
      [
        'of older sources',
        { 'dist/index.js.map': shipped['dist/index.js.map']!.replace('loginUser', 'login') },
        'build again',
      ],
      ['of no sources', { 'dist/testing.js.map': '{"sources":[]}' }, 'dist/testing.js.map leads to no source'],
    ],
  ],
  [
    'a fault in package.json',
    findInManifest,
    [
      ['a script', manifest(({ scripts }) => (scripts.postinstall = 'node a.js')), '"postinstall" runs'],
      ['node-gyp', { 'binding.gyp': '{}' }, 'node-gyp at every install'],
      ['a dependency', manifest((json) => (json.dependencies = { jose: '6.0.0' })), 'has dependencies'],
      ['a peer', manifest((json) => (json.peerDependencies = { react: '19' })), 'has peerDependencies'],
      ['a licence', manifest((json) => (json.license = 'ISC')), 'the licence is not MIT'],
      ['an entry', manifest(({ exports }) => (exports['./dist/*'] = './dist/*')), 'exports: ./dist/* is too much'],
      ['no entry', manifest(({ exports }) => delete exports['./inspect']), 'exports: ./inspect is missing'],
      [
        'types behind',
        manifest(({ exports }) => (exports['.'].import = { default: './dist/index.js', types: './dist/index.d.ts' })),
        '"types" does not come first in ., import',
      ],
      ['CommonJS', manifest(({ exports }) => delete exports['.'].require), 'the conditions of .: require is missing'],
      ['side effects', manifest(({ sideEffects }) => sideEffects.pop()), 'sideEffects: ./dist/'],
      ['main', manifest((json) => (json.main = './dist/index.js')), '"main" is ./dist/index.js, not ./dist/index.cjs'],
      ['module', manifest((json) => (json.module = './dist/inspect.js')), '"module" is ./dist/inspect.js'],
      ['types', manifest((json) => (json.types = './dist/testing.d.ts')), '"types" is ./dist/testing.d.ts'],
      [
        'another file',
        manifest(({ exports }) => (exports['./inspect'].import.default = './dist/explain.js')),
        './inspect, import: ./dist/explain.js is not ./dist/inspect.js',
      ],
      ['a CDN', manifest((json) => (json.unpkg = './dist/index.js')), 'a CDN would serve ./dist/index.js'],
    ],
  ],
])('%s', (_what, find, changes) => {
  it('is not in what is shipped', async () => {
    expect(await find(shipped)).toEqual([]);
  });

  it.each(changes)('is found: %s', async (_name, change, problem) => {
    const problems = await find({ ...shipped, ...change });
    expect(problems).not.toEqual([]);
    for (const found of problems) expect(found).toContain(problem);
  });
});
