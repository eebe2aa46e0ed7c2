// Copies static apps into the documentation site. An app is a folder of examples/ with a page and its modules. It uses
// relative URLs only, so it works below any base and on the example's server, which has the same paths.
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { saveOffline } from './save-offline.js';

export interface App {
  /** In examples/, and on the site. */
  readonly folder: string;
  /** What it uses from outside its folder: files of examples/, such as `style.css`, and of dist/, such as `dist/index.js`. */
  readonly files: readonly string[];
  /** Whether it has a service worker with which it works without a network. Default: false. */
  readonly isOffline?: boolean;
}

export interface Folders {
  readonly examples: string;
  readonly dist: string;
  /** The built site. */
  readonly site: string;
}

export function readApps(path: string): App[] {
  return JSON.parse(readFileSync(path, 'utf8')) as App[];
}

/**
 * Returns the paths of the copied files, below the site's folder.
 *
 * @throws if the site or a file of dist/ is not built
 */
export function copyApps(apps: readonly App[], { examples, dist, site }: Folders): string[] {
  if (!existsSync(join(site, 'index.html'))) throw new Error(`${site}/ has no site. Run: npm run docs`);
  const paths = new Set(apps.flatMap((app) => listFiles(app, examples)));
  for (const path of paths) {
    const isBuilt = path.startsWith('dist/');
    const source = isBuilt ? join(dist, path.slice('dist/'.length)) : join(examples, path);
    if (isBuilt && !existsSync(source)) throw new Error(`${source} is missing. Run: npm run build`);
    mkdirSync(dirname(join(site, path)), { recursive: true });
    cpSync(source, join(site, path));
  }
  for (const app of apps) if (app.isOffline) saveOffline(site, app.folder, listFiles(app, examples));
  return [...paths];
}

/** All files of an app, sorted, relative to the root of the site. Types are for the tests only. */
export function listFiles({ folder, files }: App, examples: string): string[] {
  const own = readdirSync(join(examples, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.name.endsWith('.d.ts'))
    .map(({ parentPath, name }) => join(parentPath, name).slice(examples.length + 1));
  return [...own.map((path) => path.replaceAll('\\', '/')), ...files].sort();
}
