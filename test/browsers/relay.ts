// The way from a window that is used again to the proxy of the visitor who is in it now: a browser takes one address, for
// as long as it runs.
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

export interface Relay {
  /** Its host and port. */
  readonly address: string;
  /** From the next connection on. */
  leadTo(proxy: string): void;
  close(): void;
}

export async function openRelay(): Promise<Relay> {
  let port = 0;
  const sockets = new Set<Socket>();
  const server = createServer((near) => {
    const far = connect(port, '127.0.0.1');
    // Who hangs up on one side is hung up on at the other.
    for (const [socket, other] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(socket);
      socket.on('error', () => {});
      socket.on('close', () => {
        sockets.delete(socket);
        other.destroy();
      });
      socket.pipe(other);
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    address: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    leadTo: (proxy) => void (port = Number(proxy.split(':')[1])),
    close() {
      server.close();
      sockets.forEach((socket) => socket.destroy());
    },
  };
}
