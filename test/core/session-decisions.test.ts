// The session by itself, one decision after the other: what it does at which instant, to the millisecond.
import { describe, expect, it } from 'vitest';
import { isMessengerAuthError, MessengerAuthError } from '../../src/core/errors.js';
import { createSession, step, type SessionEvent } from '../../src/core/session.js';
import type { Action, Session } from '../../src/core/state.js';
import { FAKE_ACCOUNT, signToken } from '../../src/testing/index.js';

const LIMITS = { loadTimeoutMs: 10_000, tokenTimeoutMs: 9000, loginTimeoutMs: 15_000, refreshWhenHidden: false };
const START_MS = 1_800_000_000_000;
const MINUTE_MS = 60_000;

/** A session and its clock: what was done since the last look is in `did`. */
function start(limits = LIMITS, random = 0.5) {
  let s: Session = createSession(limits);
  let nowMs = START_MS;
  let actions: Action[] = [];
  const tell = (...event: SessionEvent) => {
    s = step(s, event, nowMs, random);
    actions.push(...s.actions);
  };
  const life = {
    get s() {
      return s;
    },
    get nowMs() {
      return nowMs;
    },
    tell,
    /** Lets time pass as the driver does: it looks whenever the session wants to be woken. */
    wait(ms: number) {
      const untilMs = nowMs + ms;
      for (let looks = 0; s.wakeAtMs <= untilMs; looks++) {
        if (looks > 1000) throw new Error('It wakes without end');
        nowMs = s.wakeAtMs;
        tell('looked', {});
      }
      nowMs = untilMs;
    },
    /** A laptop asleep: no look at the end of what was waited for. */
    sleep: (ms: number) => void (nowMs += ms),
    /** What was done, with what the driver is handed where that matters; and forgets it. */
    did: () => actions.splice(0).map(([type]) => type),
    acted: () => actions.splice(0),
    mint(lifetimeS = 3600, user = 'ada', more: Record<string, unknown> = {}) {
      const iat = Math.floor(nowMs / 1000);
      return signToken({ external_id: user, iat, exp: iat + lifetimeS, ...more }, FAKE_ACCOUNT);
    },
    arrive: (value: unknown = life.mint(), serverNowMs?: number) => tell('tokenArrived', s.fetchId, value, serverNowMs),
    failFetch: (retryAfterMs?: number) =>
      tell('tokenFailed', s.fetchId, new MessengerAuthError('token_failed'), retryAfterMs),
    ask: () => tell('asked', s.loginId),
    accept: () => tell('answered', s.loginId, ''),
    reject: (reason: string) => tell('answered', s.loginId, reason),
    /** The messenger is live, and the first token on its way. */
    beginSignIn() {
      tell('login');
      tell('live');
      return life;
    },
    /** The token comes and is asked for: what Zendesk says of it is not known yet. */
    handOver(text?: string) {
      life.arrive(text);
      life.ask();
      return life;
    },
    /** Signed in, with nothing to do but to wait. */
    signIn(text?: string) {
      life.beginSignIn().handOver(text).accept();
      actions = [];
      return life;
    },
  };
  return life;
}

const codeOf = (error: unknown) => (isMessengerAuthError(error) ? error.code : error);

describe('loading', () => {
  it('begins once, fails at its time limit, and is begun anew by the next load()', () => {
    const life = start();
    life.tell('load');
    life.tell('load');
    expect(life.did()).toEqual(['load-requested']);
    life.wait(9999);
    expect(life.s.load).toBe('loading');
    life.wait(1);
    expect(life.s.load).toBe('failed');
    expect(codeOf(life.s.error)).toBe('script_blocked');
    expect(life.acted()).toEqual([['load-failed', { code: 'script_blocked' }]]);
    life.tell('load');
    expect(life.did()).toEqual(['load-requested']);
    expect(life.s).toMatchObject({ load: 'loading', error: undefined, failures: 0 });
    life.wait(9999);
    expect(life.s.load).toBe('loading');
  });

  it('that ended in a script without a messenger is told apart, and forgotten by the next try', () => {
    const life = start();
    life.tell('load');
    life.tell('looked', { scriptRan: true });
    life.wait(10_000);
    expect(codeOf(life.s.error)).toBe('messenger_unavailable');
    life.tell('load');
    life.wait(10_000);
    expect(codeOf(life.s.error)).toBe('script_blocked');
  });

  it('is tried again after 30 to 40 s, while somebody wants to sign in', () => {
    for (const [random, ms] of [[0, 30_000] as const, [0.75, 37_500] as const]) {
      const life = start(LIMITS, random);
      life.tell('login');
      life.tell('loadFailed', 'script_blocked');
      expect(life.s.error!.message).toBe(new MessengerAuthError('script_blocked').message);
      life.did();
      life.wait(ms - 1);
      expect(life.did()).toEqual([]);
      life.wait(1);
      expect(life.did()).toEqual(['load-requested']);
    }
  });

  it('is tried again at once when somebody comes back, but not where a script has run: it may only be slow', () => {
    for (const scriptRan of [false, true]) {
      const life = start();
      life.tell('login');
      life.tell('looked', { scriptRan });
      life.tell('loadFailed', 'script_blocked');
      life.tell('woke', true, false);
      life.wait(1000);
      life.did();
      life.tell('woke', false, false);
      expect(life.did()).toEqual(scriptRan ? [] : ['load-requested']);
    }
  });

  it('has its whole time once more after a sleep, which is a timer more than a minute late', () => {
    for (const lateMs of [MINUTE_MS, MINUTE_MS + 1]) {
      const life = start();
      life.tell('load');
      life.sleep(10_000 + lateMs);
      life.tell('looked', {});
      expect(life.s.load).toBe(lateMs > MINUTE_MS ? 'loading' : 'failed');
    }
  });

  it('goes live once, also late; what fails after that is nothing', () => {
    const life = start();
    life.tell('load');
    life.wait(10_000);
    life.did();
    life.tell('live');
    life.tell('live');
    expect(life.did()).toEqual(['messenger-live']);
    expect(life.s.error).toBeUndefined();
    life.tell('loadFailed', 'script_blocked');
    life.tell('load');
    life.wait(MINUTE_MS);
    expect(life.s.load).toBe('live');
    expect(life.did()).toEqual([]);
  });

  it('that fails gives the request up, and login() with it; when it goes live after all, the sign-in goes on', () => {
    const life = start();
    life.tell('login');
    expect(life.did()).toEqual(['load-requested', 'token-requested']);
    life.tell('loadFailed', 'classic_widget');
    expect(life.did()).toEqual(['token-cancelled', 'load-failed']);
    expect(life.s.status).toBe('failed');
    life.wait(MINUTE_MS);
    expect(life.did()).toEqual([]);
    life.tell('live');
    expect(life.did()).toEqual(['messenger-live', 'token-requested']);
    expect(life.s.status).toBe('signing-in');
  });

  it('is over after destroy(), but what is live stays so', () => {
    const life = start();
    life.tell('load');
    life.tell('destroy');
    expect(life.s.load).toBe('none');
    expect(start().signIn().s.load).toBe('live');
    const signedIn = start().signIn();
    signedIn.tell('destroy');
    expect(signedIn.s).toMatchObject({ load: 'live', status: 'signed-out' });
    expect(signedIn.did()).toEqual([]);
  });
});

