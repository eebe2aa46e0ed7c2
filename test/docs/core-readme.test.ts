// src/README.md describes the core as it is, and the core's files and functions are short.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { startSession } from '../core/session/start-session.js';
import { tableOf } from './read-docs.js';

const README = readFileSync('src/README.md', 'utf8');
const [, CORE_SECTIONS = ''] = README.split(/^(?=## A step$)/m);

const MOST_LINES = 200;
const MOST_FUNCTION_LINES = 40;

const parse = (path: string) =>
  ts.createSourceFile(path, readFileSync(path, 'utf8'), ts.ScriptTarget.ES2022, /* setParentNodes */ true);

const FILES = readdirSync('src/core').filter((name) => name.endsWith('.ts'));
const SOURCES = FILES.map((name) => parse(`src/core/${name}`));
const FIELDS = readFields();
const SETTERS = readSetters();
const OWNERS = readOwners();

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

/** The fields of the session: the members of the interfaces that `Session` extends, which may be in other files. */
function readFields(): string[] {
  const interfaces = new Map<string, ts.InterfaceDeclaration>();
  for (const source of SOURCES)
    walk(source, (node) => {
      if (ts.isInterfaceDeclaration(node)) interfaces.set(node.name.text, node);
    });
  const parts = interfaces.get('Session')!.heritageClauses!.flatMap(({ types }) => types.map((type) => type.getText()));
  return parts.flatMap((part) => interfaces.get(part)!.members.map((member) => member.name!.getText()));
}

function isAssignment(kind: ts.SyntaxKind): boolean {
  return kind >= ts.SyntaxKind.FirstAssignment && kind <= ts.SyntaxKind.LastAssignment;
}

/** The files that assign to each field of the session. */
function readSetters(): Map<string, Set<string>> {
  const setters = new Map<string, Set<string>>();
  const add = (file: string, target: ts.Node) => {
    if (!ts.isPropertyAccessExpression(target) || target.expression.getText() !== 's') return;
    const files = setters.get(target.name.text) ?? new Set();
    setters.set(target.name.text, files.add(file));
  };
  FILES.forEach((file, index) =>
    walk(SOURCES[index]!, (node) => {
      if (ts.isBinaryExpression(node) && isAssignment(node.operatorToken.kind)) add(file, node.left);
      // ++ and --
      if (ts.isPrefixUnaryExpression(node) && node.operator !== ts.SyntaxKind.ExclamationToken) add(file, node.operand);
      if (ts.isPostfixUnaryExpression(node)) add(file, node.operand);
    }),
  );
  return setters;
}

/** The file to which each field belongs, by the table of the files. */
function readOwners(): Map<string, string> {
  return new Map(
    tableOf('File', README).flatMap(([file, , , fields]) => namesIn(fields!).map((name) => [name, file!])),
  );
}

/** The names in a cell that has nothing but names. */
function namesIn(cell: string): string[] {
  return cell.match(/\w+/g) ?? [];
}

/** Everything that is declared in these files, and every text in them. */
function readNames(sources: readonly ts.SourceFile[]): Set<string> {
  const names = new Set<string>();
  for (const source of sources)
    walk(source, (node) => {
      if (ts.isStringLiteralLike(node)) names.add(node.text);
      const { name } = node as ts.Node & { name?: ts.Node };
      if (name && (ts.isIdentifier(name) || ts.isStringLiteral(name))) names.add(name.text);
    });
  return names;
}

describe('src/README.md', () => {
  it('lists every file of the core, and no other', () => {
    const listed = tableOf('File', README).map(([file]) => file!);
    expect(listed.sort()).toEqual([...FILES].sort());
  });

  it('leads to functions in the files that have them', () => {
    const [lookup = ''] = /^\| Question .*\n(?:\|.*\n)+/m.exec(README) ?? [];
    const found = [...lookup.matchAll(/(`\w+`(?: and `\w+`)*) in `([\w/-]+\.ts)`/g)];
    expect(found.length).toBeGreaterThan(5);
    for (const [text, functions, path] of found)
      for (const name of namesIn(functions!.replace(' and ', ' ')))
        expect(readNames([parse(`src/${path}`)]), text).toContain(name);
  });

  it('leads to files that exist', () => {
    const [lookup = ''] = /^\| Question .*\n(?:\|.*\n)+/m.exec(README) ?? [];
    const paths = [...lookup.matchAll(/`([\w-]+\/[^`]*)`/g)].map(([, path]) => path!);
    expect(paths.length).toBeGreaterThan(30);
    expect(paths.filter((path) => !existsSync(path) && !existsSync(`src/${path}`))).toEqual([]);
  });

  it('lists every field of the session once', () => {
    expect(FIELDS.length).toBeGreaterThan(40);
    expect([...OWNERS.keys()].sort()).toEqual([...FIELDS].sort());
  });

  it('says that a field belongs to a file that sets it', () => {
    // session.ts creates the session, and sets some fields by other means than an assignment.
    const others = [...OWNERS].filter(([, file]) => file !== 'session.ts');
    expect(others.filter(([field, file]) => !SETTERS.get(field)?.has(file))).toEqual([]);
  });

  it('names functions, fields, files and values that exist', () => {
    const names = readNames([...SOURCES, parse('src/driver.ts')]);
    // Not in the core: a global value, a header, and texts of Zendesk.
    for (const name of ['Infinity', 'Retry-After', 'Unknown error', 'Not latest request']) names.add(name);
    names.add('Error occurred reading…');
    const prose = CORE_SECTIONS.replace(/^```$.*?^```$/gms, '');
    const codes = [...new Set([...prose.matchAll(/`([^`]+)`/g)].map(([, code]) => code!))];
    expect(codes.length).toBeGreaterThan(80);
    const isKnown = (name: string) => names.has(name) || FILES.includes(name) || name === 'driver.ts';
    // A call names its arguments, and a path of fields names each of them.
    const isReal = (code: string) => isKnown(code) || (code.match(/[\w-]+/g) ?? ['']).every(isKnown);
    expect(codes.filter((code) => !isReal(code))).toEqual([]);
  });

  it('draws the login with its real states and functions', () => {
    const [, drawing = ''] = /^```\n(.*?no login.*?)^```$/ms.exec(README) ?? [];
    const names = readNames(SOURCES);
    for (const name of ['open', 'settled', 'late', 'callLogin', 'answered', 'limitLogin', 'loginTimeoutMs', 'end']) {
      expect(drawing).toContain(name);
      expect(names).toContain(name);
    }
  });

  const limits = [...README.matchAll(/^\| Limit .*\n(?:\|.*\n)+/gm)].flatMap(([table]) => tableOf('Limit', table));

  it.each(limits)('names the owner of a limit: %s, %s', (_, fields, owner) => {
    for (const field of namesIn(fields)) {
      expect(OWNERS.get(field)).toBe(owner);
      // The back-off and the limit after refusals are changed nowhere else.
      if (owner === 'retry.ts' || owner === 'refusals.ts') expect([...SETTERS.get(field)!]).toEqual([owner]);
    }
  });

  it('has a limit for each of the fields of the back-off', () => {
    const named = limits.flatMap(([, fields]) => namesIn(fields!));
    const waits = [...OWNERS].filter(([field, file]) => /AtMs$|UntilMs$/.test(field) && /^ref|^retry/.test(file));
    expect(waits).toHaveLength(5);
    expect(named).toEqual(expect.arrayContaining(waits.map(([field]) => field)));
  });
});

