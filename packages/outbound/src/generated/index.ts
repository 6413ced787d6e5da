// Generated from spec/ (hash f372a61d10eac8b3) by `pnpm generate`. Do not edit.

export type { ActionName, Site } from './actions.js';
export { actions, sites } from './actions.js';
export { OutboundClient } from './client.js';
export type { ErrorCode } from './errors.js';
export {
  commonErrors,
  errorsOfCreateAutoCalloutTask,
  errorsOfCreatePredictiveDialingCampaign,
} from './errors.js';
export type {
  CreateAutoCalloutTaskRequest,
  CreateAutoCalloutTaskRequestWithIvrId,
  CreateAutoCalloutTaskRequestWithAIAgentId,
  CreateAutoCalloutTaskResult,
  CreatePredictiveDialingCampaignRequest,
  CreatePredictiveDialingCampaignResult,
  Variable,
  CalleeAttribute,
  TimeRange,
} from './types.js';
