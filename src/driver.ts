// Connects the core to the outside world: keeps the session, passes events to it and performs its effects.
import type { MessengerErrorCode } from './core/error-codes.js';
import { MessengerAuthError } from './core/errors.js';
import type { MessengerEvent } from './core/events.js';
import { createSession, type SessionEvent, step } from './core/session.js';
import type { Effect, EffectArguments } from './core/effects.js';
import { isEndPending, isLoadPending, isLoginPending, isSigningOut } from './core/pending.js';
import { isReplaced } from './core/sign-out.js';
import { type MessengerSnapshot, readSnapshot } from './core/snapshot.js';
import type { Limits, Session } from './core/state.js';
import { mayPassSettings } from './core/ownership.js';
import type { Clock, IdentityStorage, LoadDoctor, PageSignals, TokenSource, Widget } from './ports.js';

// Stored when this file is loaded, because the page may replace it later.
const { Promise } = globalThis;
const ignore = () => {};

const SURROUNDED = 'Text surrounds the token. Return the bare JWT. [surrounded]';

export interface DriverParts {
  readonly clock: Clock;
  readonly fetchToken: TokenSource;
  readonly loadDoctor: LoadDoctor;
  readonly widget: Widget;
  readonly identity: IdentityStorage;
  readonly page: PageSignals;
  readonly limits: Limits;
  /** If set, nothing can be loaded in this environment, and `load()` and `login()` reject with this code. */
  readonly disabledReason?: MessengerErrorCode | undefined;
  /** Passes an event to `onEvent`. Must not throw. */
  readonly report: (event: MessengerEvent) => void;
  /** Prints an error on the console. Must not throw. */
  readonly logError: (error: MessengerAuthError) => void;
  /** Prints a warning on the console. Must not throw. */
  readonly logWarning: (text: string) => void;
}

