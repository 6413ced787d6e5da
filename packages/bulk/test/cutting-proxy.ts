import { once } from 'node:events';
import type { AddressInfo, Socket } from 'node:net';
import { connect, createServer } from 'node:net';

/** A way to a PostgreSQL server that can be cut, and that cuts itself after so many messages of its clients. */
export interface CuttingProxy {
  readonly port: number;
  /** Messages of clients that it has passed on. */
  readonly messages: number;
  /** Connections that found it cut. */
  readonly refused: number;
  /** After how many it cuts, once; and whether nobody gets through from then on. */
  cutAfter(messages: number, isForGood: boolean): void;
  cut(): void;
  mend(): void;
  close(): Promise<void>;
}

export async function startCuttingProxy(port: number): Promise<CuttingProxy> {
  const sockets = new Set<Socket>();
  let messages = 0;
  let refused = 0;
  let cutAt = Infinity;
  let isForGood = false;
  let isCut = false;
  /** What was passed on arrives; what comes back does not. */
  const drop = () => {
    for (const socket of sockets) socket.destroySoon();
  };
  const server = createServer((near) => {
    if (isCut) {
      refused++;
      return void near.destroy();
    }
    const far = connect(port, '127.0.0.1');
    for (const socket of [near, far]) {
      sockets.add(socket);
      socket.on('error', () => {});
      socket.on('close', () => {
        sockets.delete(socket);
        near.destroy();
        far.destroySoon();
      });
    }
    far.on('data', (data) => {
      if (!near.writableEnded) near.write(data);
    });
    const split = splitter();
    near.on('data', (data) => {
      for (const message of split(data)) {
        if (near.destroyed) return;
        far.write(message);
        messages++;
        if (messages !== cutAt) continue;
        isCut = isForGood;
        drop();
      }
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    get messages() {
      return messages;
    },
    get refused() {
      return refused;
    },
    cutAfter: (count, good) => {
      [messages, cutAt, isForGood, isCut] = [0, count, good, false];
    },
    cut: () => {
      isCut = true;
      drop();
    },
    mend: () => {
      isCut = false;
    },
    close: async () => {
      drop();
      server.close();
      await once(server, 'close');
    },
  };
}

/** Cuts what a client sends into messages: the first has no type before its length. */
function splitter(): (data: Buffer) => Buffer[] {
  let rest = Buffer.alloc(0);
  let typeBytes = 0;
  return (data) => {
    rest = Buffer.concat([rest, data]);
    const found: Buffer[] = [];
    while (rest.length >= typeBytes + 4) {
      const length = typeBytes + rest.readUInt32BE(typeBytes);
      if (rest.length < length) break;
      found.push(rest.subarray(0, length));
      rest = rest.subarray(length);
      typeBytes = 1;
    }
    return found;
  };
}
