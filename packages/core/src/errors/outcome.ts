// `call/to-error.ts` decides which one an error has.

/**
 * What is known about the side effect of a failed call.
 *
 * - `not-executed`: it is certain that nothing was created. Trying again cannot do anything twice.
 * - `unknown`: the request may have been executed. Find out before you send it again.
 * - `executed`: the service accepted the request, but its response cannot be given as a result.
 */
export type Outcome = 'not-executed' | 'unknown' | 'executed';

/**
 * What would have to happen before another attempt could succeed.
 *
 * - `never`: another attempt fails the same way, or its effect cannot be known.
 * - `after-backoff`: waiting helps.
 * - `after-clock-correction`: helps once the time difference to the service is corrected.
 * - `after-credential-refresh`: helps with other credentials: fresh temporary ones, or keys that were rotated.
 */
export type RetryClass = 'never' | 'after-backoff' | 'after-clock-correction' | 'after-credential-refresh';
