import { once } from 'node:events';
import { createServer, request as requestByHttp, type IncomingMessage, type Server } from 'node:http';
import { connect, createServer as createHttp2Server, type Http2Server } from 'node:http2';
import type { AddressInfo } from 'node:net';
import express, { type Request as ExpressRequest } from 'express';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createTokenEndpoint, toNodeHandler, type TokenEndpoint } from '../../src/server/index.js';
import { keepErrors } from './keep-console.js';
import { KEY } from './keys.js';

async function listen(server: Server | Http2Server): Promise<string> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    if ('closeAllConnections' in server) server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

function serve(endpoint: TokenEndpoint<IncomingMessage> | TokenEndpoint): Promise<string> {
  const handler = toNodeHandler(endpoint);
  return listen(createServer((request, response) => void handler(request, response)));
}

/** An endpoint that answers with what it got. */
const echo: TokenEndpoint = async (request) =>
  Response.json({
    url: request.url,
    method: request.method,
    headers: [...request.headers],
    body: await request.text(),
  });

describe('toNodeHandler', () => {
  it('answers requests of node:http, and keeps the Date header', async () => {
    const url = await serve(createTokenEndpoint({ ...KEY, getUser: () => ({ externalId: 1 }) }));
    const response = await fetch(url, { method: 'POST' });
    expect(await response.json()).toEqual({ token: expect.stringMatching(/^[\w-]+\.[\w-]+\.[\w-]+$/) });
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(Number.isNaN(Date.parse(response.headers.get('date')!))).toBe(false);
    expect((await fetch(url)).status).toBe(405);
  });

  it('keeps a Date that the server has set before', async () => {
    const handler = toNodeHandler(createTokenEndpoint({ ...KEY, getUser: () => null }));
    const url = await listen(
      createServer((request, response) => {
        response.setHeader('date', 'Mon, 30 Nov 2026 12:00:00 GMT');
        void handler(request, response);
      }),
    );
    expect((await fetch(url, { method: 'POST' })).headers.get('date')).toBe('Mon, 30 Nov 2026 12:00:00 GMT');
  });

  it("gives Express's request to getUser, also under a mounted path", async () => {
    const app = express();
    app.use((request, _response, next) => {
      Object.assign(request, { user: { id: 7 } });
      next();
    });
    const urls: string[] = [];
    const endpoint = createTokenEndpoint({
      ...KEY,
      getUser(request, { user }: ExpressRequest & { user?: { id: number } }) {
        urls.push(request.url);
        return user && { externalId: user.id };
      },
    });
    app.use('/api/zendesk-token', toNodeHandler(endpoint));
    const url = await listen(createServer(app));
    const { token } = await (await fetch(`${url}/api/zendesk-token?a=1`, { method: 'POST' })).json();
    expect(JSON.parse(Buffer.from(token.split('.')[1], 'base64url').toString())).toMatchObject({ external_id: '7' });
    expect(urls).toEqual([`${url}/api/zendesk-token?a=1`]);
  });

  it('works behind a middleware that has read the body', async () => {
    const app = express();
    app.use(express.json());
    app.post(
      '/token',
      toNodeHandler(
        createTokenEndpoint({ ...KEY, getUser: (_, { body }: ExpressRequest) => ({ externalId: body.id }) }),
      ),
    );
    const url = await listen(createServer(app));
    const headers = { 'content-type': 'application/json' };
    const response = await fetch(`${url}/token`, { method: 'POST', headers, body: '{"id":"7"}' });
    expect(response.status).toBe(200);
    expect((await response.json()).token).not.toBeNull();
  });

  it('passes the body, in parts, and all headers', async () => {
    const url = await serve(echo);
    const got = await new Promise<any>((resolve, reject) => {
      const headers = { cookie: ['a=1', 'b=2'], 'x-many': ['1', '2'], 'x-latin': 'Zo\u00eb' };
      const sent = requestByHttp(`${url}/a?b`, { method: 'PUT', headers }, (response) => {
        let text = '';
        response.on('data', (chunk) => (text += chunk)).on('end', () => resolve(JSON.parse(text)));
      });
      sent.on('error', reject);
      sent.write('one ');
      setImmediate(() => sent.end('two'));
    });
    expect(got).toMatchObject({ url: `${url}/a?b`, method: 'PUT', body: 'one two' });
    expect(got.headers).toEqual(
      expect.arrayContaining([
        ['cookie', 'a=1; b=2'],
        ['x-many', '1, 2'],
        ['x-latin', 'Zo\u00eb'],
      ]),
    );
  });

  it('answers HTTP/2', async () => {
    const handler = toNodeHandler(echo);
    const url = await listen(createHttp2Server((request, response) => void handler(request, response)));
    const client = connect(url);
    onTestFinished(() => client.close());
    const stream = client.request({ ':path': '/a?b', ':method': 'POST' });
    stream.end('text');
    let text = '';
    for await (const chunk of stream) text += chunk;
    expect(JSON.parse(text)).toMatchObject({ url: `${url}/a?b`, method: 'POST', body: 'text' });
  });

  it.each(['TRACE', 'GET'])('answers %s, although no Request can be made of all methods', async (method) => {
    const url = await serve(createTokenEndpoint({ ...KEY, getUser: () => null }));
    const [response] = (await once(requestByHttp(url, { method }).end(), 'response')) as [IncomingMessage];
    expect(response.statusCode).toBe(405);
    response.resume();
  });

  it.each(['a b', 'ada@shop.example', ':secret@shop.example'])(
    'answers a request whose Host header is %s',
    async (host) => {
      const url = await serve(echo);
      const sent = requestByHttp(url, { method: 'POST', headers: { host } }).end();
      const [response] = (await once(sent, 'response')) as [IncomingMessage];
      expect(response.statusCode).toBe(200);
      response.resume();
    },
  );

  it('sends every cookie that an endpoint of your own sets', async () => {
    const headers = [...'ab'].map((name): [string, string] => ['set-cookie', `${name}=1`]);
    const url = await serve(async () => new Response('done', { headers }));
    expect((await fetch(url, { method: 'POST' })).headers.getSetCookie()).toEqual(['a=1', 'b=1']);
  });

  it('cancels the signal when the visitor leaves, and writes nothing then', async () => {
    const events: string[] = [];
    let end: (() => void) | undefined;
    const ended = new Promise<void>((resolve) => (end = resolve));
    const arrived = new Promise<AbortController>((resolve) => {
      const visitor = new AbortController();
      const endpoint: TokenEndpoint = async ({ signal }) => {
        resolve(visitor);
        await new Promise((left) => signal.addEventListener('abort', left));
        events.push('aborted');
        setImmediate(end!);
        return new Response('late');
      };
      void serve(endpoint).then((url) =>
        fetch(url, { method: 'POST', signal: visitor.signal }).catch(() => events.push('left')),
      );
    });
    (await arrived).abort();
    await ended;
    expect(events.sort()).toEqual(['aborted', 'left']);
  });

  it('does not cancel the signal of a request that was answered', async () => {
    let signal: AbortSignal | undefined;
    const url = await serve(async (request: Request) => ((signal = request.signal), new Response('done')));
    await (await fetch(url, { method: 'POST' })).text();
    await fetch(url, { method: 'POST' });
    expect(signal?.aborted).toBe(false);
  });

  it('writes nothing if the server has answered meanwhile', async () => {
    const handler = toNodeHandler(async () => new Response('late'));
    const url = await listen(
      createServer((request, response) => {
        response.statusCode = 504;
        response.end('too late');
        void handler(request, response);
      }),
    );
    const response = await fetch(url, { method: 'POST' });
    expect([response.status, await response.text()]).toEqual([504, 'too late']);
  });

  it('answers 500 if an endpoint of your own rejects', async () => {
    const written = keepErrors();
    const failure = new Error('broken');
    const url = await serve(() => Promise.reject(failure));
    const response = await fetch(url, { method: 'POST' });
    expect([response.status, await response.text()]).toEqual([500, '']);
    expect(written).toEqual([failure]);
  });
});
