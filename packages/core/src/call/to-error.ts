import type { AnyTcccError } from '../errors/errors.js';
import { ResponseError, ServiceError, TransportError } from '../errors/errors.js';
import type { Outcome } from '../errors/outcome.js';
import { isTcccError } from '../errors/guards.js';
import { ResponseFailure } from '../response/read.js';
import type * as Errors from './errors.js';
import type { CallFacts } from './facts.js';
import { finalOutcome, outcomeOf } from './outcome.js';

let loaded: typeof Errors | undefined;

/** Puts whatever a step threw into the error family. Most calls succeed, so what makes errors is loaded at the first failure. */
export async function toCallError(thrown: unknown, facts: CallFacts): Promise<AnyTcccError> {
  loaded ??= await import('./errors.js').catch(() => undefined);
  return loaded === undefined ? plainError(thrown, facts) : loaded.toCallError(thrown, facts);
}

/**
 * The error of a call if the module that makes them cannot be loaded, for instance because the program was removed while it
 * ran: without details, but with the right outcome, and never repeated.
 */
export function plainError(thrown: unknown, facts: CallFacts): AnyTcccError {
  if (isTcccError(thrown)) return thrown;
  const reading = thrown instanceof ResponseFailure ? thrown.reading : undefined;
  const { action, attempts, traceId } = facts;
  const fieldsOf = <Code extends string>(code: Code, own: Outcome) => ({
    action,
    attempts,
    traceId,
    requestId: reading?.requestId,
    code,
    outcome: finalOutcome(own, facts),
    message: `${action} failed: ${code}. The module that says more could not be loaded.`,
  });
  if (reading === undefined)
    return new TransportError(fieldsOf('UnexpectedFailure', outcomeOf(facts.delivery.isSent)));
  if (reading.kind === 'refusal') {
    const { code, fact, status } = reading;
    return new ServiceError({ ...fieldsOf(code, fact?.outcome ?? 'unknown'), status, serviceMessage: '' });
  }
  const { code, outcome, status, digits, retryAfterMs } = reading;
  return new ResponseError({ ...fieldsOf(code, outcome), status, digits, retryAfterMs });
}
