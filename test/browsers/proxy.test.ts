import { once } from 'node:events';
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
