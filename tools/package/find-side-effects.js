import { rollup } from 'rollup';

/** Bundles an unused import of each entry, without the hint in package.json. Code that is left is a side effect. */
export async function findSideEffects(files) {
  const names = Object.keys(files).filter((name) => /^dist\/(index|inspect|testing|explain)\.js$/.test(name));
  const left = await Promise.all(names.map((name) => bundle(files[name])));
  return names.flatMap((name, index) => (left[index] ? [`${name}: an import of it runs: ${left[index]}`] : []));
}

async function bundle(code) {
  const shipped = {
    name: 'shipped',
    resolveId: (id) => (id === 'page.js' || id === 'entry.js' ? id : { id, external: true }),
    load: (id) => (id === 'page.js' ? `import 'entry.js';` : code),
  };
  // Silent: rollup warns about an empty bundle, which is what this check wants.
  const built = await rollup({ input: 'page.js', logLevel: 'silent', plugins: [shipped] });
  const { output } = await built.generate({ format: 'es' });
  return output[0].code.trim().slice(-200);
}
