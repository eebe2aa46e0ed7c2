// The only way out of a test's browser: a proxy. It leads to the site, and to whatever a test answers itself.
// Requests are answered here and not by the browser's driver, for WebKit's has no means to.
import { createServer, request as requestFrom, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { text as readText } from 'node:stream/consumers';
import { generate } from 'selfsigned';
import { readRequest, writeResponse } from './node-http.js';
import { allowRecorder, withRecorder } from './recorder.js';

/** The answer to a request that leaves the site: a response, `'blocked'`, or `undefined` if it should not be there. */
export type AnswerOutside = (request: Request) => Promise<Response | 'blocked'> | undefined;

export interface Proxy {
  /** Its host and port. */
  readonly address: string;
  /** Every request that a browser made: its full address. */
  readonly urls: readonly string[];
  /** Those that should not be there. */
  readonly elsewhere: readonly string[];
  close(): void;
}

// The browsers are told to accept any. Made once, as it takes a while.
const certificate = generate([{ name: 'commonName', value: 'A test' }], { keyType: 'ec' });

interface ProxyOptions {
  /** The one site that it leads to. */
  readonly origin: string;
  readonly answerOutside?: AnswerOutside | undefined;
  /** Whether the site's pages get a recorder. */
  readonly isRecorded: boolean;
}

export async function openProxy({ origin, answerOutside, isRecorded }: ProxyOptions): Promise<Proxy> {
  const urls: string[] = [];
  const elsewhere: string[] = [];

  async function answer(incoming: IncomingMessage, outgoing: ServerResponse, url: string): Promise<void> {
    if (isOfEarlierVisitor(incoming)) return void incoming.socket.destroy();
    urls.push(url);
    if (new URL(url).origin === origin) return pass(incoming, outgoing, url, isRecorded);
    const answering = answerOutside?.(await readRequest(incoming, url));
    if (answering === undefined) elsewhere.push(url);
    const response = (await answering) ?? 'blocked';
    if (response === 'blocked') return void incoming.socket.destroy();
    // No connection is used twice: where one is, a browser takes the end of it for a reason to ask again.
    outgoing.setHeader('connection', 'close');
    return writeResponse(outgoing, response);
  }

  /** Firefox repeats a request that was cut off, even when a later visitor has its window. */
  function isOfEarlierVisitor({ headers: { referer = origin } }: IncomingMessage): boolean {
    const [from, to] = [new URL(referer), new URL(origin)];
    return from.hostname === to.hostname && from.port !== to.port;
  }

  const { private: key, cert } = await certificate;
  const secure = createSecureServer({ key, cert }, (incoming, outgoing) => {
    void answer(incoming, outgoing, `https://${incoming.headers.host}${incoming.url}`);
  });
  const proxy = createServer((incoming, outgoing) => void answer(incoming, outgoing, incoming.url!));
  // The servers know of a connection once it is secure. A browser opens some ahead and keeps them, for a later test, too.
  const tunnels = new Set<Duplex>();
  proxy.on('connect', (_request, socket) => {
    tunnels.add(socket);
    socket.on('close', () => tunnels.delete(socket));
    socket.on('error', () => {});
    socket.write('HTTP/1.1 200 OK\r\n\r\n');
    secure.emit('connection', socket);
  });
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  return {
    address: `127.0.0.1:${(proxy.address() as AddressInfo).port}`,
    urls,
    elsewhere,
    close() {
      proxy.close();
      proxy.closeAllConnections();
      tunnels.forEach((socket) => socket.destroy());
    },
  };
}

/** Passes a request to the site and its answer back. If one side ends the connection, the other side is ended, too. */
function pass(incoming: IncomingMessage, outgoing: ServerResponse, url: string, isRecorded: boolean): void {
  const { method, headers } = incoming;
  const onward = requestFrom(url, { method: method!, headers, agent: false }, (response) => {
    if (isRecorded && response.headers['content-type']?.startsWith('text/html')) {
      void readText(response).then((html) => writePage(outgoing, response, withRecorder(html)));
      return;
    }
    outgoing.writeHead(response.statusCode!, response.headers);
    response.pipe(outgoing);
    response.on('error', () => outgoing.destroy());
  });
  onward.on('error', () => outgoing.destroy());
  outgoing.on('close', () => onward.destroy());
  incoming.pipe(onward);
}

function writePage(outgoing: ServerResponse, { statusCode, headers }: IncomingMessage, html: string): void {
  const { 'transfer-encoding': _, 'content-security-policy': policy, ...others } = headers;
  outgoing.writeHead(statusCode!, {
    ...others,
    'content-length': Buffer.byteLength(html),
    ...(policy && { 'content-security-policy': allowRecorder(String(policy)) }),
  });
  outgoing.end(html);
}
