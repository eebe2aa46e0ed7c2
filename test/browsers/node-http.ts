// Node's requests and responses as the web's.
import type { IncomingMessage, ServerResponse } from 'node:http';

export async function readRequest(incoming: IncomingMessage, url: string): Promise<Request> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Uint8Array);
  return new Request(url, {
    method: incoming.method!,
    headers: incoming.headers as Record<string, string>,
    ...(chunks.length && { body: Buffer.concat(chunks) }),
  });
}

export async function writeResponse(outgoing: ServerResponse, response: Response): Promise<void> {
  outgoing.writeHead(response.status, Object.fromEntries(response.headers));
  outgoing.end(await response.text());
}
