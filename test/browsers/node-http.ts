// Node's requests and responses, of HTTP/1 and HTTP/2, as the web's.
import type { IncomingMessage } from 'node:http';
import type { Http2ServerRequest } from 'node:http2';

interface Outgoing {
  writeHead(status: number, headers: Record<string, string>): unknown;
  end(body: string | Uint8Array): unknown;
}

export async function readRequest(incoming: IncomingMessage | Http2ServerRequest, url: string): Promise<Request> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Uint8Array);
  // HTTP/2 has the method and the path among the headers, as `:method` and `:path`.
  const headers = Object.entries(incoming.headers).filter(([name]) => !name.startsWith(':'));
  return new Request(url, {
    method: incoming.method!,
    headers: headers as [string, string][],
    ...(chunks.length && { body: Buffer.concat(chunks) }),
  });
}

export async function writeResponse(outgoing: Outgoing, response: Response): Promise<void> {
  const isText = !response.headers.has('content-encoding');
  const body = isText ? await response.text() : Buffer.from(await response.arrayBuffer());
  outgoing.writeHead(response.status, Object.fromEntries(response.headers));
  outgoing.end(body);
}
