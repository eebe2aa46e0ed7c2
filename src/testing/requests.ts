// A request in the running session: three tries, one ask for a new token, and finally a silent sign-out [M 26] [M 27].
import type { ApiResponse, ApiCall, ApiClient } from './api-client.js';
import type { Environment } from './environment.js';
import type { JwtAsks } from './jwt-asks.js';
import type { MessengerVisitor, VisitorState } from './visitor-state.js';

export const MAX_TRIES = 3;
export const RETRY_MS = 500;

/** The result of a request: who sent it, or why it failed. */
export type RequestResult =
  | {
      /** It was sent as a user. */
      readonly sentAs: 'user';
      /** The user's `external_id`, as the messenger believes. */
      readonly externalId: string;
    }
  | {
      /** It was sent as an anonymous visitor. */
      readonly sentAs: 'anonymous';
    }
  | {
      /** Why it failed: the status with the server's description, such as `401: Invalid JWT`, or `Unknown error`. */
      readonly failed: string;
    };

export type RequestOutcome = { readonly result: RequestResult; readonly body: ApiResponse['body'] };

export interface Requests {
  /** Whether an anonymous visitor is being created. B26 then ignores `resetWidget` [M 59]. */
  readonly isCreatingVisitor: boolean;
  /** Sends a request as the current visitor. If there is none, creates an anonymous visitor first. */
  send(call: VisitorCall): Promise<RequestOutcome>;
  /** Sends a request in the background: as `send`, but without a token if the user's token was lost [M 25]. */
  sendInBackground(call: VisitorCall): Promise<RequestOutcome>;
  /** Sends a message of a new conversation, for which the messenger reads the storage again [M 63]. */
  sendNewConversation(call: VisitorCall): Promise<RequestOutcome>;
  /** Sends a request as whoever is in memory. Sends nothing if there is nobody. */
  sendIfKnown(call: VisitorCall): Promise<void>;
}

type VisitorCall = (visitorId: string) => ApiCall;

export interface RequestParts {
  readonly environment: Environment;
  readonly api: ApiClient;
  readonly asks: JwtAsks;
  readonly visitor: VisitorState;
  readonly isAlive: () => boolean;
  readonly loginAgain: () => Promise<void>;
  readonly signOutSilently: () => void;
}

const failed = (reason: string): RequestOutcome => ({ result: { failed: reason }, body: {} });

export function createRequests(parts: RequestParts): Requests {
  const { api, asks, visitor } = parts;
  let creating: Promise<string | undefined> | undefined;

  // Two requests at the same time create only one visitor. Resolves with the reason if it fails.
  function createAnonymous(): Promise<string | undefined> {
    creating ??= api.call({ method: 'POST', path: 'appusers' }, undefined).then((answer) => {
      creating = undefined;
      const { id, sessionToken } = answer === 'network-error' ? {} : answer.body;
      if (typeof id !== 'string' || typeof sessionToken !== 'string') return explain(answer);
      // A login may have succeeded in the meantime.
      if (isNobody(visitor.current)) visitor.becomeAnonymous(id, sessionToken);
      return undefined;
    });
    return creating;
  }

  async function ensureVisitor(): Promise<string | undefined> {
    return isNobody(visitor.current) ? createAnonymous() : undefined;
  }

  // Asks for a replacement of the token that was refused, even if another request has brought a new one in the meantime.
  async function renewToken(refused: VisitorState['current']): Promise<boolean> {
    const { sessionNumber } = visitor;
    const replacement = refused.kind === 'user' ? asks.askForReplacement(refused.token) : undefined;
    if (replacement === undefined) return false;
    const token = await replacement;
    // Ignore the answer if the session has ended in the meantime.
    if (token !== undefined && visitor.sessionNumber === sessionNumber) visitor.useToken(token);
    return true;
  }

  async function attempt(call: VisitorCall): Promise<RequestOutcome> {
    const session = visitor.sessionNumber;
    let hasAsked = false;
    for (let tries = 1; ; tries += 1) {
      const { current } = visitor;
      if (!parts.isAlive()) return failed('the messenger is gone');
      if (current.kind === 'none' || visitor.sessionNumber !== session) return failed('signed out meanwhile');
      const answer = await api.call(call(current.id), visitor.authorization());
      if (answer !== 'network-error' && answer.ok) return { result: sentAs(current), body: answer.body };
      const status = answer === 'network-error' ? undefined : answer.status;
      const canLoginHelp = status === 403 && current.kind === 'user' && tries < MAX_TRIES;
      // Without a token, nothing is tried again and nobody is asked [M 25].
      const isRefused = status === 401 && current.kind !== 'tokenless';
      if (!isRefused && !canLoginHelp) return failed(explain(answer));
      await parts.environment.wait(RETRY_MS);
      if (!parts.isAlive() || visitor.sessionNumber !== session) return failed(explain(answer));
      if (canLoginHelp) {
        await parts.loginAgain();
      } else if (tries === MAX_TRIES) {
        parts.signOutSilently();
        return failed(explain(answer));
      } else if (!hasAsked) {
        hasAsked = await renewToken(current);
      }
    }
  }

  async function send(call: VisitorCall): Promise<RequestOutcome> {
    const problem = await ensureVisitor();
    return problem === undefined ? attempt(call) : failed(problem);
  }

  return {
    get isCreatingVisitor() {
      return creating !== undefined;
    },
    send,
    sendInBackground: (call) => (visitor.current.kind === 'tokenless' ? attempt(call) : send(call)),
    async sendNewConversation(call) {
      const { current } = visitor;
      const { appUserId: storedId } = visitor.readStored();
      if (!isNobody(current) && storedId !== undefined && storedId !== current.id) {
        // Another tab has stored another visitor, about whom this one's token says nothing [M 63].
        const stored = await attempt(() => ({ method: 'GET', path: `appusers/${storedId}` }));
        if ('failed' in stored.result) return stored;
      }
      return send(call);
    },
    async sendIfKnown(call) {
      if (visitor.current.kind !== 'none') await attempt(call);
    },
  };
}

// With a stored identity, too: the first message of nobody creates an anonymous visitor, who overwrites it [M 45].
function isNobody(visitor: MessengerVisitor): visitor is Extract<MessengerVisitor, { kind: 'none' | 'tokenless' }> {
  return visitor.kind === 'none' || visitor.kind === 'tokenless';
}

function sentAs(current: VisitorState['current']): RequestResult {
  return current.kind === 'user' ? { sentAs: 'user', externalId: current.externalId } : { sentAs: 'anonymous' };
}

/** Describes a failure [M 21]. Only a structured refusal below 500 has a description of its own. */
export function explain(answer: ApiResponse | 'network-error'): string {
  if (answer === 'network-error' || answer.description === undefined || answer.status >= 500) return 'Unknown error';
  return `${answer.status}: ${answer.description}`;
}
