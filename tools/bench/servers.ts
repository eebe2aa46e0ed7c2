// The site with its token endpoint, and Zendesk's servers, for which the fake answers: one address, with TLS and HTTP/2.
import { createSecureServer } from 'node:http2';
import type { AddressInfo } from 'node:net';
import { brotliCompressSync } from 'node:zlib';
import { generate } from 'selfsigned';
import { createFakeBackend, FAKE_ACCOUNT, signToken } from '../../src/testing/index.js';
import { readRequest, writeResponse } from '../../test/browsers/node-http.js';

export const ORIGIN = 'https://shop.example';

export type Servers = Awaited<ReturnType<typeof startServers>>;

/** @param files - the site's files, by path */
export async function startServers(files: Map<string, string>, snippet: string) {
  const backend = createFakeBackend();
  const { private: key, cert } = await generate([{ name: 'commonName', value: 'A bench' }], { keyType: 'ec' });
  const server = createSecureServer({ key, cert, allowHTTP1: true }, (incoming, outgoing) => {
    void readRequest(incoming, `https://${incoming.authority}${incoming.url}`)
      .then((request) => answer(new URL(request.url), request))
      .then((response) => writeResponse(outgoing, response));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  /**
   * `endpointMs` is the time that the token endpoint takes, `snippet` is Zendesk's script. `isCompressed` is about the
   * site's files.
   */
  const servers = { port, files, endpointMs: 0, snippet, isCompressed: false, close: () => void server.close() };

  async function answer({ host, pathname }: URL, request: Request): Promise<Response> {
    const headers = { 'content-type': `text/${/\.js$|^\/ekr/.test(pathname) ? 'javascript' : 'html'}; charset=utf-8` };
    if (host === 'static.zdassets.com') return new Response(servers.snippet, { headers });
    if (host !== new URL(ORIGIN).host) return backend.handle(request);
    if (pathname === '/zendesk-token') {
      await new Promise((resolve) => setTimeout(resolve, servers.endpointMs));
      const iat = Math.floor(Date.now() / 1000);
      const token = signToken({ scope: 'user', external_id: 'user-1', iat, exp: iat + 3600 }, FAKE_ACCOUNT);
      return new Response(token, { headers: { 'cache-control': 'no-store' } });
    }
    const file = files.get(pathname);
    if (file !== undefined && servers.isCompressed)
      return new Response(brotliCompressSync(file), { headers: { ...headers, 'content-encoding': 'br' } });
    return new Response(file ?? null, { status: file === undefined ? 404 : 200, headers });
  }
  return servers;
}
