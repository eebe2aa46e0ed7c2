// `loginUser`, from the ask to the callback [M 16–25].
import { decodeJsonObject } from './base64url.js';
import type { AskResult, JwtCallback } from './jwt-asks.js';
import { postLogin, type LoginParts, type LoginResult } from './login-request.js';

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
  /** Signs out the previous user, on the server and here, before another user signs in. */
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

  async function run(token: string, externalId: string, isLatest: () => boolean): Promise<LoginResult> {
    const { current } = visitor;
    if (current.kind === 'user' && current.externalId !== externalId) {
      await parts.signOutForAnotherUser();
      if (!isLatest()) return 'superseded';
    }
    const result = await postLogin(parts, { token, externalId, isLatest });
    if (result === 'superseded' || 'reason' in result) return result;
    visitor.become({ kind: 'user', id: result.appUserId, externalId, token: result.token });
    parts.onSignedIn();
    return result;
  }

  async function login(ask: Promise<AskResult>, isLatest: () => boolean): Promise<LoginResult> {
    const asked = await withTimeout(ask);
    if (!parts.isAlive()) return 'superseded';
    if (!isLatest()) return { reason: 'Not latest request' };
    if (asked === 'timeout') return { reason: 'JWT request did not resolve within an acceptable time' };
    const externalId = asked === 'threw' ? undefined : readExternalId(asked.answer);
    if (asked === 'threw' || externalId === undefined) return { reason: 'Error occurred reading from jwt' };
    return run(asked.answer as string, externalId, isLatest);
  }

  return {
    loginUser(jwtCallback, loginCallback) {
      const isUsable = typeof jwtCallback === 'function' && ['function', 'undefined'].includes(typeof loginCallback);
      if (!isUsable) return environment.window.console.error('loginUser expects functions');
      if (parts.helpCenterSession) return;
      const loginNumber = (latest += 1);
      asks.keep(jwtCallback as JwtCallback);
      const isLatest = (): boolean => loginNumber === latest && parts.isAlive();
      void login(asks.askFor(jwtCallback as JwtCallback), isLatest).then((result) => {
        if (result === 'superseded' || typeof loginCallback !== 'function') return;
        const failure: LoginFailure | null =
          'reason' in result
            ? { type: 'LoginFailedError', message: 'Authentication failed', reason: result.reason }
            : null;
        environment.runLater(() => (loginCallback as (failure: LoginFailure | null) => void)(failure), 0);
      });
    },
    async loginAgain() {
      const { current, sessionNumber } = visitor;
      if (current.kind !== 'user' || current.token === undefined) return;
      await run(current.token, current.externalId, () => visitor.sessionNumber === sessionNumber && parts.isAlive());
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
