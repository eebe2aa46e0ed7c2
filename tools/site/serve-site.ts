// Serves the built documentation site as GitHub Pages does: below the repository's name, without `.html`, compressed.
import { existsSync, readFileSync, statSync } from 'node:fs';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { BASE } from '../../docs/.vitepress/address.js';

const FOLDER = 'build/docs';
const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.txt': 'text/plain; charset=utf-8',
  '.woff2': 'font/woff2',
  '.webmanifest': 'application/manifest+json',
};

export interface ServedSite {
  /** The address of the start page, with a slash at the end. */
  readonly home: string;
  /** Contents that replace those of a file, by its path below the site's folder: a newer version, for example. */
  readonly changed: Map<string, string>;
  /** The path of each request, without the base. */
  readonly requests: string[];
  close(): void;
}

/** @throws if the site is not built */
export async function serveSite(): Promise<ServedSite> {
  if (!existsSync(`${FOLDER}/index.html`)) throw new Error('The site is not built. Run: npm run docs');
  const changed = new Map<string, string>();
  const requests: string[] = [];
  const server = createServer(({ url = '' }, response) => {
    const { pathname } = new URL(url, 'http://localhost');
    const path = pathname.startsWith(BASE) ? pathname.slice(BASE.length) : undefined;
    if (path !== undefined) requests.push(path);
    const file = path === undefined ? undefined : findFile(path);
    if (file === 'folder') return response.writeHead(301, { location: `${pathname}/` }).end();
    send(response, file ?? '404.html', file ? 200 : 404, changed);
  });
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve));
  return {
    home: `http://localhost:${(server.address() as AddressInfo).port}${BASE}`,
    changed,
    requests,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}

function findFile(path: string): string | undefined {
  if (path.includes('..')) return undefined;
  const names = path === '' || path.endsWith('/') ? [`${path}index.html`] : [path, `${path}.html`];
  const file = names.find((name) => existsSync(join(FOLDER, name)) && statSync(join(FOLDER, name)).isFile());
  return file ?? (existsSync(join(FOLDER, path, 'index.html')) ? 'folder' : undefined);
}

function send(response: ServerResponse, file: string, status: number, changed: ReadonlyMap<string, string>): void {
  const body = changed.get(file) ?? readFileSync(join(FOLDER, file));
  const headers = {
    'content-type': TYPES[extname(file)] ?? 'application/octet-stream',
    'cache-control': 'max-age=600',
  };
  response.writeHead(status, { ...headers, 'content-encoding': 'gzip', vary: 'Accept-Encoding' }).end(gzipSync(body));
}