describe('the table of verdicts', () => {
  const rows = tableOf('Reason', README);
  const REASONS: Readonly<Record<string, string>> = {
    'Empty: accepted': '',
    '401': '401: Invalid JWT',
    '403': '403: Forbidden',
    'Error occurred reading…': 'Error occurred reading from jwt',
    '409': '409: Conflict',
    'Other 4xx, also 429': '429: Too Many Requests',
    '5xx, `Unknown error`, other texts': 'Unknown error',
    'Not latest request': 'Not latest request',
    'No answer within `loginTimeoutMs`': '',
  };
  const LATE = 'An answer after that';

  /** A signed-in visitor whose renewed token was pushed. Zendesk has not answered. */
  function pushToken() {
    const session = startSession().signIn().push();
    expect(session.takeEffectTypes().slice(-3)).toEqual(['push-called', 'asked', 'answered']);
    return session;
  }

  /** What the verdict itself causes. The next request is due at once, and nothing is stored that a sign-out waits for. */
  const takeOwnTypes = (session: ReturnType<typeof pushToken>) =>
    session.takeEffectTypes().filter((type) => type !== 'token-requested' && type !== 'sign-out-completed');

  it('has a row for each situation', () => {
    expect(rows.map(([reason]) => reason).sort()).toEqual([...Object.keys(REASONS), LATE].sort());
  });

  it.each(rows.filter(([reason]) => reason !== LATE))('%s', (name, emitted, tokens, user, presence, repair) => {
    const session = pushToken();
    if (name.startsWith('No answer')) session.advance(15_000);
    else session.send('answered', session.loginId, REASONS[name]!);
    const { state } = session;
    const like = (cell: string | undefined, column: number) =>
      cell === 'As after a 401' ? rows.find(([reason]) => reason === '401')![column]! : cell!;
    const expected = like(emitted, 1).match(/[a-z]+-[a-z]+/g) ?? [];
    expect(takeOwnTypes(session)).toEqual(expected);
    expect(state.user).toBe(user === 'None' ? undefined : 'ada');
    expect(state.presence).toBe(presence === 'None' ? undefined : presence);
    expect(state.repair).toBe(/None|Stays/.test(repair) ? undefined : repair);
    const isNew = /now in use|Stay/.test(like(tokens, 2));
    const isGone = /refused|dropped$/.test(like(tokens, 2)) && name !== 'No answer within `loginTimeoutMs`';
    expect(!state.held).toBe(isGone);
    if (isNew) expect(state.handed).toBe(state.held);
    if (like(tokens, 2).includes('again')) expect(state.handed).toBe(state.inUse);
  });

  it.each(Object.values(REASONS))('a late answer has the effects of its row: "%s"', (reason) => {
    const [session, late] = [pushToken(), pushToken()];
    late.advance(15_000);
    late.takeEffectTypes();
    for (const { send, loginId } of [session, late]) send('answered', loginId, reason);
    expect(takeOwnTypes(late)).toEqual(takeOwnTypes(session));
    for (const field of ['user', 'presence', 'held'] as const) expect(late.state[field]).toEqual(session.state[field]);
    // The time limit has set it, and only a success resets it.
    const repair = reason.startsWith('Not latest') ? 'when-closed' : 'now';
    expect(late.state.repair).toBe(reason ? repair : undefined);
  });
});

