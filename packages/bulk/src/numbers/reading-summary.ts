import type { Notation } from './notation.js';
import type { Reading } from './number-reader.js';
import type { Cleanup } from './number-text.js';

/** One way in which numbers of a list are written, or one thing that had to be taken off to read them. */
export type WayOfWriting = Notation | Cleanup;

/** A line of the list, and what its number becomes. */
export interface WaySample {
  /** Number of the line, or of the item, counted from 1. */
  readonly line: number;
  /** The text of the line; shortened. */
  readonly given: string;
  /** The number as it is written in a request. */
  readonly written: string;
}

/** How many numbers are written in a way, and the first of them. */
export interface WayCount {
  readonly way: WayOfWriting;
  readonly count: number;
  /** The first three. */
  readonly samples: readonly WaySample[];
}

/** As which country numbers without a country code are read. No program can tell when that is wrong, but a person can. */
export interface AssumedCountry {
  /** `numbers.country` of the template. */
  readonly country: string;
  /** How many numbers have no country code. */
  readonly count: number;
  /** Of how many numbers. */
  readonly of: number;
}

/** How the numbers of a list are written. */
export interface ReadingCounts {
  /** Lines with a number, duplicates included. */
  readonly count: number;
  /** Absent if every number has a country code. */
  readonly assumedCountry?: AssumedCountry;
  /** How many are numbers only because something was taken off or added that people do not usually leave to the reader. */
  readonly rewritten: number;
  /** The first three of those. */
  readonly rewrittenSamples: readonly WaySample[];
  readonly ways: readonly WayCount[];
}

const SAMPLES = 3;
const SHOWN = 64;

/** In the order in which they are shown. */
const WAYS: Readonly<Record<WayOfWriting, string>> = {
  international: 'with + and the country code',
  'exit-code': 'with 00, or another code for calls abroad, and the country code',
  national: 'without a country code',
  'national-without-prefix': 'without a country code, and without the digit dialled before an area code',
  'country-code-without-plus': 'with the country code of the list, but without the + before it',
  separators: 'with spaces, hyphens, points or brackets',
  'other-digits': 'with digits or signs of full width, or Arabic digits',
  decimals: 'with .0 after the number',
  'spreadsheet-text': 'as spreadsheet text: ="…", or an apostrophe before the number',
  'direction-marks': 'with invisible marks for the direction of the text',
  tel: 'with tel: before the number',
  extension: 'with an extension, which is dropped',
};

/** A way of writing in words. */
export function describeWay(way: WayOfWriting): string {
  return WAYS[way];
}

/** What a column of ids, dates or amounts needs as well to pass for numbers. */
const REWRITING = new Set<WayOfWriting>(['national-without-prefix', 'country-code-without-plus', 'decimals']);

/** Counts how the numbers of a list are written. Memory does not grow with the list. */
export class ReadingSummary {
  readonly #country: string | undefined;
  readonly #ways = new Map<WayOfWriting, { count: number; samples: WaySample[] }>();
  #count = 0;
  readonly #rewritten: { count: number; samples: WaySample[] } = { count: 0, samples: [] };

  constructor(country: string | undefined) {
    this.#country = country;
  }

  add(line: number, given: string, { number, notation, cleanups }: Reading): void {
    this.#count++;
    const sample = () => ({ line, given: given.slice(0, SHOWN), written: number.written });
    note(this.#of(notation), sample);
    for (const cleanup of cleanups) note(this.#of(cleanup), sample);
    if (REWRITING.has(notation) || cleanups.some((cleanup) => REWRITING.has(cleanup)))
      note(this.#rewritten, sample);
  }

  counts(): ReadingCounts {
    const order = Object.keys(WAYS) as WayOfWriting[];
    const ways = order.filter((way) => this.#ways.has(way)).map((way) => ({ way, ...this.#ways.get(way)! }));
    const countOf = (way: WayOfWriting) => this.#ways.get(way)?.count ?? 0;
    const assumed = countOf('national') + countOf('national-without-prefix');
    return {
      count: this.#count,
      ...(assumed > 0 && { assumedCountry: { country: this.#country!, count: assumed, of: this.#count } }),
      rewritten: this.#rewritten.count,
      rewrittenSamples: this.#rewritten.samples,
      ways,
    };
  }

  #of(way: WayOfWriting) {
    let found = this.#ways.get(way);
    if (found === undefined) this.#ways.set(way, (found = { count: 0, samples: [] }));
    return found;
  }
}

function note(found: { count: number; samples: WaySample[] }, sample: () => WaySample): void {
  found.count++;
  if (found.samples.length < SAMPLES) found.samples.push(sample());
}
