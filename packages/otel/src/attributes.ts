import type { Attributes } from '@opentelemetry/api';
import type { AttemptTrace, CallTrace } from '@tccc/core';
import * as names from './names.js';

/** What a request is called: product and action. */
export function methodOf({ service, action }: CallTrace | AttemptTrace): string {
  return `${service}/${action}`;
}

/** What is the same for a call, its attempts, and what is measured of both. */
export function commonAttributes(trace: CallTrace | AttemptTrace): Attributes {
  const { hostname, port, protocol } = new URL(trace.endpoint);
  return {
    [names.RPC_SYSTEM_NAME]: names.SYSTEM,
    [names.RPC_METHOD]: methodOf(trace),
    [names.SERVER_ADDRESS]: hostname,
    [names.SERVER_PORT]: Number(port || (protocol === 'https:' ? 443 : 80)),
  };
}

/** What came of it. The codes of errors are a closed list of this SDK and the documented codes of the service. */
export function outcomeAttributes({ outcome, error }: CallTrace | AttemptTrace): Attributes {
  return {
    ...(outcome === undefined ? {} : { [names.TCCC_OUTCOME]: outcome }),
    ...(error === undefined ? {} : { [names.ERROR_TYPE]: error.code }),
    ...(error?.kind === 'service' ? { [names.RPC_STATUS_CODE]: error.code } : {}),
  };
}
