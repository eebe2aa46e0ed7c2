import { posix } from 'node:path';
import ts from 'typescript';

/** What each layer may import. A layer is a file or folder in src/. Types count as imports. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  index: ['create-messenger', 'messenger', 'options', 'core'],
  'create-messenger': ['messenger', 'options', 'inspect', 'substitute'],
  substitute: ['messenger', 'options'],
  globals: ['index'],
  global: ['index', 'messenger', 'browser', 'ports', 'substitute', 'devtools'],
  messenger: ['driver', 'browser', 'options', 'ports', 'core', 'devtools-hook'],
  'devtools-hook': ['core'],
  driver: ['ports', 'core'],
  browser: ['browser', 'options', 'ports', 'core'],
  options: ['core'],
  ports: ['core'],
  core: ['core'],
  testing: ['testing', 'ports', 'core', '@noble/hashes', 'endpoint-check'],
  inspect: ['inspect', 'core'],
  classic: ['classic', 'browser', 'options', 'core'],
  server: ['server'],
  // Of index, only the types: no code of the library is in these entries.
  adapters: ['index'],
  react: ['react', 'adapters', 'index'],
  vue: ['vue', 'adapters', 'index'],
  svelte: ['svelte', 'adapters', 'index'],
  angular: ['@angular/core', 'adapters', 'index'],
  launcher: ['launcher', 'index'],
  'stand-in': ['stand-in', 'testing', 'index', 'substitute', 'devtools-hook'],
  'testing-setup': ['testing-setup', 'stand-in', 'testing', 'index', 'vitest'],
  dev: ['dev', 'stand-in', 'testing', 'index', 'substitute', '@noble/hashes'],
  devtools: ['devtools', 'devtools-hook', 'index', 'browser', 'core', 'launcher', 'testing'],
  'endpoint-check': ['endpoint-check', 'inspect', 'core'],
  cli: ['cli', 'endpoint-check', 'inspect', 'core', 'node:'],
};

/** Only the entry joins the check of an endpoint to the fake. The fake's backend must not share the code that it checks. */
const MAY_IMPORT_CHECK = (path: string) => path === 'src/testing/index.ts' || !path.startsWith('src/testing/');
/** Calls the public `messenger.zE`, not Zendesk's global. */
const MAY_CALL_THE_HANDLE = (path: string) =>
  ['src/adapters/messenger-view.ts', 'src/stand-in/delegating-messenger.ts', 'src/launcher/watch-window.ts'].includes(
    path,
  );
/** Only these files use Zendesk's global: one for each widget, one for its version, and the fake messenger defines it. */
const MAY_NAME_ZE = (path: string) =>
  ['src/browser/widget.ts', 'src/classic/web-widget.ts', 'src/devtools/collection.ts'].includes(path) ||
  path.startsWith('src/testing/');
/** These files may declare a member named zE: in an interface, in a type, or as a key of an object. */
const MAY_DECLARE_ZE = (path: string) => path === 'src/core/commands.ts' || path === 'src/messenger.ts';
/** Declares the type of the global, which leaves nothing at run time. */
const MAY_TYPE_ZE = (path: string) => path === 'src/globals.ts';

/**
 * Returns one line for each violation of the layers. Does not resolve packages, and does not read the disk.
 *
 * @param files - the text of each file by its path, such as `src/core/token.ts`
 */
export function findViolations(files: Readonly<Record<string, string>>): string[] {
  const paths = Object.keys(files).sort();
  const targets = new Map(paths.map((path) => [path, readImports(path, files[path] ?? '')]));
  return [
    ...paths.flatMap((path) => (targets.get(path) ?? []).flatMap((target) => judgeImport(path, target))),
    ...findCycles(targets),
    ...paths.flatMap((path) => findZendeskGlobal(path, files[path] ?? '')),
  ];
}

/** Returns the path of a relative import, and the specifier of a package unchanged. */
function readImports(path: string, text: string): string[] {
  return ts.preProcessFile(text, true, true).importedFiles.map(({ fileName }) => {
    if (!fileName.startsWith('.')) return fileName;
    return posix.join(posix.dirname(path), fileName).replace(/\.js$/, '.ts');
  });
}

function judgeImport(path: string, target: string): string[] {
  const from = layerOf(path);
  const allowed = MAY_IMPORT[from];
  if (!allowed) return [`${path} belongs to no layer`];
  if (target.startsWith('src/') && !target.endsWith('.ts')) return [`${path} imports ${target} without ".js"`];
  const to = layerOf(target);
  const isAllowed = allowed.includes(to) && (to !== 'endpoint-check' || MAY_IMPORT_CHECK(path));
  return isAllowed ? [] : [`${path} must not import ${target} (${from} → ${to})`];
}

function layerOf(target: string): string {
  const [first = '', second = ''] = target.split('/');
  if (first === 'src') return second.replace(/\.ts$/, '');
  if (first.startsWith('node:')) return 'node:';
  return first.startsWith('@') ? `${first}/${second}` : first;
}

function findCycles(targets: ReadonlyMap<string, readonly string[]>): string[] {
  const cycles: string[] = [];
  const finished = new Set<string>();
  function visit(path: string, trail: readonly string[]): void {
    const start = trail.indexOf(path);
    if (start >= 0) {
      cycles.push(`cycle: ${[...trail.slice(start), path].join(' → ')}`);
      return;
    }
    if (finished.has(path)) return;
    for (const target of targets.get(path) ?? []) visit(target, [...trail, path]);
    finished.add(path);
  }
  for (const path of targets.keys()) visit(path, []);
  return cycles;
}

function findZendeskGlobal(path: string, text: string): string[] {
  if (MAY_NAME_ZE(path) || MAY_TYPE_ZE(path) || MAY_CALL_THE_HANDLE(path)) return [];
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.ES2022, true);
  const lines: number[] = [];
  // Looks for names and exact strings. Comments, and messages that mention zE, do not count.
  function visit(node: ts.Node): void {
    if (MAY_DECLARE_ZE(path) && declaresMember(node)) return;
    if ((ts.isIdentifier(node) || ts.isStringLiteralLike(node)) && node.text === 'zE') {
      lines.push(source.getLineAndCharacterOfPosition(node.getStart(source)).line + 1);
    }
    ts.forEachChild(node, visit);
  }
  visit(source);
  return lines.map((line) => `${path}:${line} names zE`);
}

function declaresMember(node: ts.Node): boolean {
  if (ts.isInterfaceDeclaration(node) || ts.isTypeAliasDeclaration(node)) return true;
  if (!ts.isIdentifier(node)) return false;
  const { parent } = node;
  return (ts.isPropertyAssignment(parent) || ts.isMethodDeclaration(parent)) && parent.name === node;
}
