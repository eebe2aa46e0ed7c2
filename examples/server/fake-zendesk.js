// Connects node:http to the fake backend, which uses Request and Response.

/** Whether the messenger sends this request to Zendesk instead of to the site. */
export function isForZendesk(pathname) {
  return pathname.startsWith('/compose/') || pathname.startsWith('/sc/sdk/');
}

export async function answerAsZendesk(backend, request, response) {
  const { method } = request;
  const gaveUp = new AbortController();
  response.once('close', () => gaveUp.abort());
  const asked = new Request(new URL(request.url, `http://${request.headers.host}`), {
    method,
    headers: Object.entries(request.headers).map(([name, value]) => [name, String(value)]),
    signal: gaveUp.signal,
    ...(method !== 'GET' && method !== 'HEAD' && { body: await readBody(request) }),
  });
  const answer = await backend.handle(asked).catch(() => Response.error());
  // Breaks the connection, so that the browser reports a network error.
  if (answer.type === 'error') return response.destroy();
  answer.headers.forEach((value, name) => response.setHeader(name, value));
  response.writeHead(answer.status).end(Buffer.from(await answer.arrayBuffer()));
}

async function readBody(request) {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks);
}
