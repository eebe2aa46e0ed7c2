// Each check of `npm run check:package` finds nothing in the package, and finds one thing that is changed there. Needs
// `npm run build` first.
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
const { findForbiddenText } = (await load('find-forbidden-text')) as { findForbiddenText: Find };
const { findPageFaults } = (await load('find-page-faults')) as { findPageFaults: Find };
const { findSideEffects } = (await load('find-side-effects')) as { findSideEffects: Find };
const { findManifestFaults } = (await load('find-manifest-faults')) as {
  findManifestFaults(manifest: unknown, files: Files): string[];
};
const findInManifest: Find = (files) => findManifestFaults(JSON.parse(files['package.json']!), files);

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
const READ_ONLY = `Object.defineProperty(Promise.prototype, 'then', { writable: false });`;

describe.each<[string, Find, [what: string, change: Files, problem: string][]]>([
  [
    'The search for forbidden texts',
    findForbiddenText,
    [
      [
        'a sentence of the doctor in the main entry',
        append('dist/index.js', `console.log("${SENTENCE}");`),
        `dist/index.js: contains the doctor's`,
      ],
      ['process', append('dist/inspect.cjs', 'if (process.env.A) b();'), 'dist/inspect.cjs: contains process.'],
      [
        'an import of a package',
        append('dist/index.js', `import 'jose';`),
        "dist/index.js: contains an import that is not the doctor's",
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
    findInManifest,
    [
      ['an install script', manifest(({ scripts }) => (scripts.postinstall = 'node a.js')), '"postinstall" runs'],
      ['node-gyp', { 'binding.gyp': '{}' }, 'node-gyp at every install'],
      ['a dependency', manifest((json) => (json.dependencies = { jose: '6.0.0' })), 'has dependencies'],
      ['a peer dependency', manifest((json) => (json.peerDependencies = { react: '19' })), 'has peerDependencies'],
      ['another license', manifest((json) => (json.license = 'ISC')), '"license" is "ISC"'],
      ['another license file', { LICENSE: 'ISC License' }, 'LICENSE is not the MIT License'],
      ['an extra entry', manifest(({ exports }) => (exports['./dist/*'] = './dist/*')), '"exports" is'],
      ['a missing entry', manifest(({ exports }) => delete exports['./inspect']), '"exports" is'],
      [
        'types that do not come first',
        manifest(({ exports }) => (exports['.'].import = { default: './dist/index.js', types: './dist/index.d.ts' })),
        '"exports" is',
      ],
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
    const problems = await find({ ...shipped, ...change });
    expect(problems).not.toEqual([]);
    for (const found of problems) expect(found).toContain(problem);
  });
});
