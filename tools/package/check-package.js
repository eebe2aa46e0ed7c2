// Checks the tarball that npm would publish. Needs `npm run build` first.
import { execFileSync, execSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process, { execPath } from 'node:process';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';
import { findForbiddenText } from './find-forbidden-text.js';
import { findManifestFaults } from './find-manifest-faults.js';
import { findPageFaults } from './find-page-faults.js';
import { findSideEffects } from './find-side-effects.js';

const FILE_LIST = 'tools/package/package-files.txt';
const temporary = mkdtempSync(join(tmpdir(), 'check-package-'));

function pack() {
  execSync(`npm pack --ignore-scripts --pack-destination "${temporary}"`, { stdio: 'pipe' });
  const tarball = readdirSync(temporary).find((name) => name.endsWith('.tgz'));
  execFileSync('tar', ['-xzf', tarball], { cwd: temporary });
  return { tarball: join(temporary, tarball), folder: join(temporary, 'package') };
}

function readFolder(folder) {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const paths = entries.map((entry) => join(entry.parentPath, entry.name));
  const toName = (path) => path.slice(folder.length + 1).replaceAll('\\', '/');
  return Object.fromEntries(paths.map((path) => [toName(path), readFileSync(path, 'utf8')]));
}

function checkFileList(files) {
  const expected = readFileSync(FILE_LIST, 'utf8').split(/\s+/).filter(Boolean);
  const shipped = Object.keys(files);
  return [
    ...shipped
      .filter((name) => !expected.includes(name))
      .map((name) => `${name} is shipped, but not listed in ${FILE_LIST}`),
    ...expected
      .filter((name) => !shipped.includes(name))
      .map((name) => `${name} is listed in ${FILE_LIST}, but not shipped`),
  ].map((text) => `files: ${text}`);
}

async function checkManifest({ tarball }) {
  const { buffer } = new Uint8Array(readFileSync(tarball));
  const { messages, pkg } = await publint({ strict: true, pack: { tarball: buffer } });
  // A page loads the script-tag files as they are: they are neither CommonJS nor ESM.
  const isScript = ({ code, args }) => code === 'FILE_INVALID_FORMAT' && args.actualFilePath?.includes('.iife.');
  return messages
    .filter((message) => !isScript(message))
    .map((message) => `publint: ${formatMessage(message, pkg, { color: false })}`);
}

// `node10` ignores `exports`, so it finds no ./testing. The files in ./dist/ are for pages, which have no types.
function checkTypes({ tarball }) {
  const attw = 'node_modules/@arethetypeswrong/cli/dist/index.js';
  const { stdout, stderr } = spawnSync(
    execPath,
    [attw, tarball, '--format', 'json', '--entrypoints', '.', './inspect', './testing'],
    { encoding: 'utf8' },
  );
  if (!stdout.startsWith('{')) return [`attw: ${stderr || stdout}`];
  const { analysis } = JSON.parse(stdout);
  if (!analysis.types) return ['attw: the package has no types'];
  return analysis.problems
    .filter((problem) => problem.resolutionKind !== 'node10')
    .map(({ kind, entrypoint = '', resolutionKind = '', ...rest }) => {
      const where = `${entrypoint} ${resolutionKind}`.trim();
      return `attw: ${kind} ${where || JSON.stringify(rest)}`;
    });
}

try {
  const packed = pack();
  const files = readFolder(packed.folder);
  const problems = [
    ...checkFileList(files),
    ...(await checkManifest(packed)),
    ...checkTypes(packed),
    ...findManifestFaults(JSON.parse(files['package.json']), files),
    ...(await findSideEffects(files)),
    ...findForbiddenText(files),
    ...findPageFaults(files),
  ];
  for (const problem of problems) console.error(`✗ ${problem}`);
  if (problems.length === 0) console.log(`✓ ${Object.keys(files).length} files, nothing wrong`);
  process.exitCode = problems.length > 0 ? 1 : 0;
} finally {
  rmSync(temporary, { recursive: true, force: true });
}
