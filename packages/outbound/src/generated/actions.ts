// Generated from spec/ (hash a57599550733746d) by `pnpm generate`. Do not edit.

import type { CreateAutoCalloutTaskErrorCode } from './create-auto-callout-task.js';
import { CreateAutoCalloutTask } from './create-auto-callout-task.js';
import type { CreatePredictiveDialingCampaignErrorCode } from './create-predictive-dialing-campaign.js';
import { CreatePredictiveDialingCampaign } from './create-predictive-dialing-campaign.js';

/**
 * Every action, by name.
 *
 * A program that uses it carries the validators and error codes of all actions. Import one action to carry one.
 */
export const actions = { CreateAutoCalloutTask, CreatePredictiveDialingCampaign } as const;

/** Name of an action. */
export type ActionName = keyof typeof actions;

/** An error code that is documented for any action. The service may answer others, too. */
export type ErrorCode = CreateAutoCalloutTaskErrorCode | CreatePredictiveDialingCampaignErrorCode;
