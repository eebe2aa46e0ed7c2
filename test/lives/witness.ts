// Checks the rules that hold in every life. Their numbers are those of the list in README.md in this folder. What can only
// be seen at the exact moment is recorded then. The rest is checked after every command.
import { identityStorage } from '../../src/browser/identity-storage.js';
import { createRecord } from '../../src/core/stored-identity.js';
import { readToken } from '../../src/core/token.js';
import type { MessengerEvent } from '../../src/index.js';
import type { World } from './world.js';
import type { Ask, ZeListener } from './watch-ze.js';

const SECOND_MS = 1000;
const MINUTE_MS = 60_000;
// For so long after a push, an ask may be about the previous token, so the pushed token may be handed over again.
const SETTLED_MS = 5000;
const ASK_AFTER_MS = 500;
// An ask may end in a silent sign-out within this time [M 27].
const UNSEEN_MS = 2000;
// Dates of servers are in whole seconds, and answers take time.
const CLOCK_GRAIN_MS = 2000;
/** The events that sign out in the same step, without a `logout()`. */
const CAUSES = ['token-absent', 'token-failed', 'login-rejected', 'user-changed'];
// After a sign-out, pending answers may take this long.
const PEACE_MS = 1000;
// load() and login() must settle within this time: it is longer than their time limits and three tries.
const PATIENCE_MS = 5 * MINUTE_MS;
// logout() settles after 2 s at the latest.
const SIGN_OUT_MS = 2100;
/** Defects of tokens. They are looked at again when the visitor or the network comes back. */
const UNUSABLE = ['token_not_string', 'token_malformed', 'token_expired', 'token_repeated', 'exp_invalid'].concat([
  'external_id_missing',
  'external_id_not_string',
]);
/** Errors after which the library does nothing until login() is called again, because someone has to act. */
const FINAL = ['invalid_auth', 'identity_conflict', 'token_rejected', 'classic_widget', ...UNUSABLE];
// What has failed for long is tried ever more rarely: the longest wait is a sixth of that time, from the first wait on,
// up to fifteen minutes. What follows the wait fits into the rest of a minute.
const FIRST_WAIT_MS = { load: 40 * SECOND_MS, session: 30 * SECOND_MS };
const LONGEST_WAIT_MS = 15 * MINUTE_MS;
const AFTER_WAIT_MS = 20 * SECOND_MS;
// After so many requests, tags and calls without a success, `login()` no longer starts over, and each may have to wait.
const MANY_ATTEMPTS = 45;
const ATTEMPT_DISTANCE_MS = 10 * MINUTE_MS;
const ATTEMPTS = ['load-requested', 'token-requested', 'login-called', 'push-called'];
// The minimum time between two token requests and between two tags, even if login() is called at once.
const DISTANCE_MS = 1100;
// A page without a timer does not notice a sleep. While something fails in a visible tab, the next timer comes at most
// fifteen minutes later, and may be one minute late.
const NOTICED_MS = 16 * MINUTE_MS;

/** What fails: since when, and how long after everything works the visitor is signed in. */
interface Outage {
  sinceMs: number | undefined;
  patienceMs: number;
}

export interface Witness extends ZeListener {
  /** Called when Zendesk has answered a request with this token with 401 or 403. */
  refused(text: string): void;
  /** Called when Zendesk has accepted a request with this token. */
  accepted(text: string): void;
  /** Called for every event that the page gets. */
  noticed(event: MessengerEvent): void;
  /** Called when the library has requested a token from the site. */
  requested(): void;
  /** Called before a new messenger is created. */
  created(): void;
  /** Called when the snapshot of the messenger has changed. */
  published(): void;
  /** Called before the site calls load(), login(), logout() or remove(). */
  calling(name: 'load' | 'login' | 'logout' | 'remove'): void;
  /** Called before the visitor or the network comes back. */
  returned(): void;
  /** Called before the page's clock goes ahead while nothing runs, as in a sleep. */
  skipped(ms: number): void;
  /** How long after everything works the visitor must be signed in. */
  patienceMs(): number;
  /** Called before a command whose effects the library does not cause. */
  disturb(): void;
  /** Called at the instant at which the messenger was destroyed. */
  destroyed(): void;
  /** Checks everything that must hold between commands. */
  check(): void;
}

