// Generated from spec/ (hash a57599550733746d) by `pnpm generate`. Do not edit.

import type { CallOptions } from '@tccc/core';
import { BaseClient } from '../base-client.js';
import type {
  CreateAutoCalloutTaskRequest,
  CreateAutoCalloutTaskResult,
} from './create-auto-callout-task.js';
import { CreateAutoCalloutTask } from './create-auto-callout-task.js';
import type {
  CreatePredictiveDialingCampaignRequest,
  CreatePredictiveDialingCampaignResult,
} from './create-predictive-dialing-campaign.js';
import { CreatePredictiveDialingCampaign } from './create-predictive-dialing-campaign.js';

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
   * @param params At least one of `IvrId` and `AIAgentId` must be given. `NotBefore` must be before `NotAfter`.
   * @param options Signal, deadline, headers, and parameters newer than this version.
   * @returns The task was created. `TaskId` is in the result.
   * @throws ValidationError before any network use, with every fault at once.
   * @throws TcccError of another kind; its `outcome` says what is known about the side effect.
   * @see [CreateAutoCalloutTask, API reference of the international
   * site](https://www.tencentcloud.com/document/product/1229/59791), as of 2026-03-27
   */
  createAutoCalloutTask(
    params: CreateAutoCalloutTaskRequest,
    options?: CallOptions,
  ): Promise<CreateAutoCalloutTaskResult> {
    return this.call(CreateAutoCalloutTask, params, options);
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
   * @returns The campaign was created. `CampaignId` is in the result.
   * @throws ValidationError before any network use, with every fault at once.
   * @throws TcccError of another kind; its `outcome` says what is known about the side effect.
   * @see [CreatePredictiveDialingCampaign, API reference of the international
   * site](https://www.tencentcloud.com/document/product/1229/59790), as of 2024-09-09
   */
  createPredictiveDialingCampaign(
    params: CreatePredictiveDialingCampaignRequest,
    options?: CallOptions,
  ): Promise<CreatePredictiveDialingCampaignResult> {
    return this.call(CreatePredictiveDialingCampaign, params, options);
  }
}
