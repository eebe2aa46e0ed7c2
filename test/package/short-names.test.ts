// A member that the build shortens must be the session's alone: nobody outside would find it again.
import { readdirSync, readFileSync } from 'node:fs';
import ts from 'typescript';
import { expect, it } from 'vitest';
import { findOwnNames } from '../../tools/package/shorten-names.js';

const names = findOwnNames();

/** Every name of a member in a file: what is declared, read or written. */
function readMembers(path: string): Set<string> {
  const members = new Set<string>();
  const visit = (node: ts.Node): void => {
    if (ts.isPropertyAccessExpression(node)) members.add(node.name.text);
    if ((ts.isTypeElement(node) || ts.isClassElement(node) || ts.isObjectLiteralElement(node)) && node.name)
      members.add(node.name.getText());
    if (ts.isBindingElement(node) && ts.isObjectBindingPattern(node.parent) && !node.dotDotDotToken)
      members.add((node.propertyName ?? node.name).getText());
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(path, readFileSync(path, 'utf8'), ts.ScriptTarget.ES2022, true));
  return members;
}

it.each(['dist/index.d.ts', 'src/core/options.ts', 'src/core/events.ts'])('none is a name in %s', (path) => {
  const members = readMembers(path);
  expect(members.size).toBeGreaterThan(5);
  expect(names.filter((name) => members.has(name))).toEqual([]);
});

// What these read and write is the browser's, Zendesk's or the site's, but for what they share with the session.
const TOLD = ['scriptRan', 'limits', 'nowMs'];

it.each([
  ...readdirSync('src/browser').map((name) => `src/browser/${name}`),
  'src/core/token.ts',
  'src/messenger.ts',
  'src/global.ts',
])('none is a name of somebody else in %s', (path) => {
  const members = readMembers(path);
  expect(names.filter((name) => members.has(name) && !TOLD.includes(name))).toEqual([]);
});

it('all of them are shortened in what is shipped', () => {
  expect(names.length).toBeGreaterThan(30);
  for (const name of ['dist/index.js', 'dist/index.cjs', 'dist/zendesk-messenger-auth.iife.js']) {
    const members = readMembers(name);
    expect(members).toContain('getSnapshot');
    expect(names.filter((own) => members.has(own))).toEqual([]);
  }
});
