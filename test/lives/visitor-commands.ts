// What outlives one page or one moment, as commands: page loads, users, tabs, consent, sign-outs, replaced pages, and the
// fields and tags of a user.
import fc from 'fast-check';
import { command, type Command } from './command.js';
import type { World } from './world.js';

// Long enough for a sign-in, and for a snapshot that is wrong to be seen.
const STORY_MS = 2500;

const user = fc.constantFrom('ada', 'ada', 'bob', 'bob', null);

function callSetUser(world: World, name: string | null): void {
  world.changeUser(name, true);
  world.wish = name === null ? 'load' : 'login';
  world.witness.disturb();
  world.goodSinceMs.wish = name === null ? Infinity : world.awakeMs();
  world.setUser(name);
}

function callLogin(world: World): void {
  world.wish = 'login';
  world.witness.disturb();
  world.goodSinceMs.wish = world.site.user === null ? Infinity : world.awakeMs();
  world.call('login');
}

function callLogout(world: World): void {
  world.wish = 'logout';
  world.goodSinceMs.wish = Infinity;
  world.logout();
}

// ── The site ─────────────────────────────────────────────────────────────────────────────────────────────────────────

const setUser = user.map((name) =>
  command(`${name ?? 'nobody'} is signed in to the site, setUser()`, (world) => callSetUser(world, name)),
);

const setUsers = fc.array(user, { minLength: 2, maxLength: 4 }).map((names) =>
  command(`setUser() in one tick: ${names.map((name) => name ?? 'nobody').join(', ')}`, (world) => {
    for (const name of names) callSetUser(world, name);
  }),
);

const signInAs = fc.constantFrom('ada', 'bob').map((name) =>
  command(`${name} is signed in to the site, login()`, (world) => {
    world.changeUser(name);
    callLogin(world);
  }),
);

const switchUser = fc
  .tuple(fc.constantFrom('ada', 'bob'), fc.constantFrom(0, 0, 50, 250, 1000, 2500))
  .map(([name, ms]) =>
    command(`logout(), ${ms} ms, ${name} is signed in to the site, login()`, async (world) => {
      callLogout(world);
      if (ms > 0) await world.pass(ms);
      world.changeUser(name);
      callLogin(world);
    }),
  );

const logout = fc.constant(command('logout()', callLogout));

const callThroughHandle = fc.constantFrom('logoutUser', 'resetWidget').map((name: 'logoutUser' | 'resetWidget') =>
  command(`zE('messenger', '${name}') through the handle`, (world) => {
    world.wish = 'load';
    world.goodSinceMs.wish = Infinity;
    world.callZe('messenger', name);
  }),
);

const remove = fc.constant(
  command('remove()', (world) => {
    world.wish = 'none';
    world.goodSinceMs.wish = Infinity;
    world.remove();
  }),
);

const setFields = fc.constant(
  command('the page sets a field and a tag of its user', (world) => world.setConversation()),
);

const consent = fc
  .constantFrom('none', 'none', 'functional', 'all')
  .map((policy) => command(`cookies: ${policy}`, (world) => world.setCookies(policy)));

// ── The page ─────────────────────────────────────────────────────────────────────────────────────────────────────────

const AT_START = {
  'login()': callLogin,
  'setUser()': (world: World) => callSetUser(world, world.site.user),
  'load()': (world: World) => {
    world.wish = 'load';
    world.call('load');
  },
  'no call': () => {},
};
const navigate = fc
  .tuple(
    fc.constantFrom<keyof typeof AT_START>('login()', 'login()', 'setUser()', 'setUser()', 'load()', 'no call'),
    fc.constantFrom(undefined, undefined, 'ada', 'bob', null),
  )
  .map(([call, name]) =>
    command(
      `a new page${name === undefined ? '' : `, ${name ?? 'nobody'} is signed in to the site`}, ${call}`,
      (world) => {
        world.navigate();
        if (name !== undefined) world.changeUser(name);
        AT_START[call](world);
      },
    ),
  );

const replaceBody = fc.constant(
  command('a router replaces the body', (world) => {
    world.isSpotless = false;
    world.reload();
    document.body.replaceWith(document.createElement('body'));
  }),
);

const secondTag = fc.constant(command("a tag manager inserts Zendesk's tag", (world) => world.insertTag()));

// ── Another tab ──────────────────────────────────────────────────────────────────────────────────────────────────────

