// @vitest-environment jsdom
import { expect, it } from 'vitest';
import { checkTokenEndpoint } from '../../src/testing/index.js';
import { makeToken, SECRET } from '../cli/tokens.js';
import { startServer } from '../endpoints/start-server.js';

// Some globals are jsdom's there, and others are Node's.
it('checkTokenEndpoint works in a test that has a page, and sends the same headers', async () => {
  expect(document.nodeType).toBe(Node.DOCUMENT_NODE);
  const server = await startServer((response, count) => {
    response.writeHead(200, { 'content-type': 'text/plain', 'cache-control': 'no-store' });
    response.end(makeToken(Date.now(), { jti: `answer-${count}` }));
  });
  const headers = new Headers({ cookie: 'session=1' });
  expect(await checkTokenEndpoint(server.url, { headers, secret: SECRET })).toEqual([]);
  const sent = server.requests.map((request) => [request.headers.cookie, request.headers['sec-fetch-site']]);
  await server.close();
  expect(sent).toEqual([
    ['session=1', 'same-origin'],
    ['session=1', 'cross-site'],
    ['session=1', 'same-origin'],
  ]);
});
