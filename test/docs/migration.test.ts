// @vitest-environment jsdom
// What the documentation says to those who come from other code: what a frozen token does, and where each name has gone.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { runInThisContext } from 'node:vm';
import ts from 'typescript';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createClassicAuth } from '../../src/classic/index.js';
import { createMessenger, type Messenger } from '../../src/index.js';
import {
  createFakeBackend,
  installFakeMessenger,
  signToken,
  type FakeBackend,
  type InstalledMessenger,
} from '../../src/testing/index.js';
import { blockWith, PAGES, tableOf } from './read-docs.js';

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

describe('react-zendesk', () => {
  const LIBRARY = readFileSync('node_modules/react-zendesk/lib/index.js', 'utf8');
  const rows = tableOf('react-zendesk') as [theirs: string, ours: string][];

  it('has no name that is missing in the table, and none that it has not', () => {
    const taken = [...LIBRARY.matchAll(/(?:\bthis|_this)\$?\.?props\.(\w+)/g)].map(([, name]) => name!);
    const { default: component, ZendeskAPI } = createRequire(import.meta.url)('react-zendesk') as Record<
      string,
      unknown
    >;
    expect([typeof component, typeof ZendeskAPI]).toEqual(['function', 'function']);
    const named = rows.slice(0, -1).flatMap(([theirs]) => theirs.replace(/\(.*?\)/g, '').match(/\w+/g) ?? []);
    expect([...new Set(named)].sort()).toEqual([...new Set(['Zendesk', 'ZendeskAPI', ...taken])].sort());
  });

  it('passes all other props to the Web Widget (Classic), as the table says', () => {
    expect(LIBRARY).toMatch(/window\.zESettings = other/);
    expect(rows.at(-1)![0]).toBe('all other props');
  });
});

describe('ahize', () => {
  // The exports of ahize/zendesk, version 0.2. This project does not depend on it.
  const EXPORTS = [
    ...['load', 'ready', 'onUnreadCountChange', 'onLoginError', 'identify', 'pageView', 'track', 'show', 'hide'],
    ...['shutdown', 'destroy', 'getIdentity', 'onIdentityChange', 'isReady', 'state'],
  ];
  const OPTIONS = ['key', 'nonce', 'consent', 'false', 'defer', 'verification', 'kind', 'jwt', 'callback', 'getToken'];

  it('has no name that is missing in the table', () => {
    const named = tableOf('ahize').flatMap(([theirs]) => theirs!.match(/\w+/g) ?? []);
    const known = [...EXPORTS, ...OPTIONS];
    expect([...new Set(named)].filter((name) => !['with', 'and'].includes(name)).sort()).toEqual(known.sort());
  });
});

it('every member of the messenger to which a table leads exists', () => {
  const messenger = createMessenger({ key: '172ab4dc-dc4c-4054-9ad6-26f7ef5b143b', tokenUrl: '/zendesk-token' });
  const named = [...PAGES.get('docs/moving.md')!.matchAll(/`(?:await )?messenger\.(?!ts`)(\w+)/g)].map(
    ([, name]) => name!,
  );
  expect(named.length).toBeGreaterThan(20);
  expect(Object.keys(messenger)).toEqual(expect.arrayContaining([...new Set(named)]));
  messenger.destroy();
});

it('the functions of the Web Widget (Classic) are those that createClassicAuth sets', () => {
  Object.assign(window, { zESettings: undefined });
  createClassicAuth({ products: ['chat', 'helpCenter'], getToken: async () => null });
  const { zESettings } = window as unknown as { zESettings: object };
  const read = (path: string) => path.split('.').reduce<any>((object, name) => object?.[name], zESettings);
  const paths = tableOf('In `zESettings`')
    .map(([path]) => path!)
    .filter((path) => path.endsWith('jwtFn'));
  expect(paths).toHaveLength(2);
  for (const path of paths) expect(typeof read(path), path).toBe('function');
});
