import { existsSync, readFileSync } from 'node:fs';
import { posix } from 'node:path';

const needsMap = (name) => /\.c?js$/.test(name) && name !== 'dist/cli.js';

/**
 * Says where a source map is missing, or does not hold the sources as they are now.
 *
 * @param files - the text of each shipped file by its name
 */
export function findMapFaults(files) {
  return Object.keys(files)
    .filter(needsMap)
    .flatMap((name) => {
      const map = `${name}.map`;
      if (!files[name].trimEnd().endsWith(`//# sourceMappingURL=${posix.basename(map)}`))
        return [`${name} names no map`];
      if (files[map] === undefined) return [`${map} is not shipped`];
      const { sources, sourcesContent = [] } = JSON.parse(files[map]);
      const paths = sources.map((source) => posix.join(posix.dirname(map), source));
      const wrong = paths.filter(
        (path, index) => !existsSync(path) || readFileSync(path, 'utf8') !== sourcesContent[index],
      );
      return [
        ...(paths.some((path) => path.startsWith('src/')) ? [] : [`${map} leads to no source`]),
        ...wrong.map((path) => `${map}: ${path} is not what it holds; build again`),
      ];
    });
}