describe('signing in', () => {
  it('fetches a token, calls loginUser when the messenger is live, answers its ask in the same step', () => {
    const life = start();
    life.tell('login');
    expect(life.acted()).toEqual([
      ['load-requested', {}],
      ['token-requested', { reason: 'sign-in' }, 1, 'sign-in'],
    ]);
    life.wait(100);
    const text = life.mint();
    life.arrive(text);
    const expiresAtMs = START_MS + 3_600_000;
    expect(life.acted()).toEqual([
      ['token-received', { lifetimeMs: 3_600_000 }],
      ['renewal-planned', { refreshAtMs: START_MS + 2_100_000, expiresAtMs }],
    ]);
    life.tell('live');
    expect(life.acted()).toEqual([
      ['messenger-live', {}],
      ['login-called', {}, 2],
    ]);
    life.ask();
    expect(life.acted()).toEqual([
      ['asked', {}],
      ['answered', { withToken: true }, text],
    ]);
    expect(life.s.status).toBe('signing-in');
    life.accept();
    expect(life.acted()).toEqual([['login-accepted', {}, true]]);
    expect(life.s).toMatchObject({ status: 'signed-in', user: 'ada', failures: 0 });
  });

  it('does nothing twice for a login() that is called twice', () => {
    const life = start();
    life.tell('login');
    life.did();
    life.tell('login');
    expect(life.did()).toEqual([]);
    const signedIn = start().signIn();
    signedIn.tell('login');
    expect(signedIn.did()).toEqual([]);
  });

  it('hears nothing of a request or a login that is not its own', () => {
    const life = start().beginSignIn();
    life.did();
    life.tell('tokenArrived', life.s.fetchId + 1, life.mint());
    life.tell('tokenFailed', life.s.fetchId + 1, new MessengerAuthError('token_failed'));
    expect(life.did()).toEqual([]);
    life.arrive();
    life.did();
    life.tell('answered', life.s.loginId - 1, '401: x');
    expect(life.did()).toEqual([]);
    // But an ask is always answered.
    life.tell('asked', life.s.loginId - 1);
    expect(life.acted()).toEqual([
      ['asked', {}],
      ['answered', { withToken: false }, undefined],
    ]);
  });

  it('of nobody ends quietly, and signs out who was signed in here', () => {
    const life = start().beginSignIn();
    life.did();
    life.arrive(null);
    expect(life.did()).toEqual(['token-absent']);
    expect(life.s.status).toBe('signed-out');
    const signedIn = start().signIn();
    signedIn.wait(3_300_000);
    expect(signedIn.did()).toContain('token-requested');
    signedIn.arrive(null);
    expect(signedIn.did()).toEqual(['token-absent', 'signed-out']);
    const onTheWay = start();
    onTheWay.tell('login');
    onTheWay.tell('live');
    onTheWay.arrive();
    onTheWay.ask();
    onTheWay.ask();
    onTheWay.wait(2000);
    onTheWay.did();
    onTheWay.arrive(null);
    expect(onTheWay.did()).toEqual(['token-absent', 'answered', 'signed-out']);
  });

  it('gives a request up at its time limit, and tries again by the back-off; after three failures login() fails', () => {
    const life = start().beginSignIn();
    life.did();
    life.wait(8999);
    expect(life.did()).toEqual([]);
    life.wait(1);
    const [cancelled, failed] = life.acted();
    expect(cancelled).toEqual(['token-cancelled', {}]);
    // Half of 2 s, and a request is 9 s old.
    expect(failed).toEqual(['token-failed', { code: 'token_failed', retryAtMs: life.nowMs + 1000 }]);
    life.wait(999);
    expect(life.did()).toEqual([]);
    life.wait(1);
    expect(life.did()).toEqual(['token-requested']);
    life.failFetch();
    life.wait(2000);
    expect(life.did()).toEqual(['token-failed', 'token-requested']);
    expect(life.s.status).toBe('signing-in');
    life.failFetch();
    expect(life.s.status).toBe('failed');
    expect(codeOf(life.s.error)).toBe('token_failed');
    life.did();
    // In the background it goes on.
    life.wait(4000);
    expect(life.did()).toEqual(['token-requested']);
    life.arrive();
    expect(life.did()).toContain('login-called');
    life.ask();
    life.accept();
    expect(life.s).toMatchObject({ status: 'signed-in', error: undefined });
  });

  it('leaves more than a second between two requests, whatever the back-off says', () => {
    const life = start(LIMITS, 0);
    life.tell('login');
    life.did();
    life.failFetch();
    life.wait(1099);
    expect(life.did()).toEqual(['token-failed']);
    life.wait(1);
    expect(life.did()).toEqual(['token-requested']);
  });

  it('waits for a Retry-After, and does not keep a login() waiting for a long one', () => {
    const life = start().beginSignIn();
    life.failFetch(15_000);
    expect(life.s.status).toBe('signing-in');
    life.did();
    // And as long again at most, by chance: a fleet must not come back in one instant.
    life.wait(22_499);
    expect(life.did()).toEqual([]);
    life.wait(1);
    expect(life.did()).toEqual(['token-requested']);

    const long = start();
    long.tell('login');
    long.tell('live');
    long.failFetch(15_001);
    expect(long.s.status).toBe('failed');
    long.did();
    // Another login() is told so at once, as long as the wish stands.
    long.tell('login');
    expect(long.s).toMatchObject({ status: 'failed' });
    expect(codeOf(long.s.error)).toBe('token_failed');
    expect(long.did()).toEqual([]);
    long.wait(1);
    long.tell('login');
    expect(long.s.status).toBe('failed');
    long.wait(22_502);
    expect(long.did()).toEqual(['token-requested']);
  });

  it('is over where the endpoint says that trying again changes nothing; who is signed in stays so', () => {
    const life = start();
    life.tell('login');
    life.failFetch(Infinity);
    expect(life.s.status).toBe('failed');
    expect(life.acted().at(-1)).toEqual(['token-failed', { code: 'token_failed', retryAtMs: undefined }]);
    life.wait(9000);
    life.tell('woke', false, true);
    expect(life.did()).toEqual([]);

    const signedIn = start().signIn();
    signedIn.wait(3_000_000);
    signedIn.did();
    signedIn.failFetch(Infinity);
    expect(signedIn.s.status).toBe('signed-in');
    signedIn.wait(598_999);
    expect(signedIn.s.status).toBe('signed-in');
    signedIn.wait(1);
    expect(signedIn.s.status).toBe('failed');
    // Somebody comes back: that is worth a try.
    signedIn.did();
    signedIn.tell('woke', false, true);
    expect(signedIn.did()).toEqual(['token-requested']);
  });
});

