// Delays the bytes between a browser and a server: each way takes half a round trip, and a new connection takes one more,
// as with TCP. Bandwidth is not limited, and nothing is lost.
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** `roundTripMs` applies to new connections. */
export async function openNetwork(serverPort: number) {
  const sockets = new Set<Socket>();
  const server = createServer((near) => {
    const far = connect(serverPort, '127.0.0.1');
    const { roundTripMs } = network;
    // A timer may end up to a millisecond early.
    const halfMs = roundTripMs / 2 + 1;
    for (const [from, to] of [[near, far] as const, [far, near] as const]) {
      sockets.add(from.setNoDelay().on('error', () => {}));
      from.on('close', () => to.destroy() && sockets.delete(from));
      // The browser has the connection immediately, so its first bytes wait for the handshake's round trip. Timers with
      // the same delay keep their order.
      setTimeout(() => {
        from.on('data', (bytes) => setTimeout(() => to.write(bytes), halfMs));
        from.on('end', () => setTimeout(() => to.end(), halfMs));
      }, roundTripMs);
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const network = {
    port: (server.address() as AddressInfo).port,
    roundTripMs: 0,
    close() {
      server.close();
      sockets.forEach((socket) => socket.destroy());
    },
  };
  return network;
}