export function createWitness(world: World): Witness {
  let disturbedAtMs = 0;
  let received: string | undefined;
  /** How far the page's clock had been set ahead when it came. */
  let receivedJumpedMs = 0;
  let acceptedAtMs = -Infinity;
  /** Whether the latest loginUser is a push, and the token that it got. */
  let isPush = false;
  let pushed: string | undefined;
  /** The user of the latest loginUser call. */
  let loginUser: string | undefined;
  let reason: string | undefined;
  let isSuspect = false;
  /** When a running session last got a token. A second refusal in a row is final if the token was not used for long. */
  let givenAtMs = -Infinity;
  let given: string | undefined;
  /** Since when nobody must be signed in, and the library's messenger that last called loginUser. */
  let nobodyAtMs = Infinity;
  let caller: unknown;
  /** A sign-out has not been completed [M 51]. */
  let isLeaving = false;
  let notFailedAtMs = Infinity;
  /** When another 4xx of the endpoint ended the requests. The current token is still good for a while. */
  let turnedAwayAtMs = -Infinity;
  /** Until then, the messenger may sign the visitor out silently. */
  let unseenAtMs = -Infinity;
  /** The number of calls that start a sign-in over, and of refused sign-ins since the last call without an accepted one. */
  let refusedLogins = { calls: 0, count: 0 };
  const followUps: number[] = [];
  const handed = new Set<string>();
  /**
   * When the messenger asked about each token. It asks only once about a token. If the token is refused later, the messenger
   * ends the session silently [M 26, 27].
   */
  const askedAboutMs = new Map<string, number>();
  /** When each token was refused, and whether the page can know that: the messenger asks half a second later [M 26]. */
  const refusals = new Map<string, { atMs: number; isKnown: boolean }>();
  const noOutage = (): Outage => ({ sinceMs: undefined, patienceMs: MINUTE_MS });
  let outages = { load: noOutage(), session: noOutage() };
  /** Requests, tags and calls of `loginUser` since the last success. */
  let attempts = 0;
  let returnedAtMs = -Infinity;
  let statusBefore = 'signed-out';
  let isLoading = false;
  /** Whether the last failure of a token or a sign-in is followed by a retry. */
  let isRetried = false;
  /** The endpoint has failed for good. A `loginUser` that is repeated does not change that. */
  let isTurnedAway = false;
  /** A `loginUser` has failed, and is repeated. */
  let isLoginRepeated = false;
  /** The events of the current messenger that limit the next request or tag. */
  let lastMs = { tag: -Infinity, request: -Infinity, end: -Infinity };

  const blame = (text: string) => {
    if (!world.violations.includes(text)) world.violations.push(text);
  };
  const isKnowable = () =>
    world.circumstances.dates !== 'exp' ||
    // The endpoint sends the time of its clock.
    world.circumstances.source === 'tokenUrl' ||
    (world.circumstances.clockErrorMs === 0 && !world.wasSet);

  /** Whether the page's clock was set ahead between two requests, so that both got a token of the same second. */
  const isHurried = () => {
    const [first, second] = world.site.requests.slice(-2);
    const { error } = world.messenger.getSnapshot();
    if (!['token_expired', 'token_repeated'].includes(error?.code ?? '')) return false;
    return world.wasSet && second !== undefined && second.atMs - first!.atMs < SECOND_MS;
  };

  const isYoungPush = () => isPush && world.awakeMs() - acceptedAtMs < SETTLED_MS + CLOCK_GRAIN_MS;

  function noticed(event: MessengerEvent): void {
    const { type, atMs } = event;
    noteOutage(event);
    checkDistance(event);
    if (world.isPrerendered && ['load-requested', 'token-requested', 'login-called'].includes(type))
      blame(`19: ${type} on a prerendered page`);
    if (type === 'token-requested') reason = event.reason;
    if (type === 'token-failed' && event.code === 'token_rejected') turnedAwayAtMs = world.awakeMs();
    if (type === 'token-received') {
      received = [...world.site.minted.keys()].at(-1);
      receivedJumpedMs = world.jumpedMs;
    }
    if (type === 'login-called' || type === 'push-called') {
      isPush = type === 'push-called';
      loginUser = world.site.minted.get(received!)?.externalId;
    }
    if (type === 'login-called') [caller, nobodyAtMs] = [world.messenger, Infinity];
    const calls = world.pledges.filter(({ name }) => name === 'login' || name === 'setUser').length;
    if (type === 'login-accepted' || type === 'signed-out' || calls !== refusedLogins.calls)
      refusedLogins = { calls, count: 0 };
    if (type === 'login-rejected' && event.code === 'invalid_auth' && ++refusedLogins.count > 2)
      blame('4: Zendesk refused a third sign-in in a row');
    if (type === 'login-accepted') {
      acceptedAtMs = world.awakeMs();
      isSuspect = false;
    }
    if (type === 'token-absent') {
      if (!world.site.saidNobody) blame('9: the event token-absent, although a user is signed in to the site');
      world.goodSinceMs.wish = Infinity;
    }
    if (type === 'signed-out' && world.wish === 'login') {
      const isRefused = world.awakeMs() - givenAtMs <= SETTLED_MS;
      const causes = world.events.slice(-4).filter(({ type }) => {
        return CAUSES.includes(type) || (type === 'token-refused' && isRefused);
      });
      // The user of a login that is open may be another one.
      const isExpected = mustLeave() || world.ze.isLoginOpen;
      if (!causes.some((event) => event.atMs === atMs) && !isExpected)
        blame('9: the visitor was signed out without a cause');
    }
    if (type === 'signed-out') isLeaving = true;
    if (type === 'sign-out-completed') isLeaving = false;
    if (['token-absent', 'signed-out', 'sign-out-completed'].includes(type)) {
      if (type !== 'sign-out-completed') received = undefined;
      nobodyAtMs = isLeaving ? Infinity : world.awakeMs();
    }
  }

  /** Whether another user must be signed out before this one, or an identity that may be another user's [M 46, 48]. */
  function mustLeave(): boolean {
    const user = received === undefined ? undefined : world.site.minted.get(received)?.externalId;
    const { storedId, isAnonymous, record } = identityStorage.readIdentity();
    const isProven = user !== undefined && record === createRecord({ storedId }, user);
    return (!!storedId && !isAnonymous && !isProven) || (loginUser !== undefined && loginUser !== user);
  }

  function noteOutage(event: MessengerEvent): void {
    const { type } = event;
    if (ATTEMPTS.includes(type)) attempts++;
    if (type === 'login-accepted' || type === 'token-absent') attempts = 0;
    if (type === 'load-requested') isLoading = true;
    if (type === 'messenger-live' || type === 'load-failed') isLoading = false;
    if (type === 'load-failed') fail('load');
    if (type === 'messenger-live') endLoadOutage();
    if (type === 'token-failed' || type === 'login-rejected') {
      isRetried = event.retryAtMs !== undefined;
      if (type === 'token-failed') isTurnedAway = event.code === 'token_rejected' && !isRetried;
      if (type === 'token-failed' || isRetried) fail('session');
    }
    const { externalId } = world.messenger.getSnapshot();
    const isRenewed = type === 'token-received' && [...world.site.minted.values()].at(-1)?.externalId === externalId;
    // Before a login is repeated, the library signs out the user whom a login without an answer has left.
    const isEnd = type === 'user-changed' || (type === 'signed-out' && world.wish !== 'login');
    const isOver = isEnd || type === 'login-accepted' || type === 'token-absent';
    if (isOver) isLoginRepeated = false;
    else if (type === 'login-rejected') isLoginRepeated = isRetried;
    // A renewed token says nothing about a loginUser that keeps failing, unless that waits for the window.
    if (isOver || (isRenewed && (!isLoginRepeated || world.zendesk.isOpen))) outages.session = noOutage();
  }

  function fail(what: 'load' | 'session'): void {
    const nowMs = world.awakeMs();
    const outage = outages[what];
    outage.sinceMs ??= nowMs;
    const waitMs = Math.max(FIRST_WAIT_MS[what], (nowMs - outage.sinceMs) / 6);
    outage.patienceMs = Math.max(MINUTE_MS, Math.min(waitMs, LONGEST_WAIT_MS) + AFTER_WAIT_MS);
  }

  /** A messenger that is loaded, or must be loaded afresh, starts the sign-in afresh, too. */
  function endLoadOutage(): void {
    if (outages.load.sinceMs !== undefined) outages = { load: noOutage(), session: noOutage() };
  }

  function checkDistance(event: MessengerEvent): void {
    const { type, atMs } = event;
    if (type === 'load-requested') {
      if (atMs - lastMs.tag < DISTANCE_MS) blame(`1: two tags are only ${atMs - lastMs.tag} ms apart`);
      lastMs.tag = atMs;
    }
    if (type === 'token-requested') {
      const afterMs = atMs - Math.max(lastMs.request, lastMs.end);
      if (afterMs < DISTANCE_MS) blame(`1: a token request only ${afterMs} ms after the last one or a final failure`);
      lastMs.request = atMs;
    }
    // After a sign-out, the next login() is not delayed.
    if (['signed-out', 'token-absent', 'user-changed', 'consent-withdrawn'].includes(type)) lastMs.request = -Infinity;
    if (type === 'token-failed' && UNUSABLE.includes(event.code) && !isRetried) lastMs.end = atMs;
    if (type === 'login-rejected' && event.code === 'identity_conflict') lastMs.end = atMs;
  }

  function published(): void {
    const { status } = world.messenger.getSnapshot();
    // login() starts over, or the sign-in was successful, or it has ended.
    if (statusBefore === 'failed' && status !== 'failed') outages.session = noOutage();
    statusBefore = status;
  }

  function created(): void {
    outages = { load: noOutage(), session: noOutage() };
    lastMs = { tag: -Infinity, request: -Infinity, end: -Infinity };
    returnedAtMs = -Infinity;
    attempts = 0;
    statusBefore = 'signed-out';
    isLoading = isRetried = isLoginRepeated = false;
  }

  function calling(name: 'load' | 'login' | 'logout' | 'remove'): void {
    // They end everything without a failure, so the next login() is not delayed.
    if (name === 'remove' || name === 'logout') lastMs.request = -Infinity;
    if (!isLoading) endLoadOutage();
    // What was tried ever more rarely is tried at once, or when the endpoint's Retry-After ends.
    const isRestart = name === 'login' && world.messenger.getSnapshot().status === 'failed';
    if (isRestart) outages.session.patienceMs = MINUTE_MS;
  }

  function returned(): void {
    returnedAtMs = world.awakeMs();
    outages.load.patienceMs = outages.session.patienceMs = MINUTE_MS;
  }

  function skipped(ms: number): void {
    const { status } = world.messenger.getSnapshot();
    const isNoticed = ms >= NOTICED_MS && status !== 'signed-in' && world.isVisible;
    for (const outage of Object.values(outages)) {
      if (outage.sinceMs !== undefined) outage.sinceMs = isNoticed ? world.awakeMs() : outage.sinceMs - ms;
    }
  }

  const patienceMs = () =>
    Math.max(outages.load.patienceMs, outages.session.patienceMs) +
    (attempts < MANY_ATTEMPTS ? 0 : ATTEMPT_DISTANCE_MS);

  function requested(): void {
    const { requests, inFlight, lifetimeMs } = world.site;
    const [before, { atMs }] = [requests.at(-2), requests.at(-1)!];
    if (inFlight > 1) blame(`1: ${inFlight} token requests at the same time`);
    // Planned renewals do not count: the previous token was good, and not too new. If tokens live for seconds, there are many
    // renewals, and Zendesk may accept none of them and so never end the suspicion.
    const latest = received === undefined ? undefined : world.site.minted.get(received);
    const isGood = latest && latest.expiresAtMs > world.serverNowMs() && !refusals.has(latest.text);
    if (isSuspect && !(isGood && atMs - before!.atMs >= lifetimeMs / 3)) {
      // If the page's clock was set ahead, more time has passed for the page.
      followUps.push(atMs + world.jumpedMs);
      if (followUps.filter((ms) => ms > atMs + world.jumpedMs - 5 * MINUTE_MS).length > 10)
        blame('1: more than 10 token requests after refusals in 5 minutes');
    }
    const isPlanned = reason === 'renewal' && before && world.isSpotless && isKnowable();
    if (isPlanned && disturbedAtMs < before.atMs) {
      const apartMs = atMs - before.atMs;
      if (apartMs < lifetimeMs / 3 - CLOCK_GRAIN_MS) blame(`1: two renewals are only ${apartMs} ms apart`);
    }
  }

  function answered({ isRenewal, answer }: Ask): void {
    if (typeof answer !== 'string') return;
    if (world.ze.isLoginOpen) pushed = answer;
    else {
      givenAtMs = world.awakeMs();
      given = answer;
    }
    const token = world.site.minted.get(answer);
    if (!token) return blame('3: the messenger got a token that the site never made');
    const { visitor } = world.zendesk;
    const isExpired = token.expiresAtMs <= world.serverNowMs();
    if (isExpired && isKnowable())
      blame(`3: the messenger got a token that had expired ${world.serverNowMs() - token.expiresAtMs} ms earlier`);
    if (refusals.get(answer)?.isKnown && !(isRenewal && isYoungPush() && answer === pushed))
      blame('4: the messenger got a refused token again');
    if (isRenewal && visitor.kind === 'user' && visitor.externalId !== token.externalId)
      blame(`5: ${token.externalId}'s token in the session of ${visitor.externalId}`);
    handed.add(answer);
  }

  function asking(ask: Ask): void {
    // The current messenger does not learn what follows from the answer of an earlier one.
    if (ask.owner !== world.messenger) unseenAtMs = world.awakeMs() + UNSEEN_MS;
    if (!ask.isRenewal) return;
    disturbedAtMs = world.serverNowMs();
    for (const text of handed) if (!askedAboutMs.has(text)) askedAboutMs.set(text, world.awakeMs());
    // The ask is about a token that was refused half a second ago [M 26], unless it had expired. Just after a push it may be
    // about the previous token, so only the next sign-in decides. During a sign-in, an ask is only a suspicion.
    // An earlier messenger was asked, so the current one does not know of the refusal.
    if (isYoungPush() || world.ze.isLoginOpen || ask.owner !== world.messenger) return;
    const isAskedAbout = (atMs: number) => Math.abs(world.awakeMs() - atMs - ASK_AFTER_MS) < 50;
    rejected([...refusals.keys()].filter((text) => isAskedAbout(refusals.get(text)!.atMs)));
  }

  function asked(ask: Ask): void {
    if (!ask.isRenewal && ask.answer === undefined) blame('6: loginUser was called without a token');
    const token = received === undefined ? undefined : world.site.minted.get(received);
    const isGood =
      token !== undefined &&
      // A destroyed messenger answers with nothing.
      ask.owner === world.messenger &&
      // The ask is about the session that ends.
      !isLeaving &&
      // A killed messenger does not sign out either [M 11].
      !world.zendesk.isKilled &&
      !handed.has(token.text) &&
      // If the page's clock was set ahead since, the token is older for the page.
      token.expiresAtMs > world.serverNowMs() + world.jumpedMs - receivedJumpedMs + CLOCK_GRAIN_MS &&
      readToken(token.text) instanceof Object &&
      world.zendesk.visitor.kind === 'user' &&
      world.zendesk.visitor.externalId === token.externalId;
    if (ask.isRenewal && isGood && typeof ask.answer !== 'string' && world.wish === 'login')
      blame('6: an ask was not answered at once, although a good token was in memory');
  }

  function refused(text: string): void {
    // After one ask, the messenger repeats the request with the new token. If that is refused, too, no ask follows [M 27].
    const isGivenNow = text === given && world.awakeMs() - givenAtMs < UNSEEN_MS;
    if (isGivenNow || world.awakeMs() - askedAboutMs.get(text)! > UNSEEN_MS) unseenAtMs = world.awakeMs() + UNSEEN_MS;
    const isExpired = (world.site.minted.get(text)?.expiresAtMs ?? 0) <= world.serverNowMs();
    // The library needs a moment to react to what it cannot foresee: a revoked token, or an expired one without exp.
    const isNews = isExpired ? !isKnowable() : !refusals.has(text);
    if (isNews && world.goodSinceMs.zendesk < Infinity) world.goodSinceMs.zendesk = world.awakeMs();
    if (!isExpired && !refusals.has(text)) refusals.set(text, { atMs: world.awakeMs(), isKnown: false });
  }

  function accepted(text: string): void {
    if (!refusals.has(text)) isSuspect = false;
  }

  function rejected(texts: readonly string[]): void {
    for (const text of texts) {
      const refusal = refusals.get(text);
      if (!refusal) continue;
      refusal.isKnown = true;
      // If the page's clock was set ahead, the token has expired for the page, so the ask does not mean a refusal.
      if (world.site.minted.get(text)!.expiresAtMs > world.serverNowMs() + world.jumpedMs) isSuspect = true;
    }
  }

  function called(command: string): void {
    if (
      ['logout', 'destroyed'].includes(world.wish) &&
      !/^(messenger (logoutUser|resetWidget)|messenger:(on|set) .*|)$/.test(command)
    )
      blame(`2: "${command}" was called after ${world.wish}`);
    if (world.wish !== 'login' && !world.isResetting && command === 'messenger loginUser')
      blame(`2: loginUser was called after ${world.wish}`);
  }

  function destroyed(): void {
    isSuspect = false;
    const { timers, listeners } = world.page;
    if (timers + listeners > 0) blame(`12: ${timers} timers and ${listeners} listeners are left after destroy()`);
    if (world.site.inFlight > 0) blame('12: a request is left after destroy()');
  }

  function check(): void {
    const nowMs = world.awakeMs();
    const { status, externalId, error } = world.messenger.getSnapshot();
    for (const { atMs, answer } of world.ze.asks) {
      if (answer === undefined && nowMs - atMs > 10_000) blame(`6: an ask has had no answer for ${nowMs - atMs} ms`);
    }
    for (const { name, sinceMs, outcome } of world.pledges) {
      if (!world.hasConsent && name !== 'logout') continue;
      const patienceMs = name === 'logout' ? SIGN_OUT_MS : PATIENCE_MS;
      const fromMs = name === 'logout' ? sinceMs : Math.max(sinceMs, world.goodSinceMs.consent);
      if (outcome === 'open' && nowMs - fromMs > patienceMs)
        blame(`7: ${name}() has not settled for ${nowMs - sinceMs} ms`);
    }
    // The answer that kills the messenger can come when everything works again [M 11].
    if (world.zendesk.isKilled) world.goodSinceMs.zendesk = Infinity;
    const goodForMs = nowMs - Math.max(...Object.values(world.goodSinceMs));
    if (goodForMs >= patienceMs() && status !== 'signed-in' && !isFinal(error?.code))
      blame(`9: the status is ${status} (${error?.code}) although everything has worked for ${goodForMs} ms`);
    // Finds a final failure while everything worked, also in a hidden tab.
    const { offlinePageAtMs, goodSinceMs } = world;
    const goodSince = Math.max(goodSinceMs.endpoint, goodSinceMs.zendesk, offlinePageAtMs);
    if (status !== 'failed') notFailedAtMs = nowMs;
    const causeAtMs = error?.code === 'token_rejected' ? turnedAwayAtMs : notFailedAtMs;
    if (FINAL.includes(error?.code ?? '') && causeAtMs - goodSince > MINUTE_MS && !isHurried())
      blame(`9: final failure ${error?.code} although everything worked`);
    checkAgreement(status, externalId, nowMs);
    checkSpotless();
  }

  /** Whether nothing is tried after this failure until login() is called again. */
  function isFinal(code: string | undefined): boolean {
    if (code === undefined || !FINAL.includes(code)) return false;
    if (isRetried && !isTurnedAway && (UNUSABLE.includes(code) || code === 'token_rejected')) return false;
    const { endpoint, zendesk, wish } = world.goodSinceMs;
    return !UNUSABLE.includes(code) || returnedAtMs < Math.max(endpoint, zendesk, wish);
  }

  function checkAgreement(status: string, externalId: string | undefined, nowMs: number): void {
    const { visitor, live, isKilled } = world.zendesk;
    if (!live || isKilled) return;
    const isAtRest = !world.ze.isLoginOpen && nowMs - acceptedAtMs > CLOCK_GRAIN_MS;
    const isLoggingOut = world.pledges.some(({ name, outcome }) => name === 'logout' && outcome === 'open');
    if (world.wish === 'logout' && !isLoggingOut && visitor.kind === 'user')
      blame('11: logout() was called, but the messenger has a user');
    const isLeft = caller === world.messenger && world.wish !== 'destroyed' && nowMs - nobodyAtMs > PEACE_MS;
    if (status === 'signed-out' && isLeft && visitor.kind === 'user')
      blame(`11: the status is signed-out, but the messenger has ${JSON.stringify(visitor)}`);
    if (status !== 'signed-in' || !isAtRest || nowMs - world.goodSinceMs.zendesk < MINUTE_MS) return;
    if (acceptedAtMs < unseenAtMs) return;
    if (visitor.kind !== 'user' || visitor.externalId !== externalId)
      blame(`11: "${externalId}" is signed in, but the messenger has ${JSON.stringify(visitor)}`);
    if (!world.backend.user(externalId!)?.signedIn) blame('11: the visitor is signed in, but not in the backend');
  }

  /** If everything has worked from the start, Zendesk has seen no 401 and the visitor never became anonymous. */
  function checkSpotless(): void {
    if (!world.isSpotless || !isKnowable() || world.wish !== 'login') return;
    // While the window is open, no renewed token is pushed.
    const bad = !world.windowWasOpen && world.backend.requests.find(({ status }) => status === 401);
    if (bad) blame(`10: Zendesk answered a ${bad.kind} request with 401: ${bad.reason}`);
    if (
      acceptedAtMs > 0 &&
      world.messenger.getSnapshot().status === 'signed-in' &&
      world.zendesk.visitor.kind !== 'user'
    )
      blame(`10: the messenger's visitor is "${world.zendesk.visitor.kind}"`);
  }

  return {
    noticed,
    created,
    published,
    calling,
    returned,
    skipped,
    patienceMs,
    disturb: () => void (disturbedAtMs = world.serverNowMs()),
    refused,
    accepted,
    rejected,
    called,
    answered,
    asked,
    destroyed,
    requested,
    asking,
    check,
  };
}
