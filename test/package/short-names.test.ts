// The build may only shorten names that nothing outside the session uses.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { expect, it } from 'vitest';
import { chooseShortNames, findOwnNames, OWN_WORDS } from '../../tools/package/shorten-names.js';

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
  'logWarning',
  ...['storedId', 'isAnonymous', 'record', 'readIdentity', 'writeRecord', 'deleteIdentity', 'identity'],
  ...['resetMessenger', 'takeOffPage', 'forgetConversation', 'hasTag', 'hasOtherKey', 'placeTag', 'removeTag'],
  ...[
    'takeSetting',
    'restoreAll',
    'forgetAll',
    'hasLateFields',
    'dropCalls',
    'allow',
    'allowConversation',
    'ownFields',
    'ownTags',
    'openCalls',
    'stopWaiting',
  ],
  ...['call', 'allowLauncher', 'stop', 'clearings', 'isCleared', 'clearAll', 'holdBack'],
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

/** The library's sources with their types, without the token doctor, which is a file of its own. */
function readTypes() {
  const { config } = ts.readConfigFile('tsconfig.json', (path) => ts.sys.readFile(path));
  const { options } = ts.convertCompilerOptionsFromJson(config.compilerOptions, '.');
  const program = ts.createProgram(['src/index.ts', 'src/global.ts'], { ...options, types: [] });
  const checker = program.getTypeChecker();
  const isOurs = (file: ts.SourceFile) => /\/src\/(?!inspect\/)/.test(file.fileName) && !file.isDeclarationFile;
  const isOwnMember = (member: ts.Symbol) => member.declarations?.some((node) => isOurs(node.getSourceFile()));
  const types = new Set<ts.Type>();
  const strangers: string[] = [];
  const addType = (type: ts.Type): void => {
    types.add(type);
    if (type.isUnion()) type.types.forEach(addType);
  };
  const visit = (node: ts.Node): void => {
    if (ts.isExpression(node) || ts.isTypeNode(node)) addType(checker.getTypeAtLocation(node));
    if (ts.isPropertyAccessExpression(node) && names.includes(node.name.text)) {
      const member = checker.getSymbolAtLocation(node.name);
      if (!member || !isOwnMember(member)) strangers.push(node.getText());
    }
    ts.forEachChild(node, visit);
  };
  program.getSourceFiles().filter(isOurs).forEach(visit);
  const membersOfTypes = [...types].map((type) => checker.getPropertiesOfType(type).filter(isOwnMember));
  return { strangers, membersOfTypes: membersOfTypes.map((members) => members.map(({ name }) => name)) };
}

const { strangers, membersOfTypes } = readTypes();

it('each member with a shortened name belongs to an object of this library', () => {
  expect(strangers).toEqual([]);
});

it('no object has two members with the same short name', () => {
  const code = readdirSync('src', { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts'))
    .map((path) => readFileSync(join('src', path), 'utf8'));
  expect(membersOfTypes.filter((members) => members.includes('wakeAtMs'))).not.toEqual([]);
  // However often each name is used.
  for (const text of ['', code.join('\n')]) {
    const shortNames = chooseShortNames(text);
    const shorten = (name: string) => shortNames[name] ?? name;
    const hasRepeated = (members: string[]) => new Set(members.map(shorten)).size < members.length;
    expect([...membersOfTypes, OWN_WORDS].filter(hasRepeated)).toEqual([]);
  }
});
