// The URLs in the files of a static app, and which of them lead nowhere.
import { posix } from 'node:path';

const PATTERNS: Readonly<Record<string, RegExp>> = {
  '.html': /\s(?:href|src)="([^"]*)"/g,
  '.js': /(?:^(?:import|export)\b[^;'"]*|\bimport\()['"](\.{1,2}\/[^'"]+)['"]/gm,
  '.css': /(?:@import\s+|url\()['"]?([^'")]+)/g,
  '.webmanifest': /"(?:src|start_url|scope)":\s*"([^"]*)"/g,
};

export function findReferences(path: string, text: string): string[] {
  const pattern = PATTERNS[posix.extname(path)];
  return pattern ? [...text.matchAll(pattern)].map(([, url]) => url!) : [];
}

/** @param files - all files of the app, relative to the root of the site */
export function findDeadReferences(files: readonly string[], read: (path: string) => string): string[] {
  return files.flatMap((file) =>
    findReferences(file, read(file)).flatMap((url) => {
      if (/^(?:https:|data:|#)/.test(url)) return [];
      if (url.startsWith('/') || url.includes(':')) return [`${file}: ${url} is not relative`];
      const target = posix.join(posix.dirname(file), url.replace(/[?#].*/, ''));
      // The start page of the site, or of the example's server.
      if (target === './' || target === '.') return [];
      const isThere = files.includes(target.endsWith('/') ? `${target}index.html` : target);
      return isThere ? [] : [`${file}: ${url} is no file of the app`];
    }),
  );
}
