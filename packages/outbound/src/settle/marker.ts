import { randomInt } from 'node:crypto';
import type { PlainData } from '@tccc/core';
import { invalidOption } from '@tccc/core/internal';
import type { Settle } from './creation.js';

/** Letters and digits that nobody mixes up when reading them aloud. */
const ALPHABET = '23456789abcdefghjkmnpqrstvwxyz';

/** A marker that nobody else has made: 58 random bits. */
export function randomMarker(): string {
  const letters = Array.from({ length: 12 }, () => ALPHABET[randomInt(ALPHABET.length)]);
  return `tccc-${letters.join('')}`;
}

/** @throws ConfigurationError */
export function checkMarker(marker: unknown): string {
  if (typeof marker === 'string' && /^[\w-]{8,64}$/.test(marker)) return marker;
  throw invalidOption('marker', '8 to 64 letters, digits, "-" and "_"');
}

/** The parameters of a creation with the marker behind its name. What cannot carry one is left for validation to refuse. */
export function withMarker(params: PlainData, settle: Settle, marker: string): PlainData {
  const name = (params.value as Record<string, unknown> | null | undefined)?.[settle.marker];
  const isLeftOut = name === undefined && settle.isMarkerOptional;
  if (typeof name !== 'string' && !isLeftOut) return params;
  return params.with(settle.marker, markedName(isLeftOut ? undefined : (name as string), marker));
}

/** The name of something that is marked, behind its own. */
export function markedName(name: string | undefined, marker: string): string {
  return name === undefined ? `[${marker}]` : `${name} [${marker}]`;
}

/**
 * The marker that a name ends with, if it ends with one. Elsewhere in it, a marker is that of another thing: of the one that
 * this one is a copy of, or whose name it was made again under.
 */
export function markerOf(name: unknown): string | undefined {
  return typeof name === 'string' ? /\[([\w-]{8,64})\]\s*$/.exec(name.slice(-80))?.[1] : undefined;
}
