// A page in which years go by in seconds: a messenger that accepts everybody, and a site whose tokens live for a minute.
import { FAKE_TIME } from './fake-time.js';
import { htmlPage, KEY, type LibraryFile, libraryScript } from './pages.js';

// How long a sign-out takes [M 51].
const SIGN_OUT_MS = 100;

/**
 * A script in place of the fake, which logs every request: a messenger that goes live at once, with its frame [M 74]. It
 * accepts everybody, and keeps what the real one keeps: the last jwtCallback and its listeners [M 13, 16], and the user's
 * id in the browser's storage, until the end of the sign-out [M 40, 51, 54].
 */
export const LIGHT_MESSENGER = `
  const waiting = window.zE?._ ?? [];
  const listeners = new Map();
  let kept;
  const APP_USER_ID = '5f0000000000000000000000.appUserId';
  const frame = document.createElement('iframe');
  frame.dataset.product = 'web_widget';
  frame.style.display = 'none';
  (document.body ?? document.documentElement).append(frame);
  const emit = (name) => listeners.get(name)?.forEach((listener) => listener());
  const commands = {
    loginUser(jwtCallback, loginCallback) {
      kept = jwtCallback;
      jwtCallback((token) =>
        setTimeout(() => {
          if (token) localStorage.setItem(APP_USER_ID, 'one of the users');
          loginCallback(token ? null : { reason: 'Error occurred reading from jwt' });
        }),
      );
    },
    logoutUser() {
      if (localStorage.getItem(APP_USER_ID)) setTimeout(() => localStorage.removeItem(APP_USER_ID), ${SIGN_OUT_MS});
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
        await signOut(messenger);
        end();
        await pass(2000);
      }
    },
    async createAndDestroy(count) {
      await signOut(messenger);
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
      let pushes = 0;
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
        onEvent: ({ type }) => type === 'push-called' && pushes++,
      });
      window.setTimeout = setTimeout;
      await start(idle);
      renewals = pushes = wakeUps = 0;
      // In steps, so that promises settle between the timers.
      for (let second = 0; second < 86_400; second++) await pass(1000);
      // The renewed token is handed over later, when the one before it is about to expire.
      const day = { renewals, pushes, otherWakeUps: wakeUps - renewals - pushes };
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
  // The library looks at the storage until the sign-out has ended.
  async function signOut(messenger) {
    const logout = messenger.logout();
    await pass(2 * ${SIGN_OUT_MS});
    await logout;
    if (Object.keys(localStorage).length > 0) throw new Error('not signed out');
  }
  Object.assign(window, { lives, create, getToken, start });
`;

export function longLifePage(library: LibraryFile): string {
  return htmlPage(FAKE_TIME + `<script>${LIGHT_MESSENGER}</script>` + libraryScript(library, SITE));
}
