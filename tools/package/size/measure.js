import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

/** How many bytes the files have, as they are and as a server sends them, each compressed on its own. */
export function measure(files) {
  const bytes = files.map(({ code }) => Buffer.from(code));
  const sum = (size) => bytes.reduce((total, file) => total + size(file), 0);
  return {
    minified: sum((file) => file.length),
    gzip: sum((file) => gzipSync(file, { level: 9 }).length),
    brotli: sum((file) => brotliCompressSync(file, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }).length),
  };
}
