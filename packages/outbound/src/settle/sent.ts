import type { PlainData } from '@tccc/core';
import { checkParams, toPlainData } from '@tccc/core/internal';
import type { AnyListDefinition } from '../listing.js';
import type { CreationDefinition, Settle } from './creation.js';
import { markedName, withMarker } from './marker.js';

type Fields = Readonly<Record<string, unknown>>;

/** Something in the list whose name ends with the marker. */
export interface Candidate {
  readonly id: number;
  /** Request id of the page that it was on. */
  readonly requestId: string;
  readonly item: Fields;
}

/** What of a creation can be told from the list: what was sent, not what has become of the caller's object since. */
export class Sent {
  readonly #settle: Settle;
  /** The whole name, with its marker; undefined if it is not known. */
  readonly #name: string | undefined;
  /** Texts and numbers, by name. */
  readonly #fields: Fields;

  /** `params` are those of the creation, or what is known of them. */
  constructor(params: unknown, settle: Settle, marker: string) {
    const { [settle.marker]: name, ...given } = isFields(params) ? params : {};
    this.#settle = settle;
    this.#name = typeof name === 'string' ? wholeName(name, marker) : undefined;
    this.#fields = Object.fromEntries(Object.entries(given).filter(([, value]) => isScalar(value)));
  }

  /** Parameters for the list. */
  get keys(): Record<string, unknown> {
    return Object.fromEntries(this.#settle.with.map((key) => [key, this.#fields[key]]));
  }

  /**
   * Which of the candidates may be what was created: those that have its name, if that is known, and of several the one that
   * also has the rest of what was sent. More than one is left if nothing tells them apart.
   */
  among(candidates: readonly Candidate[]): readonly Candidate[] {
    const named = candidates.filter(({ item }) => this.#hasName(item));
    if (named.length < 2) return named;
    const fitting = named.filter(({ item }) => this.#fits(item));
    return fitting.length === 1 ? fitting : named;
  }

  #hasName(item: Fields): boolean {
    return this.#name === undefined || plain(item[this.#settle.item.marker]) === plain(this.#name);
  }

  /** Whether every field that both have is the same. */
  #fits(item: Fields): boolean {
    return Object.entries(this.#fields).every(
      ([name, value]) => !isScalar(item[name]) || String(item[name]) === String(value),
    );
  }
}

/** What was sent carries the marker already; what somebody remembers of it does not. */
function wholeName(name: string, marker: string): string {
  const ending = markedName(undefined, marker);
  return name.endsWith(ending) ? name : markedName(name, marker);
}

/** A service may store a text with other spaces, or composed in another way. */
function plain(name: unknown): string {
  return String(name).normalize('NFC').replace(/\s+/g, ' ').trim();
}

function isScalar(value: unknown): value is string | number {
  return typeof value === 'number' || typeof value === 'string';
}

function isFields(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

/** The parameters of a creation with its marker, and what to remember of them. */
export function markedParams(
  params: unknown,
  { settle }: Pick<CreationDefinition, 'settle'>,
  marker: string,
): { marked: PlainData | undefined; sent: Sent } {
  const marked = params === undefined ? undefined : withMarker(toPlainData(params), settle, marker);
  return { marked, sent: new Sent(marked?.value, settle, marker) };
}

/**
 * What somebody knows of a creation: enough for the list at least.
 *
 * @throws ValidationError
 */
export async function knownOf(
  params: unknown,
  { settle }: Pick<CreationDefinition, 'settle'>,
  list: AnyListDefinition,
  marker: string,
): Promise<Sent> {
  const given = params === undefined ? undefined : toPlainData(params);
  const sent = new Sent(given?.value, settle, marker);
  const { paging } = list;
  const isReadable = given !== undefined && given.faults.length === 0 && isFields(given.value);
  const asked = { ...sent.keys, [paging.size]: 1, [paging.page]: paging.first };
  await checkParams(list, isReadable ? asked : given);
  return sent;
}
