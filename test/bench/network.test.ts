import { once } from 'node:events';
import { connect, createServer, type AddressInfo } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import { openNetwork } from '../../tools/bench/network.js';

const ROUND_TRIP_MS = 40;

it('takes one round trip to connect and one for an answer, and keeps the order', async () => {
  const echo = createServer((socket) => socket.pipe(socket));
  await once(echo.listen(0, '127.0.0.1'), 'listening');
  const network = await openNetwork((echo.address() as AddressInfo).port);
  network.roundTripMs = ROUND_TRIP_MS;
  const socket = connect(network.port, '127.0.0.1');
  onTestFinished(() => {
    socket.destroy();
    network.close();
    echo.close();
  });
  const startedMs = performance.now();
  let text = '';
  socket.on('data', (bytes) => (text += String(bytes)));
  const read = async (length: number) => {
    while (text.length < length) await once(socket, 'data');
    return text;
  };
  // Also while the connection is being made.
  const letters = 'abcdefghijklmnopqrstuvwxyz';
  for (const letter of letters) {
    socket.write(letter);
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
  expect(await read(letters.length)).toBe(letters);
  expect(performance.now() - startedMs).toBeGreaterThanOrEqual(2 * ROUND_TRIP_MS);
  const askedMs = performance.now();
  socket.write('z');
  expect(await read(letters.length + 1)).toBe(`${letters}z`);
  expect(performance.now() - askedMs).toBeGreaterThanOrEqual(ROUND_TRIP_MS);
});