describe('an endpoint that would never give another token', () => {
  it('does not end a sign-in while the verdict on the token before is still to come', () => {
    for (const reason of ['', '401: x']) {
      const life = start().beginSignIn().handOver();
      life.wait(1100);
      life.ask();
      life.did();
      life.failFetch(Infinity);
      expect(life.acted()).toEqual([
        ['token-failed', { code: 'token_failed', retryAtMs: undefined }],
        ['answered', { withToken: false }, undefined],
      ]);
      expect(life.s.status).toBe('signing-in');
      life.wait(5000);
      expect(life.did()).toEqual([]);
      life.reject(reason);
      expect(life.s.status).toBe(reason ? 'signing-in' : 'signed-in');
      if (!reason) continue;
      expect(life.did()).toEqual(['login-rejected', 'token-refused', 'token-requested']);
      life.failFetch(Infinity);
      expect(life.s.status).toBe('failed');
    }
  });
});

describe('whom the messenger may have signed in', () => {
  it('is signed out when nobody is signed in to the site, also where no answer came to the sign-in', () => {
    for (const [reason, done] of [
      ['time-out', ['token-absent', 'signed-out']],
      ['500: x', ['token-absent']],
      ['401: x', ['token-absent']],
    ] as const) {
      const life = start().beginSignIn().handOver(start().mint(10));
      life.wait(9000);
      expect(life.s.fetchId).not.toBe(0);
      life.reject(reason);
      life.did();
      life.arrive(null);
      expect(life.did()).toEqual(done);
    }
  });

  it('is signed out where a push fails for good: older builds go on with the token before [M 25]', () => {
    const life = start().signIn();
    life.wait(3_000_000);
    life.handOver();
    life.did();
    life.reject('409: x');
    expect(life.did()).toEqual(['login-rejected', 'signed-out']);
    expect(codeOf(life.s.error)).toBe('identity_conflict');
    expect(life.s.status).toBe('failed');
  });
});

