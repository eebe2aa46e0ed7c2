// How many bytes a site's visitors download, compressed with brotli. Each limit is today's size and up to 0.5 % more. To
// add bytes, raise the limit in the same commit and say there what they are for. The goal for the main entry is 8,400.
// Where 9,625 bytes of it are (each file's part of the minified code, scaled): the core's decisions 4,860, of these login
// 790, token-supply 590, loading 550, retry 550, session 510, asks 300 and sign-out 270; the driver 1,100; the widget, its
// frames, the snippet and the settings 1,640; the texts of the errors 500; messenger 390; the endpoint 310; the options
// 250; the stored identity 200; page signals, script tags, the clock, the console and marks 380. Later, 490 were added: for
// fields that wait or arrive late, for what is written and set during a lost session, for tokens from before another tab's
// change, and for a reset after a loss. Then 65 for what the handle says about loginUser and for unsafe; in the script tag also
// 375 for what it says about its attributes.
// Then 865 for what endpoints really answer, 250 of them to find a token in any answer, and the others for the checks of tokenUrl as
// an object, for Zendesk's reasons and the check that they contain nothing secret or personal, and for longer texts of errors.
// 330 fewer since then: 140 by arrow functions (tools/package/use-arrows.js), and 120 by texts that come with the doctor. Then 70
// for a login() that is told of an earlier refusal. So what endpoints answer and Zendesk's reasons cost 700; the goal was 500.
// Then 45 for the substitute of ./testing/setup and ./dev, 54 for what ./devtools asks of a messenger: its events, and a
// renewal; and 180 for the limit of attempts while nothing succeeds. 25 are for
// fewer steps and exceptions before a visitor is signed in.
// In the script tag, 126 are for data-debug, which loads the devtools where the page's URL asks for them.
// The doctor's files are loaded only when a sign-in fails. 5,700 bytes of them are for six more findings and their texts: for
// time zones, for what is around a token, and for secrets in a token. Then 75 for the names and remedies of four findings of the
// Web Widget (Classic). Its rules are only in inspect, where they cost 1,250 more.
// An adapter may weigh 1,000.
// The bytes of `devtools` and `testing` are in no site. 900 are for the tokens of the Web Widget (Classic), and 22,500 for checkTokenEndpoint:
// most of these are the doctor, and the others the checks of an endpoint's answers. A test that imports only the fake still has 6,000 of them, because its bundler keeps tables.
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
    // A framework is the site's own.
    external: ['./explain.js', 'react', 'vue', 'svelte', '@angular/core'],
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
  bundled('main entry', 'dist/index.js', 11_130),
  bundled('main entry, load() only', 'tools/size/load-only.js', 11_160),
  shipped('main entry, no bundler', 'dist/index.js', 16_460),
  bundled('doctor, on failure', 'dist/explain.js', 12_720),
  bundled('inspect', 'dist/inspect.js', 15_900),
  bundled('classic', 'dist/classic.js', 2_500),
  bundled('react', 'dist/react.js', 700),
  bundled('vue', 'dist/vue.js', 700),
  bundled('svelte', 'dist/svelte.js', 700),
  bundled('angular', 'dist/angular.js', 700),
  bundled('launcher', 'tools/size/launcher-only.js', 2_500),
  bundled('testing', 'dist/testing.js', 37_500),
  bundled('devtools', 'dist/devtools.js', 11_200),
  shipped('script tag', 'dist/zendesk-messenger-auth.iife.min.js', 12_020),
  shipped('doctor, script tag', 'dist/zendesk-messenger-auth.explain.iife.min.js', 12_830),
];

// tools/size/ asks for more than the limits, for the table in docs/evidence/size.md.
const inUnit = (unit) =>
  checks.map((check) => ({ ...check, ...UNITS[unit], name: `${check.name} ${unit}`, limit: undefined }));
export default process.env.SIZES === 'all' ? ['brotli', 'gzip', 'minified'].flatMap(inUnit) : checks;
