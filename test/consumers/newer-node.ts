// Some frameworks need a newer Node than this library. Their fixtures have it as a package, one for each system.
import { readdirSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';

/** The Node for the commands of a project: the one that it installed, or else the one that runs these tests. */
export function findNode(folder: string): string {
  const packages = readdirSync(join(folder, 'node_modules')).filter((name) =>
    new RegExp(`^node-(bin-)?${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}$`).test(name),
  );
  const [name] = packages;
  if (name === undefined) return process.execPath;
  return join(folder, 'node_modules', name, 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
}

/** The variable `PATH` with which the project's commands find that Node first. */
export function nodePath(folder: string): string {
  return [dirname(findNode(folder)), process.env['PATH']].join(delimiter);
}
