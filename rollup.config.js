import { readFileSync } from 'node:fs';
import { nodeResolve } from '@rollup/plugin-node-resolve';
import terser from '@rollup/plugin-terser';
import { dts } from 'rollup-plugin-dts';
import ts from 'typescript';
import { shortenNames } from './tools/package/shorten-names.js';
import { useArrows } from './tools/package/use-arrows.js';

// An unresolved import or a cycle fails the build.
function onwarn(warning) {
  throw new Error(`${warning.code}: ${warning.message}`);
}

const { config } = ts.readConfigFile('tsconfig.json', ts.sys.readFile);
const { options: compilerOptions } = ts.convertCompilerOptionsFromJson(config.compilerOptions, '.');
const transpiled = new Map();

// Removes the types, one file at a time, and keeps the result for the next bundle. `npm run check:types` checks the types.
const removeTypes = {
  name: 'remove-types',
  transform(code, id) {
    if (!id.endsWith('.ts')) return null;
    if (!transpiled.has(id)) transpiled.set(id, ts.transpileModule(code, { compilerOptions, fileName: id }).outputText);
    return { code: transpiled.get(id), map: null };
  },
};

// The version of the package, for the report of the devtools.
const { version } = JSON.parse(readFileSync('package.json', 'utf8'));
const withVersion = {
  name: 'with-version',
  transform: (code, id) => (id.endsWith('/devtools/version.ts') ? code.replace('__VERSION__', version) : null),
};

const compile = [nodeResolve({ extensions: ['.ts', '.js'] }), removeTypes];

// Its licence asks to be kept with every copy. A comment with "!" survives minification at a user's site.
function nobleLicense({ moduleIds }) {
  if (!moduleIds.some((id) => id.includes('@noble/hashes'))) return '';
  const text = readFileSync('node_modules/@noble/hashes/LICENSE', 'utf8').trim();
  return `/*!\nContains @noble/hashes (MIT) © Paul Miller\n\n${text}\n*/`;
}

const shared = { banner: nobleLicense, generatedCode: 'es2015' };
const script = {
  ...shared,
  format: 'iife',
  name: 'ZendeskMessengerAuth',
  exports: 'named',
  // The global is an object like any other: nobody imports it.
  esModule: false,
  generatedCode: { preset: 'es2015', symbols: false },
};
const minify = (preamble) => terser({ ecma: 2020, compress: { passes: 3 }, format: { preamble } });

// Does what a site's minifier does not dare, because it does not know this code: reading a property has no side effects
// here, and no function is used as a constructor. Names and functions stay, so the file can still be read.
const compress = () =>
  terser({
    ecma: 2020,
    mangle: false,
    compress: {
      pure_getters: true,
      unsafe_arrows: true,
      unsafe_methods: true,
      inline: 0,
      reduce_funcs: false,
      sequences: false,
    },
    format: { beautify: true },
  });

// Nearly every function runs until the visitor is signed in. Chromium compiles them all while the file arrives, beside the
// page's main thread, where it would compile one after the other: https://github.com/WICG/explicit-javascript-compile-hints-file-based
const COMPILE_HINT = '//# allFunctionsCalledOnLoad';

// The token doctor stays a file of its own, which a bundler makes a chunk of. CommonJS keeps import(), too: with
// require() a bundler would put it beside the rest.
const isChunk = (id) => id.endsWith('/inspect/explain.js');
const chunkAt = (file) => ({ paths: (id) => (isChunk(id) ? file : id) });

const library = (input, name, ...plugins) => ({
  input,
  onwarn,
  external: isChunk,
  plugins: [...compile, ...plugins],
  output: [
    { ...shared, ...chunkAt('./explain.js'), file: `dist/${name}.js`, format: 'es' },
    { ...shared, ...chunkAt('./explain.cjs'), file: `dist/${name}.cjs`, format: 'cjs' },
  ],
});

// The entry ./testing/setup uses the file of ./testing.
const isTesting = (id) => id.endsWith('/testing/index.js');
const testingAt = (file) => ({ paths: (id) => (isTesting(id) ? file : id) });
const setup = [
  ['index', 'js', 'es', './testing.js'],
  ['index-commonjs', 'cjs', 'cjs', './testing.cjs'],
].map(([input, ending, format, testing]) => ({
  input: `src/testing-setup/${input}.ts`,
  onwarn,
  external: (id) => isTesting(id) || id === 'vitest',
  plugins: compile,
  output: { ...shared, ...testingAt(testing), file: `dist/testing-setup.${ending}`, format },
}));
const setupDeclarations = {
  input: 'src/testing-setup/index.ts',
  onwarn,
  external: isTesting,
  plugins: [dts({ tsconfig: './tsconfig.build.json' })],
  output: [
    { ...testingAt('./testing.js'), file: 'dist/testing-setup.d.ts', format: 'es' },
    { ...testingAt('./testing.cjs'), file: 'dist/testing-setup.d.cts', format: 'es' },
  ],
};

