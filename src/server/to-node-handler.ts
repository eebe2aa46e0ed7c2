// Connects an endpoint to Node's requests and responses, also those of Express. Imports nothing of Node, so that this file
// can be bundled for every runtime.
import type { TokenEndpoint } from './create-token-endpoint.js';
import { reportError } from './console.js';

/** What is read of a request of `node:http`, `node:http2`, Express or Fastify (`request.raw`). */
export interface NodeRequest extends AsyncIterable<unknown> {
  /** The method, such as `POST`. */
  readonly method?: string | undefined;
  /** The path and the query. */
  readonly url?: string | undefined;
  /** The headers, with names in lower case. */
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
}

/** What is used of a response of `node:http`, `node:http2`, Express or Fastify (`reply.raw`). */
export interface NodeResponse {
  /** The status of the response. */
  statusCode: number;
  /** Whether the headers were sent. */
  readonly headersSent: boolean;
  /** Whether the response was completed. */
  readonly writableEnded: boolean;
  /** Whether the connection is gone. */
  readonly destroyed: boolean;
  /** Sets one header, or several of the same name. */
  setHeader(name: string, value: string | string[]): unknown;
  /** Completes the response. */
  end(body: string): unknown;
  /** Adds a listener, for the end of the connection. */
  once(event: 'close', listener: () => void): unknown;
}

/**
 * Makes a handler for `node:http`, Express and other Node servers of an endpoint. The endpoint's `context`, which `getUser` gets, is
 * Node's request, with everything that middleware has added to it, such as `user` or `session`.
 *
 * Keeps the headers that the server has set before, such as `Date`. Cancels `request.signal` if the visitor leaves. The body of the request
 * is not read, except by `getUser`. It is empty if middleware has read it before.
 *
 * @example
 * app.post('/zendesk-token', toNodeHandler(endpoint));
 */
export function toNodeHandler<Node extends NodeRequest>(
  endpoint: TokenEndpoint<Node> | TokenEndpoint,
): (request: Node, response: NodeResponse) => Promise<void> {
  return async (request, response) => {
    const gone = new AbortController();
    response.once('close', () => {
      if (!response.writableEnded) gone.abort();
    });
    try {
      const answer = await endpoint(createRequest(request, gone.signal), request);
      const body = await answer.text();
      if (!canSend(response)) return;
      response.statusCode = answer.status;
      answer.headers.forEach((value, name) => {
        // The only header of which each value is given separately.
        response.setHeader(name, name === 'set-cookie' ? answer.headers.getSetCookie() : value);
      });
      response.end(body);
    } catch (error) {
      // Only an endpoint of your own can reject. One of createTokenEndpoint does not, because it gets a Request here.
      reportError(error);
      if (!canSend(response)) return;
      response.statusCode = 500;
      response.end('');
    }
  };
}

/** It cannot be used any more if the visitor has left, or if a time limit of the server has answered. */
const canSend = ({ headersSent, destroyed }: NodeResponse) => !headersSent && !destroyed;

// Request refuses these methods. As GET, they are refused by the endpoint.
const FORBIDDEN_METHODS = /^(?:connect|trace|track)$/i;

function createRequest(node: NodeRequest, signal: AbortSignal): Request {
  const headers = new Headers();
  for (const [name, value] of Object.entries(node.headers)) {
    // HTTP/2 has names such as ":path".
    if (name.startsWith(':') || value === undefined) continue;
    for (const single of typeof value === 'string' ? [value] : value) headers.append(name, single);
  }
  const { method = 'GET' } = node;
  const hasBody = !/^(?:get|head|connect|trace|track)$/i.test(method);
  return new Request(readUrl(node, headers), {
    method: FORBIDDEN_METHODS.test(method) ? 'GET' : method,
    headers,
    signal,
    ...(hasBody && { body: readBody(node), duplex: 'half' }),
  });
}

function readUrl(node: NodeRequest, headers: Headers): string {
  // Express removes the mounted path from url.
  const { originalUrl, socket } = node as { originalUrl?: unknown; socket?: { encrypted?: unknown } };
  const path = typeof originalUrl === 'string' ? originalUrl : (node.url ?? '/');
  const authority = headers.get('host') ?? node.headers[':authority'] ?? 'localhost';
  const url = `${socket?.encrypted ? 'https' : 'http'}://${String(authority)}${path}`;
  // A request with an unreadable address gets an answer, too. Request refuses a host such as "ada@shop.example".
  return URL.canParse(url) && !String(authority).includes('@') ? url : 'http://localhost/';
}

/** Reads nothing until somebody asks, because most endpoints need no body. */
function readBody(node: NodeRequest): ReadableStream {
  let chunks: AsyncIterator<unknown> | undefined;
  return new ReadableStream(
    {
      async pull(controller) {
        chunks ??= node[Symbol.asyncIterator]();
        const next = await chunks.next();
        if (next.done) controller.close();
        else controller.enqueue(next.value);
      },
    },
    { highWaterMark: 0 },
  );
}
