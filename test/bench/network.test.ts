import { once } from 'node:events';
import { connect, createServer, type AddressInfo } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import { openNetwork } from '../../bench/network.js';

const ROUND_TRIP_MS = 40;
// Node's timers count whole milliseconds.
const LEAST_MS = ROUND_TRIP_MS - 2;

it('takes a round trip to connect, one for an answer, and keeps the order', async () => {
  const echo = createServer((socket) => socket.pipe(socket));
  await once(echo.listen(0, '127.0.0.1'), 'listening');
  const network = await openNetwork((echo.address() as AddressInfo).port);
  network.setRoundTrip(ROUND_TRIP_MS);
  const socket = connect(network.port, '127.0.0.1');
  onTestFinished(() => {
    socket.destroy();
    network.close();
    echo.close();
  });
  const startedMs = performance.now();
  const read = async (length: number) => {
    let text = '';
    while (text.length < length) text += String((await once(socket, 'data'))[0]);
    return text;
  };
  socket.write('a');
  expect(await read(1)).toBe('a');
  const answeredMs = performance.now();
  expect(answeredMs - startedMs).toBeGreaterThan(2 * LEAST_MS);
  socket.write('b');
  setTimeout(() => socket.write('c'), 3);
  expect(await read(2)).toBe('bc');
  expect(performance.now() - answeredMs).toBeGreaterThan(LEAST_MS);
});
