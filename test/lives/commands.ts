// Everything that can happen to a page, as commands for fast-check. Each command has a text that says what it does, so
// that a counterexample reads like a story.
import fc from 'fast-check';
import { command, type Command } from './command.js';
import type { Mood } from './site.js';
import { visitorCommand } from './visitor-commands.js';
import type { World } from './world.js';

const SECOND_MS = 1000;
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const MOST_PASSED_MS = DAY_MS;
// After so many events, a command stops: more retries would take long and show nothing new.
const MANY_EVENTS = 200;
const SLICE_MS = HOUR_MS / 6;
// Each refusal comes more than five seconds after the visitor was signed in again, and more than ten of them fit into five
// minutes.
const BETWEEN_REFUSALS_MS = 12 * SECOND_MS;

// ── The site ─────────────────────────────────────────────────────────────────────────────────────────────────────────

function callLogin(world: World): void {
  world.wish = 'login';
  world.witness.disturb();
  world.goodSinceMs.wish = world.site.user === null ? Infinity : world.awakeMs();
  world.call('login');
}

function callLoad(world: World): void {
  if (world.wish !== 'login') world.wish = 'load';
  world.call('load');
}

function callLogout(world: World): void {
  world.wish = 'logout';
  world.goodSinceMs.wish = Infinity;
  world.logout();
}

function callDestroy(world: World): void {
  world.wish = 'destroyed';
  // The visitor stays signed in, with a token that is no longer renewed.
  world.isSpotless = false;
  world.goodSinceMs.wish = Infinity;
  world.destroy();
}

function startAnew(world: World): void {
  world.wish = 'none';
  world.create();
}

const call = fc.constantFrom(command('login()', callLogin), command('login()', callLogin), command('load()', callLoad));

const logout = fc.constant(command('logout()', callLogout));

const destroy = fc.nat({ max: 30_000 }).map((ms) =>
  command(`destroy(), and a new messenger ${ms} ms later`, async (world) => {
    callDestroy(world);
    world.witness.destroyed();
    await world.pass(ms);
    startAnew(world);
  }),
);

const WITHIN_EVENT = { 'login()': callLogin, 'logout()': callLogout, 'destroy()': callDestroy };
const withinEvent = fc
  .tuple(
    fc.constantFrom<keyof typeof WITHIN_EVENT>('login()', 'logout()', 'destroy()'),
    fc.constantFrom(40, 1300, 61 * SECOND_MS),
  )
  .map(([name, ms]) =>
    command(`${name} from within onEvent, if an event comes within ${ms} ms`, async (world) => {
      world.atNextEvent = () => WITHIN_EVENT[name](world);
      await world.pass(ms);
      world.atNextEvent = undefined;
      if (world.wish !== 'destroyed') return;
      world.witness.destroyed();
      startAnew(world);
    }),
  );

const user = fc.constantFrom('ada', 'bob', 'bob', null).map((name) =>
  command(`${name ?? 'nobody'} is signed in to the site`, (world) => {
    if (name === null) world.goodSinceMs.wish = Infinity;
    world.changeUser(name);
  }),
);

const hostThrows = fc
  .boolean()
  .map((throws) => command(`callbacks ${throws ? '' : 'do not '}throw`, (world) => void (world.hostThrows = throws)));

// ── The endpoint ─────────────────────────────────────────────────────────────────────────────────────────────────────

const badMood = fc.oneof(
  fc.constantFrom<Mood>({ kind: 'hangs' }, { kind: 'repeating' }, { kind: 'failing', status: 500 }),
  fc.constantFrom(1500, 4600, 9000, 30_000).map((delayMs): Mood => ({ kind: 'slow', delayMs })),
  fc
    .constantFrom(429, 503)
    .chain((status) =>
      fc
        .constantFrom(undefined, 1, 20, 120, 3600)
        .map((retryAfterS): Mood => ({ kind: 'failing', status, retryAfterS })),
    ),
  fc.constantFrom('<html>Log in</html>', '', '{"error":"no"}', '"undefined"', 'a.b.c').map((body): Mood => {
    return { kind: 'garbage', body };
  }),
  fc
    .constantFrom<Readonly<Record<string, unknown>>>(
      { external_id: 7 },
      { external_id: undefined },
      { exp: 'soon' },
      { exp: 1 },
      { scope: undefined },
    )
    .map((claims): Mood => ({ kind: 'defective', claims })),
  fc.constant<Mood>({ kind: 'failing', status: 404 }),
);

const goodMood = fc.constantFrom(20, 300, 900).map((delayMs): Mood => ({ kind: 'healthy', delayMs }));

const turnTo = (next: Mood): Command =>
  command(`the endpoint: ${JSON.stringify(next)}`, (world) => {
    world.site.mood = next;
    if (next.kind !== 'healthy') world.isSpotless = false;
    const forbiddenForMs = Math.max(0, world.site.forbiddenUntilMs - world.serverNowMs());
    world.goodSinceMs.endpoint = next.kind === 'healthy' ? world.awakeMs() + forbiddenForMs : Infinity;
  });