export interface Driver {
  load(): Promise<MessengerSnapshot>;
  login(): Promise<MessengerSnapshot>;
  logout(): Promise<void>;
  setUser(id: string | null | undefined): Promise<MessengerSnapshot>;
  remove(): Promise<void>;
  /** The site has given or withdrawn the visitor's consent. */
  setConsent(hasConsent: boolean): void;
  /** Requests the next token as soon as nothing forbids it. Does nothing without a token. */
  renew(): void;
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
  identity,
  page,
  limits,
  disabledReason,
  report,
  logError,
  logWarning,
}: DriverParts): Driver {
  let session: Session = createSession(limits);
  let snapshot = readSnapshot(session);
  const listeners = new Set<() => void>();
  // One function for each pending promise, called after every step. It removes itself when its promise is settled.
  const waiters = new Set<() => void>();
  const events: SessionEvent[] = [];
  let isStepping = false;
  // How to answer the messenger's open requests for a token.
  const openAsks: ((text?: string) => void)[] = [];
  let requestController: AbortController | undefined;
  let hasWarned = false;
  let cancelTimer = () => {};
  let stopListening: (() => void)[] | undefined;

  // An effect can cause another event, for example when the messenger asks for a token during loginUser. Such an event
  // is queued: events run one at a time, in order, within the same tick.
  function dispatch(...event: SessionEvent): void {
    events.push(event);
    if (isStepping) return;
    isStepping = true;
    for (let next; (next = events.shift());) {
      session = step(session, next, clock.nowMs(), clock.random(), {
        ...identity.readIdentity(),
        hasLateFields: widget.hasLateFields(),
      });
      const mayPass = mayPassSettings(session);
      // Before the effects: some sign the user out, and then an anonymous visitor's messages would carry them.
      if (!mayPass) allowConversation(false);
      session.effects.forEach(perform);
      // After the effects: the messenger clears them at a login.
      if (mayPass) allowConversation(true);
    }
    isStepping = false;
    cancelTimer();
    const delayMs = session.wakeAtMs - session.nowMs;
    if (delayMs < Infinity) cancelTimer = clock.startTimer(lookAgain, delayMs);
    // After destroy(), release the request: the site may have attached listeners to its signal.
    if (disabledReason) requestController = undefined;
    publish();
  }

  function allowConversation(mayPass: boolean): void {
    if (!disabledReason) widget.allowConversation(mayPass, session.loadState === 'live' && !session.signOut);
  }

  const lookAgain = () => dispatch('looked', {});

  /** Whether the site has called destroy() or logout() during this step, for example in a callback. */
  const isEnding = () => disabledReason || events.some(([name]) => name === 'logout');

  function perform([type, details, ...args]: Effect): void {
    if (!disabledReason) report({ type, atMs: session.nowMs, ...details } as MessengerEvent);
    // The site is ending the session, so skip the effect. But an open ask of the messenger must still be answered, and
    // effects without arguments are performed: a request must be cancelled, and the visitor signed out.
    if (args.length && type !== 'answered' && type !== 'signed-out' && isEnding()) return;
    (effectHandlers as unknown as Record<string, ((...args: unknown[]) => void) | undefined>)[type]?.(...args);
  }

  const effectHandlers: {
    [Type in keyof EffectArguments]: (...args: EffectArguments[Type]) => void;
  } & { __proto__: null } = {
    // Some effects have no handler, and the page may add their names to Object.prototype.
    __proto__: null,
    'load-requested': () => disabledReason || widget.load((...event) => disabledReason || dispatch(...event)),
    'token-requested'(requestId, reason) {
      requestController = new AbortController();
      fetchToken({ reason, signal: requestController.signal }).then(
        ([name, ...details]) => dispatch(...([name, requestId, ...details] as SessionEvent)),
        (cause) => dispatch('tokenFailed', requestId, new MessengerAuthError('token_failed', '', cause)),
      );
    },
    'token-failed': (refusal) => refusal && logError(refusal),
    'token-received'(isSurrounded) {
      if (isSurrounded && !hasWarned) logWarning(SURROUNDED);
      hasWarned ||= isSurrounded;
    },
    'token-cancelled': () => requestController?.abort(),
    'explanation-requested'(error, token, skewMs) {
      void loadDoctor()
        .then(({ explain }) => {
          return new MessengerAuthError(
            error.code,
            error.reason,
            error.cause,
            ...explain(...token, session.nowMs, skewMs, error.reason),
          );
        })
        .catch(() => error)
        .then((explained) => dispatch('explained', error, explained));
    },
    'login-called': callLogin,
    'push-called': callLogin,
    answered(text) {
      for (const answer of openAsks.splice(0)) {
        try {
          answer(isEnding() ? undefined : text);
        } catch {
          // Another script has wrapped the messenger's functions and threw. The session continues.
        }
      }
    },
    'login-accepted'(clearsConversation, record) {
      identity.writeRecord(record);
      if (clearsConversation) widget.restoreConversation();
    },
    'signed-out'(resets, forgets) {
      // Nobody is in the memory of a messenger that is not live, so nothing else needs to be signed out [M 49].
      if (!widget.logout(resets, forgets)) identity.deleteIdentity();
      lookAgain();
    },
    'sign-out-completed'() {
      // Another tab may have signed in somebody since, or an anonymous visitor may have written: that id stays.
      identity.deleteIdentity(!!session.stored.storedId);
      widget.restoreConversation();
    },
    'sign-out-delayed'() {
      widget.resetMessenger();
      identity.deleteIdentity();
      lookAgain();
    },
    // The messenger does not clear them itself at a silent sign-out [M 72].
    'identity-lost'(resets) {
      if (resets) widget.resetMessenger();
    },
    'token-absent': (forgets) => forgets && widget.forgetConversation(),
    'user-changed': widget.forgetConversation,
    'consent-withdrawn'() {
      // The messenger does it, too [M 66], but not before it is live, and never the names and the e-mail [M 41].
      identity.deleteIdentity();
    },
    'messenger-live': (restores) => restores && widget.restoreConversation(),
    'messenger-lost': takeOffPage,
    'messenger-removed': takeOffPage,
  };

  function takeOffPage(): void {
    finishSignOut();
    widget.takeOffPage();
  }

  /** The messenger or the page goes away. During a sign-out, the messenger can no longer delete the identity [M 56]. */
  function finishSignOut(): void {
    if (session.signOut) identity.deleteIdentity(isReplaced(session, identity.readIdentity()));
  }

  function callLogin(loginId: number): void {
    widget.login(
      (answer) => {
        openAsks.push(answer);
        dispatch('asked', loginId);
      },
      (reason) => dispatch('answered', loginId, reason),
    );
  }

  function publish(): void {
    const current = readSnapshot(session);
    const previous = snapshot;
    if (Object.entries(current).some(([name, value]) => value !== previous[name as keyof MessengerSnapshot])) {
      snapshot = current;
      // A retry that fails for the same reason makes a new error, perhaps with another cause. One line on the console is
      // enough for all of them.
      if (current.error && current.error.code !== previous.error?.code) logError(current.error);
      listeners.forEach((listener) => listener());
    }
    waiters.forEach((settle) => settle());
  }

  /** The site has called something. Listens to the page from the first call on. Does nothing after destroy(). */
  function dispatchFromSite(event: SessionEvent): void {
    if (disabledReason) return;
    stopListening ??= [
      page((visibility, isBackOnline, isLeaving, otherTabsId) => {
        if (isLeaving) finishSignOut();
        dispatch('woke', visibility, isBackOnline, otherTabsId);
      }),
      widget.on('open', () => dispatch('looked', { windowOpen: true })),
      widget.on('close', () => dispatch('looked', { windowOpen: false })),
    ];
    dispatch(...event);
  }

  /**
   * Dispatches the event and returns a promise of the result.
   *
   * @param isPending - whether the result is not known yet
   * @param findError - called when the result is known; returns the error to reject with, or `undefined` to resolve
   */
  function dispatchAndWait(
    event: SessionEvent,
    isPending: (session: Session) => boolean,
    findError: () => MessengerAuthError | undefined,
  ) {
    // A call after destroy() is logged, because the site may ignore the promise. Calls on a server are not logged,
    // because every rendered page makes them.
    if (disabledReason === 'destroyed') logError(new MessengerAuthError(disabledReason));
    dispatchFromSite(event);
    return settle(isPending, () => (disabledReason ? new MessengerAuthError(disabledReason) : findError()));
  }

  /** Settles when the condition is false, or after destroy(). */
  function settle(
    isPending: (session: Session) => boolean,
    findError: () => MessengerAuthError | void,
  ): Promise<MessengerSnapshot> {
    const promise = new Promise<MessengerSnapshot>((resolve, reject) => {
      const look = () => {
        if (!disabledReason && isPending(session)) return;
        waiters.delete(look);
        const error = findError();
        if (error) reject(error);
        else resolve(snapshot);
      };
      waiters.add(look);
      if (!isStepping) look();
    });
    // A site that ignores the promise gets no unhandled rejection: logError() has already logged an error that matters.
    promise.catch(() => {});
    return promise;
  }

  return {
    load: () => dispatchAndWait(['load'], isLoadPending, () => session.loadError),
    login: () => dispatchAndWait(['login'], isLoginPending, () => snapshot.error),
    // Not async: that would return another promise, and its rejection would be an unhandled one.
    setUser(id) {
      if (id && typeof id !== 'string') {
        const error = new MessengerAuthError('invalid_option', 'setUser() needs a string');
        logError(error);
        return settle(
          () => false,
          () => error,
        );
      }
      const newId = id || '';
      return dispatchAndWait(['setUser', newId], newId ? isLoginPending : isEndPending, () =>
        newId ? snapshot.error : session.loadError,
      );
    },
    async logout() {
      dispatchFromSite(['logout']);
      await settle(isSigningOut, ignore);
    },
    async remove() {
      dispatchFromSite(['remove']);
      await settle(({ removal }) => !!removal, ignore);
    },
    setConsent(hasConsent) {
      dispatchFromSite(['setConsent', hasConsent]);
    },
    renew: () => dispatchFromSite(['renew']),
    destroy() {
      finishSignOut();
      disabledReason ??= 'destroyed';
      dispatch('destroy');
      stopListening?.forEach((stop) => stop());
      listeners.clear();
    },
    getSnapshot: () => snapshot,
    subscribe(listener) {
      // A new function, so that the same listener can subscribe twice.
      const entry = () => listener();
      listeners.add(entry);
      return () => void listeners.delete(entry);
    },
  };
}
