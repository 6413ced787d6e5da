import type { CallOptions } from '@tccc/core';
import { checkKnownOptions, checkNumber, checkSignal, invalidOption, readSafely } from '@tccc/core/internal';
import type { CreationOptions, SettleOptions } from './creation.js';
import { checkMarker, randomMarker } from './marker.js';

const CALL_OPTIONS = 'call options';

const WITHIN_MS = { min: 0, max: 86_400_000, fallback: 60_000 };

/** Options of a creation, checked: those of the call itself, and how to settle it. */
export interface CreationSettings {
  callOptions: CallOptions;
  /** Undefined: nothing is marked. */
  settle: { marker: string; withinMs: number } | undefined;
}

/**
 * Whether the caller says anything about settling. Whatever else they give is checked with the call.
 *
 * @throws ConfigurationError if they give something that cannot be read
 */
export function holdsSettle(options: unknown): options is CreationOptions {
  if (typeof options !== 'object' || options === null) return false;
  return readSafely(() => 'settle' in options, CALL_OPTIONS);
}

/** @throws ConfigurationError that names the option */
export function readCreationOptions(options: CreationOptions): CreationSettings {
  const { settle, ...callOptions } = copyOptions(options);
  if (settle === undefined || settle === false) return { callOptions, settle: undefined };
  if (settle !== true && (typeof settle !== 'object' || settle === null))
    throw invalidOption('settle', 'true, false, or an object', settle);
  const { marker, withinMs } = settle === true ? {} : known(settle, ['marker', 'withinMs'], 'settle');
  return {
    callOptions,
    settle: {
      marker: marker === undefined ? randomMarker() : checkMarker(marker),
      withinMs: checkNumber('settle.withinMs', withinMs, WITHIN_MS),
    },
  };
}

/** @throws ConfigurationError that names the option */
export function readSettleOptions(options: SettleOptions = {}): { withinMs: number; signal?: AbortSignal } {
  const { withinMs, signal } = known(options, ['withinMs', 'signal'], 'settle options');
  readSafely(() => checkSignal(signal), CALL_OPTIONS);
  const checked = { withinMs: checkNumber('withinMs', withinMs, WITHIN_MS) };
  return signal === undefined ? checked : { ...checked, signal };
}

/**
 * Options as they are now. They are the caller's own object, which may change later, or throw.
 *
 * @throws ConfigurationError
 */
export function copyOptions<Options>(options: Options, what = CALL_OPTIONS): Options {
  return typeof options === 'object' && options !== null ? readSafely(() => ({ ...options }), what) : options;
}

function known<Options extends object>(options: Options, names: string[], what: string): Options {
  const copy = copyOptions(options, what);
  checkKnownOptions(copy, names, what);
  return copy;
}
