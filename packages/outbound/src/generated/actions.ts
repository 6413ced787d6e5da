// Generated from spec/ by `pnpm generate`. Do not edit.

import type { CreateAutoCalloutTaskErrorCode } from './create-auto-callout-task.js';
import { CreateAutoCalloutTask } from './create-auto-callout-task.js';
import type { StopAutoCalloutTaskErrorCode } from './stop-auto-callout-task.js';
import { StopAutoCalloutTask } from './stop-auto-callout-task.js';
import type { PauseAutoCalloutTaskErrorCode } from './pause-auto-callout-task.js';
import { PauseAutoCalloutTask } from './pause-auto-callout-task.js';
import type { ResumeAutoCalloutTaskErrorCode } from './resume-auto-callout-task.js';
import { ResumeAutoCalloutTask } from './resume-auto-callout-task.js';
import type { DescribeAutoCalloutTaskErrorCode } from './describe-auto-callout-task.js';
import { DescribeAutoCalloutTask } from './describe-auto-callout-task.js';
import type { DescribeAutoCalloutTasksErrorCode } from './describe-auto-callout-tasks.js';
import { DescribeAutoCalloutTasks } from './describe-auto-callout-tasks.js';
import type { CreatePredictiveDialingCampaignErrorCode } from './create-predictive-dialing-campaign.js';
import { CreatePredictiveDialingCampaign } from './create-predictive-dialing-campaign.js';
import type { PausePredictiveDialingCampaignErrorCode } from './pause-predictive-dialing-campaign.js';
import { PausePredictiveDialingCampaign } from './pause-predictive-dialing-campaign.js';
import type { ResumePredictiveDialingCampaignErrorCode } from './resume-predictive-dialing-campaign.js';
import { ResumePredictiveDialingCampaign } from './resume-predictive-dialing-campaign.js';
import type { AbortPredictiveDialingCampaignErrorCode } from './abort-predictive-dialing-campaign.js';
import { AbortPredictiveDialingCampaign } from './abort-predictive-dialing-campaign.js';
import type { DeletePredictiveDialingCampaignErrorCode } from './delete-predictive-dialing-campaign.js';
import { DeletePredictiveDialingCampaign } from './delete-predictive-dialing-campaign.js';
import type { UpdatePredictiveDialingCampaignErrorCode } from './update-predictive-dialing-campaign.js';
import { UpdatePredictiveDialingCampaign } from './update-predictive-dialing-campaign.js';
import type { DescribePredictiveDialingCampaignErrorCode } from './describe-predictive-dialing-campaign.js';
import { DescribePredictiveDialingCampaign } from './describe-predictive-dialing-campaign.js';
import type { DescribePredictiveDialingCampaignsErrorCode } from './describe-predictive-dialing-campaigns.js';
import { DescribePredictiveDialingCampaigns } from './describe-predictive-dialing-campaigns.js';
import type { DescribePredictiveDialingSessionsErrorCode } from './describe-predictive-dialing-sessions.js';
import { DescribePredictiveDialingSessions } from './describe-predictive-dialing-sessions.js';
import type { DescribeTelCdrErrorCode } from './describe-tel-cdr.js';
import { DescribeTelCdr } from './describe-tel-cdr.js';
import type { DescribeSessionDetailErrorCode } from './describe-session-detail.js';
import { DescribeSessionDetail } from './describe-session-detail.js';
import type { DescribeAICallExtractResultErrorCode } from './describe-ai-call-extract-result.js';
import { DescribeAICallExtractResult } from './describe-ai-call-extract-result.js';
import type { DescribeAIAnalysisResultErrorCode } from './describe-ai-analysis-result.js';
import { DescribeAIAnalysisResult } from './describe-ai-analysis-result.js';

/**
 * Every action, by name.
 *
 * A program that uses it carries the rules and error codes of all actions. Import one action to carry one.
 */
export const actions = {
  CreateAutoCalloutTask,
  StopAutoCalloutTask,
  PauseAutoCalloutTask,
  ResumeAutoCalloutTask,
  DescribeAutoCalloutTask,
  DescribeAutoCalloutTasks,
  CreatePredictiveDialingCampaign,
  PausePredictiveDialingCampaign,
  ResumePredictiveDialingCampaign,
  AbortPredictiveDialingCampaign,
  DeletePredictiveDialingCampaign,
  UpdatePredictiveDialingCampaign,
  DescribePredictiveDialingCampaign,
  DescribePredictiveDialingCampaigns,
  DescribePredictiveDialingSessions,
  DescribeTelCdr,
  DescribeSessionDetail,
  DescribeAICallExtractResult,
  DescribeAIAnalysisResult,
} as const;

/** Name of an action. */
export type ActionName = keyof typeof actions;

/** An error code that is documented for any action. The service may answer others, too. */
export type ErrorCode =
  | CreateAutoCalloutTaskErrorCode
  | StopAutoCalloutTaskErrorCode
  | PauseAutoCalloutTaskErrorCode
  | ResumeAutoCalloutTaskErrorCode
  | DescribeAutoCalloutTaskErrorCode
  | DescribeAutoCalloutTasksErrorCode
  | CreatePredictiveDialingCampaignErrorCode
  | PausePredictiveDialingCampaignErrorCode
  | ResumePredictiveDialingCampaignErrorCode
  | AbortPredictiveDialingCampaignErrorCode
  | DeletePredictiveDialingCampaignErrorCode
  | UpdatePredictiveDialingCampaignErrorCode
  | DescribePredictiveDialingCampaignErrorCode
  | DescribePredictiveDialingCampaignsErrorCode
  | DescribePredictiveDialingSessionsErrorCode
  | DescribeTelCdrErrorCode
  | DescribeSessionDetailErrorCode
  | DescribeAICallExtractResultErrorCode
  | DescribeAIAnalysisResultErrorCode;