describe('a token that cannot succeed', () => {
  const BAD = [
    [7, 'token_not_string'],
    ['x', 'token_malformed'],
  ] as const;

  it.each(BAD)('%j: is fetched once more, then the doctor looks at it, then it is told', (value, code) => {
    const life = start().beginSignIn();
    life.did();
    life.arrive(value);
    expect(life.acted()).toEqual([['token-failed', { code, retryAtMs: START_MS + 1100 }]]);
    life.wait(1100);
    expect(life.did()).toEqual(['token-requested']);
    life.arrive(value);
    expect(life.s.status).toBe('signing-in');
    const [failed, requested] = life.acted();
    expect(failed).toEqual(['token-failed', { code, retryAtMs: undefined }]);
    expect(requested).toEqual(['explanation-requested', {}, life.s.error, [code, value], undefined]);
    const explained = new MessengerAuthError(code, '', undefined, ['Explained', 'Do it'], []);
    life.tell('explained', new MessengerAuthError(code), explained);
    expect(life.s.status).toBe('signing-in');
    life.tell('explained', life.s.error!, explained);
    expect(life.s).toMatchObject({ status: 'failed', error: explained });
    life.wait(MINUTE_MS);
    expect(life.did()).toEqual([]);
  });

  it('is told of without the doctor after five seconds', () => {
    const life = start();
    life.tell('login');
    life.arrive('x');
    life.wait(1100);
    life.arrive('x');
    life.wait(4999);
    expect(life.s.status).toBe('signing-in');
    // Another login() meanwhile shares it.
    life.tell('login');
    expect(life.s.status).toBe('signing-in');
    life.did();
    life.wait(1);
    expect(life.s.status).toBe('failed');
    expect(life.did()).toEqual([]);
    life.tell('looked', {});
    expect(life.did()).toEqual([]);
    life.tell('login');
    expect(life.did()).toEqual(['token-requested']);
  });

  it('a login() in the very step after the five seconds starts afresh', () => {
    const life = start();
    life.tell('login');
    life.arrive('x');
    life.wait(1100);
    life.arrive('x');
    life.wait(5000);
    life.did();
    life.tell('login');
    expect(life.did()).toEqual(['token-requested']);
    expect(life.s.status).toBe('signing-in');
  });

  it('that is over is one, and so is the same one again where another is needed', () => {
    const life = start().beginSignIn();
    life.did();
    life.arrive(life.mint(-10));
    expect(life.acted()[0]).toMatchObject(['token-failed', { code: 'token_expired' }]);
    const signedIn = start();
    const text = signedIn.mint();
    signedIn.signIn(text);
    signedIn.wait(3_000_000);
    signedIn.did();
    signedIn.arrive(text);
    expect(signedIn.acted()[0]).toMatchObject(['token-failed', { code: 'token_repeated' }]);
    expect(signedIn.s.status).toBe('signed-in');
  });
});

describe('a refusal', () => {
  const REASONS = ['401: Invalid JWT', '403: x', 'Error occurred reading the JWT'];

  it.each(REASONS)('%s: one more token, and the second is the last', (reason) => {
    const life = start();
    const first = life.mint();
    life.tell('login');
    life.tell('live');
    life.arrive(first);
    life.ask();
    life.did();
    life.reject(reason);
    expect(life.acted()).toEqual([
      ['login-rejected', { code: 'invalid_auth', retryAtMs: undefined }],
      ['token-refused', {}],
    ]);
    expect(life.s.status).toBe('signing-in');
    life.wait(1100);
    expect(life.acted()).toEqual([['token-requested', { reason: 'invalid_auth' }, life.s.fetchId, 'invalid_auth']]);
    const second = life.mint();
    life.arrive(second);
    expect(life.did()).toEqual(['token-received', 'renewal-planned', 'login-called']);
    life.ask();
    life.did();
    life.reject(reason);
    const asked = life.acted().find(([type]) => type === 'explanation-requested')!;
    expect(asked.slice(3)).toEqual([['invalid_auth', second], life.s.last!.skewMs]);
    expect(codeOf(life.s.error)).toBe('invalid_auth');
    life.wait(5000);
    expect(life.s.status).toBe('failed');
  });

  it('of two tokens at once is explained by the later one', () => {
    const life = start();
    const first = life.mint();
    life.tell('login');
    life.tell('live');
    life.arrive(first);
    life.ask();
    life.wait(500);
    // It asks once more: the first one may be bad.
    life.ask();
    expect(life.s.askedAtMs).toBe(life.nowMs);
    life.wait(600);
    const second = life.mint();
    expect(life.acted().at(-1)).toEqual([
      'token-requested',
      { reason: 'invalid_auth' },
      life.s.fetchId,
      'invalid_auth',
    ]);
    life.arrive(second);
    expect(life.did()).toEqual(['token-received', 'renewal-planned', 'answered']);
    expect(life.s.suspected).toBe(true);
    life.reject('401: Invalid JWT');
    const asked = life.acted().find(([type]) => type === 'explanation-requested')!;
    expect(asked[3]).toEqual(['invalid_auth', second]);
    expect(life.s.refused).toEqual([first, second]);
  });

  it('of the same token once more is a refusal, whose cause is the repetition', () => {
    const life = start();
    const text = life.mint();
    life.tell('login');
    life.tell('live');
    life.arrive(text);
    life.ask();
    life.reject('401: x');
    life.wait(1100);
    life.did();
    life.arrive(text);
    expect(life.acted()[0]).toMatchObject(['token-failed', { code: 'token_repeated' }]);
    life.wait(1100);
    life.arrive(text);
    const asked = life.acted().find(([type]) => type === 'explanation-requested')!;
    expect(asked[3]).toEqual(['invalid_auth', text]);
    life.wait(5000);
    expect(life.s.status).toBe('failed');
    expect(codeOf(life.s.error)).toBe('invalid_auth');
    expect(life.s.error!.message).not.toContain('(');
    expect(codeOf(life.s.error!.cause)).toBe('token_repeated');
  });

  it('in a running session is an ask, unless the token has just been pushed', () => {
    const life = start().signIn();
    life.wait(10_000);
    life.ask();
    expect(life.did()).toEqual(['asked', 'token-refused', 'token-requested']);
    expect(life.s.status).toBe('signing-in');
    life.wait(400);
    const next = life.mint();
    life.arrive(next);
    expect(life.acted().slice(-1)).toEqual([['answered', { withToken: true }, next]]);
    expect(life.s.suspected).toBe(false);
    // Nobody tells whether it is better: loginUser does, once the messenger's own tries are over.
    life.wait(4999);
    expect(life.did()).toEqual([]);
    life.wait(1);
    expect(life.did()).toEqual(['push-called']);
  });

  it.each([
    ['409: x', 'identity_conflict', 'failed'],
    ['500: x', 'login_failed', 'signing-in'],
    ['time-out', 'login_failed', 'signing-in'],
  ])('%s is %s: %s', (reason, code, status) => {
    const life = start().beginSignIn().handOver();
    life.did();
    life.reject(reason);
    const [rejected] = life.acted();
    const retryAtMs = status === 'failed' ? undefined : START_MS + 1000;
    expect(rejected).toEqual(['login-rejected', { code, retryAtMs }]);
    expect(codeOf(life.s.error)).toBe(code);
    expect(life.s.status).toBe(status);
    life.wait(1000);
    expect(life.did()).toEqual(status === 'failed' ? [] : ['login-called']);
  });

  it('puts the status into the error, where there is one', () => {
    const life = start().beginSignIn();
    life.arrive();
    life.reject('503: x');
    expect(life.s.error!.message).toContain('(503)');
    life.wait(1000);
    life.reject('Unknown error');
    expect(life.s.error!.message).not.toContain('(');
  });

  it('is none where the page itself has called loginUser since: it is called again', () => {
    const life = start().beginSignIn().handOver();
    life.did();
    life.reject('Not latest request');
    expect(life.did()).toEqual([]);
    life.wait(999);
    expect(life.did()).toEqual([]);
    life.wait(1);
    expect(life.did()).toEqual(['login-called']);
    expect(life.s.error).toBeUndefined();
  });

  it('is a time-out when Zendesk does not answer', () => {
    const life = start().beginSignIn().handOver();
    life.did();
    life.wait(14_999);
    expect(life.did()).toEqual([]);
    life.wait(1);
    expect(life.acted()).toMatchObject([['login-rejected', { code: 'login_failed' }]]);
  });

  it('lets no more than ten requests follow in five minutes, five of them at once', () => {
    const life = start();
    const requests: number[] = [];
    life.signIn();
    for (let at = 0; at < 10 * 60; at++) {
      life.wait(1000);
      if (life.s.status === 'failed' && !life.s.wanted) life.tell('login');
      for (const [type] of life.acted()) if (type === 'token-requested') requests.push(life.nowMs);
      if (life.s.fetchId) life.arrive();
      if (life.s.loginAtMs) {
        life.ask();
        life.reject('401: x');
        // About one token the messenger asks once [M 26].
      } else if (life.s.handed) life.ask();
    }
    const inWindow = (fromMs: number) => requests.filter((atMs) => atMs >= fromMs && atMs < fromMs + 5 * MINUTE_MS);
    const most = Math.max(...requests.map((atMs) => inWindow(atMs).length));
    expect(most).toBeLessThanOrEqual(10);
    expect(most).toBeGreaterThanOrEqual(9);
    expect(requests.length).toBeGreaterThanOrEqual(13);
  });
});

