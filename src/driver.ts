// Runs the core's decisions: keeps the one session, feeds it what happens and does what it asks for.
import { MessengerAuthError, type MessengerErrorCode } from './core/errors.js';
import type { MessengerEvent } from './core/events.js';
import { createSession, type SessionEvent, step } from './core/session.js';
import type { Action, Hands, Limits, Session, Status } from './core/state.js';
import type { Clock, LoadDoctor, PageSignals, TokenSource, Widget } from './ports.js';

// As it was when this was loaded: what the page puts in its place later is its own affair.
const { Promise } = globalThis;

/** What is to be seen of a messenger: the same object until something changes. Instants are local, in milliseconds. */
export interface MessengerSnapshot {
  /**
   * `signed-out`: nobody, or an anonymous visitor · `signing-in`: `login()` is under way · `signed-in`: Zendesk has
   * accepted · `failed`: `error` tells why; where that can pass, it is still tried in the background.
   */
  readonly status: Status;
  /** Whether the messenger is on the page and takes calls. */
  readonly live: boolean;
  /** Who is signed in. */
  readonly externalId?: string | undefined;
  /** When the token in hand expires; absent when its end is not known. */
  readonly expiresAtMs?: number | undefined;
  /** When the next token will be fetched. */
  readonly refreshAtMs?: number | undefined;
  /** Why it failed. There with the status `failed` only. */
  readonly error?: MessengerAuthError | undefined;
}

export interface DriverParts {
  readonly clock: Clock;
  readonly fetchToken: TokenSource;
  readonly loadDoctor: LoadDoctor;
  readonly widget: Widget;
  readonly page: PageSignals;
  readonly limits: Limits;
  /** Why nothing can be loaded here, if so. */
  readonly obstacle?: MessengerErrorCode | undefined;
  /** Must not throw. */
  readonly report: (event: MessengerEvent) => void;
  /** Tells a person about the error that a messenger has failed with. */
  readonly complain: (error: MessengerAuthError) => void;
}

export interface Driver {
  load(): Promise<MessengerSnapshot>;
  login(): Promise<MessengerSnapshot>;
  logout(): void;
  destroy(): void;
  getSnapshot(): MessengerSnapshot;
  /** @param listener - must not throw */
  subscribe(listener: () => void): () => void;
}

