// A visit to a test's own site, where Zendesk's addresses lead to the fake.
import { expect, vi } from 'vitest';
import type { MessengerAuthError, MessengerSnapshot } from '../../src/index.js';
import type { FakeBackendOptions, RequestResult } from '../../src/testing/index.js';
import type { EngineBrowser } from './engine.js';
import { FAKE_SNIPPET, openSite, type Site } from './site.js';
import { openTab, type Tab } from './tab.js';

/** What Zendesk serves, as far as a blocker tells it apart. */
type ZendeskPart = 'snippet' | 'compose' | 'api';

export interface Visit extends Omit<Site, 'close'>, Tab {
  /** What a blocker keeps from the page, from the next request on. */
  readonly blocked: Set<ZendeskPart>;
  /** Pages of other sites, by their addresses. */
  readonly elsewhere: Map<string, string>;
  /** Serves a page and goes there. */
  open(html: string, headers?: Readonly<Record<string, string>>): Promise<void>;
  /** What became of `messenger.login()`: who is signed in, or the error's code. */
  login(): Promise<{ status: string; externalId?: string | undefined } | { code: string }>;
  snapshot(): Promise<MessengerSnapshot>;
  /** Writes a message, as the visitor. */
  send(text: string): Promise<RequestResult>;
  /** The requests of these kinds that Zendesk got, and how they were answered. */
  zendeskRequests(...kinds: string[]): string[];
  /** What each login carried, in order: `bob as nobody`, `bob as alice`, `bob as anonymous`. */
  logins(): string[];
  /** What is stored about the visitor: the names of the messenger's keys, without the integration. */
  storedKeys(): Promise<string[]>;
  /** Fails when a login has carried another user's identity, or as a tab does. */
  close(): Promise<void>;
}

/** Waits until a check no longer throws. The time limit is for what never comes: the machine may be very busy. */
export function eventually(check: () => void | Promise<void>): Promise<void> {
  return vi.waitFor(check, { timeout: 120_000, interval: 120 });
}

/** Waits until a token has expired, by the server's clock. */
export async function untilExpired(token: string): Promise<void> {
  const { exp } = JSON.parse(Buffer.from(token.split('.')[1]!, 'base64url').toString()) as { exp: number };
  await eventually(() => expect(Date.now()).toBeGreaterThan(exp * 1000));
}

export async function openVisit(browser: EngineBrowser, options: FakeBackendOptions): Promise<Visit> {
  const site = await openSite(options);
  const blocked = new Set<ZendeskPart>();
  const elsewhere = new Map<string, string>();

  async function answerAs(part: ZendeskPart, request: Request): Promise<Response | 'blocked'> {
    if (blocked.has(part)) return 'blocked';
    if (part === 'snippet') return new Response(FAKE_SNIPPET);
    const response = await site.backend.handle(request);
    return response.type === 'error' ? 'blocked' : response;
  }

  const tab = await openTab(browser, site.origin, (request) => {
    const html = elsewhere.get(request.url);
    if (html !== undefined) return Promise.resolve(new Response(html, { headers: { 'content-type': 'text/html' } }));
    const part = findPart(new URL(request.url));
    return part && answerAs(part, request);
  });
  const { goto, run } = tab;

  return {
    ...site,
    ...tab,
    blocked,
    elsewhere,
    async open(html, headers) {
      site.serve(html, headers);
      await goto(site.origin);
    },
    login: () =>
      run(({ messenger }) =>
        messenger.login().then(
          ({ status, externalId }) => ({ status, externalId }),
          ({ code }: MessengerAuthError) => ({ code }),
        ),
      ),
    snapshot: () => run(({ messenger }) => messenger.getSnapshot()),
    send: (text) => run(({ fakeZendeskMessenger }, message) => fakeZendeskMessenger.send(message), text),
    zendeskRequests: (...kinds) =>
      site.backend.requests.filter(({ kind }) => kinds.includes(kind)).map(({ kind, status }) => `${kind} ${status}`),
    logins: () =>
      site.backend.requests
        .filter(({ kind }) => kind === 'login')
        .map(
          ({ userId, appUserIdOf, appUserIdOfUser }) => `${userId} as ${appUserIdOfUser ?? appUserIdOf ?? 'nobody'}`,
        ),
    storedKeys: () =>
      run(({ localStorage, sessionStorage }) =>
        [...Object.keys(localStorage), ...Object.keys(sessionStorage)]
          .filter((name) => /\.(appUserId|sessionToken|conversationStartedAt)$/.test(name))
          .map((name) => name.split('.')[1]!),
      ),
    async close() {
      // The tab first: without its server, a page's last request would fail.
      await tab.close().finally(site.close);
      expect(site.backend.breaches).toEqual([]);
    },
  };
}

function findPart({ protocol, host, pathname }: URL): ZendeskPart | undefined {
  if (protocol !== 'https:') return undefined;
  if (host === 'static.zdassets.com' && pathname === '/ekr/snippet.js') return 'snippet';
  if (host === 'ekr.zdassets.com' && pathname.startsWith('/compose/')) return 'compose';
  if (host.endsWith('.zendesk.com') && /^\/(sc\/sdk|authenticated|embeddable)\//.test(pathname)) return 'api';
  return undefined;
}
