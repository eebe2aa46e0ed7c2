import { dirname, join } from 'node:path';
import { SITE } from '../../docs/.vitepress/address.js';
import type { Files } from './pack.js';

/** More would slow down each installation, for chapters that few read there. */
const MOST_BYTES = 150_000;

/**
 * Coding assistants read the chapters of the package, which has only some of the site's. A relative link must lead to a file of
 * the package. A link to another chapter has the address of the site.
 */
export function findChapterFaults(files: Files): string[] {
  const chapters = Object.entries(files).filter(([name]) => name.startsWith('docs/'));
  const bytes = chapters.reduce((sum, [, text]) => sum + new TextEncoder().encode(text).length, 0);
  const dead = chapters.flatMap(([name, text]) =>
    [...text.matchAll(/\]\((?!\w+:|#)([^)#]+)[^)]*\)/g)]
      .filter(([, path = '']) => files[join(dirname(name), path)] === undefined)
      .map(([link]) => `${name}: ${link} leads to no file of the package. Use the address at ${SITE}`),
  );
  return [
    ...(bytes > MOST_BYTES ? [`docs/ has ${bytes} bytes, more than ${MOST_BYTES}`] : []),
    ...(files['docs/llms.txt'] === undefined ? ['docs/llms.txt is not packed'] : []),
    ...dead,
  ];
}