describe('renewing', () => {
  it('is pushed with loginUser, and what the page had set is not restored', () => {
    const life = start().signIn();
    life.wait(2_099_999);
    expect(life.did()).toEqual([]);
    life.wait(1);
    expect(life.acted()).toEqual([['token-requested', { reason: 'renewal' }, life.s.fetchId, 'renewal']]);
    const text = life.mint();
    life.arrive(text);
    expect(life.did()).toEqual(['token-received', 'renewal-planned', 'push-called']);
    life.ask();
    expect(life.acted()[1]).toEqual(['answered', { withToken: true }, text]);
    life.accept();
    expect(life.acted()).toEqual([['login-accepted', {}, false]]);
  });

  it('waits for the window to close, and an ask has it meanwhile', () => {
    const life = start().signIn();
    life.tell('looked', { windowOpen: true });
    life.wait(3_000_000);
    life.did();
    const text = life.mint();
    life.arrive(text);
    expect(life.did()).toEqual(['token-received', 'renewal-planned']);
    life.wait(10_000);
    life.ask();
    expect(life.s.handed!.text).toBe(text);
    life.did();
    life.tell('looked', { windowOpen: false });
    expect(life.did()).toEqual([]);
  });

  it('is pushed when the window closes, where nobody has asked', () => {
    const life = start().signIn();
    life.tell('looked', { windowOpen: true });
    life.wait(3_000_000);
    life.arrive();
    life.did();
    life.tell('looked', { windowOpen: false });
    expect(life.did()).toEqual(['push-called']);
  });

  it('rests in a hidden tab, and begins when it is seen again; for refreshWhenHidden it goes on', () => {
    const life = start().signIn();
    life.tell('woke', true, false);
    life.wait(3_500_000);
    expect(life.did()).toEqual([]);
    life.tell('woke', false, false);
    expect(life.did()).toEqual(['token-requested']);
    const going = start({ ...LIMITS, refreshWhenHidden: true }).signIn();
    going.tell('woke', true, false);
    going.wait(2_100_000);
    expect(going.did()).toEqual(['token-requested']);
  });

  it('of another user is a sign-in, and no ask gets that token', () => {
    const life = start().signIn();
    life.wait(3_000_000);
    life.did();
    life.ask();
    const other = life.mint(3600, 'bob');
    life.did();
    life.arrive(other);
    expect(life.acted().slice(-2)).toEqual([
      ['answered', { withToken: false }, undefined],
      ['login-called', {}, life.s.loginId],
    ]);
    expect(life.s).toMatchObject({ status: 'signing-in', user: undefined, loginUser: 'bob' });
  });

  it('of a token without end never comes', () => {
    const life = start().beginSignIn();
    life.arrive(life.mint(0, 'ada', { exp: undefined }));
    expect(life.did()).not.toContain('renewal-planned');
    life.ask();
    life.accept();
    life.did();
    life.wait(90 * 86_400_000);
    expect(life.did()).toEqual([]);
    expect(life.s.status).toBe('signed-in');
  });

  it('that fails keeps the good token, and tries again by the back-off, and at once when the network is back', () => {
    const life = start().signIn();
    life.wait(3_000_000);
    life.wait(2000);
    life.failFetch();
    expect(life.s.status).toBe('signed-in');
    life.did();
    life.wait(500);
    expect(life.did()).toEqual([]);
    life.tell('woke', false, false);
    expect(life.did()).toEqual([]);
    life.tell('woke', false, true);
    expect(life.did()).toEqual(['token-requested']);
  });
});

