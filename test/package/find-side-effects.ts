import { rollup, type Plugin } from 'rollup';
import type { Files } from './pack.js';

/** Bundles an unused import of each entry, without the hint in package.json. Code that remains is a side effect. */
export async function findSideEffects(files: Files): Promise<string[]> {
  const names = Object.keys(files).filter((name) =>
    /^dist\/(index|globals|inspect|classic|launcher|react|vue|svelte|angular|server|testing|devtools|explain)\.js$/.test(
      name,
    ),
  );
  const remaining = await Promise.all(names.map((name) => bundleUnusedImport(files[name]!)));
  return names.flatMap((name, index) =>
    remaining[index] ? [`${name}: an import of it runs: ${remaining[index]}`] : [],
  );
}

async function bundleUnusedImport(code: string): Promise<string> {
  const entry: Plugin = {
    name: 'entry',
    resolveId: (id) => (id === 'page.js' || id === 'entry.js' ? id : { id, external: true }),
    load: (id) => (id === 'page.js' ? `import 'entry.js';` : code),
  };
  // Silent, because rollup warns about an empty bundle, which is the expected result.
  const bundle = await rollup({ input: 'page.js', logLevel: 'silent', plugins: [entry] });
  const { output } = await bundle.generate({ format: 'es' });
  // An adapter's framework may have side effects of its own.
  return output[0].code
    .replace(/^import '(react|vue|svelte|@angular\/core)[\w/]*';$/gm, '')
    .trim()
    .slice(-200);
}
