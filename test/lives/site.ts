// The site's backend in a life: a token endpoint whose behavior ("mood") can change, and a record of its requests.
import { FAKE_ACCOUNT, signToken } from '../../src/testing/index.js';

/** The behavior of the endpoint from the next request on. */
export type Mood =
  | { readonly kind: 'healthy'; readonly delayMs: number }
  /** Slower than the messenger's time limit [M 17], and possibly slower than the library's. */
  | { readonly kind: 'slow'; readonly delayMs: number }
  | { readonly kind: 'failing'; readonly status: number; readonly retryAfterS?: number | undefined }
  | { readonly kind: 'hangs' }
  | { readonly kind: 'garbage'; readonly body: string }
  /** A well-formed token that cannot succeed. */
  | { readonly kind: 'defective'; readonly claims: Readonly<Record<string, unknown>> }
  /** Returns the newest token again, like a cache. */
  | { readonly kind: 'repeating' };

const OFFLINE_PAGE = '<html>You are offline</html>';
const OFFLINE_PAGE_MS = 10;

/** The library never waits longer, even if `Retry-After` says so. */
const RETRY_AFTER_CAP_MS = 300_000;

/** The dates in the tokens. */
export type Dates = 'exp and iat' | 'exp' | 'none';

export interface Minted {
  readonly text: string;
  readonly externalId: string;
  /** By the server's clock; `Infinity` without `exp`. */
  readonly expiresAtMs: number;
  readonly lifetimeMs: number;
}

export interface TokenRequest {
  readonly atMs: number;
  readonly reason: string | undefined;
  endsAtMs: number | undefined;
}

export interface SiteOptions {
  readonly serverNowMs: () => number;
  readonly dates: Dates;
  readonly wait: (delayMs: number) => Promise<void>;
  readonly isOnline: () => boolean;
  /** Called when a request begins. */
  readonly onRequest: () => void;
  /** Called when an offline page arrives, perhaps just after the network has come back. */
  readonly onOfflinePage: () => void;
  /** Whether an aborted request is answered anyway, late and out of order. */
  readonly ignoresAbort: boolean;
}

export interface Site {
  mood: Mood;
  lifetimeMs: number;
  /** The user who is signed in to the site, or null. */
  user: string | null;
  /** Whether a service worker answers with a page while the network is down. */
  hasOfflinePage: boolean;
  readonly minted: Map<string, Minted>;
  /** A new page or messenger begins. It cannot know that a token from before is repeated, so none is. */
  beginPage(): void;
  readonly requests: readonly TokenRequest[];
  readonly inFlight: number;
  /** The end of the latest `Retry-After`, by the server's clock. */
  readonly forbiddenUntilMs: number;
  /** Whether the last usable answer was that nobody is signed in. */
  readonly saidNobody: boolean;
  /** The site's `getToken`. */
  getToken(request: { readonly reason: string; readonly signal: AbortSignal }): Promise<string | null>;
  /** The site's endpoint, behind `fetch`. */
  fetch(init: RequestInit | undefined): Promise<Response>;
}

export function createSite({
  serverNowMs,
  dates,
  wait,
  isOnline,
  onRequest,
  onOfflinePage,
  ignoresAbort,
}: SiteOptions): Site {
  const minted = new Map<string, Minted>();
  let earlierTokens = 0;
  const requests: TokenRequest[] = [];
  let inFlight = 0;
  let forbiddenUntilMs = 0;
  let saidNobody = false;

  function mint(claims: Readonly<Record<string, unknown>> = {}): string {
    const iat = Math.floor(serverNowMs() / 1000);
    const exp = iat + site.lifetimeMs / 1000;
    const text = signToken(
      {
        scope: 'user',
        external_id: site.user,
        name: `${site.user} Example`,
        // Some backends do this so that no two tokens are the same.
        jti: String(minted.size),
        ...(dates === 'none' ? {} : dates === 'exp' ? { exp } : { exp, iat }),
        ...claims,
      },
      FAKE_ACCOUNT,
    );
    minted.set(text, {
      text,
      externalId: site.user!,
      expiresAtMs: dates === 'none' ? Infinity : exp * 1000,
      lifetimeMs: dates === 'none' ? Infinity : site.lifetimeMs,
    });
    return text;
  }

  /** Returns the body, or null if nobody is signed in. */
  function makeBody({ mood, user }: Site): string | null {
    if (mood.kind === 'garbage') return mood.body;
    saidNobody = user === null;
    if (saidNobody) return null;
    if (mood.kind === 'defective') return mint(mood.claims);
    return mood.kind === 'repeating' ? ([...minted.keys()].slice(earlierTokens).at(-1) ?? mint()) : mint();
  }

  async function respond(reason: string | undefined, signal: AbortSignal): Promise<string | null | Mood> {
    const request: TokenRequest = { atMs: serverNowMs(), reason, endsAtMs: undefined };
    requests.push(request);
    inFlight++;
    onRequest();
    const end = () => {
      if (request.endsAtMs !== undefined) return;
      inFlight--;
      request.endsAtMs = serverNowMs();
    };
    signal.addEventListener('abort', end);
    const isReplaced = () => !isOnline() && site.hasOfflinePage;
    try {
      if (isReplaced()) {
        await wait(OFFLINE_PAGE_MS);
        onOfflinePage();
        return OFFLINE_PAGE;
      }
      await new Promise<void>((resolve, reject) => {
        const { mood } = site;
        if (!ignoresAbort) signal.addEventListener('abort', () => reject(new Error('aborted')));
        if (!isOnline()) reject(new TypeError('Failed to fetch'));
        if (mood.kind !== 'hangs') void wait('delayMs' in mood ? mood.delayMs : 30).then(resolve);
      });
      if (!isOnline()) throw new TypeError('Failed to fetch');
      return site.mood.kind === 'failing' ? site.mood : makeBody(site);
    } finally {
      end();
    }
  }

  const site: Site = {
    mood: { kind: 'healthy', delayMs: 30 },
    lifetimeMs: 3_600_000,
    user: 'ada',
    hasOfflinePage: false,
    minted,
    beginPage: () => void (earlierTokens = minted.size),
    requests,
    get inFlight() {
      return inFlight;
    },
    get forbiddenUntilMs() {
      return forbiddenUntilMs;
    },
    get saidNobody() {
      return saidNobody;
    },
    async getToken({ reason, signal }) {
      const answer = await respond(reason, signal);
      if (answer !== null && typeof answer === 'object') throw new Error('The site has a problem');
      return answer;
    },
    async fetch(init) {
      const answer = await respond(undefined, init!.signal!);
      const headers: Record<string, string> = { date: new Date(serverNowMs()).toUTCString() };
      if (answer === null) return new Response('', { status: 401, headers });
      if (typeof answer === 'string') return new Response(answer, { headers });
      const { status = 500, retryAfterS } = answer as Extract<Mood, { kind: 'failing' }>;
      if (retryAfterS !== undefined) {
        headers['retry-after'] = String(retryAfterS);
        forbiddenUntilMs = serverNowMs() + Math.min(retryAfterS * 1000, RETRY_AFTER_CAP_MS);
      }
      return new Response('', { status, headers });
    },
  };
  return site;
}
