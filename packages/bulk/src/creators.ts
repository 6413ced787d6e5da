import type { ActionName, CreationDefinition } from '@tccc/outbound';
import { actions } from '@tccc/outbound';
import { BulkError } from './errors.js';

/** How a number is written in a request. */
export type NumberStyle = '+' | '00' | 'national' | 'as-given';

/** The actions that take a list of numbers. */
export type CreatorName = 'CreateAutoCalloutTask' | 'CreatePredictiveDialingCampaign';

/** What the runner has to know of such an action beyond its definition. */
export interface Creator {
  readonly name: CreatorName;
  readonly definition: CreationDefinition;
  /** Parameter with the Unix second after which nobody is called any more. */
  readonly end: string;
  /** How the documented examples write numbers. */
  readonly style: NumberStyle;
}

const CREATORS: Record<CreatorName, Pick<Creator, 'end' | 'style'>> = {
  CreateAutoCalloutTask: { end: 'NotAfter', style: '00' },
  CreatePredictiveDialingCampaign: { end: 'EndTime', style: '+' },
};

/** @throws BulkError if no action of this name takes a list of numbers */
export function creatorOf(name: string): Creator {
  if (!Object.hasOwn(CREATORS, name)) {
    throw new BulkError('InvalidTemplate', `"action" must be one of: ${Object.keys(CREATORS).join(', ')}.`);
  }
  const definition = actions[name as ActionName] as unknown as CreationDefinition;
  return { name: name as CreatorName, definition, ...CREATORS[name as CreatorName] };
}
