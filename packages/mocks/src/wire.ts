import type { ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { MockReply, Wire } from './protocol.js';

/** Bytes per piece of a dripping reply, and the pause between two, in milliseconds. */
const DRIP_BYTES = 24;
const DRIP_PAUSE_MS = 2;

/** Sends a reply, properly or in the way in which it shall go wrong. */
export function sendReply(response: ServerResponse, reply: MockReply): void {
  const { socket } = response;
  if (socket === null || socket.destroyed) return;
  if (reply.wire === undefined) sendWhole(response, reply);
  else wires[reply.wire](response, socket, reply);
}

function sendWhole(response: ServerResponse, { status, headers, body }: MockReply): void {
  response.writeHead(status, { ...headers, 'content-length': Buffer.byteLength(body) }).end(body);
}

const wires: Record<Wire, (response: ServerResponse, socket: Socket, reply: MockReply) => void> = {
  reset: (_response, socket) => void socket.resetAndDestroy(),
  hang: () => {},
  'stall-headers': (_response, socket) => void socket.write('HTTP/1.1 200 OK\r\nContent-Type: appli'),
  'stall-body': sendHalf,
  'cut-length': (response, socket, reply) => {
    sendHalf(response, socket, reply);
    socket.end();
  },
  'cut-chunks': (response, socket, { status, headers, body }) => {
    response.writeHead(status, headers).write(halfOf(body));
    socket.end();
  },
  drip: (response, _socket, { status, headers, body }) => {
    const bytes = Buffer.from(body);
    response.writeHead(status, { ...headers, 'content-length': bytes.length });
    drip(response, bytes);
  },
  'close-after': (response, socket, reply) => {
    response.once('finish', () => socket.end());
    sendWhole(response, reply);
  },
};

/** Announces the whole length and sends half of it. */
function sendHalf(response: ServerResponse, _socket: Socket, { status, headers, body }: MockReply): void {
  response.writeHead(status, { ...headers, 'content-length': Buffer.byteLength(body) }).write(halfOf(body));
}

function halfOf(body: string | Buffer): Buffer {
  const bytes = Buffer.from(body);
  return bytes.subarray(0, Math.ceil(bytes.length / 2));
}

function drip(response: ServerResponse, bytes: Buffer): void {
  if (response.destroyed) return;
  response.write(bytes.subarray(0, DRIP_BYTES));
  if (bytes.length <= DRIP_BYTES) response.end();
  else setTimeout(() => drip(response, bytes.subarray(DRIP_BYTES)), DRIP_PAUSE_MS);
}