const mood = fc.oneof({ weight: 2, arbitrary: goodMood }, { weight: 3, arbitrary: badMood }).map(turnTo);

// ── Zendesk ──────────────────────────────────────────────────────────────────────────────────────────────────────────

/** @param mattersTo - whether the problem affects a world. Other worlds must not notice it. */
function trouble(
  text: string,
  begin: (world: World) => void,
  mattersTo: (world: World) => boolean = () => true,
): Command {
  return command(`Zendesk: ${text}`, (world) => {
    if (mattersTo(world)) {
      world.goodSinceMs.zendesk = Infinity;
      world.isSpotless = false;
    }
    if (mattersTo === isLoading) world.isLoadBroken = true;
    begin(world);
  });
}
const isLoading = ({ zendesk }: World) => !zendesk.live;

export function recover(world: World): void {
  for (const kind of ['compose', 'login', 'logout', 'send', 'conversations', 'realtime'] as const)
    world.backend.answerAlways(kind, undefined);
  world.backend.withoutCors = world.backend.killSwitch = false;
  world.setScript('runs');
  world.isLoadBroken = false;
  world.ze.delivery = 'once';
  Object.assign(world.latencyMs, { login: 0, logout: 0 });
  // A killed messenger does nothing until the next page load [M 11].
  const patienceMs = world.hasDeadTag ? 60_000 : 0;
  world.goodSinceMs.zendesk = world.zendesk.isKilled ? Infinity : world.awakeMs() + patienceMs;
}

const zendesk = fc.oneof(
  { weight: 4, arbitrary: fc.constant(command('Zendesk: works again', recover)) },
  fc
    .constantFrom(401, 403, 409, 429, 500)
    .map((status) =>
      trouble(`sign-ins are answered ${status}`, ({ backend }) => backend.answerAlways('login', { status })),
    ),
  fc
    .constantFrom('network-error', 'hang')
    .map((outcome: 'network-error' | 'hang') =>
      trouble(`sign-ins: ${outcome}`, ({ backend }) => backend.answerAlways('login', outcome)),
    ),
  fc
    .constantFrom('network-error', 'hang')
    .map((outcome: 'network-error' | 'hang') =>
      trouble(`configuration: ${outcome}`, ({ backend }) => backend.answerAlways('compose', outcome), isLoading),
    ),
  fc
    .constantFrom('blocked', 'silently-removed', 'hangs')
    .map((script: 'blocked' | 'silently-removed' | 'hangs') =>
      trouble(`its script: ${script}`, (world) => world.setScript(script), isLoading),
    ),
  fc
    .constantFrom('twice', 'late', 'never')
    .map((delivery: 'twice' | 'late' | 'never') =>
      trouble(`answers to sign-ins come ${delivery}`, ({ ze }) => void (ze.delivery = delivery)),
    ),
  fc.constant(trouble('401 without CORS', ({ backend }) => void (backend.withoutCors = true))),
  fc.constant(
    trouble(
      'kill switch',
      ({ backend }) => void (backend.killSwitch = true),
      ({ circumstances }) => circumstances.build === 'B26',
    ),
  ),
);

const revoke = fc.constantFrom('the newest token', 'all tokens').map((what) =>
  command(`Zendesk revokes ${what}`, (world) => {
    world.isSpotless = false;
    if (what === 'all tokens') world.backend.revokeAll();
    else world.backend.revoke([...world.site.minted.keys()].at(-1) ?? '');
    if (world.goodSinceMs.zendesk < Infinity) world.goodSinceMs.zendesk = world.awakeMs();
  }),
);

const request = fc
  .constantFrom('send', 'request', 'connectRealtime')
  .map((name: 'send' | 'request' | 'connectRealtime') =>
    command(`the messenger: ${name}`, ({ zendesk }) => void zendesk[name]('hello')),
  );

/** Makes the messenger ask, in any situation, and sometimes many times. */
const refusal = fc.constantFrom(1, 1, 1, 15).map((times) =>
  command(
    `Zendesk revokes all tokens, and the messenger sends${times > 1 ? `, ${times} times` : ''}`,
    async (world) => {
      world.isSpotless = false;
      for (let time = 1; time <= times; time++) {
        world.backend.revokeAll();
        if (world.goodSinceMs.zendesk < Infinity) world.goodSinceMs.zendesk = world.awakeMs();
        void world.zendesk.send('hello');
        if (time < times) await world.pass(BETWEEN_REFUSALS_MS);
      }
    },
  ),
);

const window = fc.constantFrom('openWindow', 'closeWindow', 'closeWindow').map((name: 'openWindow' | 'closeWindow') =>
  command(`the visitor: ${name}`, (world) => {
    world.zendesk[name]();
    world.windowWasOpen ||= world.zendesk.isOpen;
  }),
);

// ── The page ─────────────────────────────────────────────────────────────────────────────────────────────────────────

