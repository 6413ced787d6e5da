import type { ActionDefinition, ActionName, Outcome } from '@tccc/outbound';
import { actions } from '@tccc/outbound';
import { commonMeanings } from '@tccc/outbound/internal';

/** A response that refuses a request, as the service writes it. */
export interface ErrorResponse {
  action: ActionName;
  code: string;
  /** What the code says about the side effect. */
  outcome: Outcome;
  /** Status 200, whatever the code. */
  status: number;
  body: string;
}

const REQUEST_ID = 'a561d5e7-2680-481f-b86e-a9ad7316f4d5';

/**
 * One response for each error code that is documented for an action, for tests of code that reads responses.
 *
 * @example
 * for (const { code, outcome, body } of errorResponses('CreateAutoCalloutTask')) console.log(code, outcome, body);
 */
export function errorResponses(action: ActionName): ErrorResponse[] {
  const { errors }: ActionDefinition = actions[action];
  return Object.entries(errors()).map(([code, { meaning, outcome }]) => {
    const Response = {
      Error: { Code: code, Message: meaning ?? commonMeanings[code]! },
      RequestId: REQUEST_ID,
    };
    return { action, code, outcome, status: 200, body: JSON.stringify({ Response }) };
  });
}
