// The examples in the docstrings that a site's developer can meet: those of the public names, and of what these consist of.
import { join, relative } from 'node:path';
import ts from 'typescript';
import type { Block } from './read-docs.js';

const FOLDER = join(import.meta.dirname, '../..');
const SOURCES = join(FOLDER, 'src/');

export interface Example extends Block {
  /** Where its names are imported from. */
  readonly entry: string;
}

/** @param entries - the file of each entry, by the name under which it is imported */
export function readExamples(entries: Readonly<Record<string, string>>): Example[] {
  const { config } = ts.readConfigFile(join(FOLDER, 'tsconfig.json'), ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent({ ...config, include: [] }, ts.sys, FOLDER);
  const program = ts.createProgram(
    Object.values(entries).map((path) => join(FOLDER, path)),
    options,
  );
  const checker = program.getTypeChecker();
  return Object.entries(entries).flatMap(([entry, path]) => {
    const module = checker.getSymbolAtLocation(program.getSourceFile(join(FOLDER, path))!)!;
    const exported = checker.getExportsOfModule(module);
    const values = exported
      .map((symbol) => resolve(checker, symbol))
      .filter(({ flags }) => flags & ts.SymbolFlags.Value);
    const imports = `import { ${values.map(({ name }) => name).join(', ')} } from '${entry}';`;
    return findDeclarations(checker, exported)
      .flatMap(findTags)
      .map(({ code, ...place }) => ({ entry, language: 'ts', code: `${imports} ${code}`, ...place }));
  });
}

function resolve(checker: ts.TypeChecker, symbol: ts.Symbol): ts.Symbol {
  return symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
}

/** The declarations of these symbols, and of all that their types name, as far as they are ours. */
function findDeclarations(checker: ts.TypeChecker, symbols: readonly ts.Symbol[]): ts.Node[] {
  const found = new Set<ts.Node>();
  const add = (symbol: ts.Symbol | undefined): void => {
    for (const node of symbol ? (resolve(checker, symbol).declarations ?? []) : []) {
      if (found.has(node) || !node.getSourceFile().fileName.startsWith(SOURCES)) continue;
      found.add(node);
      visit(node);
    }
  };
  const visit = (node: ts.Node): void => {
    // What a function does inside is nobody's business.
    if (ts.isBlock(node)) return;
    if (ts.isTypeReferenceNode(node)) add(checker.getSymbolAtLocation(node.typeName));
    if (ts.isExpressionWithTypeArguments(node)) add(checker.getSymbolAtLocation(node.expression));
    ts.forEachChild(node, visit);
  };
  symbols.forEach(add);
  return [...found];
}

function findTags(declaration: ts.Node): Pick<Block, 'code' | 'file' | 'line'>[] {
  const source = declaration.getSourceFile();
  const tags: ts.JSDocTag[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isBlock(node)) return;
    tags.push(
      ...ts.getJSDocTags(node).filter(({ tagName, parent }) => tagName.text === 'example' && parent.parent === node),
    );
    ts.forEachChild(node, visit);
  };
  visit(declaration);
  return tags.map((tag) => ({
    code: ts.getTextOfJSDocComment(tag.comment) ?? '',
    file: relative(FOLDER, source.fileName).replaceAll('\\', '/'),
    // The code begins in the line after the tag.
    line: source.getLineAndCharacterOfPosition(tag.getStart(source)).line + 2,
  }));
}
