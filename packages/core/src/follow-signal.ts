import { tell } from './tell.js';

/**
 * Those who follow a signal, and their one listener. It takes nothing from the event: a signal of a library's own may give
 * none.
 */
interface Followers {
  readonly each: Set<() => void>;
  readonly tellAll: () => void;
}

/**
 * One listener per signal, however many follow it: ten thousand calls under one signal must neither warn about a leak nor be
 * one.
 */
const followersBySignal = new WeakMap<AbortSignal, Followers>();

/**
 * Calls `onAbort` when a signal is aborted. The function that it returns takes that back, and holds on to the signal: Node.js 20
 * forgets one of `AbortSignal.timeout` or `any` that nothing else refers to.
 *
 * @throws whatever a fake signal throws when it is listened to
 */
export function followSignal(signal: AbortSignal, onAbort: () => void): () => void {
  let followers = followersBySignal.get(signal);
  if (followers === undefined) followersBySignal.set(signal, (followers = noFollowers()));
  const { each, tellAll } = followers;
  if (each.size === 0) signal.addEventListener('abort', tellAll);
  each.add(onAbort);
  return () => {
    if (!each.delete(onAbort) || each.size > 0) return;
    // A fake AbortSignal must not be able to replace an outcome.
    tell(() => signal.removeEventListener('abort', tellAll));
  };
}

function noFollowers(): Followers {
  const each = new Set<() => void>();
  const tellAll = () => {
    for (const onAbort of each) onAbort();
  };
  return { each, tellAll };
}
