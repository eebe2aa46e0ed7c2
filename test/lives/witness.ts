// What must hold in every life, in the order of the list in README.md beside this file. What can only be seen in the
// instant in which it happens is noted then; the rest is looked at after every command.
import { readToken } from '../../src/core/token.js';
import type { MessengerEvent } from '../../src/index.js';
import type { World } from './world.js';
import type { Ask, ZeListener } from './watch-ze.js';

const SECOND_MS = 1000;
const MINUTE_MS = 60_000;
// A push is young for that long: an ask may still be about the token before it, so that it is handed over once more.
const SETTLED_MS = 5000;
const ASK_AFTER_MS = 500;
// From an ask to the silent sign-out in which it may end [M 27].
const UNSEEN_MS = 2000;
// Servers' dates are whole seconds, and answers travel.
const CLOCK_GRAIN_MS = 2000;
/** What signs out in the same step, without a `logout()`. */
const CAUSES = ['token-absent', 'token-failed', 'login-rejected'];
// A sign-out does not wait for that which is on its way.
const PEACE_MS = 1000;
// load() and login() fail after their time limits and three tries at the latest.
const PATIENCE_MS = 5 * MINUTE_MS;
/** Errors after which nothing is tried until login() is called again: somebody has to act. */
const FINAL = ['invalid_auth', 'identity_conflict', 'token_rejected', 'classic_widget', 'token_not_string'].concat(
  ['token_malformed', 'token_expired', 'token_repeated', 'exp_invalid', 'external_id_missing'],
  ['external_id_not_string'],
);

export interface Witness extends ZeListener {
  /** Zendesk has answered a request with this token by 401 or 403. */
  refused(text: string): void;
  /** Zendesk has granted a request with this token. */
  taken(text: string): void;
  /** The page was told of this. */
  noticed(event: MessengerEvent): void;
  /** The site was asked for a token. */
  requested(): void;
  /** A command is about to be run that must not be blamed on the library. */
  disturb(): void;
  /** The messenger was destroyed, in this very instant. */
  buried(): void;
  /** Looks at everything that holds between commands. */
  check(): void;
}

