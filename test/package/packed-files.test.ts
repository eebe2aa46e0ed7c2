// Each check of the packed files finds nothing in the package, and finds one thing that is changed there. Needs
// `npm run build` first. publint and attw check what they can. No library finds forbidden texts, extra globals, changed
// built-in objects, and side effects of an import.
import { describe, expect, it } from 'vitest';
import { findChapterFaults } from './find-chapter-faults.js';
import { findForbiddenText } from './find-forbidden-text.js';
import { findPublintFaults, findTypeFaults } from './find-linter-faults.js';
import { findListingFaults } from './find-listing-faults.js';
import { findManifestFaults } from './find-manifest-faults.js';
import { findPageFaults } from './find-page-faults.js';
import { findSideEffects } from './find-side-effects.js';
import { pack, readFiles, type Files } from './pack.js';

type Find = (files: Files) => string[] | Promise<string[]>;

const packed = pack();
const shipped = readFiles(packed.unpacked);
packed.remove();

const append = (name: string, text: string) => ({ [name]: `${shipped[name] ?? ''}\n${text}` });
const script = (text: string) => append('dist/zendesk-messenger-auth.iife.js', text);
const minified = (text: string) => append('dist/zendesk-messenger-auth.iife.min.js', text);

/** package.json with its members changed. */
function manifest(change: (manifest: any) => void): Files {
  const changed = JSON.parse(shipped['package.json']!);
  change(changed);
  return { 'package.json': JSON.stringify(changed) };
}

const SENTENCE = 'Sign a new token for each request, and do not cache it. Set exp to a time in the future.';
const SERVER_SENTENCE = 'getUser failed. See the cause.';
const READ_ONLY = `Object.defineProperty(Promise.prototype, 'then', { writable: false });`;

