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
  const run = randomBytes(6).toString('hex');
  const word = () =>
    Math.floor(random() * 4_294_967_296)
      .toString(16)
      .padStart(8, '0');
  return () => {
    const hex = word() + word() + word();
    const variant = (8 + Math.floor(random() * 4)).toString(16);
    return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${run}`;
  };
}