export function createWitness(world: World): Witness {
  let disturbedAtMs = 0;
  let received: string | undefined;
  let acceptedAtMs = -Infinity;
  /** The latest loginUser replaces a token, and the one that it was given. */
  let isPush = false;
  let pushed: string | undefined;
  let reason: string | undefined;
  let isSuspect = false;
  /** When a running session was given a token. The second refused one in a row is the last, if it was not in use for long. */
  let givenAtMs = -Infinity;
  /** Since when nobody is to be in the messenger, and the one that has brought somebody there. */
  let nobodyAtMs = Infinity;
  let caller: unknown;
  let notFailedAtMs = Infinity;
  /** Another 4xx of the endpoint, after which it is not asked again. The token in hand goes on for a while. */
  let turnedAwayAtMs = -Infinity;
  /** Until then the messenger may sign the visitor out without anybody being told. */
  let unseenAtMs = -Infinity;
  /** How often login() was called, and how many sign-ins were refused since then, with none accepted between. */
  let refusedLogins = { calls: 0, count: 0 };
  const followUps: number[] = [];
  const handed = new Set<string>();
  /**
   * Since when the messenger has asked about a token, which it does once. When that is refused at another time, it ends
   * the session without a word [M 26, 27].
   */
  const askedAboutMs = new Map<string, number>();
  /** When each was refused, and whether the page can know by now: the messenger takes half a second to ask [M 26]. */
  const refusals = new Map<string, { atMs: number; isKnown: boolean }>();

  const blame = (text: string) => {
    if (!world.violations.includes(text)) world.violations.push(text);
  };
  const isKnowable = () =>
    world.circumstances.dates !== 'exp' ||
    // The endpoint tells its clock.
    world.circumstances.source === 'tokenUrl' ||
    (world.circumstances.clockErrorMs === 0 && !world.wasSet);

  /** By a clock that was set ahead, the second look at the site was not too early, and it found a token of the same second. */
  const isHurried = () => {
    const [first, second] = world.site.requests.slice(-2);
    const { error } = world.messenger.getSnapshot();
    if (!['token_expired', 'token_repeated'].includes(error?.code ?? '')) return false;
    return world.wasSet && second !== undefined && second.atMs - first!.atMs < SECOND_MS;
  };

  const isYoungPush = () => isPush && world.awakeMs() - acceptedAtMs < SETTLED_MS + CLOCK_GRAIN_MS;

  function noticed(event: MessengerEvent): void {
    const { type, atMs } = event;
    if (type === 'token-requested') reason = event.reason;
    if (type === 'token-failed' && event.code === 'token_rejected') turnedAwayAtMs = world.awakeMs();
    if (type === 'token-received') received = [...world.site.minted.keys()].at(-1);
    if (type === 'login-called' || type === 'push-called') isPush = type === 'push-called';
    if (type === 'login-called') [caller, nobodyAtMs] = [world.messenger, Infinity];
    const calls = world.pledges.filter(({ name }) => name === 'login').length;
    if (type === 'login-accepted' || type === 'signed-out' || calls !== refusedLogins.calls)
      refusedLogins = { calls, count: 0 };
    if (type === 'login-rejected' && event.code === 'invalid_auth' && ++refusedLogins.count > 2)
      blame('4: a third sign-in refused in a row');
    if (type === 'login-accepted') {
      acceptedAtMs = world.awakeMs();
      isSuspect = false;
    }
    if (type === 'token-absent') {
      if (!world.site.saidNobody) blame('9: nobody, which the site has not said');
      world.goodSinceMs.wish = Infinity;
    }
    if (type === 'signed-out' && world.wish === 'login') {
      const isRefused = world.awakeMs() - givenAtMs <= SETTLED_MS;
      const causes = world.events.slice(-4).filter(({ type }) => {
        return CAUSES.includes(type) || (type === 'token-refused' && isRefused);
      });
      if (!causes.some((event) => event.atMs === atMs)) blame('9: signed out without a cause');
    }
    if (type === 'token-absent' || type === 'signed-out') {
      received = undefined;
      nobodyAtMs = world.awakeMs();
    }
  }

  function requested(): void {
    const { requests, inFlight, lifetimeMs } = world.site;
    const [before, { atMs }] = [requests.at(-2), requests.at(-1)!];
    if (inFlight > 1) blame(`1: ${inFlight} token requests in flight`);
    // Planned renewals are not counted: the token before was good, and not of yesterday. Of tokens that live for seconds
    // there are many, while Zendesk accepts none of them and so clears no suspicion.
    const latest = received === undefined ? undefined : world.site.minted.get(received);
    const isGood = latest && latest.expiresAtMs > world.serverNowMs() && !refusals.has(latest.text);
    if (isSuspect && !(reason === 'renewal' && isGood && atMs - before!.atMs >= lifetimeMs / 3)) {
      // By a clock that was set, minutes are over that never were.
      followUps.push(atMs + world.jumpedMs);
      if (followUps.filter((ms) => ms > atMs + world.jumpedMs - 5 * MINUTE_MS).length > 10) blame('1: 11 follow-ups');
    }
    const isPlanned = reason === 'renewal' && before && world.isSpotless && isKnowable();
    if (isPlanned && disturbedAtMs < before.atMs) {
      const apartMs = atMs - before.atMs;
      if (apartMs < lifetimeMs / 3 - CLOCK_GRAIN_MS) blame(`1: renewals ${apartMs} ms apart`);
    }
  }

  function answered({ isRenewal, answer }: Ask): void {
    if (typeof answer !== 'string') return;
    if (world.ze.isLoginOpen) pushed = answer;
    else givenAtMs = world.awakeMs();
    const token = world.site.minted.get(answer);
    if (!token) return blame('a token that the site never made');
    const { visitor } = world.zendesk;
    const isExpired = token.expiresAtMs <= world.serverNowMs();
    if (isExpired && isKnowable()) blame(`3: expired for ${world.serverNowMs() - token.expiresAtMs} ms`);
    if (refusals.get(answer)?.isKnown && !(isRenewal && isYoungPush() && answer === pushed))
      blame('4: a refused token again');
    if (isRenewal && visitor.kind === 'user' && visitor.externalId !== token.externalId)
      blame(`5: ${token.externalId}'s token for ${visitor.externalId}`);
    handed.add(answer);
  }

  function asking(ask: Ask): void {
    // What follows from its answer, nobody tells the messenger of today.
    if (ask.owner !== world.messenger) unseenAtMs = world.awakeMs() + UNSEEN_MS;
    if (!ask.isRenewal) return;
    disturbedAtMs = world.serverNowMs();
    for (const text of handed) if (!askedAboutMs.has(text)) askedAboutMs.set(text, world.awakeMs());
    // About a token that was refused half a second ago [M 26], unless it had expired. Just after a push it may be about
    // the token before: the verdict is that of the next sign-in. And while a sign-in is open, it is a suspicion.
    if (isYoungPush() || world.ze.isLoginOpen) return;
    const isAskedAbout = (atMs: number) => Math.abs(world.awakeMs() - atMs - ASK_AFTER_MS) < 50;
    rejected([...refusals.keys()].filter((text) => isAskedAbout(refusals.get(text)!.atMs)));
  }

  function asked(ask: Ask): void {
    if (!ask.isRenewal && ask.answer === undefined) blame('6: loginUser without a token in hand');
    const token = received === undefined ? undefined : world.site.minted.get(received);
    const isGood =
      token !== undefined &&
      // It has not heard of the sign-out either [M 11].
      !world.zendesk.isKilled &&
      !handed.has(token.text) &&
      token.expiresAtMs > world.serverNowMs() + CLOCK_GRAIN_MS &&
      readToken(token.text) instanceof Object &&
      world.zendesk.visitor.kind === 'user' &&
      world.zendesk.visitor.externalId === token.externalId;
    if (ask.isRenewal && isGood && typeof ask.answer !== 'string' && world.wish === 'login')
      blame('6: not answered at once, though a good token is in hand');
  }

  function refused(text: string): void {
    if (world.awakeMs() - askedAboutMs.get(text)! > UNSEEN_MS) unseenAtMs = world.awakeMs() + UNSEEN_MS;
    const isExpired = (world.site.minted.get(text)?.expiresAtMs ?? 0) <= world.serverNowMs();
    // It takes a moment to mend what nobody could foresee: that it was revoked, or had expired without an exp to read.
    const isNews = isExpired ? !isKnowable() : !refusals.has(text);
    if (isNews && world.goodSinceMs.zendesk < Infinity) world.goodSinceMs.zendesk = world.awakeMs();
    if (!isExpired && !refusals.has(text)) refusals.set(text, { atMs: world.awakeMs(), isKnown: false });
  }

  function taken(text: string): void {
    if (!refusals.has(text)) isSuspect = false;
  }

  function rejected(texts: readonly string[]): void {
    for (const text of texts) {
      const refusal = refusals.get(text);
      if (!refusal) continue;
      refusal.isKnown = true;
      // By a clock that was set ahead it has expired, and an ask about it is no refusal.
      if (world.site.minted.get(text)!.expiresAtMs > world.serverNowMs() + world.jumpedMs) isSuspect = true;
    }
  }

  function called(command: string): void {
    if (['logout', 'destroyed'].includes(world.wish) && !/^(messenger logoutUser|messenger:on .*)$/.test(command))
      blame(`2: "${command}" after ${world.wish}`);
    if (world.wish !== 'login' && command === 'messenger loginUser') blame(`2: loginUser after ${world.wish}`);
  }

  function buried(): void {
    isSuspect = false;
    const { timers, listeners } = world.page;
    if (timers + listeners > 0) blame(`12: ${timers} timers and ${listeners} listeners are left`);
    if (world.site.inFlight > 0) blame('12: a request is left');
  }

  function check(): void {
    const nowMs = world.awakeMs();
    const { status, externalId, error } = world.messenger.getSnapshot();
    for (const { atMs, answer } of world.ze.asks) {
      if (answer === undefined && nowMs - atMs > 10_000) blame(`6: an ask is open for ${nowMs - atMs} ms`);
    }
    for (const { name, sinceMs, outcome } of world.pledges) {
      if (outcome === 'open' && nowMs - sinceMs > PATIENCE_MS) blame(`7: ${name}() is open for ${nowMs - sinceMs} ms`);
    }
    const goodForMs = nowMs - Math.max(...Object.values(world.goodSinceMs));
    if (goodForMs >= MINUTE_MS && !(status === 'failed' && FINAL.includes(error!.code)) && status !== 'signed-in')
      blame(`9: ${status} (${error?.code}) after ${goodForMs} ms in which all was well`);
    // What has failed for good while all was well, although nobody looks at the page.
    const { endpoint, zendesk } = world.goodSinceMs;
    if (status !== 'failed') notFailedAtMs = nowMs;
    const causeAtMs = error?.code === 'token_rejected' ? turnedAwayAtMs : notFailedAtMs;
    if (FINAL.includes(error?.code ?? '') && causeAtMs - Math.max(endpoint, zendesk) > MINUTE_MS && !isHurried())
      blame(`9: ${error?.code} while all was well`);
    checkAgreement(status, externalId, nowMs);
    checkSpotless();
  }

  function checkAgreement(status: string, externalId: string | undefined, nowMs: number): void {
    const { visitor, live, isKilled, boots } = world.zendesk;
    if (boots > 1) blame('11: two widgets');
    if (!live || isKilled) return;
    const isAtRest = !world.ze.isLoginOpen && nowMs - acceptedAtMs > CLOCK_GRAIN_MS;
    if (world.wish === 'logout' && visitor.kind === 'user') blame('11: signed out, and the messenger has a user');
    const isLeft = caller === world.messenger && world.wish !== 'destroyed' && nowMs - nobodyAtMs > PEACE_MS;
    if (status === 'signed-out' && isLeft && visitor.kind === 'user')
      blame(`11: nobody is signed in, the messenger has ${JSON.stringify(visitor)}`);
    if (status !== 'signed-in' || !isAtRest || nowMs - world.goodSinceMs.zendesk < MINUTE_MS) return;
    if (acceptedAtMs < unseenAtMs) return;
    if (visitor.kind !== 'user' || visitor.externalId !== externalId)
      blame(`11: "${externalId}" is signed in, the messenger has ${JSON.stringify(visitor)}`);
    if (!world.backend.user(externalId!)?.signedIn) blame('11: the backend does not know of it');
  }

  /** All was well all along: nobody noticed anything. */
  function checkSpotless(): void {
    if (!world.isSpotless || !isKnowable() || world.wish !== 'login') return;
    // While the window is open, no renewed token is pushed.
    const bad = !world.windowWasOpen && world.backend.requests.find(({ status }) => status === 401);
    if (bad) blame(`10: Zendesk refused a ${bad.kind}: ${bad.reason}`);
    if (
      acceptedAtMs > 0 &&
      world.messenger.getSnapshot().status === 'signed-in' &&
      world.zendesk.visitor.kind !== 'user'
    )
      blame(`10: the visitor is ${world.zendesk.visitor.kind}`);
  }

  return {
    noticed,
    disturb: () => void (disturbedAtMs = world.serverNowMs()),
    refused,
    taken,
    rejected,
    called,
    answered,
    asked,
    buried,
    requested,
    asking,
    check,
  };
}
