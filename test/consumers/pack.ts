// Packs the package once for all tests, and takes their projects away when they are done.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  export interface ProvidedContext {
    /** Where the projects are made. */
    readonly folder: string;
    /** What npm would publish. */
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
