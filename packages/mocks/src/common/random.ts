import { randomBytes } from 'node:crypto';

/** Random numbers from 0 up to but not including 1 that depend on nothing but the seed (mulberry32). */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/**
 * Makes request ids: version 4 UUIDs whose beginning comes from the seed, while their last part belongs to one run. The service
 * never gives an id twice, so clients take a response whose id came before for a copy; a mock that starts its seed again, in
 * this process or another, must not look like one.
 */
export function requestIds(random: () => number): () => string {
  const id = Buffer.from(`00000000-0000-4000-8000-${randomBytes(6).toString('hex')}`);
  const word = () => Math.floor(random() * 4_294_967_296);
  /** Writes some of the eight digits of a word to a place in the id. */
  const write = (place: number, digits: number, from: number, to: number) => {
    for (let index = from; index < to; index++)
      id[place + index - from] = HEX[(digits >>> (28 - 4 * index)) & 15]!;
  };
  return () => {
    const [first, second, third] = [word(), word(), word()];
    write(0, first, 0, 8);
    write(9, second, 0, 4);
    write(15, second, 5, 8);
    id[19] = HEX[8 + Math.floor(random() * 4)]!;
    write(20, third, 1, 4);
    return id.toString('latin1');
  };
}

const HEX = Buffer.from('0123456789abcdef');
