// Puts the stand-in's servers behind node:http: they speak Request and Response.

/** Whether the messenger asks this of Zendesk, and not of the site. */
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
  // A network error, as the browser sees it: the connection breaks.
  if (answer.type === 'error') return response.destroy();
  answer.headers.forEach((value, name) => response.setHeader(name, value));
  response.writeHead(answer.status).end(Buffer.from(await answer.arrayBuffer()));
}

async function readBody(request) {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks);
}