describe('an ask', () => {
  it('is answered at once with a renewed token, and with a late one loginUser follows', () => {
    const life = start().signIn();
    life.wait(3_600_000 - 500);
    life.ask();
    life.did();
    life.wait(1000);
    life.arrive();
    expect(life.did()).toEqual(['token-received', 'renewal-planned', 'answered']);
    const late = start().signIn();
    late.wait(3_600_000 - 500);
    late.ask();
    late.did();
    late.wait(1001);
    late.arrive();
    expect(late.did()).toEqual(['token-received', 'renewal-planned', 'answered']);
    // Not before what is still tried with the old token is over.
    late.wait(549);
    expect(late.did()).toEqual([]);
    late.wait(1);
    expect(late.did()).toEqual(['push-called']);
  });

  it('before a sleep is tried to its end after it: loginUser waits for that', () => {
    const life = start().signIn();
    life.tell('looked', { windowOpen: true });
    life.wait(10_000);
    life.ask();
    life.arrive();
    life.did();
    life.tell('looked', { windowOpen: false });
    life.sleep(3_000_000);
    life.tell('looked', {});
    expect(life.did()).not.toContain('push-called');
    life.wait(1099);
    expect(life.did()).not.toContain('push-called');
    life.wait(1);
    expect(life.did()).toContain('push-called');
  });

  it('answered in time for the last try of another request brings no loginUser, after that it does', () => {
    for (const waitMs of [450, 451]) {
      const life = start().signIn();
      life.wait(3_600_000);
      life.ask();
      life.wait(waitMs);
      life.arrive();
      life.wait(10_000);
      expect(life.did().includes('push-called')).toBe(waitMs > 450);
    }
  });

  it('is answered with nothing at the time limit of a token', () => {
    const life = start().signIn();
    life.wait(3_599_500);
    life.did();
    life.ask();
    life.wait(8999);
    expect(life.did()).not.toContain('answered');
    life.wait(1);
    expect(life.acted()).toContainEqual(['answered', { withToken: false }, undefined]);
  });

  it('once is about the token before a push; twice is about the pushed one', () => {
    const life = start().signIn();
    life.wait(3_000_000);
    const text = life.mint();
    life.arrive(text);
    life.ask();
    life.accept();
    life.did();
    life.wait(4999);
    life.ask();
    expect(life.acted()).toContainEqual(['answered', { withToken: true }, text]);
    life.wait(100);
    life.did();
    life.ask();
    expect(life.did()).toContain('token-refused');
    const later = start().signIn();
    later.wait(3_000_000);
    later.arrive();
    later.ask();
    later.accept();
    later.wait(5000);
    later.did();
    later.ask();
    expect(later.did()).toContain('token-refused');
  });

  it('about a pushed token while the old one is over is none about the new one', () => {
    const life = start().signIn();
    life.tell('woke', true, false);
    life.wait(7_200_000);
    life.tell('woke', false, false);
    life.arrive();
    expect(life.did().at(-1)).toBe('push-called');
    life.ask();
    const text = life.s.handed!.text;
    life.did();
    life.ask();
    expect(life.acted()).toEqual([
      ['asked', {}],
      ['answered', { withToken: true }, text],
    ]);
    life.ask();
    expect(life.did()).toEqual(['asked']);
    expect(life.s.suspected).toBe(true);
  });
});

describe('signing out', () => {
  it('answers the ask, gives the request up, tells the messenger; and nothing follows', () => {
    const life = start().signIn();
    life.wait(3_000_000);
    life.ask();
    life.did();
    life.tell('logout');
    expect(life.acted()).toEqual([
      ['answered', { withToken: false }, undefined],
      ['token-cancelled', {}],
      ['signed-out', {}],
    ]);
    expect(life.s).toMatchObject({ status: 'signed-out', user: undefined, held: undefined });
    life.wait(86_400_000);
    life.tell('woke', false, true);
    expect(life.did()).toEqual([]);
  });
});

describe('login(), once more', () => {
  it('in the background of a failure starts afresh; while it is signing in it changes nothing', () => {
    const life = start().beginSignIn();
    for (const waitMs of [1100, 2000]) {
      life.failFetch();
      life.wait(waitMs);
      life.tell('login');
    }
    expect(life.s.failures).toBe(2);
    life.wait(1200);
    life.failFetch();
    expect(life.s.status).toBe('failed');
    life.did();
    life.tell('login');
    expect(life.s).toMatchObject({ status: 'signing-in', error: undefined, failures: 0 });
    expect(life.did()).toEqual(['token-requested']);
  });

  it.each([
    [45_000, 'signing-in'],
    [44_999, 'failed'],
  ])('after a sign-out, %i ms into a Retry-After of a minute: is %s', (waitMs, status) => {
    const life = start().beginSignIn();
    life.failFetch(MINUTE_MS);
    life.tell('logout');
    life.wait(waitMs);
    life.did();
    life.tell('login');
    expect(life.s.status).toBe(status);
    expect(codeOf(life.s.error)).toBe(status === 'failed' ? 'token_failed' : undefined);
    expect(life.did()).toEqual([]);
  });

  it('at the very end of a Retry-After starts afresh', () => {
    const life = start().beginSignIn();
    life.failFetch(MINUTE_MS);
    life.wait(MINUTE_MS);
    expect(life.s.status).toBe('failed');
    life.tell('login');
    expect(life.s.status).toBe('signing-in');
  });

  it('takes the token of before again, where the endpoint keeps it', () => {
    const life = start();
    const text = life.mint();
    life.signIn(text);
    life.tell('logout');
    life.wait(2000);
    life.tell('login');
    life.did();
    life.arrive(text);
    expect(life.did()).toContain('login-called');
  });

  it('keeps count of failures when the messenger goes live, and when a token comes', () => {
    const life = start();
    life.tell('login');
    life.failFetch();
    life.wait(1100);
    life.tell('live');
    life.failFetch();
    life.wait(2000);
    life.handOver();
    expect(life.s.status).toBe('signing-in');
    life.reject('500: x');
    expect(life.s.status).toBe('failed');
  });
});

