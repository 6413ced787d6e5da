import type { Socket } from 'node:net';
import type { TLSSocket } from 'node:tls';

/** What speaks TLS on a socket, by that socket. */
const speakers = new WeakMap<Socket, TLSSocket>();

const socketBelow = (socket: Socket) => (socket as { _parent?: Socket | null })._parent ?? undefined;

/** Takes note of a socket that speaks TLS: it cannot be reset itself, the one below it can. */
export function noteSpeaker(socket: TLSSocket): void {
  const below = socketBelow(socket);
  if (below !== undefined) speakers.set(below, socket);
}

/**
 * Resets a connection. One that is just being shut down is closed instead: libuv refuses to reset it, and Node.js then takes it
 * for closed, so that its server never closes and its process never ends.
 */
export function reset(socket: Socket): void {
  const tcp = socketBelow(socket) ?? socket;
  const speaker = speakers.get(tcp);
  if (isBeingShutDown(tcp) || isBeingShutDown(speaker)) {
    speaker?.destroy();
    tcp.destroy();
  } else tcp.resetAndDestroy();
}

function isBeingShutDown(socket: Socket | undefined): boolean {
  return socket !== undefined && socket.writableEnded && !socket.writableFinished;
}
