import type { BuildOptions } from 'esbuild';

export interface BundledFile {
  readonly code: string;
  readonly map: object;
}

export function bundle(folder: string, entry: Pick<BuildOptions, 'entryPoints' | 'stdin'>): Promise<BundledFile[]>;