export function createDriver({
  clock,
  fetchToken,
  loadDoctor,
  widget,
  page,
  limits,
  obstacle,
  report,
  complain,
}: DriverParts): Driver {
  let session: Session = createSession(limits);
  let snapshot = readSnapshot(session);
  const listeners = new Set<() => void>();
  // Called after every step; each removes itself when its promise is settled.
  const waiters = new Set<() => void>();
  const events: SessionEvent[] = [];
  let isStepping = false;
  const asks: ((text?: string) => void)[] = [];
  let request: AbortController | undefined;
  let cancelTimer = () => {};
  let stopListening: (() => void)[] | undefined;

  // Whatever an action sets off comes after it: one event at a time, in order, within the same tick.
  function dispatch(...event: SessionEvent): void {
    events.push(event);
    if (isStepping) return;
    isStepping = true;
    for (let next; (next = events.shift());) {
      session = step(session, next, clock.nowMs(), clock.random());
      session.actions.forEach(perform);
    }
    isStepping = false;
    cancelTimer();
    const delayMs = session.wakeAtMs - session.nowMs;
    if (delayMs < Infinity) cancelTimer = clock.startTimer(look, delayMs);
    // Its signal holds what the site has hung on it.
    if (obstacle) request = undefined;
    publish();
  }

  const look = () => dispatch('looked', {});

  /** What the host has ended meanwhile, maybe in this step's very callback, is only let go. */
  const isOnlyLetGo = () => obstacle || events.some(([name]) => name === 'logout');

  function perform([type, details, ...hand]: Action): void {
    if (!obstacle) report({ type, atMs: session.nowMs, ...details } as MessengerEvent);
    // That takes nothing in hand.
    if (hand.length && type !== 'answered' && isOnlyLetGo()) return;
    (hands as Record<string, ((...hand: unknown[]) => void) | undefined>)[type]?.(...hand);
  }

  const hands: { [Type in keyof Hands]: (...hand: Hands[Type]) => void } = {
    'load-requested': () => obstacle || widget.load((...news) => obstacle || dispatch(...news)),
    async 'token-requested'(fetchId, reason) {
      request = new AbortController();
      try {
        const [name, ...details] = await fetchToken({ reason, signal: request.signal });
        dispatch(...([name, fetchId, ...details] as SessionEvent));
      } catch (cause) {
        dispatch('tokenFailed', fetchId, new MessengerAuthError('token_failed', '', cause));
      }
    },
    'token-cancelled': () => request?.abort(),
    'explanation-requested'(error, suspect, skewMs) {
      void loadDoctor()
        .then(({ explain }) => {
          return new MessengerAuthError(error.code, '', error.cause, ...explain(...suspect, session.nowMs, skewMs));
        })
        .catch(() => error)
        .then((explained) => dispatch('explained', error, explained));
    },
    'login-called': callLogin,
    'push-called': callLogin,
    answered(text) {
      for (const answer of asks.splice(0)) {
        try {
          answer(isOnlyLetGo() ? undefined : text);
        } catch {
          // Whoever wraps the messenger's functions: theirs to mend, and the session goes on.
        }
      }
    },
    'login-accepted': (hasCleared) => hasCleared && widget.restoreConversation(),
    'signed-out': widget.logout,
  };

  function callLogin(loginId: number): void {
    widget.login(
      (answer) => {
        asks.push(answer);
        dispatch('asked', loginId);
      },
      (reason) => dispatch('answered', loginId, reason),
    );
  }

  function publish(): void {
    const next = readSnapshot(session);
    const before = snapshot;
    // All values are texts and numbers, or an error that reads as its message.
    if (String(Object.values(next)) !== String(Object.values(before))) {
      snapshot = next;
      if (next.error && next.error !== before.error) complain(next.error);
      listeners.forEach((listener) => listener());
    }
    waiters.forEach((settle) => settle());
  }

  /** @param isWaiting - whether it is too early to tell · @param findError - asked when it is not */
  function wait(
    name: 'load' | 'login',
    isWaiting: () => boolean,
    findError: () => MessengerAuthError | false | undefined,
  ) {
    if (!obstacle) {
      stopListening ??= [
        page((...state) => dispatch('woke', ...state)),
        widget.on('open', () => dispatch('looked', { windowOpen: true })),
        widget.on('close', () => dispatch('looked', { windowOpen: false })),
      ];
      dispatch(name);
    }
    const promise = new Promise<MessengerSnapshot>((resolve, reject) => {
      const settle = () => {
        if (!obstacle && isWaiting()) return;
        waiters.delete(settle);
        const error = obstacle ? new MessengerAuthError(obstacle) : findError();
        if (error) reject(error);
        else resolve(snapshot);
      };
      waiters.add(settle);
      if (!isStepping) settle();
    });
    // Who does not look at the promise gets no unhandled rejection: complain() has told.
    promise.catch(() => {});
    return promise;
  }

  return {
    load: () =>
      wait(
        'load',
        () => session.load === 'loading',
        () => session.load === 'failed' && session.loadError,
      ),
    login: () =>
      wait(
        'login',
        () => session.status === 'signing-in' || (session.status === 'signed-out' && session.load === 'loading'),
        () => snapshot.error,
      ),
    logout() {
      if (!obstacle) dispatch('logout');
    },
    destroy() {
      obstacle ??= 'destroyed';
      dispatch('destroy');
      stopListening?.forEach((stop) => stop());
      listeners.clear();
    },
    getSnapshot: () => snapshot,
    subscribe(listener) {
      // Of its own, so that one function may subscribe twice.
      const own = () => listener();
      listeners.add(own);
      return () => void listeners.delete(own);
    },
  };
}

function readSnapshot({ status, load, error, user, held }: Session): MessengerSnapshot {
  return {
    status,
    live: load === 'live',
    externalId: status === 'signed-in' ? user : undefined,
    expiresAtMs: held?.expiresAtMs || undefined,
    refreshAtMs: held?.refreshAtMs || undefined,
    error: status === 'failed' ? error : undefined,
  };
}
