// `loginUser`, from the ask to the callback [M 16–25].
import { decodeJsonObject } from './base64url.js';
import type { AskResult, JwtCallback } from './jwt-asks.js';
import { postLogin, type Login, type LoginParts, type LoginResult } from './login-request.js';

/** How long `jwtCallback` may take to answer when `loginUser` asks [M 17]. */
export const ASK_TIMEOUT_MS = 4000;

/** The argument of `loginCallback` after a failed login [M 21]. */
export interface LoginFailure {
  /** Always the same. */
  readonly type: 'LoginFailedError';
  /** Always the same, for every reason. */
  readonly message: 'Authentication failed';
  /** What happened, such as `401: Invalid JWT`, `Unknown error` or `Not latest request`. */
  readonly reason: string;
}

export interface SignIn {
  loginUser(jwtCallback: unknown, loginCallback?: unknown): void;
  /** Repeats the login with the session's token, as the messenger does after a 403 [M 26]. */
  loginAgain(): Promise<void>;
  /** Cancels logins in progress. If a login already has its token, it never calls back [M 22] [M 33]. */
  invalidate(): void;
}

export interface SignInParts extends LoginParts {
  readonly helpCenterSession: boolean;
  readonly isAlive: () => boolean;
  /** Signs out the previous user, on the server and then here, before another user signs in. */
  readonly signOutForAnotherUser: () => Promise<void>;
  readonly onSignedIn: () => void;
}

export function createSignIn(parts: SignInParts): SignIn {
  const { environment, asks, visitor } = parts;
  let latest = 0;

  function withTimeout(ask: Promise<AskResult>): Promise<AskResult | 'timeout'> {
    return new Promise((resolve) => {
      const cancelTimer = environment.runLater(() => resolve('timeout'), ASK_TIMEOUT_MS);
      void ask.then((result) => {
        cancelTimer();
        resolve(result);
      });
    });
  }

  async function run(login: Login, withdrawalCount: number): Promise<LoginResult> {
    const { externalId, isLatest } = login;
    const { current } = visitor;
    if (current.kind === 'user' && current.externalId !== externalId) await parts.signOutForAnotherUser();
    // The request is sent in a later task, so a sign-out that takes no time ends before it [M 80].
    await environment.wait(0);
    if (!isLatest()) return 'superseded';
    const result = await postLogin(parts, login);
    if (result === 'superseded' || 'reason' in result) return result;
    // Accepted too late: the visitor was signed out while the request was under way, or consent was withdrawn after the
    // call. The page hears of a success, and nobody is signed in [M 68] [M 80].
    if (visitor.signOutCount !== result.signOutCount || visitor.withdrawalCount !== withdrawalCount) return result;
    visitor.becomeUser({ id: result.appUserId, externalId, token: result.token }, result.profile);
    parts.onSignedIn();
    return result;
  }

  async function login(jwtCallback: JwtCallback, isLatest: () => boolean): Promise<LoginResult> {
    const { withdrawalCount } = visitor;
    const stored = visitor.readStored();
    const asked = await withTimeout(asks.askFor(jwtCallback));
    if (!parts.isAlive()) return 'superseded';
    if (!isLatest()) return { reason: 'Not latest request' };
    if (asked === 'timeout') return { reason: 'JWT request did not resolve within an acceptable time' };
    const externalId = asked === 'threw' ? undefined : readExternalId(asked.answer);
    if (asked === 'threw' || externalId === undefined) return { reason: 'Error occurred reading from jwt' };
    return run({ token: asked.answer as string, externalId, stored, isLatest }, withdrawalCount);
  }

  return {
    loginUser(jwtCallback, loginCallback) {
      const isUsable = typeof jwtCallback === 'function' && ['function', 'undefined'].includes(typeof loginCallback);
      if (!isUsable) return environment.window.console.error('loginUser expects functions');
      if (parts.helpCenterSession) return;
      const loginNumber = (latest += 1);
      asks.keep(jwtCallback as JwtCallback);
      const isLatest = (): boolean => loginNumber === latest && parts.isAlive();
      void login(jwtCallback as JwtCallback, isLatest).then((result) => {
        if (result === 'superseded' || typeof loginCallback !== 'function') return;
        const failure: LoginFailure | null =
          'reason' in result
            ? { type: 'LoginFailedError', message: 'Authentication failed', reason: result.reason }
            : null;
        const callBack = (): void => (loginCallback as (failure: LoginFailure | null) => void)(failure);
        // A success is reported in a later task [M 20], and a superseded login before the next one stores anything [M 23].
        if (failure === null) environment.runLater(callBack, 0);
        else queueMicrotask(callBack);
      });
    },
    async loginAgain() {
      const { current, sessionNumber, withdrawalCount } = visitor;
      if (current.kind !== 'user') return;
      const { token, externalId } = current;
      const isLatest = (): boolean => visitor.sessionNumber === sessionNumber && parts.isAlive();
      await run({ token, externalId, stored: visitor.readStored(), isLatest }, withdrawalCount);
    },
    invalidate() {
      latest += 1;
    },
  };
}

// As in the real messenger, the token is not verified. If it is not readable, the login fails immediately. Otherwise it
// is sent [M 24].
function readExternalId(jwt: unknown): string | undefined {
  try {
    return String(decodeJsonObject((jwt as string).split('.')[1] ?? '')['external_id']);
  } catch {
    return undefined;
  }
}
