// Generated from spec/ (hash a57599550733746d) by `pnpm generate`. Do not edit.

export type { ActionName, ErrorCode } from './actions.js';
export { actions } from './actions.js';
export { OutboundClient } from './client.js';
export type { CommonErrorCode } from './common-errors.js';
export { commonErrors } from './common-errors.js';
export type {
  CreateAutoCalloutTaskErrorCode,
  CreateAutoCalloutTaskRequestFields,
  CreateAutoCalloutTaskRequestWithIvrId,
  CreateAutoCalloutTaskRequestWithAIAgentId,
  CreateAutoCalloutTaskRequestWithIvrIdAndAIAgentId,
  CreateAutoCalloutTaskRequestWithoutAIAgentId,
  CreateAutoCalloutTaskRequestWithoutIvrId,
  CreateAutoCalloutTaskRequest,
  CreateAutoCalloutTaskResult,
} from './create-auto-callout-task.js';
export { CreateAutoCalloutTask } from './create-auto-callout-task.js';
export type {
  CreatePredictiveDialingCampaignErrorCode,
  CreatePredictiveDialingCampaignRequest,
  CreatePredictiveDialingCampaignResult,
} from './create-predictive-dialing-campaign.js';
export { CreatePredictiveDialingCampaign } from './create-predictive-dialing-campaign.js';
export type { Variable, CalleeAttribute, TimeRange } from './data-types.js';
export type { Site } from './sites.js';
export { sites } from './sites.js';