const declarations = (input, name, ...plugins) => ({
  input,
  onwarn,
  plugins: [...plugins, dts({ tsconfig: './tsconfig.build.json' })],
  output: [
    { file: `dist/${name}.d.ts`, format: 'es' },
    { file: `dist/${name}.d.cts`, format: 'es' },
  ],
});

const byName = {
  name: 'by-name',
  resolveId: (id) => (id === './index.js' ? { id: 'zendesk-messenger-auth', external: true } : null),
};

// The same from a folder: a messenger has the type of the main entry, not that of a copy.
const byNameFromFolder = {
  name: 'by-name-from-folder',
  resolveId: (id) => (id === '../index.js' ? { id: 'zendesk-messenger-auth', external: true } : null),
};

// A global can be declared only once, so a program with ESM and CommonJS must find the same declaration from both.
const TYPES_OF_ESM = `import type {} from './globals.js' with { 'resolution-mode': 'import' };\nexport {};\n`;
const asInEsm = { name: 'as-in-esm', renderChunk: () => TYPES_OF_ESM };

// A user's framework is the page's own, so it stays outside. Next.js wants to know which files belong to the browser.
const FRAMEWORKS = /^(react|vue|svelte|@angular\/core)(\/|$)/;
const CLIENT_ONLY = { react: () => "'use client';" };
const adapter = (name) => {
  const input = `src/${name}/index.ts`;
  const code = library(input, name);
  const types = declarations(input, name, byNameFromFolder);
  return [
    {
      ...code,
      external: FRAMEWORKS,
      output: code.output.map((output) => ({ ...output, banner: CLIENT_ONLY[name] })),
    },
    { ...types, external: FRAMEWORKS },
  ];
};

// Types only, but a bundler looks for a module where it sees an import.
const globals = [
  {
    input: 'src/globals.ts',
    onwarn: (warning) => warning.code === 'EMPTY_BUNDLE' || onwarn(warning),
    plugins: compile,
    output: [
      { file: 'dist/globals.js', format: 'es', outro: 'export {};' },
      { file: 'dist/globals.cjs', format: 'cjs' },
    ],
  },
  {
    ...declarations('src/globals.ts', 'globals', byName),
    output: [
      { file: 'dist/globals.d.ts', format: 'es' },
      { file: 'dist/globals.d.cts', format: 'es', plugins: [asInEsm] },
    ],
  },
];

export default [
  library('src/index.ts', 'index', shortenNames(), compress(), useArrows()),
  library('src/testing/index.ts', 'testing'),
  ...setup,
  library('src/inspect/index.ts', 'inspect'),
  library('src/server/index.ts', 'server'),
  library('src/classic/index.ts', 'classic', compress(), useArrows()),
  library('src/launcher/index.ts', 'launcher', compress(), useArrows()),
  library('src/devtools/index.ts', 'devtools', withVersion),
  library('src/inspect/explain.ts', 'explain'),
  declarations('src/index.ts', 'index'),
  declarations('src/testing/index.ts', 'testing'),
  setupDeclarations,
  {
    input: 'src/dev/index.ts',
    onwarn,
    plugins: [dts({ tsconfig: './tsconfig.build.json' })],
    output: { file: 'dist/dev.d.ts', format: 'es' },
  },
  declarations('src/inspect/index.ts', 'inspect'),
  declarations('src/server/index.ts', 'server'),
  declarations('src/classic/index.ts', 'classic'),
  ...['react', 'vue', 'svelte', 'angular'].flatMap(adapter),
  declarations('src/launcher/index.ts', 'launcher', byNameFromFolder),
  declarations('src/devtools/index.ts', 'devtools', byNameFromFolder),
  ...globals,
  {
    input: 'src/global.ts',
    onwarn,
    external: isChunk,
    plugins: [...compile, shortenNames()],
    output: [
      { ...script, file: 'dist/zendesk-messenger-auth.iife.js' },
      {
        ...script,
        file: 'dist/zendesk-messenger-auth.iife.min.js',
        plugins: [compress(), useArrows(), minify(COMPILE_HINT)],
      },
    ],
  },
  {
    input: 'src/inspect/script.ts',
    onwarn,
    plugins: compile,
    output: { ...shared, format: 'iife', file: 'dist/zendesk-messenger-auth.explain.iife.min.js', plugins: [minify()] },
  },
  {
    input: 'src/devtools/script.ts',
    onwarn,
    plugins: [...compile, withVersion],
    output: {
      ...shared,
      format: 'iife',
      file: 'dist/zendesk-messenger-auth.devtools.iife.min.js',
      plugins: [minify()],
    },
  },
  {
    input: 'src/cli/main.ts',
    onwarn,
    external: /^node:/,
    plugins: compile,
    output: { format: 'es', file: 'dist/cli.js', banner: '#!/usr/bin/env node', generatedCode: 'es2015' },
  },
  {
    input: 'src/testing/script.ts',
    onwarn,
    plugins: compile,
    output: { ...shared, format: 'iife', file: 'dist/fake-snippet.iife.js' },
  },
  {
    input: 'src/dev/index.ts',
    onwarn,
    plugins: compile,
    output: { ...shared, format: 'iife', file: 'dist/dev.js' },
  },
];
