import { rollup } from 'rollup';

/** Bundles an import of each entry of which nothing is used, without a hint from package.json: nothing may be left. */
export async function findSideEffects(files) {
  const names = Object.keys(files).filter((name) => /^dist\/(index|inspect|testing|explain)\.js$/.test(name));
  const left = await Promise.all(names.map((name) => bundle(files[name])));
  return names.flatMap((name, index) => (left[index] ? [`${name}: running it does something: ${left[index]}`] : []));
}

async function bundle(code) {
  const built = await rollup({
    input: 'page.js',
    // It would warn that nothing is left.
    logLevel: 'silent',
    external: (id) => id !== 'page.js' && id !== 'entry.js',
    plugins: [
      {
        name: 'shipped',
        resolveId: (id) => (id === 'page.js' || id === 'entry.js' ? id : undefined),
        load: (id) => (id === 'page.js' ? `import 'entry.js';` : code),
      },
    ],
  });
  const { output } = await built.generate({ format: 'es' });
  return output[0].code.trim().slice(-200);
}