describe('a hidden tab', () => {
  it('signs in, and goes on at it, but for three failures', () => {
    const life = start();
    life.tell('woke', true, false);
    life.tell('login');
    life.tell('live');
    life.did();
    life.handOver();
    life.reject('401: x');
    life.did();
    life.wait(1100);
    expect(life.did()).toEqual(['token-requested']);
    life.failFetch();
    life.wait(1100);
    life.failFetch();
    life.wait(2000);
    life.did();
    life.failFetch();
    life.wait(3_600_000);
    expect(life.did()).toEqual(['token-failed']);
    life.tell('woke', false, false);
    expect(life.did()).toEqual(['token-requested']);
  });

  it('renews for an ask, and for a login() that finds its token over', () => {
    const hide = () => {
      const life = start().signIn();
      life.tell('woke', true, false);
      return life;
    };
    const good = hide();
    good.tell('login');
    good.wait(3_600_000);
    expect(good.did()).toEqual([]);
    good.ask();
    expect(good.acted()[1]).toEqual(['token-requested', { reason: 'renewal' }, good.s.fetchId, 'renewal']);
    const over = hide();
    over.wait(7_200_000);
    expect(over.did()).toEqual([]);
    over.tell('login');
    expect(over.did()).toEqual(['token-requested']);
    const asleep = hide();
    asleep.sleep(7_200_000);
    asleep.tell('login');
    expect(asleep.did()).toEqual(['token-requested']);
  });

  it('that is seen again tries at once what had failed', () => {
    const life = start().signIn();
    life.wait(3_002_000);
    life.failFetch();
    life.did();
    life.tell('woke', true, false);
    expect(life.did()).toEqual([]);
    life.tell('woke', false, false);
    expect(life.did()).toEqual(['token-requested']);
  });
});

describe('who is signed in', () => {
  const push = () => {
    const life = start().signIn();
    life.wait(3_000_000);
    life.handOver();
    life.did();
    return life;
  };

  it.each([
    ['399: x', 'push-called'],
    ['400: x', 'login-called'],
    ['429: x', 'login-called'],
    ['499: x', 'login-called'],
    ['500: x', 'push-called'],
  ])('a push that ends in %s is followed by %s: Zendesk signs out at 4xx', (reason, next) => {
    const life = push();
    life.reject(reason);
    life.wait(1000);
    expect(life.did()).toEqual(['login-rejected', next]);
  });

  it('a push that the page has superseded is repeated, and what was cleared is restored', () => {
    const life = push();
    life.reject('Not latest request');
    life.wait(1000);
    expect(life.did()).toEqual(['push-called']);
    life.ask();
    life.did();
    life.accept();
    expect(life.acted()).toEqual([['login-accepted', {}, true]]);
  });

  it('after a push that failed, an ask gets its token; after one whose answer did not come, the next one', () => {
    for (const reason of ['500: x', 'time-out']) {
      const life = start().signIn();
      life.wait(3_000_000);
      const next = life.mint();
      life.handOver(next);
      life.reject(reason);
      life.did();
      life.ask();
      const answered = ['answered', { withToken: true }, next];
      if (reason === 'time-out') expect(life.acted()).not.toContainEqual(answered);
      else expect(life.acted()).toContainEqual(answered);
    }
  });

  it('an answer that comes after the time limit counts, where nothing has followed yet', () => {
    const life = start().beginSignIn().handOver();
    life.wait(15_000);
    life.did();
    life.accept();
    expect(life.did()).toEqual(['login-accepted']);
    expect(life.s.status).toBe('signed-in');
  });

  it('a push that times out says so in the error', () => {
    const life = start().beginSignIn();
    life.wait(9000);
    expect(life.s.error!.message).toContain('(time-out)');
  });

  it('keeps the good token whatever unusable ones come', () => {
    const life = start().signIn();
    life.wait(3_000_000);
    for (const waitMs of [1100, 2000, 4000]) {
      life.arrive('x');
      expect(life.s).toMatchObject({ status: 'signed-in', wanted: true });
      life.wait(waitMs);
    }
  });

  it('is told of an unusable token after a refusal, too', () => {
    const life = start().signIn();
    life.wait(10_000);
    life.ask();
    for (const waitMs of [1100, 2000]) {
      life.arrive('x');
      life.wait(waitMs);
    }
    life.did();
    life.arrive('x');
    const asked = life.acted().find(([type]) => type === 'explanation-requested')!;
    expect(asked[3]).toEqual(['token_malformed', 'x']);
    // What is explained stays, until something else goes wrong.
    const explained = new MessengerAuthError('token_malformed', '', undefined, ['Explained', 'Do it'], []);
    life.tell('explained', life.s.error!, explained);
    expect(life.s).toMatchObject({ status: 'failed', error: explained });
    life.wait(4000);
    life.arrive('x');
    expect(life.s.error).toBe(explained);
    life.wait(8000);
    life.arrive(7);
    expect(codeOf(life.s.error)).toBe('token_not_string');
  });

  it('has the failures forgotten by a renewal', () => {
    const life = start().signIn();
    life.wait(3_000_000);
    life.failFetch();
    life.wait(1100);
    life.failFetch();
    life.wait(2000);
    life.arrive();
    expect(life.s.failures).toBe(0);
  });

  it('gets a token in hand though the request for the next one fails', () => {
    const life = start().signIn();
    life.tell('looked', { windowOpen: true });
    life.wait(2_100_000);
    life.arrive();
    life.wait(2_550_000);
    life.failFetch();
    life.did();
    life.tell('looked', { windowOpen: false });
    expect(life.did()).toEqual(['push-called']);
  });

  it('never gets one that has expired in hand', () => {
    const life = start().signIn();
    life.tell('looked', { windowOpen: true });
    life.wait(3_000_000);
    life.arrive();
    life.tell('woke', true, false);
    life.wait(7_200_000);
    life.did();
    life.ask();
    expect(life.did()).toEqual(['asked', 'token-requested']);
  });

  it('is left in peace by an ask that was answered at once', () => {
    const life = start().signIn();
    life.wait(3_600_000);
    life.ask();
    life.arrive();
    life.did();
    life.wait(10_000);
    expect(life.did()).toEqual([]);
  });

  it('has what the page had set restored after an ask that nobody answered', () => {
    const life = start().signIn();
    life.wait(3_600_000);
    life.ask();
    life.wait(9000);
    life.wait(2000);
    life.handOver();
    life.did();
    life.accept();
    expect(life.acted()).toEqual([['login-accepted', {}, true]]);
  });
});

