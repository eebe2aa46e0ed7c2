// Replays a scenario that was recorded on the real messenger, and records the same things on the fake.
import { vi } from 'vitest';
import { createFakeBackend, type FakeBackend, type FakeBuild } from '../../src/testing/index.js';
import { insertTag, install, page, pass, token, zE } from './start-messenger.js';

type Step = readonly [name: string, value?: unknown];

export interface Observation {
  readonly page: readonly string[];
  readonly requests: readonly Readonly<Record<string, unknown>>[];
  readonly stored: Readonly<Record<string, string>>;
}

/** A scenario of messenger-traces.json, which says what each part means. */
export interface Scenario {
  readonly name: string;
  readonly facts: readonly number[];
  readonly stored: string;
  readonly signOutMs: number;
  readonly signInMs: number;
  readonly signOutStatus: number;
  readonly signInStatus: number;
  readonly queued: readonly Step[];
  readonly live: readonly Step[];
  readonly then: readonly (readonly Step[])[];
  readonly observed: Readonly<Record<'b25' | 'b26', Observation>>;
}

const IDENTITY = ['appUserId', 'sessionToken', 'conversationStartedAt'];
const keyOf = ({ account }: FakeBackend, name: string): string => `${account.integrationId}.${name}`;

/** The fake's own ids and tokens are random. These are their names in the recordings. */
type Names = Map<string, string>;

export async function replayTrace(scenario: Scenario, build: FakeBuild): Promise<Observation> {
  const backend = createFakeBackend({ build });
  const names: Names = new Map();
  await storeIdentity(backend, scenario.stored, names);
  const seen: string[] = [];
  const traffic = watchRequests(backend, names);
  const restoreStorage = watchStorage(backend, names, (line) => seen.push(line));
  answerLogins(backend, scenario.signInStatus, scenario.signInMs);
  backend.answerAlways('logout', createOutcome(scenario.signOutStatus, scenario.signOutMs));
  const run = (steps: readonly Step[]): void =>
    steps.forEach((step) => runStep(step, { backend, names, scenario, tell: (line) => seen.push(line) }));

  createQueue();
  run(scenario.queued);
  zE(() => {
    seen.push('live');
    run(scenario.live);
  });
  const messenger = install(backend, { fetch: traffic.fetch });
  insertTag();
  const count = (): number => seen.length + traffic.count();
  await untilQuiet(count, traffic.isBusy);
  for (const steps of scenario.then) {
    run(steps);
    await untilQuiet(count, traffic.isBusy);
  }
  restoreStorage();
  const stored = IDENTITY.flatMap((name) => {
    const value = localStorage.getItem(keyOf(backend, name));
    return value === null ? [] : [[name, names.get(value) ?? value]];
  });
  messenger.uninstall();
  return { page: seen, requests: await traffic.all(), stored: Object.fromEntries(stored) as Record<string, string> };
}

/** Leaves what an earlier page of this visitor has left. */
async function storeIdentity(backend: FakeBackend, who: string, names: Names): Promise<void> {
  if (who === 'none') return;
  const { subdomain, appId } = backend.account;
  const api = `https://${subdomain}.zendesk.com/sc/sdk/v2/apps/${appId}`;
  if (who === 'anonymous') {
    const created = await backend.fetch(`${api}/appusers`, { method: 'POST' });
    const { id, sessionToken } = (await created.json()) as { id: string; sessionToken: string };
    names.set(id, 'au-anon').set(sessionToken, 'st-anon');
    localStorage.setItem(keyOf(backend, 'appUserId'), id);
    localStorage.setItem(keyOf(backend, 'sessionToken'), sessionToken);
    return;
  }
  await backend.fetch(`${api}/login`, { method: 'POST', headers: { authorization: `Bearer ${token(who)}` } });
  localStorage.setItem(keyOf(backend, 'appUserId'), backend.user(who)!.id);
}

function watchRequests(backend: FakeBackend, names: Names) {
  const log: Promise<Record<string, unknown> | undefined>[] = [];
  let open = 0;

  async function describe(request: Request, response: Promise<Response>) {
    const answer = await response;
    for (const { id, externalId } of backend.visitors) if (externalId) names.set(id, `au-${externalId}`);
    const path = /\/v2\/apps\/\w+(\/.*)$/.exec(request.url)?.[1];
    // The recordings are about the visitor's identity. Their backend had no conversations to reload.
    if (path === undefined || path.endsWith('/conversations')) return undefined;
    const body = (await request.json().catch(() => ({}))) as Record<string, string>;
    const carried = ['appUserId', 'sessionToken'].flatMap((name) => {
      const value = body[name];
      return value === undefined ? [] : [[name, names.get(value) ?? value]];
    });
    return {
      request: `${request.method} ${path.replace(/\/appusers\/(\w+)/, (_, id: string) => `/appusers/${names.get(id) ?? id}`)}`,
      as: readCaller(request.headers.get('authorization')),
      ...(body['userId'] !== undefined && { userId: body['userId'] }),
      ...(Object.fromEntries(carried) as Record<string, string>),
      status: answer.status,
    };
  }

  return {
    fetch(input: string, init?: RequestInit): Promise<Response> {
      const request = new Request(input, init);
      const response = backend.handle(request.clone());
      open += 1;
      log.push(describe(request, response).finally(() => (open -= 1)));
      return response;
    },
    count: () => log.length,
    isBusy: () => open > 0,
    all: async () => (await Promise.all(log)).filter((entry) => entry !== undefined),
  };
}

