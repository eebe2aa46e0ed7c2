// Every server that a page needs: the site with its token endpoint, and Zendesk's, which the fake stands in for. One
// address, over TLS and HTTP/2, as those have.
import { createSecureServer, type Http2ServerRequest, type Http2ServerResponse } from 'node:http2';
import type { AddressInfo } from 'node:net';
import { generate } from 'selfsigned';
import { createFakeBackend, FAKE_ACCOUNT, signToken } from '../../src/testing/index.js';

export const ORIGIN = 'https://shop.example';

const LIFETIME_S = 3600;

export interface Servers {
  readonly port: number;
  /** The site's pages and scripts, by path. */
  readonly files: Map<string, string>;
  /** What the token endpoint takes, milliseconds. */
  endpointMs: number;
  /** What Zendesk's address for the snippet serves. */
  snippet: string;
  close(): void;
}

export async function startServers(snippet: string): Promise<Servers> {
  const backend = createFakeBackend();
  const files = new Map<string, string>();
  const servers = { files, endpointMs: 0, snippet };

  async function answer({ host, pathname }: URL, request: Request): Promise<Response> {
    if (host === 'static.zdassets.com') return new Response(servers.snippet, { headers: typeOf('.js') });
    if (host !== new URL(ORIGIN).host) return backend.handle(request);
    if (pathname === '/zendesk-token') {
      await new Promise((resolve) => setTimeout(resolve, servers.endpointMs));
      return new Response(mintToken(), { headers: { 'cache-control': 'no-store' } });
    }
    const file = files.get(pathname);
    return new Response(file ?? null, { status: file === undefined ? 404 : 200, headers: typeOf(pathname) });
  }

  const { private: key, cert } = await generate([{ name: 'commonName', value: 'A bench' }], { keyType: 'ec' });
  const server = createSecureServer({ key, cert, allowHTTP1: true }, (incoming, outgoing) => {
    void readRequest(incoming)
      .then((request) => answer(new URL(request.url), request))
      .then((response) => writeResponse(outgoing, response));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return Object.assign(servers, {
    port: (server.address() as AddressInfo).port,
    close: () => void server.close(),
  });
}

const typeOf = (path: string) => ({
  'content-type': `text/${path.endsWith('.js') ? 'javascript' : 'html'}; charset=utf-8`,
});

function mintToken(): string {
  const iat = Math.floor(Date.now() / 1000);
  return signToken({ scope: 'user', external_id: 'user-1', iat, exp: iat + LIFETIME_S }, FAKE_ACCOUNT);
}

async function readRequest(incoming: Http2ServerRequest): Promise<Request> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Uint8Array);
  const headers = Object.entries(incoming.headers).filter(([name]) => !name.startsWith(':')) as [string, string][];
  return new Request(`https://${incoming.authority}${incoming.url}`, {
    method: incoming.method,
    headers,
    ...(chunks.length && { body: Buffer.concat(chunks) }),
  });
}

async function writeResponse(outgoing: Http2ServerResponse, response: Response): Promise<void> {
  const body = await response.text();
  // Whoever has left meanwhile gets nothing.
  if (outgoing.stream?.destroyed) return;
  outgoing.writeHead(response.status, Object.fromEntries(response.headers));
  outgoing.end(body);
}
