// Whether a tab that lives for months keeps what it should have let go of. In Chromium, which tells of its heap.
import { expect } from 'vitest';
import { FAKE_TIME } from './fake-time.js';
import { describeInChromium, it } from './in-browser.js';
import { htmlPage, KEY, LIBRARIES, libraryScript } from './pages.js';
import type { Visit } from './visit.js';

const RENEWALS = 10_000;
const CYCLES = 1000;
const MAX_GROWTH_BYTES = 200_000;

// Not the fake, which logs every request: a messenger that keeps what the real one keeps, the last jwtCallback and its
// listeners [M 13, 16], and accepts everybody.
const MESSENGER = `<script>
  const listeners = new Map();
  let kept;
  const emit = (name) => listeners.get(name)?.forEach((listener) => listener());
  const commands = {
    loginUser(jwtCallback, loginCallback) {
      kept = jwtCallback;
      jwtCallback((token) => setTimeout(() => loginCallback(token ? null : { reason: 'Error occurred reading from jwt' })));
    },
  };
  window.zE = window.zEmbed = Object.assign(
    (scope, name, ...rest) => {
      if (typeof scope === 'function') return scope();
      if (scope === 'messenger') return commands[name]?.(...rest);
      if (scope !== 'messenger:on') return;
      const own = (...details) => rest[0](...details);
      listeners.set(name, (listeners.get(name) ?? new Set()).add(own));
      return () => void listeners.get(name).delete(own);
    },
    { widget: 'messenger' },
  );
</script>`;

// What a site does: an endpoint that takes a moment and can be given up, and listeners that come and go.
const SITE = `
  const encode = (value) => btoa(JSON.stringify(value)).replaceAll('=', '');
  let tokens = 0;
  const getToken = ({ signal }) => new Promise((resolve, reject) => {
    const giveUp = () => reject(signal.reason);
    signal.addEventListener('abort', giveUp, { once: true });
    setTimeout(() => {
      tokens++;
      const iat = Math.floor(Date.now() / 1000);
      resolve([encode({ alg: 'HS256' }), encode({ external_id: 'user-1', iat, exp: iat + 60, tokens }), 'c2lnbmVk'].join('.'));
    }, 100);
  });
  window.heard = 0;
  const create = (options) =>
    createMessenger({ key: '${KEY}', getToken, onEvent: () => heard++, ...options });
  const listen = (messenger) => {
    const ends = [messenger.on('open', () => heard++), messenger.subscribe(() => heard++)];
    messenger.zE(() => heard++);
    return () => ends.forEach((end) => end());
  };
  const messenger = create();
  const lives = {
    async renewals(count) {
      if (messenger.getSnapshot().status !== 'signed-in') await lives.signInAndOut(1).then(() => start(messenger));
      for (const until = tokens + count; tokens < until; ) {
        await pass(5000);
        // Some are pushed when the window closes, and some answer an ask.
        if (tokens % 10 === 0) emit('open');
        if (tokens % 10 === 1) emit('close');
        if (tokens % 50 === 2) kept(() => {});
      }
      // Until nothing is under way: what is left then is the timer for the next renewal.
      for (let turn = 0; clock.countTimers() > 1 && turn < 100; turn++) await pass(100);
    },
    async signInAndOut(count) {
      for (let i = 0; i < count; i++) {
        const end = listen(messenger);
        await start(messenger);
        await messenger.logout();
        end();
        await pass(2000);
      }
    },
    async createAndDestroy(count) {
      messenger.logout();
      for (let i = 0; i < count; i++) {
        const another = create();
        listen(another);
        await start(another);
        another.destroy();
      }
    },
  };
  async function start(messenger) {
    const login = messenger.login();
    await pass(200);
    await pass(200);
    if ((await login).status !== 'signed-in') throw new Error('not signed in');
  }
  Object.assign(window, { lives, create, getToken, start });
`;

const live = (visit: Visit, name: string, count: number) => visit.page.evaluate(`lives.${name}(${count})`);

async function measure({ page }: Visit) {
  const session = await page.createCDPSession();
  await session.send('Performance.enable');
  // Twice: what a finalizer lets go of is collected by the next.
  for (let turn = 0; turn < 2; turn++) await session.send('HeapProfiler.collectGarbage');
  const { usedSize } = await session.send('Runtime.getHeapUsage');
  const { metrics } = await session.send('Performance.getMetrics');
  await session.detach();
  return {
    bytes: usedSize,
    pageListeners: metrics.find(({ name }) => name === 'JSEventListeners')?.value,
    timers: await page.evaluate('clock.countTimers()'),
    messengerListeners: await page.evaluate('[...listeners.values()].map((set) => set.size)'),
  };
}

async function openSite(visit: Visit, library: (typeof LIBRARIES)[number]) {
  await visit.open(htmlPage(FAKE_TIME + MESSENGER + libraryScript(library, SITE)));
}

describeInChromium('nothing piles up', () => {
  it.for([
    ['renewals', RENEWALS, 'IIFE'],
    ['renewals', RENEWALS, 'ESM'],
    ['signInAndOut', CYCLES, 'IIFE'],
    ['signInAndOut', CYCLES, 'ESM'],
    ['createAndDestroy', CYCLES, 'ESM'],
  ] as const)('%s, %i times, %s file', async ([name, count, library], { visit: openVisit }) => {
    const visit = await openVisit();
    await openSite(visit, library);
    // Compiled, and every cache filled.
    await live(visit, name, 500);
    const before = await measure(visit);
    await live(visit, name, count);
    const after = await measure(visit);
    expect({ ...after, bytes: 0 }).toEqual({ ...before, bytes: 0 });
    expect(after.timers).toBe(name === 'renewals' ? 1 : 0);
    expect(after.bytes - before.bytes).toBeLessThan(MAX_GROWTH_BYTES);
  });

  it.for(LIBRARIES)('destroy() lets go of what the site had given, %s file', async (library, { visit: openVisit }) => {
    const visit = await openVisit();
    await openSite(visit, library);
    const findKept = async () => {
      await measure(visit);
      return visit.page.evaluate('Object.keys(refs).filter((name) => refs[name].deref())');
    };
    await visit.page.evaluate(`(async () => {
      window.refs = {};
      const note = (name, value) => ((refs[name] = new WeakRef(value)), value);
      const another = create({
        getToken: note('getToken', (request) => getToken(request)),
        onEvent: note('onEvent', () => heard++),
      });
      another.on('open', note('on', () => heard++));
      another.subscribe(note('subscribe', () => heard++));
      await start(another);
      // Whoever holds the messenger itself holds nothing more.
      window.another = another;
    })()`);
    expect(await findKept()).toEqual(['getToken', 'onEvent', 'on', 'subscribe']);
    await visit.page.evaluate('another.destroy()');
    expect(await findKept()).toEqual([]);
    // What the messenger has kept answers, with nothing.
    expect(await visit.page.evaluate('new Promise((resolve) => kept((token) => resolve(token ?? "none")))')).toBe(
      'none',
    );
  });
});
