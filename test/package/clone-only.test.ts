// The scripts of package.json are for a clone of the repository. In an installed package they must change nothing. Needs
// `npm run build` first.
import { spawnSync } from 'node:child_process';
import { afterAll, expect, it } from 'vitest';
import { pack, readFiles } from './pack.js';

const { unpacked, remove } = pack();
const before = readFiles(unpacked);
afterAll(remove);

it.each(['build', 'test', 'example', 'bench'])(
  '`npm run %s` stops, says why, and leaves every file unchanged',
  (name) => {
    expect(Object.keys(before).filter((path) => path.startsWith('dist/')).length).toBeGreaterThan(10);
    const { status, stderr } = spawnSync('npm', ['run', name], { cwd: unpacked, encoding: 'utf8' });
    expect(status).not.toBe(0);
    expect(stderr).toContain('This command runs in a clone of the repository, not in an installed package.');
    expect(readFiles(unpacked)).toEqual(before);
  },
);