const pass = fc.oneof(
  fc.constantFrom(100, SECOND_MS, 5 * SECOND_MS, 20 * SECOND_MS, 61 * SECOND_MS, 61 * SECOND_MS).map((ms) => {
    return command(`${ms / SECOND_MS} s pass`, (world) => world.pass(ms));
  }),
  fc.constantFrom(0.4, 0.9, 1.1, 2.5).map((share) =>
    command(`${share} token lifetimes pass`, async (world) => {
      const before = world.events.length;
      let leftMs = Math.min(share * world.site.lifetimeMs, MOST_PASSED_MS);
      for (; leftMs > 0 && world.events.length < before + MANY_EVENTS; leftMs -= SLICE_MS)
        await world.pass(Math.min(leftMs, SLICE_MS));
    }),
  ),
);

const visible = fc.boolean().map((isVisible) =>
  command(isVisible ? 'the tab is shown' : 'the tab is hidden', (world) => {
    world.setVisible(isVisible);
  }),
);

const sleep = fc
  .tuple(
    fc.constantFrom(2 * 60, 3600, 8 * 3600, 86_400, 14 * 86_400),
    fc.constantFrom('visibilitychange', 'focus', 'pageshow', 'online'),
  )
  .map(([seconds, signal]: [number, 'visibilitychange' | 'focus' | 'pageshow' | 'online']) =>
    command(`the laptop sleeps ${seconds} s, until ${signal}`, (world) => {
      world.sleep(seconds * SECOND_MS, signal);
    }),
  );

const online = fc.boolean().map((isOnline) =>
  command(isOnline ? 'the page is online' : 'the page is offline', (world) => {
    world.setOnline(isOnline);
  }),
);

const offlinePage = fc.constant(
  command('a service worker answers with an offline page when the page is offline', (world) => {
    world.site.hasOfflinePage = true;
  }),
);

/** Long enough that what fails is tried ever more rarely. */
const outage = fc.constantFrom(1, 3, 8).map((hours) =>
  command(`${hours} h pass`, async (world) => {
    const most = world.events.length + 3 * MANY_EVENTS;
    for (let leftMs = hours * HOUR_MS; leftMs > 0 && world.events.length < most; leftMs -= SLICE_MS)
      await world.pass(SLICE_MS);
  }),
);

const jump = fc
  .constantFrom(-DAY_MS, DAY_MS, -HOUR_MS, HOUR_MS)
  .map((ms) => command(`the clock is changed by ${ms / HOUR_MS} h`, (world) => world.jump(ms)));

// ── A life ───────────────────────────────────────────────────────────────────────────────────────────────────────────

/** After each command some time passes. When the next command comes, its effects may not be complete. */
const pauses = fc.constantFrom(0, 0, 40, 400, 700, 1300, 6000);
const followed = (what: fc.Arbitrary<Command>) =>
  fc.tuple(what, pauses).map(([first, ms]) =>
    command(ms ? `${String(first)} … ${ms} ms` : String(first), async (world) => {
      await first.run({}, world);
      await world.pass(ms);
    }),
  );

const anything = fc.oneof(
  { weight: 3, arbitrary: call },
  { weight: 5, arbitrary: request },
  { weight: 5, arbitrary: pass },
  { weight: 3, arbitrary: mood },
  { weight: 3, arbitrary: zendesk },
  { weight: 2, arbitrary: user },
  { weight: 3, arbitrary: fc.oneof(refusal, revoke, sleep) },
  { weight: 3, arbitrary: fc.oneof(logout, destroy, withinEvent, hostThrows, window, jump) },
  { weight: 2, arbitrary: fc.oneof(visible, online, visible, online, offlinePage, outage) },
);
/** Commands without any problem, so that the visitor must not notice anything. */
const nothingBad = fc.oneof(
  { weight: 3, arbitrary: call },
  { weight: 4, arbitrary: request },
  { weight: 4, arbitrary: pass },
  { weight: 2, arbitrary: fc.oneof(goodMood.map(turnTo), hostThrows, jump) },
  { weight: 1, arbitrary: fc.oneof(user, logout, withinEvent) },
);

/** The visitor's whole life: page loads, users, tabs, consent, replaced pages, together with everything else. */
const wholeLife = fc.oneof({ weight: 4, arbitrary: visitorCommand }, { weight: 1, arbitrary: anything });
/** The same, on a site and with a Zendesk that always work. */
const calmLife = fc.oneof({ weight: 4, arbitrary: visitorCommand }, { weight: 1, arbitrary: nothingBad });

export const LIFE = fc.oneof(
  { weight: 3, arbitrary: fc.commands([followed(anything)], { maxCommands: 12, size: 'max' }) },
  { weight: 1, arbitrary: fc.commands([followed(nothingBad)], { maxCommands: 12, size: 'max' }) },
  { weight: 2, arbitrary: fc.commands([followed(wholeLife)], { maxCommands: 14, size: 'max' }) },
  { weight: 1, arbitrary: fc.commands([followed(calmLife)], { maxCommands: 14, size: 'max' }) },
);
