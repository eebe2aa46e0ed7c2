// Packs the package as npm publishes it. Needs `npm run build` first.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The text of each file, by its path in the package. */
export type Files = Readonly<Record<string, string>>;

export interface Packed {
  /** A new temporary folder, with the tarball and the unpacked files. */
  readonly folder: string;
  readonly tarball: string;
  readonly unpacked: string;
  remove(): void;
}

export function pack(): Packed {
  const folder = mkdtempSync(join(tmpdir(), 'packed-'));
  execFileSync('npm', ['pack', '--ignore-scripts', '--pack-destination', folder], { stdio: 'pipe' });
  const tarball = join(folder, readdirSync(folder)[0]!);
  execFileSync('tar', ['-xzf', tarball], { cwd: folder });
  return { folder, tarball, unpacked: join(folder, 'package'), remove: () => rmSync(folder, { recursive: true }) };
}

export function readFiles(folder: string): Files {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const paths = entries.map(({ parentPath, name }) => join(parentPath, name)).sort();
  const nameOf = (path: string) => path.slice(folder.length + 1).replaceAll('\\', '/');
  return Object.fromEntries(paths.map((path) => [nameOf(path), readFileSync(path, 'utf8')]));
}
