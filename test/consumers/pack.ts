// Packs the package once for all tests, and deletes their projects afterwards.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  export interface ProvidedContext {
    /** The folder for the projects. */
    readonly folder: string;
    /** The tarball that npm would publish. */
    readonly tarball: string;
  }
}

export function setup({ provide }: TestProject): () => void {
  if (!existsSync('dist/index.js')) throw new Error('There is no dist/ to pack. Run `npm run build` first.');
  const folder = mkdtempSync(join(tmpdir(), 'test-package-'));
  execFileSync('npm', ['pack', '--ignore-scripts', '--pack-destination', folder], { stdio: 'pipe' });
  provide('folder', folder);
  provide('tarball', join(folder, readdirSync(folder)[0]!));
  return () => rmSync(folder, { recursive: true, force: true });
}
