// How many bytes a site's visitors download, compressed with brotli. Each limit is today's size and up to 0.5 % more. To
// add bytes, raise the limit in the same commit and say there what they are for. The goal for the main entry is 8,400.
// Where 9,625 bytes of it are (each file's part of the minified code, scaled): the core's decisions 4,860, of these login
// 790, token-supply 590, loading 550, retry 550, session 510, asks 300 and sign-out 270; the driver 1,100; the widget, its
// frames, the snippet and the settings 1,640; the texts of the errors 500; messenger 390; the endpoint 310; the options
// 250; the stored identity 200; page signals, script tags, the clock, the console and marks 380. Later, 490 were added: for
// fields that wait or arrive late, for what is written and set during a lost session, for tokens from before another tab's
// change, and for a reset after a loss. Then 65 for what the handle says about loginUser and for unsafe; in the script tag also
// 375 for what it says about its attributes.
// 865 more are for what endpoints really answer, 250 of them to find a token in any answer: then the checks of tokenUrl as an
// object, Zendesk's reasons and the check that they contain nothing secret or personal, and longer texts of errors. The goal was 500.
// The doctor's files are loaded only when a sign-in fails. 5,000 bytes of them are for six more findings and their texts: for
// time zones, for what is around a token, and for secrets in a token.
import { readFileSync, writeFileSync } from 'node:fs';
import { minify } from 'terser';

const UNITS = { minified: { brotli: false }, gzip: { gzip: true } };
const OPTIONS = { ecma: 2020, module: true, compress: { passes: 3 } };
const minified = new Map();

/** Takes out what esbuild's minifier leaves in. */
const terser = {
  name: 'terser',
  setup(build) {
    build.onEnd(async ({ metafile }) => {
      for (const path of Object.keys(metafile.outputs)) {
        const code = readFileSync(path, 'utf8');
        if (!minified.has(code)) minified.set(code, await minify(code, OPTIONS));
        writeFileSync(path, minified.get(code).code);
      }
    });
  },
};

/** A file as a site's bundler puts it into a page. The token doctor is loaded later, so it is not counted. */
const bundled = (name, path, limit) => ({
  name,
  path,
  limit: `${limit} B`,
  modifyEsbuildConfig: (config) => ({
    ...config,
    format: 'esm',
    target: 'es2022',
    external: ['./explain.js'],
    legalComments: 'none',
    plugins: [terser],
  }),
});

/** A file as it is in the package. */
const shipped = (...check) => ({
  ...bundled(...check),
  modifyEsbuildConfig: undefined,
  disablePlugins: ['@size-limit/esbuild'],
});

const checks = [
  bundled('main entry', 'dist/index.js', 11_090),
  bundled('main entry, load() only', 'tools/size/load-only.js', 11_090),
  shipped('main entry, no bundler', 'dist/index.js', 15_890),
  bundled('doctor, on failure', 'dist/explain.js', 11_900),
  bundled('inspect', 'dist/inspect.js', 13_690),
  bundled('testing', 'dist/testing.js', 13_690),
  shipped('script tag', 'dist/zendesk-messenger-auth.iife.min.js', 11_780),
  shipped('doctor, script tag', 'dist/zendesk-messenger-auth.explain.iife.min.js', 11_960),
];

// tools/size/ asks for more than the limits, for the table in docs/evidence/size.md.
const inUnit = (unit) =>
  checks.map((check) => ({ ...check, ...UNITS[unit], name: `${check.name} ${unit}`, limit: undefined }));
export default process.env.SIZES === 'all' ? ['brotli', 'gzip', 'minified'].flatMap(inUnit) : checks;
