import type { BundledFile } from './bundle.js';

export function weighSources(files: readonly BundledFile[]): [path: string, bytes: number][];
