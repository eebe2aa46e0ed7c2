// Serves the built files of an app that has no server of its own, and its token endpoint.
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join } from 'node:path';
import { createTokenEndpoint, toNodeHandler } from '../../src/server/index.js';
import { FAKE_ACCOUNT } from '../../src/testing/index.js';
import type { RunningSite } from './running-site.js';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
};

/** @param folder - the built files */
export async function serveFiles(folder: string): Promise<RunningSite> {
  const answerToken = toNodeHandler(
    createTokenEndpoint({
      keyId: FAKE_ACCOUNT.keyId,
      secret: FAKE_ACCOUNT.secret,
      getUser(request) {
        const [, externalId] = /\bsession=(\w+)/.exec(request.headers.get('cookie') ?? '') ?? [];
        return externalId ? { externalId } : null;
      },
    }),
  );
  const server = createServer((request, response) => {
    if (request.url === '/zendesk-token') return void answerToken(request, response);
    const name = request.url === '/' ? 'index.html' : request.url!.slice(1);
    const file = readFile(join(folder, name));
    if (file === undefined) return response.writeHead(404).end();
    return response.setHeader('content-type', TYPES[extname(name)] ?? 'application/octet-stream').end(file);
  });
  await once(server.listen(0), 'listening');
  return {
    url: `http://localhost:${(server.address() as AddressInfo).port}/`,
    async stop() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

function readFile(path: string): Buffer | undefined {
  try {
    return readFileSync(path);
  } catch {
    return undefined;
  }
}