function readCaller(authorization: string | null): string {
  if (authorization === null) return 'nobody';
  if (!authorization.startsWith('Bearer ')) return 'basic';
  const payload = authorization.split('.')[1] ?? '';
  return (JSON.parse(Buffer.from(payload, 'base64url').toString()) as { external_id: string }).external_id;
}

function watchStorage(backend: FakeBackend, names: Names, tell: (line: string) => void): () => void {
  const { setItem, removeItem } = Storage.prototype;
  const shortName = (key: string): string | undefined =>
    IDENTITY.find((name) => key === keyOf(backend, name)) ?? undefined;
  const writing = vi.spyOn(Storage.prototype, 'setItem').mockImplementation(function (this: Storage, key, value) {
    setItem.call(this, key, value);
    for (const { id, externalId } of backend.visitors) if (externalId) names.set(id, `au-${externalId}`);
    if (shortName(key)) tell(`stored ${shortName(key)} = ${names.get(value) ?? value}`);
  });
  const removing = vi.spyOn(Storage.prototype, 'removeItem').mockImplementation(function (this: Storage, key) {
    removeItem.call(this, key);
    if (shortName(key)) tell(`removed ${shortName(key)}`);
  });
  return () => {
    writing.mockRestore();
    removing.mockRestore();
  };
}

function createOutcome(status: number, delayMs: number) {
  if (status < 400) return { delayMs };
  // The recordings' backend described every refusal but 401 like this.
  return status === 401 || status >= 500 ? { status, delayMs } : { status, delayMs, description: 'Description' };
}

function answerLogins(backend: FakeBackend, status: number, delayMs: number): void {
  backend.answerAlways('login', createOutcome(status, delayMs));
}

/** The page's own queue, which the snippet takes over. */
function createQueue(): void {
  const queue: unknown[] = [];
  const stub = (...command: unknown[]): unknown => void queue.push(command);
  page.zE = page.zEmbed = Object.assign(stub, { _: queue });
}

async function untilQuiet(count: () => number, isBusy: () => boolean): Promise<void> {
  for (let quietMs = 0, before = count(); quietMs < 1100; quietMs += 50) {
    await pass(50);
    if (isBusy() || count() !== before) quietMs = 0;
    before = count();
  }
}

interface Running {
  readonly backend: FakeBackend;
  readonly names: Names;
  readonly scenario: Scenario;
  readonly tell: (line: string) => void;
}

function runStep([name, value]: Step, { backend, scenario, tell }: Running): void {
  const steps: Readonly<Record<string, () => void>> = {
    login: () => logIn(String(value), tell),
    logout() {
      tell('call logoutUser');
      zE('messenger', 'logoutUser');
    },
    reset() {
      tell('call resetWidget');
      zE('messenger', 'resetWidget', () => tell('resetCallback'));
    },
    cookies() {
      tell(`call cookies ${String(value)}`);
      zE('messenger:set', 'cookies', value);
    },
    locale() {
      tell('call locale');
      zE('messenger:set', 'locale', 'fr');
    },
    deleteKeys() {
      tell('page deletes the keys');
      IDENTITY.forEach((key) => localStorage.removeItem(keyOf(backend, key)));
    },
    answer: () => answerLogins(backend, Number(value), scenario.signInMs),
  };
  const run = steps[name];
  if (run === undefined) throw new Error(`unknown step ${name}`);
  run();
}

function logIn(who: string, tell: (line: string) => void): void {
  const tokens: Readonly<Record<string, unknown>> = { garbage: 'garbage', nothing: undefined };
  const jwt = Object.hasOwn(tokens, who) ? tokens[who] : token(who);
  const shown = who === 'nothing' ? 'undefined' : who;
  tell(`call loginUser ${shown}`);
  zE(
    'messenger',
    'loginUser',
    (answer: (jwt: unknown) => void) => {
      tell(`jwtCallback ${shown}`);
      answer(jwt);
    },
    (failure: { reason: string } | null) =>
      tell(`loginCallback ${shown} ${failure === null ? 'null' : failure.reason}`),
  );
}
