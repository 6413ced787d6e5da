import type { Socket } from 'node:net';

/** What each socket that speaks TLS speaks through. */
const carriers = new WeakMap<Socket, Socket>();

/** `secured` speaks TLS through `carrier`, which may speak TLS itself. */
export function noteCarrier(secured: Socket, carrier: Socket): void {
  carriers.set(secured, carrier);
}

/** How many bytes have come from the network. A TLS record shows nothing of itself before it is complete, but they count. */
export function bytesReceived(socket: Socket): number {
  const carrier = carriers.get(socket);
  return carrier === undefined ? socket.bytesRead : bytesReceived(carrier);
}
