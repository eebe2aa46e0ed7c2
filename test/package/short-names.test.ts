// The build may only shorten names that nothing outside the session uses.
import { readdirSync, readFileSync } from 'node:fs';
import ts from 'typescript';
import { expect, it } from 'vitest';
import { findOwnNames } from '../../tools/package/shorten-names.js';

const names = findOwnNames();

/** Returns the name of every member that a file declares, reads or writes. */
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

it.each(['dist/index.d.ts', 'src/core/options.ts', 'src/core/events.ts'])(
  '%s has no name that the build shortens',
  (path) => {
    const members = readMembers(path);
    expect(members.size).toBeGreaterThan(5);
    expect(names.filter((name) => members.has(name))).toEqual([]);
  },
);

// These files use objects of the browser, Zendesk or the site, except for these members of a token, the session, the ports
// and the driver's parts.
const TOLD = ['raw', 'user', 'scriptRan', 'nowMs', 'startTimer', 'restoreConversation', 'clock', 'fetchToken'].concat([
  'loadDoctor',
  'page',
  'limits',
  'disabledReason',
  'report',
  'logError',
  ...['storedId', 'isAnonymous', 'record', 'readIdentity', 'writeRecord', 'deleteIdentity', 'identity'],
  ...[
    'resetMessenger',
    'takeOffPage',
    'clearConversation',
    'forgetConversation',
    'hasOtherKey',
    'placeTag',
    'removeTag',
  ],
  ...[
    'takeSetting',
    'restoreAll',
    'emptyAll',
    'forgetAll',
    'hasLateFields',
    'ownFields',
    'ownTags',
    'openCalls',
    'stopWaiting',
  ],
]);

it.each([
  ...readdirSync('src/browser').map((name) => `src/browser/${name}`),
  'src/core/token.ts',
  'src/messenger.ts',
  'src/global.ts',
])('%s reads no shortened name of another object', (path) => {
  const members = readMembers(path);
  expect(names.filter((name) => members.has(name) && !TOLD.includes(name))).toEqual([]);
});

it('the package has no long name of the session', () => {
  expect(names.length).toBeGreaterThan(30);
  for (const name of ['dist/index.js', 'dist/index.cjs', 'dist/zendesk-messenger-auth.iife.js']) {
    const members = readMembers(name);
    expect(members).toContain('getSnapshot');
    expect(names.filter((own) => members.has(own))).toEqual([]);
  }
});