describe('doubts', () => {
  it('of a token that was handed over in the sign-in need no benefit in the session', () => {
    const life = start().signIn();
    life.wait(100);
    life.ask();
    expect(life.did()).toContain('token-refused');
  });

  it('of a third token in one login are dismissed: two are enough for a verdict', () => {
    const life = start().beginSignIn().handOver();
    life.wait(1100);
    life.ask();
    life.arrive();
    life.did();
    life.ask();
    expect(life.did()).toEqual(['asked', 'answered']);
  });

  it('of a second token after a refused one are dismissed, too', () => {
    const life = start().beginSignIn().handOver();
    life.reject('401: x');
    life.wait(1100);
    life.handOver();
    life.did();
    life.ask();
    expect(life.did()).toEqual(['asked', 'answered']);
  });

  it('wait for the verdict where no better token is to be had', () => {
    const life = start().beginSignIn().handOver();
    life.wait(1100);
    life.ask();
    life.arrive('x');
    life.wait(1100);
    life.did();
    life.arrive('x');
    expect(life.did()).toEqual(['token-failed', 'answered']);
    life.wait(5000);
    expect(life.did()).toEqual([]);
    life.accept();
    expect(life.s.status).toBe('signed-in');
  });

  it.each([
    [5000, ['asked', 'answered', 'token-refused', 'explanation-requested']],
    [5001, ['asked', 'token-refused', 'token-requested']],
  ])('of the token after a refused one, %i ms after it was handed over', (waitMs, done) => {
    const life = start().signIn();
    life.tell('looked', { windowOpen: true });
    life.wait(10_000);
    life.ask();
    life.arrive();
    life.wait(waitMs);
    life.did();
    life.ask();
    expect(life.did().sort()).toEqual([...done].sort());
  });

  it('once resolved by handing the token over again are resolved by loginUser', () => {
    const life = start().signIn();
    life.wait(3_000_000);
    life.handOver();
    life.accept();
    life.wait(1000);
    life.ask();
    life.did();
    life.wait(4999);
    expect(life.did()).toEqual([]);
    life.wait(1);
    expect(life.did()).toEqual(['push-called']);
  });

  it('are none of a renewal while Zendesk takes its time: it does not follow a refusal', () => {
    const life = start().beginSignIn().handOver();
    life.reject('401: x');
    life.wait(1100);
    const { followUpsMs } = life.s;
    expect(followUpsMs).toBe(life.nowMs + MINUTE_MS);
    life.arrive(life.mint(10));
    life.did();
    life.wait(6000);
    expect(life.did()).toEqual(['token-requested']);
    expect(life.s.followUpsMs).toBe(followUpsMs);
  });

  it('use up what may follow a refusal; failures of the endpoint do not', () => {
    const life = start();
    let logins = 0;
    for (; logins < 20 && !life.s.notBeforeMs; logins++) {
      life.tell('login');
      if (logins === 0) life.tell('live');
      life.handOver();
      life.reject('401: x');
      life.wait(1100);
      if (!life.s.fetchId) break;
      life.handOver();
      life.reject('401: x');
      life.wait(5000);
    }
    // One in the first login, two in each that follows a refusal: five.
    expect(logins).toBe(3);
    expect(life.s).toMatchObject({ status: 'failed', wanted: true });
    expect(codeOf(life.s.error)).toBe('invalid_auth');
    // Whoever comes next is told the true reason.
    life.tell('logout');
    life.tell('login');
    life.wait(5000);
    expect(life.s.status).toBe('failed');
    expect(codeOf(life.s.error)).toBe('invalid_auth');

    const failing = start().beginSignIn();
    for (let request = 0; request < 20; request++) {
      failing.failFetch();
      failing.did();
      failing.tell('woke', false, true);
      failing.wait(1100);
      expect(failing.did()).toEqual(['token-requested']);
    }
  });
});
