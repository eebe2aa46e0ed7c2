// What a site's bundler makes of an entry, ours and the peers' alike: esbuild joins and minifies, terser gets out the rest.
import { build } from 'esbuild';
import { minify } from 'terser';

/** A site that uses one of these has it anyway. */
const FRAMEWORKS = ['react', 'react-dom'];

/**
 * The files that a page downloads for an entry whose every name is used, each with its source map. What is fetched
 * later, by `import()`, is not among them.
 *
 * @param entry `entryPoints: ['a file or a package']`, or `stdin` for some lines of a site's own code
 */
export async function bundle(folder, entry) {
  const built = await build({
    ...entry,
    absWorkingDir: folder,
    bundle: true,
    minify: true,
    splitting: true,
    format: 'esm',
    target: 'es2022',
    platform: 'browser',
    conditions: ['module', 'production'],
    define: { 'process.env.NODE_ENV': '"production"' },
    external: FRAMEWORKS,
    legalComments: 'none',
    sourcemap: 'external',
    outdir: '.',
    entryNames: 'entry',
    chunkNames: 'chunks/[hash]',
    write: false,
    metafile: true,
    logLevel: 'silent',
  });
  const read = (path) => built.outputFiles.find((file) => file.path.endsWith(`/${path}`)).text;
  return Promise.all(
    downloadedWith('entry.js', built.metafile.outputs).map((path) => shorten(read(path), read(`${path}.map`))),
  );
}

/** The file itself, and what it imports at once. */
function downloadedWith(path, outputs, found = new Set()) {
  if (found.has(path)) return [...found];
  found.add(path);
  for (const { path: imported, kind, external } of outputs[path].imports) {
    if (kind === 'import-statement' && !external) downloadedWith(imported, outputs, found);
  }
  return [...found];
}

async function shorten(code, map) {
  const options = { ecma: 2020, module: true, compress: { passes: 3 } };
  const shortened = await minify(code, { ...options, sourceMap: { content: map, asObject: true } });
  return { code: shortened.code, map: shortened.map };
}
