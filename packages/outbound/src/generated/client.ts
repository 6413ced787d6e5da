// Generated from spec/ (hash f372a61d10eac8b3) by `pnpm generate`. Do not edit.

import type { CallOptions } from '@tccc/core';

import { BaseClient } from '../base-client.js';

import { actions } from './actions.js';

import type {
  CreateAutoCalloutTaskRequest,
  CreateAutoCalloutTaskResult,
  CreatePredictiveDialingCampaignRequest,
  CreatePredictiveDialingCampaignResult,
} from './types.js';

/**
 * Client for Tencent Cloud Contact Center, outbound calls.
 *
 * One instance serves a whole process: it keeps connections, paces calls, and is safe to use concurrently.
 * Close it when you are done, so that the process can end.
 */
export class OutboundClient extends BaseClient {
  /**
   * Create a task that calls a list of numbers automatically, by IVR or by AI agent.
   *
   * The service starts to call every number of `Callees` once `NotBefore` has passed, and connects each answered
   * call to the IVR `IvrId` or to the AI agent `AIAgentId`; at least one of the two must be given. Calls by AI
   * agent need the Intelligent Agent call package and work with your own numbers only.
   *
   * At most 20 requests per 1000 ms and account; further calls wait their turn.
   * The service cannot tell a repeated request from a new one, so a call whose outcome is unknown is not repeated.
   *
   * @param params At least one of `IvrId` and `AIAgentId` must be given; both may be. `NotBefore` must be before
   * `NotAfter`.
   * @param options Signal, deadline, headers, and parameters newer than this version.
   * @returns The result, with `TaskId`.
   * @throws ValidationError before any network use, with every fault at once.
   * @throws TcccError of another kind; its `outcome` says what is known about the side effect.
   * @see [CreateAutoCalloutTask, API reference of the international
   * site](https://www.tencentcloud.com/document/product/1229/59791), as of 2026-03-27
   */
  createAutoCalloutTask(
    params: CreateAutoCalloutTaskRequest,
    options?: CallOptions,
  ): Promise<CreateAutoCalloutTaskResult> {
    return this.call(actions.CreateAutoCalloutTask, params, options);
  }

  /**
   * Create a predictive dialing campaign, which calls a list of numbers for a group of agents.
   *
   * The service calls the numbers of `Callees` between `StartTime` and `EndTime`, ahead of the agents of
   * `SkillGroupId` becoming free, and at a pace that keeps the share of dropped calls near `ExpectedAbandonRate`.
   *
   * At most 20 requests per 1000 ms and account; further calls wait their turn.
   * The service cannot tell a repeated request from a new one, so a call whose outcome is unknown is not repeated.
   *
   * @param params `StartTime` must be before `EndTime`.
   * @param options Signal, deadline, headers, and parameters newer than this version.
   * @returns The result, with `CampaignId`.
   * @throws ValidationError before any network use, with every fault at once.
   * @throws TcccError of another kind; its `outcome` says what is known about the side effect.
   * @see [CreatePredictiveDialingCampaign, API reference of the international
   * site](https://www.tencentcloud.com/document/product/1229/59790), as of 2024-09-09
   */
  createPredictiveDialingCampaign(
    params: CreatePredictiveDialingCampaignRequest,
    options?: CallOptions,
  ): Promise<CreatePredictiveDialingCampaignResult> {
    return this.call(actions.CreatePredictiveDialingCampaign, params, options);
  }
}
