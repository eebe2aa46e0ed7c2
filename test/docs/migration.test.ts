// @vitest-environment jsdom
// What the documentation says to those who come from other code: what a frozen token does, and where each name has gone.
import { readFileSync } from 'node:fs';
import { runInThisContext } from 'node:vm';
import ts from 'typescript';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createMessenger, type Messenger } from '../../src/index.js';
import {
  createFakeBackend,
  installFakeMessenger,
  signToken,
  type FakeBackend,
  type InstalledMessenger,
} from '../../src/testing/index.js';
import { blockWith, tableOf } from './read-docs.js';

describe('a token that expires', () => {
  const AFTER = blockWith('// After');
  let backend: FakeBackend;
  let zendesk: InstalledMessenger;

  beforeEach(() => {
    vi.useFakeTimers();
    backend = createFakeBackend({ key: /key: '(.*?)'/.exec(AFTER)![1]! });
    zendesk = installFakeMessenger({ fetch: backend.fetch });
    vi.stubGlobal('fetch', async (_url: string, { method }: RequestInit) => {
      expect(method).toBe('POST');
      const iat = Math.floor(Date.now() / 1000);
      return new Response(signToken({ scope: 'user', external_id: 'user-1', iat, exp: iat + 900 }, backend.account));
    });
  });

  afterEach(() => {
    zendesk.uninstall();
    localStorage.clear();
    vi.unstubAllGlobals();
    vi.useRealTimers();
  });

  /** As whom two messages are sent, one after the other, a quarter of an hour after the sign-in. */
  async function writeLater() {
    await vi.advanceTimersByTimeAsync(5000);
    expect(zendesk.visitor).toEqual({ kind: 'user', externalId: 'user-1' });
    await vi.advanceTimersByTimeAsync(900_000);
    const sent = [];
    for (const text of ['hello', 'is anybody there?']) {
      const sending = zendesk.send(text);
      await vi.advanceTimersByTimeAsync(5000);
      sent.push(await sending);
    }
    return sent;
  }

  it('ends the session of a page that hands over a frozen one', async () => {
    const snippet = document.createElement('script');
    snippet.id = 'ze-snippet';
    snippet.src = `https://static.zdassets.com/ekr/snippet.js?key=${backend.account.key}`;
    document.head.append(snippet);
    await vi.advanceTimersByTimeAsync(1000);
    runInThisContext(blockWith('// Before'));
    expect(await writeLater()).toEqual([{ failed: '401: Invalid JWT' }, { sentAs: 'anonymous' }]);
  });

  it('does no harm to one that has followed the documentation', async () => {
    const code = AFTER.replace(/^import .*/m, '').replace('export ', '');
    const run = runInThisContext(`(createMessenger) => { ${code} return messenger; }`) as (
      create: typeof createMessenger,
    ) => Messenger;
    const messenger = run(createMessenger);
    const asUser = { sentAs: 'user', externalId: 'user-1' };
    expect(await writeLater()).toEqual([asUser, asUser]);
    messenger.destroy();
  });
});

describe('react-use-zendesk', () => {
  const FOLDER = 'node_modules/react-use-zendesk/dist/';
  const rows = tableOf('react-use-zendesk') as [theirs: string, ours: string][];
  const allOurs = rows.map(([, ours]) => ours).join();
  const parse = (path: string) => ts.createSourceFile(path, readFileSync(path, 'utf8'), ts.ScriptTarget.ES2022);

  function exportsOf(path: string): string[] {
    return parse(path).statements.flatMap((node) =>
      ts.isExportDeclaration(node) && node.exportClause && ts.isNamedExports(node.exportClause)
        ? node.exportClause.elements.map(({ name }) => name.text)
        : [],
    );
  }

  /** What a component is given, and what a hook gives. */
  function membersOf(path: string, typeName: string): string[] {
    return parse(path).statements.flatMap((node) =>
      ts.isTypeAliasDeclaration(node) && node.name.text === typeName && ts.isTypeLiteralNode(node.type)
        ? node.type.members.map(({ name }) => (name as ts.Identifier).text)
        : [],
    );
  }

  it('has no name that is missing in the table, and none that it has not', () => {
    const types = `${FOLDER}index.d.ts`;
    const taken = membersOf(types, 'ZendeskProviderProps');
    const given = membersOf(types, 'ZendeskContextValues');
    expect(Math.min(taken.length, given.length)).toBeGreaterThan(10);
    const named = rows.flatMap(([theirs]) => theirs.match(/\w+/g) ?? []);
    expect(named.sort()).toEqual([...exportsOf(types), ...taken, ...given].sort());
  });

  it('makes the calls of zE that the table has, but for those of signing in and out', () => {
    const theirs = [...readFileSync(`${FOLDER}index.mjs`, 'utf8').matchAll(/"(messenger(?::\w+)?)","(\w+)"/g)]
      .map(([, scope, action]) => `${scope} ${action}`)
      .filter((call) => !/ log(in|out)User$/.test(call));
    const ours = [
      ...[...allOurs.matchAll(/messenger\.zE\('([\w:]+)', '(\w+)'/g)].map(([, scope, action]) => `${scope} ${action}`),
      ...[...allOurs.matchAll(/messenger\.on\('(\w+)'/g)].map(([, event]) => `messenger:on ${event}`),
    ];
    expect(theirs.length).toBeGreaterThan(20);
    expect(ours.sort()).toEqual([...new Set(theirs)].sort());
  });

  it('is replaced by names that this library has', () => {
    const named = allOurs.match(/\b(?:Messenger|Conversation)\w+/g)!;
    expect(named.length).toBeGreaterThan(3);
    expect(exportsOf('src/index.ts')).toEqual(expect.arrayContaining(named));
  });
});