describe('the table of asks', () => {
  const rows = tableOf('`lastLogin`', README);
  type Started = ReturnType<typeof startSession>;

  const begin = () => {
    const session = startSession().beginSignIn();
    session.deliverToken();
    return session;
  };
  /** The messenger has a token, and Zendesk has not answered the sign-in. */
  const open = () => {
    const session = begin();
    session.ask();
    return session.advance(1100);
  };
  const signIn = () => startSession().signIn().advance(10_000);
  /** A signed-in visitor whose token expires while the next one is requested. */
  const expire = () => {
    const session = startSession();
    return session.signIn(session.mint(10)).awaitRequest().advance(7000);
  };
  const pushAfterExpiry = () => expire().deliverTokenAndAsk();
  const pushAndAccept = () => {
    const session = startSession().signIn().push();
    session.accept();
    return session.advance(1000);
  };
  /** An ask is answered with the next token. */
  const answerLater = (session: Started) => {
    session.ask();
    session.deliverToken();
    return session.advance(1000);
  };

  // One for each row, in its order: what comes before the ask, and the effects after it. Where the row points to the
  // table of answers, they include those of that table.
  const CASES: readonly (readonly [start: () => Started, effects: readonly string[]])[] = [
    [signIn, ['answered without a token']],
    [begin, ['answered']],
    [pushAfterExpiry, ['answered']],
    [open, ['token-requested']],
    [() => answerLater(open()), ['answered without a token']],
    [pushAndAccept, ['answered']],
    [expire, []],
    [() => answerLater(signIn()), ['token-refused', 'answered without a token', 'explanation-requested']],
    [signIn, ['token-refused', 'token-requested']],
  ];

  it('has a row for each situation', () => expect(rows).toHaveLength(CASES.length));

  it.each(rows.map((row, index) => [row[2]!, row, CASES[index]!] as const))('%s', (meaning, row, [start, effects]) => {
    const session = start();
    session.takeEffects();
    const before = session.state;
    const isOld = meaning === 'An old callback';
    session.send('asked', isOld ? 0 : session.loginId);
    const emitted = session.takeEffects();
    const types = emitted.map(([type, , text]) => (type === 'answered' && !text ? `${type} without a token` : type));
    expect(types).toEqual(['asked', ...effects]);

    const { state } = session;
    const [login, , , first, tokens, next] = row;
    if (!isOld && login !== 'Any') expect(login).toContain(before.lastLogin!.verdict);
    if (first !== '–') expect(types[1]).toContain(first);
    if (next!.startsWith('No token')) expect([types[1], state.repair]).toEqual(['answered without a token', 'now']);
    if (/once more|a second time/.test(next!)) expect(emitted[1]![2]).toBe(before.held!.raw);
    expect(state.refused.length > before.refused.length).toBe(tokens!.includes('is refused'));
    if (tokens!.includes('isSuspected')) expect(state.isSuspected).toBe(true);
    if (tokens!.includes('is 1')) expect(state.refusedInRow).toBe(1);
  });
});
