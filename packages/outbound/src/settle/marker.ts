import { randomInt } from 'node:crypto';
import { invalidOption } from '@tccc/core';
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
export function withMarker<Params>(params: Params, settle: Settle, marker: string): Params {
  if (typeof params !== 'object' || params === null) return params;
  const name = (params as Record<string, unknown>)[settle.marker];
  if (typeof name === 'string') return { ...params, [settle.marker]: `${name} ${inBrackets(marker)}` };
  const isLeftOut = name === undefined && settle.isMarkerOptional;
  return isLeftOut ? { ...params, [settle.marker]: inBrackets(marker) } : params;
}

/** Whether a name carries the marker; whoever renames a thing may keep it. */
export function carries(name: unknown, marker: string): boolean {
  return typeof name === 'string' && name.includes(inBrackets(marker));
}

function inBrackets(marker: string): string {
  return `[${marker}]`;
}
