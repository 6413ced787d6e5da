// Generated from spec/ by `pnpm generate`. Do not edit.

export type { ActionName, ErrorCode } from './actions.js';
export { actions } from './actions.js';
export { OutboundClient } from './client.js';
export type { CommonErrorCode } from './common-errors.js';
export { commonErrors } from './common-errors.js';
export type {
  CreateAutoCalloutTaskErrorCode,
  CreateAutoCalloutTaskRequest,
  CreateAutoCalloutTaskResult,
} from './create-auto-callout-task.js';
export { CreateAutoCalloutTask } from './create-auto-callout-task.js';
export type {
  StopAutoCalloutTaskErrorCode,
  StopAutoCalloutTaskRequest,
  StopAutoCalloutTaskResult,
} from './stop-auto-callout-task.js';
export { StopAutoCalloutTask } from './stop-auto-callout-task.js';
export type {
  PauseAutoCalloutTaskErrorCode,
  PauseAutoCalloutTaskRequest,
  PauseAutoCalloutTaskResult,
} from './pause-auto-callout-task.js';
export { PauseAutoCalloutTask } from './pause-auto-callout-task.js';
export type {
  ResumeAutoCalloutTaskErrorCode,
  ResumeAutoCalloutTaskRequest,
  ResumeAutoCalloutTaskResult,
} from './resume-auto-callout-task.js';
export { ResumeAutoCalloutTask } from './resume-auto-callout-task.js';
export type {
  DescribeAutoCalloutTaskErrorCode,
  DescribeAutoCalloutTaskRequest,
  DescribeAutoCalloutTaskResult,
} from './describe-auto-callout-task.js';
export { DescribeAutoCalloutTask } from './describe-auto-callout-task.js';
export type {
  DescribeAutoCalloutTasksErrorCode,
  DescribeAutoCalloutTasksRequest,
  DescribeAutoCalloutTasksResult,
} from './describe-auto-callout-tasks.js';
export { DescribeAutoCalloutTasks } from './describe-auto-callout-tasks.js';
export type {
  CreatePredictiveDialingCampaignErrorCode,
  CreatePredictiveDialingCampaignRequest,
  CreatePredictiveDialingCampaignResult,
} from './create-predictive-dialing-campaign.js';
export { CreatePredictiveDialingCampaign } from './create-predictive-dialing-campaign.js';
export type {
  PausePredictiveDialingCampaignErrorCode,
  PausePredictiveDialingCampaignRequest,
  PausePredictiveDialingCampaignResult,
} from './pause-predictive-dialing-campaign.js';
export { PausePredictiveDialingCampaign } from './pause-predictive-dialing-campaign.js';
export type {
  ResumePredictiveDialingCampaignErrorCode,
  ResumePredictiveDialingCampaignRequest,
  ResumePredictiveDialingCampaignResult,
} from './resume-predictive-dialing-campaign.js';
export { ResumePredictiveDialingCampaign } from './resume-predictive-dialing-campaign.js';
export type {
  AbortPredictiveDialingCampaignErrorCode,
  AbortPredictiveDialingCampaignRequest,
  AbortPredictiveDialingCampaignResult,
} from './abort-predictive-dialing-campaign.js';
export { AbortPredictiveDialingCampaign } from './abort-predictive-dialing-campaign.js';
export type {
  DeletePredictiveDialingCampaignErrorCode,
  DeletePredictiveDialingCampaignRequest,
  DeletePredictiveDialingCampaignResult,
} from './delete-predictive-dialing-campaign.js';
export { DeletePredictiveDialingCampaign } from './delete-predictive-dialing-campaign.js';
export type {
  UpdatePredictiveDialingCampaignErrorCode,
  UpdatePredictiveDialingCampaignRequest,
  UpdatePredictiveDialingCampaignResult,
} from './update-predictive-dialing-campaign.js';
export { UpdatePredictiveDialingCampaign } from './update-predictive-dialing-campaign.js';
export type {
  DescribePredictiveDialingCampaignErrorCode,
  DescribePredictiveDialingCampaignRequest,
  DescribePredictiveDialingCampaignResult,
} from './describe-predictive-dialing-campaign.js';
export { DescribePredictiveDialingCampaign } from './describe-predictive-dialing-campaign.js';
export type {
  DescribePredictiveDialingCampaignsErrorCode,
  DescribePredictiveDialingCampaignsRequest,
  DescribePredictiveDialingCampaignsResult,
} from './describe-predictive-dialing-campaigns.js';
export { DescribePredictiveDialingCampaigns } from './describe-predictive-dialing-campaigns.js';
export type {
  DescribePredictiveDialingSessionsErrorCode,
  DescribePredictiveDialingSessionsRequest,
  DescribePredictiveDialingSessionsResult,
} from './describe-predictive-dialing-sessions.js';
export { DescribePredictiveDialingSessions } from './describe-predictive-dialing-sessions.js';
export type {
  DescribeTelCdrErrorCode,
  DescribeTelCdrRequest,
  DescribeTelCdrResult,
} from './describe-tel-cdr.js';
export { DescribeTelCdr } from './describe-tel-cdr.js';
export type {
  DescribeSessionDetailErrorCode,
  DescribeSessionDetailRequest,
  DescribeSessionDetailResult,
} from './describe-session-detail.js';
export { DescribeSessionDetail } from './describe-session-detail.js';
export type {
  DescribeAICallExtractResultErrorCode,
  DescribeAICallExtractResultRequest,
  DescribeAICallExtractResultResult,
} from './describe-ai-call-extract-result.js';
export { DescribeAICallExtractResult } from './describe-ai-call-extract-result.js';
export type {
  DescribeAIAnalysisResultErrorCode,
  DescribeAIAnalysisResultRequest,
  DescribeAIAnalysisResultResult,
} from './describe-ai-analysis-result.js';
export { DescribeAIAnalysisResult } from './describe-ai-analysis-result.js';
export type {
  Variable,
  CalleeAttribute,
  TimeRange,
  AutoCalloutTaskState,
  AutoCalloutTaskCalleeState,
  AutoCalloutTaskCalleeInfo,
  AutoCalloutTaskInfo,
  PredictiveDialingCampaignStatus,
  PredictiveDialingCampaignStatusReason,
  DescribePredictiveDialingCampaignsElement,
  CallDirection,
  CallType,
  HungUpSide,
  AsrStatus,
  AICallExtractInfoType,
  AIAnalysisType,
  IVRKeyPressedElement,
  SeatUserInfo,
  ServeParticipant,
  TelCdrInfo,
  SessionEvent,
  AICallExtractResultInfo,
  AICallExtractResultElement,
  AIAnalysisResult,
} from './data-types.js';
export type { EndStatus, EndStatusGroup, EndStatusName } from './end-statuses.js';
export { endStatuses } from './end-statuses.js';
export type { Site } from './sites.js';
export { sites } from './sites.js';
