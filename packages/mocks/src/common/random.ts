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
  const digits = (word: number, from: number, to: number, at: number) => {
    for (let index = from; index < to; index++)
      id[at + index - from] = DIGITS[(word >>> (28 - 4 * index)) & 15]!;
  };
  const word = () => Math.floor(random() * 4_294_967_296);
  return () => {
    const [first, second, third] = [word(), word(), word()];
    digits(first, 0, 8, 0);
    digits(second, 0, 4, 9);
    digits(second, 5, 8, 15);
    id[19] = DIGITS[8 + Math.floor(random() * 4)]!;
    digits(third, 1, 4, 20);
    return id.toString('latin1');
  };
}

const DIGITS = Buffer.from('0123456789abcdef');