/** Each with the changes that it finds. `undefined` removes a file. */
describe.each<[string, Find, [what: string, change: Record<string, string | undefined>, problem: string][]]>([
  [
    'The list of files',
    findListingFaults,
    [
      ['an extra file', { 'dist/index.js.map': '{}' }, 'dist/index.js.map is packed, but not listed'],
      ['a missing file', { 'dist/testing.cjs': undefined }, 'dist/testing.cjs is listed in'],
    ],
  ],
  [
    'publint',
    findPublintFaults,
    [
      ['a file that is not there', { 'dist/inspect.cjs': undefined }, 'publint: pkg.exports["./inspect"]'],
      [
        'types that are not the first condition',
        manifest(({ exports }) => (exports['.'].import = { default: './dist/index.js', types: './dist/index.d.ts' })),
        'publint: pkg.exports["."].import.',
      ],
    ],
  ],
  [
    'attw',
    findTypeFaults,
    [
      ['missing types', { 'dist/inspect.d.cts': undefined }, 'attw: '],
      ['a default export', append('dist/index.d.cts', 'export default 1;'), 'attw: FalseExportDefault'],
    ],
  ],
  [
    'The search for forbidden texts',
    findForbiddenText,
    [
      [
        'a sentence of the doctor in the main entry',
        append('dist/index.js', `console.log("${SENTENCE}");`),
        `dist/index.js: contains the doctor's`,
      ],
      [
        'a sentence of the server half in the testing entry',
        append('dist/testing.js', `console.log("${SERVER_SENTENCE}");`),
        `dist/testing.js: contains the server half's`,
      ],
      ['an empty server half', { 'dist/server.js': '' }, 'dist/server.js: the server half says nothing'],
      ['process', append('dist/inspect.cjs', 'if (process.env.A) b();'), 'dist/inspect.cjs: contains process.'],
      [
        'an import of a package',
        append('dist/index.js', `import 'jose';`),
        "dist/index.js: contains an import that is not the doctor's",
      ],
      [
        'another package in an adapter',
        append('dist/vue.js', `import 'pinia';`),
        "dist/vue.js: contains an import that is not the framework's",
      ],
      [
        'another package in an adapter for CommonJS',
        append('dist/react.cjs', `require('redux');`),
        "dist/react.cjs: contains an import that is not the framework's",
      ],
      ['an empty doctor', { 'dist/explain.js': '' }, 'dist/explain.js: the doctor says nothing'],
      [
        'a comment that names a source map',
        append('dist/index.cjs', '//# sourceMappingURL=index.cjs.map'),
        'dist/index.cjs: names a source map',
      ],
    ],
  ],
  [
    'The check of the chapters',
    findChapterFaults,
    [
      [
        'a link to a chapter that is not packed',
        append('docs/csp.md', '[a](./nowhere.md#b)'),
        'docs/csp.md: ](./nowhere',
      ],
      ['too many bytes', append('docs/csp.md', ' '.repeat(100_000)), 'more than 150000'],
      ['a missing index', { 'docs/llms.txt': undefined }, 'docs/llms.txt is not packed'],
    ],
  ],
  [
    'The run of the script-tag files in an empty page',
    findPageFaults,
    [
      ['a second global', minified('var more = 1;'), 'ZendeskMessengerAuth, more'],
      ['a missing global', { 'dist/zendesk-messenger-auth.iife.js': '' }, 'defines no global'],
      ['a global constant', minified('const more = 1;'), "'more' has already"],
      ['a new member of a prototype', script('Array.prototype.last = undefined;'), 'Array.prototype.last,'],
      ['a replaced function', minified('Promise.all = Promise.any;'), 'Promise.all,'],
      ['a read-only function', script(READ_ONLY), 'Promise.prototype.then,'],
      ['a frozen object', script('Object.preventExtensions(Math);'), 'Math.[[Extensible]],'],
      ['a change behind other objects', script('Object.getPrototypeOf(Int8Array).last = 1;'), '.last,'],
      ['a removed global', script('delete globalThis.WeakRef;'), 'changes WeakRef,'],
      ['another prototype', script('Object.setPrototypeOf(Array.prototype, {});'), 'Array.prototype.[[Prototype]],'],
      ['a script that throws', minified('fail();'), 'fail is not defined'],
    ],
  ],
  [
    'The search for side effects of an import',
    findSideEffects,
    [['a call', append('dist/testing.js', 'fetch("/");'), 'fetch("/");']],
  ],
  [
    'The check of package.json',
    findManifestFaults,
    [
      ['an install script', manifest(({ scripts }) => (scripts.postinstall = 'node a.js')), '"postinstall" runs'],
      ['node-gyp', { 'binding.gyp': '{}' }, 'node-gyp at every install'],
      ['a dependency', manifest((json) => (json.dependencies = { jose: '6.0.0' })), 'has dependencies'],
      ['a peer dependency', manifest((json) => (json.peerDependencies.react = '19')), '"peerDependencies" is'],
      [
        'a peer that is not optional',
        manifest((json) => delete json.peerDependenciesMeta.vue),
        '"peerDependenciesMeta" is',
      ],
      ['another license', manifest((json) => (json.license = 'ISC')), '"license" is "ISC"'],
      ['another license file', { LICENSE: 'ISC License' }, 'LICENSE is not the MIT License'],
      ['an extra entry', manifest(({ exports }) => (exports['./dist/*'] = './dist/*')), '"exports" is'],
      ['a missing entry', manifest(({ exports }) => delete exports['./inspect']), '"exports" is'],
      ['missing CommonJS', manifest(({ exports }) => delete exports['.'].require), '"exports" is'],
      [
        'an entry with the file of another',
        manifest(({ exports }) => (exports['./inspect'].import.default = './dist/explain.js')),
        '"exports" is',
      ],
      ['a missing side effect', manifest(({ sideEffects }) => sideEffects.pop()), '"sideEffects" is'],
      ['another main', manifest((json) => (json.main = './dist/index.js')), '"main" is "./dist/index.js"'],
      ['another module', manifest((json) => (json.module = './dist/inspect.js')), '"module" is "./dist/inspect.js"'],
      ['other types', manifest((json) => (json.types = './dist/testing.d.ts')), '"types" is "./dist/testing.d.ts"'],
      ['another file at a CDN', manifest((json) => (json.unpkg = './dist/index.js')), '"unpkg" is "./dist/index.js"'],
      ['another file at jsDelivr', manifest((json) => (json.jsdelivr = './dist/index.js')), '"jsdelivr" is'],
    ],
  ],
])('%s', (_what, find, changes) => {
  it('finds nothing in the package', async () => {
    expect(await find(shipped)).toEqual([]);
  });

  it.each(changes)('finds %s', async (_name, change, problem) => {
    const present = Object.entries({ ...shipped, ...change }).filter(([, text]) => text !== undefined);
    const problems = await find(Object.fromEntries(present) as Files);
    expect(problems).not.toEqual([]);
    for (const found of problems) expect(found).toContain(problem);
  });
});
