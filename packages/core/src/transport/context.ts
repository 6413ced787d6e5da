import { AsyncResource } from 'node:async_hooks';
import { attemptTracing, isTraced } from '../diagnostics.js';

/** Runs something in a context. */
export type InContext = (inside: () => void) => void;

export const runHere: InContext = (inside) => inside();

/**
 * The context of the caller, for what happens later: an instrumentation of undici looks there for the span that a request
 * belongs to. If nobody follows attempts, none is kept.
 */
export function contextOfCaller(): InContext {
  if (!isTraced(attemptTracing)) return runHere;
  const resource = new AsyncResource('tccc.request');
  return (inside) => resource.runInAsyncScope(inside);
}
