import { once } from 'node:events';
import { request } from 'node:http';
import { connect } from 'node:net';
import { expect, it } from 'vitest';
import { openProxy } from './proxy.js';

it('closes a connection that was opened ahead and is not secure yet, so that no later test finds it', async () => {
  const proxy = await openProxy({ origin: 'http://127.0.0.1:1', isRecorded: false });
  const [host, port] = proxy.address.split(':');
  const socket = connect(Number(port), host);
  socket.write('CONNECT ekr.zdassets.com:443 HTTP/1.1\r\nHost: ekr.zdassets.com:443\r\n\r\n');
  expect(String((await once(socket, 'data'))[0])).toMatch(/^HTTP\/1\.1 200/);
  const closed = once(socket, 'close');
  proxy.close();
  await closed;
});

it('does not answer a page of an earlier visitor of the window', async () => {
  const origin = 'http://localhost:1';
  const proxy = await openProxy({
    origin,
    answerOutside: () => Promise.resolve(new Response('hi')),
    isRecorded: false,
  });
  const [host, port] = proxy.address.split(':');
  const ask = (referer: string) =>
    new Promise<number | undefined>((resolve) => {
      const asked = request({ host, port, path: 'http://other.example/', headers: { referer } }, (response) =>
        resolve(response.statusCode),
      );
      asked.on('error', () => resolve(undefined));
      asked.end();
    });
  expect(await ask('http://localhost:2/')).toBe(undefined);
  expect(await ask('http://localhost:1/')).toBe(200);
  expect(proxy.urls).toEqual(['http://other.example/']);
  proxy.close();
});
