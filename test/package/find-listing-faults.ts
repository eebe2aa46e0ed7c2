import { readFileSync } from 'node:fs';
import type { Files } from './pack.js';

const LIST = 'test/package/package-files.txt';

/** Compares the names of the packed files with the list. */
export function findListingFaults(files: Files): string[] {
  const listed = readFileSync(LIST, 'utf8').trim().split('\n');
  const packed = Object.keys(files);
  return [
    ...packed.filter((name) => !listed.includes(name)).map((name) => `${name} is packed, but not listed in ${LIST}`),
    ...listed.filter((name) => !packed.includes(name)).map((name) => `${name} is listed in ${LIST}, but not packed`),
  ];
}
