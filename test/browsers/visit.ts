// A visit to a test's own site, where Zendesk's addresses lead to the fake.
import { expect, vi } from 'vitest';
import type { MessengerAuthError, MessengerSnapshot } from '../../src/index.js';
import type { FakeBuild, RequestResult } from '../../src/testing/index.js';
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

export async function openVisit(browser: EngineBrowser, build: FakeBuild): Promise<Visit> {
  const site = await openSite(build);
  const blocked = new Set<ZendeskPart>();
  const elsewhere = new Map<string, string>();

  async function answerAs(part: ZendeskPart, request: Request): Promise<Response | 'blocked'> {
    if (blocked.has(part)) return 'blocked';
    return part === 'snippet' ? new Response(FAKE_SNIPPET) : site.backend.handle(request);
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
    async close() {
      // The tab first: without its server, a page's last request would fail.
      await tab.close().finally(site.close);
    },
  };
}

function findPart({ protocol, host, pathname }: URL): ZendeskPart | undefined {
  if (protocol !== 'https:') return undefined;
  if (host === 'static.zdassets.com' && pathname === '/ekr/snippet.js') return 'snippet';
  if (host === 'ekr.zdassets.com' && pathname.startsWith('/compose/')) return 'compose';
  if (host.endsWith('.zendesk.com') && pathname.startsWith('/sc/sdk/')) return 'api';
  return undefined;
}
