// Makes a copied app work without a network: fills in its service worker's constants, and adds the script that starts the
// worker to its page. The worker is not started on the example's server, where the files change while somebody edits them.
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join, posix } from 'node:path';

const WORKER = 'service-worker.js';
const STARTER = '<script type="module" src="./offline.js"></script>';

/**
 * Returns the version: a hash of the contents of all files, so that a change of any of them is a new version.
 *
 * @param site - the folder of the built site
 * @param paths - the app's files, relative to that
 */
export function saveOffline(site: string, folder: string, paths: readonly string[]): string {
  const page = join(site, folder, 'index.html');
  writeFileSync(page, replaceOnce(readFileSync(page, 'utf8'), '</head>', `  ${STARTER}\n  </head>`));
  const sum = createHash('sha256');
  for (const path of paths)
    sum
      .update(`${path}\0`)
      .update(readFileSync(join(site, path)))
      .update('\0');
  const version = sum.digest('hex').slice(0, 16);
  const kept = paths.filter((path) => posix.basename(path) !== WORKER).map((path) => toRelative(folder, path));
  const worker = join(site, folder, WORKER);
  const text = replaceOnce(readFileSync(worker, 'utf8'), "const VERSION = 'none';", `const VERSION = '${version}';`);
  writeFileSync(worker, replaceOnce(text, 'const FILES = [];', `const FILES = ${JSON.stringify(kept, null, 2)};`));
  return version;
}

/** As the worker requests it. A host may redirect `index.html` to the folder, and a redirect cannot answer a navigation. */
function toRelative(folder: string, path: string): string {
  const relative = posix.relative(folder, path);
  if (relative === 'index.html') return './';
  return relative.startsWith('.') ? relative : `./${relative}`;
}

function replaceOnce(text: string, before: string, after: string): string {
  const parts = text.split(before);
  if (parts.length !== 2) throw new Error(`${before} must be there once`);
  return parts.join(after);
}
