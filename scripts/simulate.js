// Runs simulate/main.ts in Node: its types are only taken away here, `npm run check:types` looks at them.
import { pathToFileURL } from 'node:url';
import { rollup } from 'rollup';
import typescript from 'typescript';

const FILE = 'build/simulate/main.js';

const stripTypes = {
  name: 'strip-types',
  async resolveId(source, importer) {
    if (!source.startsWith('.') || !source.endsWith('.js')) return null;
    return this.resolve(source.replace(/\.js$/, '.ts'), importer, { skipSelf: true });
  },
  transform: (code) =>
    typescript.transpileModule(code, { compilerOptions: { target: 'ES2022', verbatimModuleSyntax: true } }).outputText,
};

const bundle = await rollup({
  input: 'simulate/main.ts',
  external: (id) => /^[a-z]/.test(id) && id !== 'simulate/main.ts',
  plugins: [stripTypes],
});
await bundle.write({ file: FILE, format: 'es' });
await bundle.close();
await import(pathToFileURL(FILE).href);
