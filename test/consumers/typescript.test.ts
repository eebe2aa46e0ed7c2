// The declarations, under every TypeScript from 5.4 on, as a bundler and as Node look for them.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { beforeAll, describe, expect, it } from 'vitest';
import { install, type Project } from './install.js';

const FIXTURE = join(import.meta.dirname, 'fixtures/typescript');
const { devDependencies } = JSON.parse(readFileSync(join(FIXTURE, 'package.json'), 'utf8')) as {
  devDependencies: Record<string, string>;
};
const compilers = Object.keys(devDependencies);
const read = (name: string) => readFileSync(join(FIXTURE, name), 'utf8');

let project: Project;

beforeAll(async () => {
  project = await install('typescript');
  for (const name of ['use', 'misuse'])
    for (const ending of ['mts', 'cts']) project.write(`${name}.${ending}`, read(`${name}.ts`));
  project.write('develop.mts', read('develop.ts'));
});

const compile = (compiler: string, config: string) => [`node_modules/${compiler}/bin/tsc`, '-p', config];

describe.each(compilers)('The compiler %s', (compiler) => {
  it.each(['bundler', 'node16'])(
    'accepts every public name and rejects every misuse with the module resolution %s',
    async (resolution) => {
      const [, version] = compiler.split('-');
      expect(await project.run('node', [`node_modules/${compiler}/bin/tsc`, '--version'])).toContain(
        `Version ${version}.`,
      );
      await project.run('node', compile(compiler, `tsconfig.${resolution}.json`));
    },
  );
});

it('these tests fail if a wrong use is in use.ts, or a right use is in misuse.ts', async () => {
  const spoilt = {
    use: read('use.ts').replace('known.remedy', 'known.remedies'),
    misuse: read('misuse.ts').replace("build: 'B27'", "build: 'B26'"),
  };
  for (const [name, config] of [
    ['use.ts', 'bundler'],
    ['misuse.ts', 'bundler'],
    ['use.mts', 'node16'],
    ['use.cts', 'node16'],
  ] as const) {
    const subject = name.split('.')[0] as keyof typeof spoilt;
    project.write(name, spoilt[subject]);
    const output = await project.fail('node', compile(compilers.at(-1)!, `tsconfig.${config}.json`));
    expect(output).toMatch(new RegExp(`^${name}.*error TS`));
    project.write(name, read(`${subject}.ts`));
  }
});

it('use.ts uses every public name', () => {
  const source = ts.createSourceFile('use.ts', read('use.ts'), ts.ScriptTarget.ES2022);
  const used = new Map<string, Set<string>>();
  const spaces = new Map<string, string>();
  for (const statement of source.statements) {
    if (!ts.isImportDeclaration(statement) || !statement.importClause) continue;
    const entry = (statement.moduleSpecifier as ts.StringLiteral).text;
    const bindings = statement.importClause.namedBindings!;
    used.set(entry, new Set());
    if (ts.isNamespaceImport(bindings)) spaces.set(bindings.name.text, entry);
    else for (const { name } of bindings.elements) used.get(entry)!.add(name.text);
  }
  (function visit(node: ts.Node): void {
    const [space, name] = ts.isPropertyAccessExpression(node)
      ? [node.expression, node.name]
      : ts.isQualifiedName(node)
        ? [node.left, node.right]
        : [];
    if (space && ts.isIdentifier(space) && spaces.has(space.text)) used.get(spaces.get(space.text)!)!.add(name!.text);
    ts.forEachChild(node, visit);
  })(source);
  for (const [entry, file] of Object.entries({
    '': 'index',
    '/inspect': 'inspect',
    '/classic': 'classic',
    '/launcher': 'launcher',
    '/testing': 'testing',
    '/testing/setup': 'testing-setup',
    '/devtools': 'devtools',
  }))
    expect([...used.get(`zendesk-messenger-auth${entry}`)!].sort()).toEqual(namesIn(`dist/${file}.d.ts`));
});

/** Returns the names that a declaration file exports. */
function namesIn(path: string): string[] {
  const source = ts.createSourceFile(path, readFileSync(path, 'utf8'), ts.ScriptTarget.ES2022);
  const names = source.statements.flatMap((node) =>
    ts.isExportDeclaration(node) && node.exportClause && ts.isNamedExports(node.exportClause)
      ? node.exportClause.elements.map(({ name }) => name.text)
      : [],
  );
  return names.sort();
}
