// Delays the bytes between a browser and a server: each way takes half a round trip, and a new connection takes one more,
// as with TCP. Bandwidth is not limited, and nothing is lost.
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

export interface Network {
  readonly port: number;
  /** Applies to new connections. */
  setRoundTrip(ms: number): void;
  close(): void;
}

export async function openNetwork(serverPort: number): Promise<Network> {
  let roundTripMs = 0;
  const sockets = new Set<Socket>();
  const server = createServer((near) => {
    const far = connect(serverPort, '127.0.0.1');
    // The browser sees the connection at once, so its first byte waits for the handshake's round trip.
    const fromMs = performance.now() + roundTripMs;
    carry(near, far, roundTripMs / 2, fromMs);
    carry(far, near, roundTripMs / 2, fromMs);
    for (const socket of [near, far]) {
      sockets.add(socket.setNoDelay());
      socket.on('error', () => {});
      socket.on('close', () => {
        sockets.delete(socket);
        near.destroy();
        far.destroy();
      });
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    setRoundTrip: (ms) => void (roundTripMs = ms),
    close() {
      server.close();
      sockets.forEach((socket) => socket.destroy());
    },
  };
}

/** Keeps the order. */
function carry(from: Socket, to: Socket, delayMs: number, fromMs: number): void {
  const waiting: { readonly atMs: number; readonly arrive: () => void }[] = [];
  const deliver = () => {
    while (waiting[0] && waiting[0].atMs <= performance.now()) waiting.shift()!.arrive();
    // Timers have a resolution of one millisecond.
    if (waiting[0]) setTimeout(deliver, Math.ceil(waiting[0].atMs - performance.now()));
  };
  const send = (arrive: () => void) => {
    waiting.push({ atMs: Math.max(performance.now(), fromMs) + delayMs, arrive: () => to.destroyed || arrive() });
    if (waiting.length === 1) deliver();
  };
  from.on('data', (bytes) => send(() => to.write(bytes)));
  from.on('end', () => send(() => to.end()));
}
