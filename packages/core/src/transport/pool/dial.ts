import dns from 'node:dns';
import type { LookupAddress } from 'node:dns';
import net from 'node:net';
import type { Socket } from 'node:net';
import type { Hold } from './connecting.js';
import { realTime } from '../../real-time.js';

/** How long an address is waited for before the next one is tried as well, in milliseconds: the value of RFC 8305. */
const ATTEMPT_DELAY_MS = 250;

/** As undici has them. */
const SOCKET_OPTIONS = {
  highWaterMark: 65_536,
  keepAlive: true,
  keepAliveInitialDelay: 60_000,
  noDelay: true,
};

/**
 * Connects to a host by whichever of its addresses is there first, as RFC 8305 says it: each is tried a little after the one
 * before, and at once if that has failed, and none is given up before another is connected. Node.js, instead, gives each
 * 250 ms and no more. The limit for all of it is the caller's.
 */
export async function dial(hold: Hold, hostname: string, port: number): Promise<Socket> {
  if (net.isIP(hostname) !== 0) return connect(hold, { address: hostname, family: net.isIP(hostname) }, port);
  const addresses = alternating(await lookup(hostname));
  const [only] = addresses;
  return addresses.length === 1 ? connect(hold, only!, port) : new AddressRace(addresses, hold, port).run();
}

function lookup(hostname: string): Promise<LookupAddress[]> {
  return new Promise((resolve, reject) => {
    dns.lookup(hostname, { all: true }, (error, addresses) =>
      error === null ? resolve(addresses) : reject(error),
    );
  });
}

/** The order of the system, but by turns of the one family and the other. */
function alternating(addresses: readonly LookupAddress[]): LookupAddress[] {
  const first = addresses.filter(({ family }) => family === addresses[0]?.family);
  const second = addresses.filter((address) => !first.includes(address));
  const longest = Math.max(first.length, second.length);
  return Array.from({ length: longest }, (_, index) => [first[index], second[index]])
    .flat()
    .filter((address) => address !== undefined);
}

function connect(hold: Hold, { address, family }: LookupAddress, port: number): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = hold(net.connect({ host: address, family, port, ...SOCKET_OPTIONS }));
    socket.once('connect', () => resolve(socket)).once('error', reject);
    socket.once('close', () => reject(new Error('The socket was closed.')));
  });
}

/** The attempts to connect to the addresses of one host. */
class AddressRace {
  readonly #addresses: readonly LookupAddress[];
  readonly #hold: Hold;
  readonly #port: number;
  readonly #sockets: Socket[] = [];
  readonly #failures: NodeJS.ErrnoException[] = [];
  #next = 0;
  #timer: NodeJS.Timeout | undefined;
  #resolve!: (socket: Socket) => void;
  #reject!: (error: unknown) => void;

  constructor(addresses: readonly LookupAddress[], hold: Hold, port: number) {
    this.#addresses = addresses;
    this.#port = port;
    this.#hold = (socket) => {
      this.#sockets.push(socket);
      return hold(socket);
    };
  }

  run(): Promise<Socket> {
    return new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
      this.#tryNext();
    });
  }

  #tryNext(): void {
    realTime.clearTimeout(this.#timer);
    const address = this.#addresses[this.#next];
    if (address === undefined) return;
    this.#next++;
    this.#timer = realTime.setTimeout(() => this.#tryNext(), ATTEMPT_DELAY_MS);
    connect(this.#hold, address, this.#port).then(
      (socket) => this.#win(socket),
      (error: NodeJS.ErrnoException) => this.#fail(error),
    );
  }

  #win(winner: Socket): void {
    this.#next = this.#addresses.length;
    realTime.clearTimeout(this.#timer);
    for (const socket of this.#sockets) if (socket !== winner) socket.destroy();
    this.#resolve(winner);
  }

  /** Of several failures, that somebody refused says more than that nobody was there. */
  #fail(error: NodeJS.ErrnoException): void {
    this.#failures.push(error);
    if (this.#failures.length < this.#addresses.length) return this.#tryNext();
    realTime.clearTimeout(this.#timer);
    this.#reject(this.#failures.find(({ code }) => code === 'ECONNREFUSED') ?? this.#failures[0]);
  }
}
