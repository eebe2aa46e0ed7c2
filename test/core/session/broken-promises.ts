// What a session promises after every step. It runs for every random step, so it is plain code: `expect` would take most
// of the time.
import type { SessionEvent } from '../../../src/core/session.js';
import type { Session } from '../../../src/core/state.js';
import { readToken } from '../../../src/core/token.js';

type Check = (holds: boolean, text: string) => void;

/** Returns what is wrong after a step. */
export function findBrokenPromises(before: Session, event: SessionEvent, s: Session): string[] {
  const broken: string[] = [];
  const check: Check = (holds, text) => void (holds || broken.push(text));
  checkWakes(s, check);
  checkStatus(s, check);
  checkIdentity(s, check);
  checkSignOut(before, event, s, check);
  checkTokens(before, s, check);
  return broken;
}

function checkWakes(s: Session, check: Check): void {
  const { limits } = s;
  const checkWake = (atMs: number, what: string) => check(s.wakeAtMs <= atMs, `wakes too late for ${what}`);
  check(s.wakeAtMs > s.nowMs, 'wakes in the past');
  if (s.askedAtMs !== undefined) checkWake(s.askedAtMs + limits.tokenTimeoutMs, 'the time limit of an ask');
  if (s.openRequest) checkWake(s.openRequest.startedAtMs + limits.tokenTimeoutMs, 'the time limit of a request');
  if (s.lastLogin?.verdict === 'open')
    checkWake(s.lastLogin.calledAtMs + limits.loginTimeoutMs, 'the time limit of a login');
  if (s.explanation) checkWake(s.explanation.sinceMs + 5000, 'the time limit of an explanation');
  if (s.status === 'signed-in' && s.held!.expiryMs) checkWake(s.held!.expiryMs, 'the expiry of the token');
  if (s.signOut) checkWake(s.nowMs + 250, 'the end of a sign-out');
}

function checkStatus(s: Session, check: Check): void {
  if (s.status === 'failed') check(s.failure !== undefined, 'failed without an error');
  if (s.status === 'signed-in') {
    check(s.user === s.held!.user, "signed in with another user's token");
    check(s.hasConsent && !s.signOut, 'signed in without consent or during a sign-out');
    // During a push, the verdict is awaited first.
    const isOwn = !s.ownId || s.ownId === s.stored.storedId || s.lastLogin?.verdict === 'open';
    check(isOwn, 'signed in, but another identity is stored');
  }
  if (s.wish !== 'signed-in' || s.signOut) check(!s.ownId, 'a session that nobody wants can be lost');
  if (s.status === 'signing-in' && s.page === 'visible') {
    // Something must be pending: a request, a login, a loading messenger, or the next wake-up.
    const isLoading = s.loadState && s.loadState !== 'live' && s.loadState !== 'failed';
    const isBusy = s.openRequest || s.lastLogin?.verdict === 'open' || isLoading || s.wakeAtMs < Infinity;
    check(!!isBusy || (s.user !== undefined && !!s.windowOpen), 'signing in, but nothing is pending');
  }
  if (s.wish !== 'signed-in')
    check(
      !s.openRequest && !s.lastLogin && s.askedAtMs === undefined && s.user === undefined,
      'something is pending, but login() was not called or the visitor has not consented',
    );
}

/** No login carries the stored identity of another user [M 46], and nothing is done without consent. Ada's id is `au-ada`. */
function checkIdentity(s: Session, check: Check): void {
  const { storedId, isAnonymous } = s.stored;
  for (const [type] of s.effects) {
    if (type === 'login-called' && storedId && !isAnonymous)
      check(storedId === `au-${s.lastLogin!.user}`, "a login carries another user's identity");
    if (/^(load|token)-requested$|^(login|push)-called$/.test(type))
      check(s.hasConsent, `${type} without the visitor's consent`);
  }
}

/** One sign-out at a time, no login during it, and none that deletes an anonymous visitor without the site's wish. */
function checkSignOut(before: Session, [name, , value]: SessionEvent, s: Session, check: Check): void {
  let isLeaving = !!before.signOut;
  for (const effect of s.effects) {
    const [type] = effect;
    if (type === 'signed-out') {
      check(!isLeaving, 'a second sign-out during the first one');
      isLeaving = true;
    }
    if (type === 'sign-out-completed') isLeaving = false;
    if (type === 'login-called' || type === 'push-called') check(!isLeaving, 'a login during a sign-out');
    if (type === 'answered' && effect[2]) check(!isLeaving, 'handed over a token during a sign-out');
  }
  check(isLeaving === !!s.signOut || name === 'destroy', 'a sign-out without its effects');
  // What was written while a user was named is that user's.
  const isUsers = s.isUsersConversation && s.conversationId === s.stored.storedId;
  const isEnded = (name === 'tokenArrived' && value === null) || (name === 'setUser' && !isUsers);
  if (isEnded && s.stored.isAnonymous && before.lastLogin?.verdict !== 'open')
    check(!s.effects.some(([type]) => type === 'signed-out'), 'deleted the conversation of an anonymous visitor');
}

function checkTokens(before: Session, s: Session, check: Check): void {
  const requests = s.effects.filter(([type]) => type === 'token-requested');
  check(requests.length <= 1, 'two token requests');
  for (const effect of s.effects) {
    if (effect[0] !== 'answered' || effect[2] === undefined) continue;
    // The session never hands over a refused token or another user's token [M 29].
    check(!before.refused.includes(effect[2]), 'handed over a refused token');
    const read = readToken(effect[2]);
    check(
      typeof read === 'object' && read.user === before.lastLogin!.user,
      "handed over another user's token, or an unreadable one",
    );
  }
}
