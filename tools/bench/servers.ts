// The site with its token endpoint, and Zendesk's servers, for which the fake answers: one address, with TLS and HTTP/2.
import { createSecureServer, type Http2ServerRequest, type Http2ServerResponse } from 'node:http2';
import type { AddressInfo } from 'node:net';
import { generate } from 'selfsigned';
import { createFakeBackend, FAKE_ACCOUNT, signToken } from '../../src/testing/index.js';

export const ORIGIN = 'https://shop.example';

/** Goes live at once and accepts everybody. The fake's own scripts would outweigh what is measured on the main thread. */
export const LIGHT_MESSENGER = `{
  const waiting = window.zE?._ ?? [];
  const live = (scope, name, jwtCallback, loginCallback) => {
    if (typeof scope === 'function') return scope();
    if (scope === 'messenger:on') return () => {};
    if (name === 'loginUser') jwtCallback(() => setTimeout(() => loginCallback(null)));
  };
  window.zE = window.zEmbed = Object.assign(live, { widget: 'messenger' });
  for (const call of waiting) live(...call);
}`;

export type Servers = Awaited<ReturnType<typeof startServers>>;

/** Answers for the site's files, by path. `endpointMs` is the time of the token endpoint, `snippet` is Zendesk's script. */
export async function startServers(snippet: string) {
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
  return signToken({ scope: 'user', external_id: 'user-1', iat, exp: iat + 3600 }, FAKE_ACCOUNT);
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
  // The page was closed in the meantime.
  if (outgoing.stream?.destroyed) return;
  outgoing.writeHead(response.status, Object.fromEntries(response.headers));
  outgoing.end(body);
}
