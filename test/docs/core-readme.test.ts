// src/README.md describes the core as it is, and the core's files and functions are short.
import { readdirSync, readFileSync } from 'node:fs';
import ts from 'typescript';
import { expect, it } from 'vitest';

const MOST_LINES = 200;
const MOST_FUNCTION_LINES = 40;

const SOURCES = readdirSync('src/core')
  .filter((name) => name.endsWith('.ts'))
  .map((name) => {
    const text = readFileSync(`src/core/${name}`, 'utf8');
    return ts.createSourceFile(name, text, ts.ScriptTarget.ES2022, /* setParentNodes */ true);
  });

/** Calls `visit` with each node of a file. */
function walk(node: ts.Node, visit: (node: ts.Node) => void): void {
  visit(node);
  ts.forEachChild(node, (child) => walk(child, visit));
}

/** The number of lines from the start of a node to its end, without the comment before it. */
function countLines(source: ts.SourceFile, node: ts.Node): number {
  const lineOf = (position: number) => source.getLineAndCharacterOfPosition(position).line;
  return lineOf(node.getEnd()) - lineOf(node.getStart()) + 1;
}

it('no file of the core is too long', () => {
  const long = SOURCES.map((source) => ({
    file: source.fileName,
    lines: source.text.replace(/\n$/, '').split('\n').length,
  }));
  expect(long.length).toBeGreaterThan(15);
  expect(long.filter(({ lines }) => lines > MOST_LINES)).toEqual([]);
});

it('no function of the core is too long', () => {
  const functions: { place: string; lines: number }[] = [];
  for (const source of SOURCES)
    walk(source, (node) => {
      if (!ts.isFunctionLike(node) || !('body' in node && node.body)) return;
      const line = source.getLineAndCharacterOfPosition(node.getStart()).line + 1;
      functions.push({ place: `${source.fileName}:${line}`, lines: countLines(source, node) });
    });
  expect(functions.length).toBeGreaterThan(80);
  expect(functions.filter(({ lines }) => lines > MOST_FUNCTION_LINES)).toEqual([]);
});
