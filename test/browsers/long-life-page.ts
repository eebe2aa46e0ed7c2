// A page in which years go by in seconds: a messenger that accepts everybody, and a site whose tokens live for a minute.
import { FAKE_TIME } from './fake-time.js';
import { htmlPage, KEY, type LibraryFile, libraryScript } from './pages.js';

/**
 * A script in place of the fake, which logs every request: a messenger that goes live at once, keeps what the real one
 * keeps, the last jwtCallback and its listeners [M 13, 16], and accepts everybody.
 */
export const LIGHT_MESSENGER = `
  const waiting = window.zE?._ ?? [];
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
  for (const call of waiting) zE(...call);
`;

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
    // A day of a tab in which nothing happens, and then a token request of the messenger. The endpoint answers at once, so
    // every timer is the library's.
    async idleDay(lifetimeS) {
      let renewals = 0;
      let wakeUps = 0;
      let latest;
      const { setTimeout } = window;
      window.setTimeout = (callback, ms) => setTimeout(() => { wakeUps++; callback(); }, ms);
      const idle = create({
        getToken() {
          const iat = Math.floor(Date.now() / 1000);
          const claims = { external_id: 'user-1', iat, exp: iat + lifetimeS, renewals: renewals++ };
          return (latest = [encode({ alg: 'HS256' }), encode(claims), 'c2lnbmVk'].join('.'));
        },
      });
      window.setTimeout = setTimeout;
      await start(idle);
      renewals = wakeUps = 0;
      // In steps, so that promises settle between the timers.
      for (let second = 0; second < 86_400; second++) await pass(1000);
      const day = { renewals, otherWakeUps: wakeUps - renewals };
      emit('open');
      while (renewals === day.renewals) await pass(1000);
      let token;
      kept((answer) => (token = answer));
      day.answersInSameTick = token === latest;
      emit('close');
      idle.destroy();
      return day;
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

export function longLifePage(library: LibraryFile): string {
  return htmlPage(FAKE_TIME + `<script>${LIGHT_MESSENGER}</script>` + libraryScript(library, SITE));
}
