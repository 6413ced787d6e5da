import type { ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { MockResponse, Surplus, Wire } from '../common/protocol.js';
import { nextTurn, sleep } from '../common/real-time.js';
import { reset } from './reset.js';

/** Bytes per piece of a dripping response, and the pause between two, in milliseconds. */
const DRIP_BYTES = 24;
const DRIP_PAUSE_MS = 2;

/** Sends a response, properly or in the way in which it should go wrong. */
export function sendResponse(target: ServerResponse, response: MockResponse): void {
  const { socket } = target;
  // A request before it on the connection is not answered yet.
  if (socket === null)
    return void target.once('socket', () => void nextTurn().then(() => sendResponse(target, response)));
  if (socket.destroyed) return;
  if (response.wire !== undefined) return wires[response.wire](target, socket, response);
  const { surplus } = response;
  if (surplus?.afterMs === 0) sendBoth(target, response, surplus.response);
  else sendWhole(target, response);
  if (surplus !== undefined && surplus.afterMs > 0) sendLater(socket, surplus);
  previous.set(socket, response);
}

/** Sends a response that belongs to no request. */
export function sendUnasked(socket: Socket, response: MockResponse): void {
  if (!socket.destroyed) socket.write(unasked(response));
}

function unasked({ status, headers, body }: MockResponse): Buffer {
  const lines = Object.entries({ ...headers, 'content-length': Buffer.byteLength(body) });
  const head = lines.map(([name, value]) => `${name}: ${value}\r\n`).join('');
  return Buffer.concat([Buffer.from(`HTTP/1.1 ${status} Unasked\r\n${head}\r\n`), Buffer.from(body)]);
}

/** The latest complete response on each connection. */
const previous = new WeakMap<Socket, MockResponse>();

function sendLater(socket: Socket, { response, afterMs }: Surplus): void {
  // After a turn of the event loop a client in this process, however busy it is, has read what came before. Once the time has
  // come there is no more to wait for: a client whose own time has passed meanwhile looks at its sockets once more.
  void Promise.all([nextTurn(), sleep(afterMs)]).then(() => sendUnasked(socket, response));
}

function sendWhole(target: ServerResponse, response: MockResponse): void {
  writeHead(target, response).end(response.body);
}

/**
 * In one packet, so in one write: the second follows behind the length that the first announces. To cork the socket would not do,
 * since the end of a response uncorks it.
 */
function sendBoth(target: ServerResponse, response: MockResponse, second: MockResponse): void {
  writeHead(target, response).end(Buffer.concat([Buffer.from(response.body), unasked(second)]));
}

/** A list of names and values costs less than one more object of headers. */
function writeHead(target: ServerResponse, { status, headers, body }: MockResponse): ServerResponse {
  const list: string[] = [];
  for (const name in headers) list.push(name, headers[name]!);
  list.push('content-length', String(Buffer.byteLength(body)));
  return target.writeHead(status, list);
}

const wires: Record<Wire, (target: ServerResponse, socket: Socket, response: MockResponse) => void> = {
  reset: (_target, socket) => reset(socket),
  hang: () => {},
  'stall-headers': (_target, socket) => void socket.write('HTTP/1.1 200 OK\r\nContent-Type: appli'),
  'stall-body': sendHalf,
  'cut-length': (target, socket, response) => {
    sendHalf(target, socket, response);
    socket.end();
  },
  'cut-chunks': (target, socket, { status, headers, body }) => {
    target.writeHead(status, headers).write(halfOf(body));
    socket.end();
  },
  drip: (target, _socket, response) => drip(writeHead(target, response), Buffer.from(response.body)),
  'close-after': (target, socket, response) => {
    target.once('finish', () => socket.end());
    sendWhole(target, response);
  },
  repeat: (target, socket, response) => sendWhole(target, previous.get(socket) ?? response),
};

/** Announces the whole length and sends half of it. */
function sendHalf(target: ServerResponse, _socket: Socket, response: MockResponse): void {
  writeHead(target, response).write(halfOf(response.body));
}

function halfOf(body: string | Buffer): Buffer {
  const bytes = Buffer.from(body);
  return bytes.subarray(0, Math.ceil(bytes.length / 2));
}

function drip(target: ServerResponse, bytes: Buffer): void {
  if (target.destroyed) return;
  target.write(bytes.subarray(0, DRIP_BYTES));
  if (bytes.length <= DRIP_BYTES) target.end();
  else void sleep(DRIP_PAUSE_MS).then(() => drip(target, bytes.subarray(DRIP_BYTES)));
}
