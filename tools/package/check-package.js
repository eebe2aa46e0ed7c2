// Looks at the package as npm would publish it: the tarball, not the working directory. Needs `npm run build` first.
import { execFileSync, execSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process, { execPath } from 'node:process';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';
import { findChangedBuiltIns } from './find-changed-built-ins.js';
import { findForbiddenText } from './find-forbidden-text.js';
import { findGlobals } from './find-globals.js';
import { findManifestFaults } from './find-manifest-faults.js';
import { findMapFaults } from './find-map-faults.js';
import { findSideEffects } from './find-side-effects.js';
import { findZendeskGlobal } from './find-zendesk-global.js';

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
  return messages.map((message) => `publint: ${formatMessage(message, pkg, { color: false })}`);
}

/** `node10` knows no `exports` and so no ./testing; everything else must find the right types. */
function checkTypes({ tarball }) {
  const attw = 'node_modules/@arethetypeswrong/cli/dist/index.js';
  const { stdout, stderr } = spawnSync(execPath, [attw, tarball, '--format', 'json'], { encoding: 'utf8' });
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
    ...findMapFaults(files),
    ...findForbiddenText(files),
    ...findZendeskGlobal(files),
    ...findGlobals(files),
    ...findChangedBuiltIns(files),
  ];
  for (const problem of problems) console.error(`✗ ${problem}`);
  if (problems.length === 0) console.log(`✓ ${Object.keys(files).length} files, nothing wrong`);
  process.exitCode = problems.length > 0 ? 1 : 0;
} finally {
  rmSync(temporary, { recursive: true, force: true });
}
