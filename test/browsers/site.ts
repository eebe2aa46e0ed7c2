// A site on an HTTP server of its own: pages, the built library, a token endpoint. Zendesk's side can be had from the
// same server, too, over plain HTTP.
import { readdirSync, readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { createFakeBackend, signToken, type FakeBackend, type FakeBackendOptions } from '../../src/testing/index.js';
import { readRequest, writeResponse } from './node-http.js';

/** The site's token endpoint. What a test sets here holds from the next request on. */
export interface Endpoint {
  externalId: string;
  lifetimeS: number;
  delayMs: number;
  /** Answers wait for it. */
  isReleased: Promise<unknown>;
  /** Anything but 200: an answer without a token. */
  status: number;
  /** Answers by hand, in its place. */
  answer: ((outgoing: ServerResponse, incoming: IncomingMessage) => void) | undefined;
  /** More claims. */
  claims: Record<string, unknown>;
  /** Every token that it made. */
  readonly tokens: string[];
  readonly requests: { isAborted: boolean }[];
}

export interface Site {
  readonly origin: string;
  readonly backend: FakeBackend;
  readonly endpoint: Endpoint;
  /** Files of /dist/ that the site has forgotten to serve. */
  readonly missing: Set<string>;
  /** The HTML of more pages, by path. */
  readonly pages: Map<string, string>;
  /** Puts a page at `/`. */
  serve(html: string, headers?: Readonly<Record<string, string>>): void;
  close(): void;
}

// Read once: a build that runs meanwhile takes the folder away.
const DIST = fileURLToPath(new URL('../../dist/', import.meta.url));
const built = new Map(readdirSync(DIST).map((name) => [`/dist/${name}`, readFileSync(DIST + name, 'utf8')]));

export const FAKE_SNIPPET = built.get('/dist/fake-snippet.iife.js')!;

const SCRIPT = { 'content-type': 'text/javascript; charset=utf-8' };
const PAGE = { 'content-type': 'text/html; charset=utf-8' };

export async function openSite(options: FakeBackendOptions): Promise<Site> {
  const backend = createFakeBackend(options);
  const endpoint: Endpoint = {
    externalId: 'user-1',
    lifetimeS: 300,
    delayMs: 0,
    isReleased: Promise.resolve(),
    status: 200,
    answer: undefined,
    claims: {},
    tokens: [],
    requests: [],
  };
  const missing = new Set<string>();
  const pages = new Map<string, string>();
  let page = new Response('', { headers: PAGE });

  async function answer(request: Request, isAborted: () => boolean): Promise<Response> {
    const { pathname } = new URL(request.url);
    if (pathname === '/') return page.clone();
    const html = pages.get(pathname);
    if (html !== undefined) return new Response(html, { headers: PAGE });
    if (pathname === '/zendesk-token' && request.method === 'POST') return answerToken(isAborted);
    if (pathname === '/fake/snippet.js') return new Response(FAKE_SNIPPET, { headers: SCRIPT });
    if (/^\/(compose|sc\/sdk)\//.test(pathname)) return backend.handle(request);
    const file = missing.has(pathname) ? undefined : built.get(pathname);
    return file === undefined ? new Response(null, { status: 404 }) : new Response(file, { headers: SCRIPT });
  }

  async function answerToken(isAborted: () => boolean): Promise<Response> {
    endpoint.requests.push({
      get isAborted() {
        return isAborted();
      },
    });
    await new Promise((resolve) => setTimeout(resolve, endpoint.delayMs));
    await endpoint.isReleased;
    const { status, externalId, lifetimeS, claims } = endpoint;
    if (status !== 200) return new Response(null, { status });
    const iat = Math.floor(Date.now() / 1000);
    const token = signToken(
      { scope: 'user', external_id: externalId, iat, exp: iat + lifetimeS, ...claims },
      backend.account,
    );
    endpoint.tokens.push(token);
    return new Response(token, { headers: { 'cache-control': 'no-store', 'content-length': `${token.length}` } });
  }

  const server = createServer((incoming, outgoing) => {
    // Noted as it happens: an answer that nobody waits for any more can be written to its end all the same.
    let isClosedEarly = false;
    outgoing.once('close', () => (isClosedEarly = !outgoing.writableFinished));
    const isAborted = () => isClosedEarly;
    if (incoming.url === '/zendesk-token' && endpoint.answer) {
      endpoint.requests.push({
        get isAborted() {
          return isAborted();
        },
      });
      return endpoint.answer(outgoing, incoming);
    }
    void readRequest(incoming, `http://${incoming.headers.host}${incoming.url}`)
      .then((request) => answer(request, isAborted))
      .then((response) => writeResponse(outgoing, response));
  });
  await new Promise<void>((resolve) => server.listen(0, resolve));
  return {
    origin: `http://localhost:${(server.address() as AddressInfo).port}`,
    backend,
    endpoint,
    missing,
    pages,
    serve(html, headers) {
      page = new Response(html, { headers: { ...PAGE, ...headers } });
    },
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}
