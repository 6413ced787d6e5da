// Generated from spec/ (hash f372a61d10eac8b3) by `pnpm generate`. Do not edit.

import type { ActionDefinition } from '@tccc/core';

import { errorsOfCreateAutoCalloutTask, errorsOfCreatePredictiveDialingCampaign } from './errors.js';

import type {
  CreateAutoCalloutTaskRequest,
  CreateAutoCalloutTaskResult,
  CreatePredictiveDialingCampaignRequest,
  CreatePredictiveDialingCampaignResult,
} from './types.js';

import { validateCreateAutoCalloutTask, validateCreatePredictiveDialingCampaign } from './validators.js';

/**
 * Hosts of the service, by site.
 */
export const sites = { intl: 'ccc.intl.tencentcloudapi.com', cn: 'ccc.tencentcloudapi.com' } as const;

/**
 * One of the two separate sites of Tencent Cloud; an account belongs to one of them.
 */
export type Site = keyof typeof sites;

/**
 * Every action, by name.
 */
export const actions = {
  /**
   * Create a task that calls a list of numbers automatically, by IVR or by AI agent.
   *
   * @see [CreateAutoCalloutTask, API reference of the international
   * site](https://www.tencentcloud.com/document/product/1229/59791), as of 2026-03-27
   */
  CreateAutoCalloutTask: {
    name: 'CreateAutoCalloutTask',
    version: '2020-02-10',
    service: 'ccc',
    host: 'ccc.intl.tencentcloudapi.com',
    rateLimit: { limit: 20, windowMs: 1000 },
    maxRequestBytes: 10485760,
    errors: errorsOfCreateAutoCalloutTask,
    validate: validateCreateAutoCalloutTask,
    result: { required: ['TaskId', 'RequestId'], integers: ['TaskId'] },
  } satisfies ActionDefinition as ActionDefinition<CreateAutoCalloutTaskRequest, CreateAutoCalloutTaskResult>,
  /**
   * Create a predictive dialing campaign, which calls a list of numbers for a group of agents.
   *
   * @see [CreatePredictiveDialingCampaign, API reference of the international
   * site](https://www.tencentcloud.com/document/product/1229/59790), as of 2024-09-09
   */
  CreatePredictiveDialingCampaign: {
    name: 'CreatePredictiveDialingCampaign',
    version: '2020-02-10',
    service: 'ccc',
    host: 'ccc.tencentcloudapi.com',
    rateLimit: { limit: 20, windowMs: 1000 },
    maxRequestBytes: 10485760,
    errors: errorsOfCreatePredictiveDialingCampaign,
    validate: validateCreatePredictiveDialingCampaign,
    result: { required: ['CampaignId', 'RequestId'], integers: ['CampaignId'] },
  } satisfies ActionDefinition as ActionDefinition<
    CreatePredictiveDialingCampaignRequest,
    CreatePredictiveDialingCampaignResult
  >,
} as const;

/**
 * Name of an action.
 */
export type ActionName = keyof typeof actions;