function inOtherTab(text: string, act: (world: World) => void | Promise<void>): Command {
  return command(`another tab: ${text}`, async (world) => {
    if (world.circumstances.history === 'forget') return;
    world.isSpotless = false;
    world.reload();
    world.visitorWitness.otherTab();
    // Zendesk may never answer that tab, so nothing waits for it.
    void act(world);
    await world.pass(0);
  });
}

const otherTab = fc.oneof(
  fc.constant(
    inOtherTab('nobody is signed in to the site, logout()', (world) => {
      world.changeUser(null);
      world.goodSinceMs.wish = Infinity;
      world.otherTab.signOut();
    }),
  ),
  fc.constant(inOtherTab('logout()', (world) => world.otherTab.signOut())),
  fc.tuple(fc.constantFrom('ada', 'bob'), fc.boolean()).map(([name, hasRecord]) =>
    inOtherTab(`${name} signs in ${hasRecord ? 'with' : 'without'} this library`, async (world) => {
      world.changeUser(name);
      await world.otherTab.signIn(name, hasRecord);
    }),
  ),
  fc.constant(inOtherTab('an anonymous visitor writes', (world) => world.otherTab.writeAnonymously())),
);

// ── The visitor and Zendesk ──────────────────────────────────────────────────────────────────────────────────────────

const write = fc.constantFrom('send', 'startConversation').map((name: 'send' | 'startConversation') =>
  command(`the visitor opens the window, writes (${name}) and closes it`, async (world) => {
    world.zendesk.openWindow();
    world.windowWasOpen ||= world.zendesk.isOpen;
    void world.zendesk[name]('hello');
    await world.pass(1);
    world.zendesk.closeWindow();
  }),
);

const latency = fc
  .tuple(fc.constantFrom<'login' | 'logout'>('login', 'logout', 'logout'), fc.constantFrom(0, 50, 200, 600, 1500, 3000))
  .map(([kind, ms]) =>
    command(`Zendesk: a ${kind} takes ${ms} ms`, (world) => {
      world.isSpotless = false;
      world.latencyMs[kind] = ms;
    }),
  );

const brokenSignOut = fc
  .constantFrom<'hang' | 'network-error' | { readonly status: number }>('hang', 'network-error', { status: 500 })
  .map((outcome) =>
    command(`Zendesk: the next sign-outs: ${JSON.stringify(outcome)}`, (world) => {
      world.isSpotless = false;
      world.backend.answerAlways('logout', outcome);
    }),
  );

const silentSignOut = fc.constant(
  command('Zendesk refuses three requests, and the messenger signs out silently', async (world) => {
    world.isSpotless = false;
    if (world.goodSinceMs.zendesk < Infinity) world.goodSinceMs.zendesk = world.awakeMs();
    for (let tries = 0; tries < 3; tries++) world.backend.answerNext('send', { status: 401 });
    void world.zendesk.send('hello');
    await world.pass(1600);
  }),
);

const passes = fc
  .constantFrom(20, 300, 2100, 2100, 5000, 30_000)
  .map((ms) => command(`${ms} ms pass`, (world) => world.pass(ms)));

/** A user with fields and tags, then something that may end the session, and then a message. */
const story = fc
  .tuple(
    fc.oneof(signInAs, setUser),
    fc.oneof(switchUser, setUser, setUsers, logout, navigate, consent, otherTab, silentSignOut, replaceBody, remove),
    fc.constantFrom(0, 20, 300, 2500),
    write,
  )
  .map(([signIn, event, ms, message]) =>
    command(`${String(signIn)}, a field and a tag, ${String(event)}, ${ms} ms, ${String(message)}`, async (world) => {
      await signIn.run({}, world);
      await world.pass(STORY_MS);
      world.setConversation();
      await event.run({}, world);
      await world.pass(ms);
      await message.run({}, world);
      await world.pass(STORY_MS);
    }),
  );

export const visitorCommand = fc.oneof(
  { weight: 3, arbitrary: story },
  { weight: 4, arbitrary: navigate },
  { weight: 3, arbitrary: setUser },
  { weight: 3, arbitrary: fc.oneof(signInAs, switchUser, setUsers) },
  { weight: 2, arbitrary: fc.oneof(logout, logout, callThroughHandle, remove, remove) },
  { weight: 4, arbitrary: setFields },
  { weight: 2, arbitrary: otherTab },
  { weight: 2, arbitrary: consent },
  { weight: 1, arbitrary: fc.oneof(replaceBody, secondTag) },
  { weight: 3, arbitrary: write },
  { weight: 2, arbitrary: fc.oneof(latency, latency, brokenSignOut, silentSignOut) },
  { weight: 3, arbitrary: passes },
);
