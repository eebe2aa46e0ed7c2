// The way between a browser and a server that is somewhere else: every byte takes half a round trip, each way, and a
// connection takes one more to be made, as over TCP. Bandwidth is not limited, and nothing is lost.
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

export interface Network {
  readonly port: number;
  /** Of a round trip. Holds for connections made from now on. */
  setRoundTrip(ms: number): void;
  close(): void;
}

/** @param serverPort - where the way leads to */
export async function openNetwork(serverPort: number): Promise<Network> {
  let roundTripMs = 0;
  const sockets = new Set<Socket>();
  const server = createServer((near) => {
    const far = connect(serverPort, '127.0.0.1');
    // The browser takes it for connected at once: the handshake's round trip comes before its first byte.
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

/** In order: what comes later never arrives sooner. */
function carry(from: Socket, to: Socket, delayMs: number, fromMs: number): void {
  const waiting: { readonly atMs: number; readonly arrive: () => void }[] = [];
  const deliver = () => {
    while (waiting[0] && waiting[0].atMs <= performance.now()) waiting.shift()!.arrive();
    // Timers count whole milliseconds, and are rather late than early.
    if (waiting[0]) setTimeout(deliver, Math.ceil(waiting[0].atMs - performance.now()));
  };
  const send = (arrive: () => void) => {
    waiting.push({ atMs: Math.max(performance.now(), fromMs) + delayMs, arrive: () => to.destroyed || arrive() });
    if (waiting.length === 1) deliver();
  };
  from.on('data', (bytes) => send(() => to.write(bytes)));
  from.on('end', () => send(() => to.end()));
}
