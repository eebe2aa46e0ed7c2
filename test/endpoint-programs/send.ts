// Requests to a token endpoint, with headers that fetch() does not let a program choose, such as Host.
import { request, type IncomingHttpHeaders, type OutgoingHttpHeaders } from 'node:http';
import { text } from 'node:stream/consumers';

export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** Sends a POST to the endpoint's path, unless `method` is another one. */
export function send(port: number, headers: OutgoingHttpHeaders = {}, method = 'POST'): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const outgoing = request({
      host: '127.0.0.1',
      port,
      path: '/zendesk-token',
      method,
      headers: { 'content-length': 0, ...headers },
      agent: false,
    });
    outgoing.on('error', reject).on('response', (response) => {
      text(response).then((body) => {
        resolve({ status: response.statusCode!, headers: response.headers, body });
      }, reject);
    });
    outgoing.end();
  });
}

/** The token of a user of the site, by the session cookie. */
export async function requestToken(port: number, session: string): Promise<string> {
  const { status, body } = await send(port, { cookie: `theme=dark; session=${session}` });
  const { token } = JSON.parse(body) as { token: unknown };
  if (status !== 200 || typeof token !== 'string') throw new Error(`No token for ${session}: ${status}`);
  return token;
}
