// Generated from spec/ by `pnpm generate`. Do not edit.

import type { CallOptions, ParameterName } from '@tccc/core';
import { BaseClient } from '../base-client.js';
import type { Created, CreationOptions, SettleOptions } from '../settle/creation.js';
import type { CallRecord } from '../results/call-record.js';
import type { NumberResult } from '../results/number-result.js';
import type {
  CampaignResultsParams,
  ReconcileParams,
  ResultActions,
  ResultsOptions,
  TaskResultsParams,
} from '../results/options.js';
import type { Reconciliation } from '../results/reconcile.js';
import type {
  CreateAutoCalloutTaskRequest,
  CreateAutoCalloutTaskResult,
} from './create-auto-callout-task.js';
import { CreateAutoCalloutTask } from './create-auto-callout-task.js';
import type { StopAutoCalloutTaskRequest, StopAutoCalloutTaskResult } from './stop-auto-callout-task.js';
import { StopAutoCalloutTask } from './stop-auto-callout-task.js';
import type { PauseAutoCalloutTaskRequest, PauseAutoCalloutTaskResult } from './pause-auto-callout-task.js';
import { PauseAutoCalloutTask } from './pause-auto-callout-task.js';
import type {
  ResumeAutoCalloutTaskRequest,
  ResumeAutoCalloutTaskResult,
} from './resume-auto-callout-task.js';
import { ResumeAutoCalloutTask } from './resume-auto-callout-task.js';
import type {
  DescribeAutoCalloutTaskRequest,
  DescribeAutoCalloutTaskResult,
} from './describe-auto-callout-task.js';
import { DescribeAutoCalloutTask } from './describe-auto-callout-task.js';
import type {
  DescribeAutoCalloutTasksRequest,
  DescribeAutoCalloutTasksResult,
} from './describe-auto-callout-tasks.js';
import { DescribeAutoCalloutTasks } from './describe-auto-callout-tasks.js';
import type {
  CreatePredictiveDialingCampaignRequest,
  CreatePredictiveDialingCampaignResult,
} from './create-predictive-dialing-campaign.js';
import { CreatePredictiveDialingCampaign } from './create-predictive-dialing-campaign.js';
import type {
  PausePredictiveDialingCampaignRequest,
  PausePredictiveDialingCampaignResult,
} from './pause-predictive-dialing-campaign.js';
import { PausePredictiveDialingCampaign } from './pause-predictive-dialing-campaign.js';
import type {
  ResumePredictiveDialingCampaignRequest,
  ResumePredictiveDialingCampaignResult,
} from './resume-predictive-dialing-campaign.js';
import { ResumePredictiveDialingCampaign } from './resume-predictive-dialing-campaign.js';
import type {
  AbortPredictiveDialingCampaignRequest,
  AbortPredictiveDialingCampaignResult,
} from './abort-predictive-dialing-campaign.js';
import { AbortPredictiveDialingCampaign } from './abort-predictive-dialing-campaign.js';
import type {
  DeletePredictiveDialingCampaignRequest,
  DeletePredictiveDialingCampaignResult,
} from './delete-predictive-dialing-campaign.js';
import { DeletePredictiveDialingCampaign } from './delete-predictive-dialing-campaign.js';
import type {
  UpdatePredictiveDialingCampaignRequest,
  UpdatePredictiveDialingCampaignResult,
} from './update-predictive-dialing-campaign.js';
import { UpdatePredictiveDialingCampaign } from './update-predictive-dialing-campaign.js';
import type {
  DescribePredictiveDialingCampaignRequest,
  DescribePredictiveDialingCampaignResult,
} from './describe-predictive-dialing-campaign.js';
import { DescribePredictiveDialingCampaign } from './describe-predictive-dialing-campaign.js';
import type {
  DescribePredictiveDialingCampaignsRequest,
  DescribePredictiveDialingCampaignsResult,
} from './describe-predictive-dialing-campaigns.js';
import { DescribePredictiveDialingCampaigns } from './describe-predictive-dialing-campaigns.js';
import type {
  DescribePredictiveDialingSessionsRequest,
  DescribePredictiveDialingSessionsResult,
} from './describe-predictive-dialing-sessions.js';
import { DescribePredictiveDialingSessions } from './describe-predictive-dialing-sessions.js';
import type { DescribeTelCdrRequest, DescribeTelCdrResult } from './describe-tel-cdr.js';
import { DescribeTelCdr } from './describe-tel-cdr.js';
import type { DescribeSessionDetailRequest, DescribeSessionDetailResult } from './describe-session-detail.js';
import { DescribeSessionDetail } from './describe-session-detail.js';
import type {
  DescribeAICallExtractResultRequest,
  DescribeAICallExtractResultResult,
} from './describe-ai-call-extract-result.js';
import { DescribeAICallExtractResult } from './describe-ai-call-extract-result.js';
import type {
  DescribeAIAnalysisResultRequest,
  DescribeAIAnalysisResultResult,
} from './describe-ai-analysis-result.js';
import { DescribeAIAnalysisResult } from './describe-ai-analysis-result.js';

const resultActions: ResultActions = {
  records: DescribeTelCdr,
  task: DescribeAutoCalloutTask,
  campaign: DescribePredictiveDialingCampaign,
  campaigns: DescribePredictiveDialingCampaigns,
  sessions: DescribePredictiveDialingSessions,
};

/**
 * Client for Tencent Cloud Contact Center, outbound calls.
 *
 * One instance serves a whole process: it keeps connections, paces calls, and is safe to use concurrently.
 * Close it when you are done, so that the process can end.
 *
 * @example
 * await using client = new OutboundClient({ site: 'intl' });
 * const { RequestId } = await client.createAutoCalloutTask({
 *   SdkAppId: 1400123455,
 *   NotBefore: 1642500621,
 *   Callees: [ '008613012345678' ],
 *   Callers: [ '008602012345678' ],
 *   IvrId: 8
 * });
 */
export class OutboundClient extends BaseClient {
  /**
   * Create a task that calls a list of numbers automatically, by IVR or by AI agent.
   *
   * The service starts to call every number of `Callees` once `NotBefore` has passed, and connects each answered
   * call to the IVR `IvrId` or to the AI agent `AIAgentId`; at least one of the two must be given. Calls by AI
   * agent need the Intelligent Agent call package and work with your own numbers only.
   *
   * At most 20 requests per second and account; further calls wait for their turn.
   * The service cannot tell a repeated request from a new one, so a call whose outcome is unknown is not repeated.
   * With the option `settle` the client then looks up whether it was created.
   *
   * @param params At least one of `IvrId` and `AIAgentId` must be given. `NotBefore` must be before `NotAfter`
   * (our check).
   * @param options Whether to settle an unknown outcome. Signal, deadline, headers, parameters newer than this
   * version, and checks to switch off.
   * @returns The task was created. `TaskId` is in the result.
   * @throws SettleError if it was looked up, and that did not settle it.
   * @throws ValidationError before anything is sent; another TcccError, whose `outcome` says what is known.
   * @example
   * await client.createAutoCalloutTask({
   *   SdkAppId: 1400123455,
   *   NotBefore: 1642500621,
   *   Callees: [ '008613012345678' ],
   *   Callers: [ '008602012345678' ],
   *   IvrId: 8
   * });
   * @see [CreateAutoCalloutTask, API reference of the international
   * site](https://www.tencentcloud.com/document/product/1229/59791), as of 2026-03-27
   */
  createAutoCalloutTask(
    params: CreateAutoCalloutTaskRequest,
    options?: CreationOptions<ParameterName<CreateAutoCalloutTaskRequest>>,
  ): Promise<Created<CreateAutoCalloutTaskResult>> {
    return this.create(CreateAutoCalloutTask, DescribeAutoCalloutTasks, params, options);
  }

  /**
   * Looks up what `client.createAutoCalloutTask` created under a marker, whichever process called it.
   *
   * It reads every page of DescribeAutoCalloutTasks, again and again with growing pauses, until it finds the
   * marker. Looking up creates nothing.
   * What it does not find may still be under way: the service does not say how soon its lists show what is new.
   *
   * @param params `SdkAppId` of the creation, and whatever else you know of it: with `Name`, only what has that
   * name and the marker behind it counts, and the rest tells two of them apart.
   * @param marker What the creation was marked with: of the option `settle`, or of a `SettleError`.
   * @param options For how long to look, and a signal that ends it.
   * @throws SettleError if it was not found in time, was found more than once, or could not be looked up.
   * @throws ValidationError or ConfigurationError for wrong parameters, a wrong marker or option.
   * @example
   * const found = await client.settleAutoCalloutTask({ SdkAppId: 1400123455 }, 'order-17-part-3');
   * @see [CreateAutoCalloutTask, API reference of the international
   * site](https://www.tencentcloud.com/document/product/1229/59791), as of 2026-03-27
   */
  settleAutoCalloutTask(
    params: Pick<CreateAutoCalloutTaskRequest, 'SdkAppId'> & Partial<CreateAutoCalloutTaskRequest>,
    marker: string,
    options?: SettleOptions,
  ): Promise<Created<CreateAutoCalloutTaskResult>> {
    return this.settle(CreateAutoCalloutTask, DescribeAutoCalloutTasks, params, marker, options);
  }

  /**
   * Stop an automatic call task for good.
   *
   * Ends the task. It cannot be resumed; to interrupt it only, use PauseAutoCalloutTask.
   *
   * At most 20 requests per second and account; further calls wait for their turn.
   * Several identical requests have the effect of one, so a call whose outcome is unknown is repeated. If the
   * service then refuses, that says nothing of the first request.
   *
   * @param params The parameters.
   * @param options Signal, deadline, headers, parameters newer than this version, and checks to switch off.
   * @returns The task was stopped.
   * @throws ValidationError before anything is sent; another TcccError, whose `outcome` says what is known.
   * @example
   * await client.stopAutoCalloutTask({ SdkAppId: 1400000000, TaskId: 1 });
   * @see [StopAutoCalloutTask, API reference of the international
   * site](https://www.tencentcloud.com/document/product/1229/59781)
   */
  stopAutoCalloutTask(
    params: StopAutoCalloutTaskRequest,
    options?: CallOptions<ParameterName<StopAutoCalloutTaskRequest>>,
  ): Promise<StopAutoCalloutTaskResult> {
    return this.call(StopAutoCalloutTask, params, options);
  }

  /**
   * Pause an automatic call task.
   *
   * The task starts no new calls. Calls that are under way go on. ResumeAutoCalloutTask continues the task.
   *
   * At most 20 requests per second and account; further calls wait for their turn.
   * Several identical requests have the effect of one, so a call whose outcome is unknown is repeated. If the
   * service then refuses, that says nothing of the first request.
   *
   * @param params The parameters.
   * @param options Signal, deadline, headers, parameters newer than this version, and checks to switch off.
   * @returns The task was paused.
   * @throws ValidationError before anything is sent; another TcccError, whose `outcome` says what is known.
   * @example
   * await client.pauseAutoCalloutTask({ TaskId: 16498, SdkAppId: 1400692008 });
   * @see [PauseAutoCalloutTask, API reference of the international
   * site](https://www.tencentcloud.com/document/product/1229/76611)
   */
  pauseAutoCalloutTask(
    params: PauseAutoCalloutTaskRequest,
    options?: CallOptions<ParameterName<PauseAutoCalloutTaskRequest>>,
  ): Promise<PauseAutoCalloutTaskResult> {
    return this.call(PauseAutoCalloutTask, params, options);
  }

  /**
   * Continue an automatic call task that is paused.
   *
   * The task calls the numbers that it has not finished. If a call is under way for such a number, whether it is
   * called again is not documented.
   *
   * At most 20 requests per second and account; further calls wait for their turn.
   * The service cannot tell a repeated request from a new one, so a call whose outcome is unknown is not repeated.
   *
   * @param params The parameters.
   * @param options Signal, deadline, headers, parameters newer than this version, and checks to switch off.
   * @returns The task was resumed.
   * @throws ValidationError before anything is sent; another TcccError, whose `outcome` says what is known.
   * @example
   * await client.resumeAutoCalloutTask({ TaskId: 16497, SdkAppId: 1400692008 });
   * @see [ResumeAutoCalloutTask, API reference of the international
   * site](https://www.tencentcloud.com/document/product/1229/76610)
   */
  resumeAutoCalloutTask(
    params: ResumeAutoCalloutTaskRequest,
    options?: CallOptions<ParameterName<ResumeAutoCalloutTaskRequest>>,
  ): Promise<ResumeAutoCalloutTaskResult> {
    return this.call(ResumeAutoCalloutTask, params, options);
  }

  /**
   * Look up an automatic call task, with the state of each number.
   *
   * Returns the settings of the task, its state, and for each called number its state and its calls. The id of an
   * AI agent is not among them.
   *
   * At most 20 requests per second and account; further calls wait for their turn.
   * The call changes nothing, so it is repeated after a failure, and a call that failed was not executed.
   *
   * @param params The parameters.
   * @param options Signal, deadline, headers, parameters newer than this version, and checks to switch off.
   * @returns The task was found. `Name` is in the result.
   * @throws ValidationError before anything is sent; another TcccError, whose `outcome` says what is known.
   * @example
   * await client.describeAutoCalloutTask({ SdkAppId: 1, TaskId: 2 });
   * @see [DescribeAutoCalloutTask, API reference of the international
   * site](https://www.tencentcloud.com/document/product/1229/59788)
   */
  describeAutoCalloutTask(
    params: DescribeAutoCalloutTaskRequest,
    options?: CallOptions<ParameterName<DescribeAutoCalloutTaskRequest>>,
  ): Promise<DescribeAutoCalloutTaskResult> {
    return this.call(DescribeAutoCalloutTask, params, options);
  }

  /**
   * List the automatic call tasks of an application.
   *
   * Returns the tasks of an application page by page. In which order, and how soon a new task shows, is not
   * documented.
   *
   * At most 20 requests per second and account; further calls wait for their turn.
   * The call changes nothing, so it is repeated after a failure, and a call that failed was not executed.
   *
   * @param params The parameters.
   * @param options Signal, deadline, headers, parameters newer than this version, and checks to switch off.
   * @returns The page of tasks. `TotalCount` is in the result.
   * @throws ValidationError before anything is sent; another TcccError, whose `outcome` says what is known.
   * @example
   * await client.describeAutoCalloutTasks({ PageNumber: 0, PageSize: 10, SdkAppId: 1 });
   * @see [DescribeAutoCalloutTasks, API reference of the international
   * site](https://www.tencentcloud.com/document/product/1229/59787)
   */
  describeAutoCalloutTasks(
    params: DescribeAutoCalloutTasksRequest,
    options?: CallOptions<ParameterName<DescribeAutoCalloutTasksRequest>>,
  ): Promise<DescribeAutoCalloutTasksResult> {
    return this.call(DescribeAutoCalloutTasks, params, options);
  }

  /**
   * Every item that `client.describeAutoCalloutTasks` lists, page by page, each once.
   *
   * The list may change meanwhile. What is there all the time is given, unless between two pages some items went
   * and others came:
   * then one can be missed. Pages are read when their items are needed, and each is a call of its own.
   *
   * @param params As for `describeAutoCalloutTasks`, without `PageNumber`. `PageSize` is the size of a page: 100
   * by default.
   * @param options For each page: signal, deadline, headers, and checks to switch off.
   * @throws TcccError as `describeAutoCalloutTasks` does; what was given before stays valid.
   * @example
   * for await (const one of client.eachAutoCalloutTask({ SdkAppId: 1 })) console.log(one);
   * @see [DescribeAutoCalloutTasks, API reference of the international
   * site](https://www.tencentcloud.com/document/product/1229/59787)
   */
  eachAutoCalloutTask(
    params: Omit<DescribeAutoCalloutTasksRequest, 'PageNumber' | 'PageSize'> & { PageSize?: number },
    options?: CallOptions<ParameterName<DescribeAutoCalloutTasksRequest>>,
  ): AsyncGenerator<DescribeAutoCalloutTasksResult['Tasks'][number], void, undefined> {
    return this.each(DescribeAutoCalloutTasks, params, options);
  }

  /**
   * Create a predictive dialing campaign, which calls a list of numbers for a group of agents.
   *
   * The service calls the numbers of `Callees` between `StartTime` and `EndTime`, ahead of the agents of
   * `SkillGroupId` becoming free, and at a pace that keeps the share of dropped calls near `ExpectedAbandonRate`.
   *
   * At most 20 requests per second and account; further calls wait for their turn.
   * The service cannot tell a repeated request from a new one, so a call whose outcome is unknown is not repeated.
   * With the option `settle` the client then looks up whether it was created.
   *
   * @param params `StartTime` must be before `EndTime` (our check).
   * @param options Whether to settle an unknown outcome. Signal, deadline, headers, parameters newer than this
   * version, and checks to switch off.
   * @returns The campaign was created. `CampaignId` is in the result.
   * @throws SettleError if it was looked up, and that did not settle it.
   * @throws ValidationError before anything is sent; another TcccError, whose `outcome` says what is known.
   * @example
   * await client.createPredictiveDialingCampaign({
   *   SdkAppId: 1400000000,
   *   Name: 'New energy SUV recommendation',
   *   Callees: [ '+8613012345678', '+8613012345679', '+8613012345670' ],
   *   Callers: [ '0086075586013388' ],
   *   CallOrder: 0,
   *   SkillGroupId: 255,
   *   Priority: 3,
   *   ExpectedAbandonRate: 10,
   *   RetryInterval: 1800,
   *   StartTime: 1708483433,
   *   EndTime: 1708485433
   * });
   * @see [CreatePredictiveDialingCampaign, API reference of the international
   * site](https://www.tencentcloud.com/document/product/1229/59790), as of 2024-09-09
   */
  createPredictiveDialingCampaign(
    params: CreatePredictiveDialingCampaignRequest,
    options?: CreationOptions<ParameterName<CreatePredictiveDialingCampaignRequest>>,
  ): Promise<Created<CreatePredictiveDialingCampaignResult>> {
    return this.create(CreatePredictiveDialingCampaign, DescribePredictiveDialingCampaigns, params, options);
  }

  /**
   * Looks up what `client.createPredictiveDialingCampaign` created under a marker, whichever process called it.
   *
   * It reads every page of DescribePredictiveDialingCampaigns, again and again with growing pauses, until it finds
   * the marker. Looking up creates nothing.
   * What it does not find may still be under way: the service does not say how soon its lists show what is new.
   *
   * @param params `SdkAppId` of the creation, and whatever else you know of it: with `Name`, only what has that
   * name and the marker behind it counts, and the rest tells two of them apart.
   * @param marker What the creation was marked with: of the option `settle`, or of a `SettleError`.
   * @param options For how long to look, and a signal that ends it.
   * @throws SettleError if it was not found in time, was found more than once, or could not be looked up.
   * @throws ValidationError or ConfigurationError for wrong parameters, a wrong marker or option.
   * @example
   * const found = await client.settlePredictiveDialingCampaign({ SdkAppId: 1400000000 }, 'order-17-part-3');
   * @see [CreatePredictiveDialingCampaign, API reference of the international
   * site](https://www.tencentcloud.com/document/product/1229/59790), as of 2024-09-09
   */
  settlePredictiveDialingCampaign(
    params: Pick<CreatePredictiveDialingCampaignRequest, 'SdkAppId'> &
      Partial<CreatePredictiveDialingCampaignRequest>,
    marker: string,
    options?: SettleOptions,
  ): Promise<Created<CreatePredictiveDialingCampaignResult>> {
    return this.settle(
      CreatePredictiveDialingCampaign,
      DescribePredictiveDialingCampaigns,
      params,
      marker,
      options,
    );
  }

  /**
   * Pause a predictive dialing campaign.
   *
   * The campaign makes no calls until ResumePredictiveDialingCampaign continues it.
   *
   * At most 20 requests per second and account; further calls wait for their turn.
   * Several identical requests have the effect of one, so a call whose outcome is unknown is repeated. If the
   * service then refuses, that says nothing of the first request.
   *
   * @param params The parameters.
   * @param options Signal, deadline, headers, parameters newer than this version, and checks to switch off.
   * @returns The campaign was paused.
   * @throws ValidationError before anything is sent; another TcccError, whose `outcome` says what is known.
   * @example
   * await client.pausePredictiveDialingCampaign({ SdkAppId: 1400000000, CampaignId: 2569 });
   * @see [PausePredictiveDialingCampaign, API reference of the international
   * site](https://www.tencentcloud.com/document/product/1229/59783)
   */
  pausePredictiveDialingCampaign(
    params: PausePredictiveDialingCampaignRequest,
    options?: CallOptions<ParameterName<PausePredictiveDialingCampaignRequest>>,
  ): Promise<PausePredictiveDialingCampaignResult> {
    return this.call(PausePredictiveDialingCampaign, params, options);
  }

  /**
   * Continue a predictive dialing campaign that is paused.
   *
   * The campaign goes on with the numbers that it has not finished.
   *
   * At most 20 requests per second and account; further calls wait for their turn.
   * The service cannot tell a repeated request from a new one, so a call whose outcome is unknown is not repeated.
   *
   * @param params The parameters.
   * @param options Signal, deadline, headers, parameters newer than this version, and checks to switch off.
   * @returns The campaign was resumed.
   * @throws ValidationError before anything is sent; another TcccError, whose `outcome` says what is known.
   * @example
   * await client.resumePredictiveDialingCampaign({ SdkAppId: 1400000000, CampaignId: 2569 });
   * @see [ResumePredictiveDialingCampaign, API reference of the international
   * site](https://www.tencentcloud.com/document/product/1229/59782)
   */
  resumePredictiveDialingCampaign(
    params: ResumePredictiveDialingCampaignRequest,
    options?: CallOptions<ParameterName<ResumePredictiveDialingCampaignRequest>>,
  ): Promise<ResumePredictiveDialingCampaignResult> {
    return this.call(ResumePredictiveDialingCampaign, params, options);
  }

  /**
   * End a predictive dialing campaign for good.
   *
   * Ends the campaign. It cannot be continued; to interrupt it only, use PausePredictiveDialingCampaign.
   *
   * At most 20 requests per second and account; further calls wait for their turn.
   * Several identical requests have the effect of one, so a call whose outcome is unknown is repeated. If the
   * service then refuses, that says nothing of the first request.
   *
   * @param params The parameters.
   * @param options Signal, deadline, headers, parameters newer than this version, and checks to switch off.
   * @returns The campaign was ended.
   * @throws ValidationError before anything is sent; another TcccError, whose `outcome` says what is known.
   * @example
   * await client.abortPredictiveDialingCampaign({ SdkAppId: 1400000000, CampaignId: 2569 });
   * @see [AbortPredictiveDialingCampaign, API reference of the international
   * site](https://www.tencentcloud.com/document/product/1229/59792)
   */
  abortPredictiveDialingCampaign(
    params: AbortPredictiveDialingCampaignRequest,
    options?: CallOptions<ParameterName<AbortPredictiveDialingCampaignRequest>>,
  ): Promise<AbortPredictiveDialingCampaignResult> {
    return this.call(AbortPredictiveDialingCampaign, params, options);
  }

  /**
   * Delete a predictive dialing campaign.
   *
   * Deletes the campaign. Whether a campaign can be deleted while it runs is not documented.
   *
   * At most 20 requests per second and account; further calls wait for their turn.
   * Several identical requests have the effect of one, so a call whose outcome is unknown is repeated. If the
   * service then refuses, that says nothing of the first request.
   *
   * @param params The parameters.
   * @param options Signal, deadline, headers, parameters newer than this version, and checks to switch off.
   * @returns The campaign was deleted.
   * @throws ValidationError before anything is sent; another TcccError, whose `outcome` says what is known.
   * @example
   * await client.deletePredictiveDialingCampaign({ SdkAppId: 1400000000, CampaignId: 2569 });
   * @see [DeletePredictiveDialingCampaign, API reference of the international
   * site](https://www.tencentcloud.com/document/product/1229/59789)
   */
  deletePredictiveDialingCampaign(
    params: DeletePredictiveDialingCampaignRequest,
    options?: CallOptions<ParameterName<DeletePredictiveDialingCampaignRequest>>,
  ): Promise<DeletePredictiveDialingCampaignResult> {
    return this.call(DeletePredictiveDialingCampaign, params, options);
  }

  /**
   * Replace the settings and numbers of a predictive dialing campaign that has not started.
   *
   * Replaces the settings of the campaign and its list of numbers. Only a campaign that has not started can be
   * changed.
   *
   * At most 20 requests per second and account; further calls wait for their turn.
   * The service cannot tell a repeated request from a new one, so a call whose outcome is unknown is not repeated.
   *
   * @param params `StartTime` must be before `EndTime` (our check).
   * @param options Signal, deadline, headers, parameters newer than this version, and checks to switch off.
   * @returns The campaign was changed.
   * @throws ValidationError before anything is sent; another TcccError, whose `outcome` says what is known.
   * @example
   * await client.updatePredictiveDialingCampaign({
   *   SdkAppId: 1400000000,
   *   CampaignId: 2569,
   *   Name: 'New energy SUV recommendation',
   *   Callees: [ '+8613012345678', '+8613012345679', '+8613012345670' ],
   *   Callers: [ '0086075586013388' ],
   *   CallOrder: 0,
   *   SkillGroupId: 255,
   *   Priority: 3,
   *   ExpectedAbandonRate: 10,
   *   RetryInterval: 1800,
   *   StartTime: 1708483433,
   *   EndTime: 1708485433
   * });
   * @see [UpdatePredictiveDialingCampaign, API reference of the international
   * site](https://www.tencentcloud.com/document/product/1229/59780)
   */
  updatePredictiveDialingCampaign(
    params: UpdatePredictiveDialingCampaignRequest,
    options?: CallOptions<ParameterName<UpdatePredictiveDialingCampaignRequest>>,
  ): Promise<UpdatePredictiveDialingCampaignResult> {
    return this.call(UpdatePredictiveDialingCampaign, params, options);
  }

  /**
   * Look up a predictive dialing campaign.
   *
   * Returns the settings of the campaign, without its lists of numbers.
   *
   * At most 20 requests per second and account; further calls wait for their turn.
   * The call changes nothing, so it is repeated after a failure, and a call that failed was not executed.
   *
   * @param params The parameters.
   * @param options Signal, deadline, headers, parameters newer than this version, and checks to switch off.
   * @returns The campaign was found. `CampaignId` is in the result.
   * @throws ValidationError before anything is sent; another TcccError, whose `outcome` says what is known.
   * @example
   * await client.describePredictiveDialingCampaign({ SdkAppId: 1400000000, CampaignId: 2569 });
   * @see [DescribePredictiveDialingCampaign, API reference of the international
   * site](https://www.tencentcloud.com/document/product/1229/59786)
   */
  describePredictiveDialingCampaign(
    params: DescribePredictiveDialingCampaignRequest,
    options?: CallOptions<ParameterName<DescribePredictiveDialingCampaignRequest>>,
  ): Promise<DescribePredictiveDialingCampaignResult> {
    return this.call(DescribePredictiveDialingCampaign, params, options);
  }

  /**
   * List the predictive dialing campaigns of an application.
   *
   * Returns the campaigns of an application page by page, all or those that fit the filters. In which order, and
   * how soon a new campaign shows, is not documented.
   *
   * At most 20 requests per second and account; further calls wait for their turn.
   * The call changes nothing, so it is repeated after a failure, and a call that failed was not executed.
   *
   * @param params The parameters.
   * @param options Signal, deadline, headers, parameters newer than this version, and checks to switch off.
   * @returns The page of campaigns. `TotalCount` is in the result.
   * @throws ValidationError before anything is sent; another TcccError, whose `outcome` says what is known.
   * @example
   * await client.describePredictiveDialingCampaigns({ SdkAppId: 1400000000, PageSize: 25, PageNumber: 0 });
   * @see [DescribePredictiveDialingCampaigns, API reference of the international
   * site](https://www.tencentcloud.com/document/product/1229/59785)
   */
  describePredictiveDialingCampaigns(
    params: DescribePredictiveDialingCampaignsRequest,
    options?: CallOptions<ParameterName<DescribePredictiveDialingCampaignsRequest>>,
  ): Promise<DescribePredictiveDialingCampaignsResult> {
    return this.call(DescribePredictiveDialingCampaigns, params, options);
  }

  /**
   * Every item that `client.describePredictiveDialingCampaigns` lists, page by page, each once.
   *
   * The list may change meanwhile. What is there all the time is given, unless between two pages some items went
   * and others came:
   * then one can be missed. Pages are read when their items are needed, and each is a call of its own.
   *
   * @param params As for `describePredictiveDialingCampaigns`, without `PageNumber`. `PageSize` is the size of a
   * page: 100 by default, at most 100.
   * @param options For each page: signal, deadline, headers, and checks to switch off.
   * @throws TcccError as `describePredictiveDialingCampaigns` does; what was given before stays valid.
   * @example
   * for await (const one of client.eachPredictiveDialingCampaign({ SdkAppId: 1400000000 })) console.log(one);
   * @see [DescribePredictiveDialingCampaigns, API reference of the international
   * site](https://www.tencentcloud.com/document/product/1229/59785)
   */
  eachPredictiveDialingCampaign(
    params: Omit<DescribePredictiveDialingCampaignsRequest, 'PageNumber' | 'PageSize'> & {
      PageSize?: number;
    },
    options?: CallOptions<ParameterName<DescribePredictiveDialingCampaignsRequest>>,
  ): AsyncGenerator<DescribePredictiveDialingCampaignsResult['CampaignList'][number], void, undefined> {
    return this.each(DescribePredictiveDialingCampaigns, params, options);
  }

  /**
   * List the calls of a predictive dialing campaign.
   *
   * Returns the session ids of the calls of a campaign page by page. In which order is not documented.
   *
   * At most 20 requests per second and account; further calls wait for their turn.
   * The call changes nothing, so it is repeated after a failure, and a call that failed was not executed.
   *
   * @param params The parameters.
   * @param options Signal, deadline, headers, parameters newer than this version, and checks to switch off.
   * @returns The page of session ids. `TotalCount` is in the result.
   * @throws ValidationError before anything is sent; another TcccError, whose `outcome` says what is known.
   * @example
   * await client.describePredictiveDialingSessions({ SdkAppId: 1400000000, CampaignId: 2569, PageSize: 25, PageNumber: 0 });
   * @see [DescribePredictiveDialingSessions, API reference of the international
   * site](https://www.tencentcloud.com/document/product/1229/59784)
   */
  describePredictiveDialingSessions(
    params: DescribePredictiveDialingSessionsRequest,
    options?: CallOptions<ParameterName<DescribePredictiveDialingSessionsRequest>>,
  ): Promise<DescribePredictiveDialingSessionsResult> {
    return this.call(DescribePredictiveDialingSessions, params, options);
  }

  /**
   * Every item that `client.describePredictiveDialingSessions` lists, page by page, each once.
   *
   * The list may change meanwhile. What is there all the time is given, unless between two pages some items went
   * and others came:
   * then one can be missed. Pages are read when their items are needed, and each is a call of its own.
   *
   * @param params As for `describePredictiveDialingSessions`, without `PageNumber`. `PageSize` is the size of a
   * page: 100 by default, at most 1000.
   * @param options For each page: signal, deadline, headers, and checks to switch off.
   * @throws TcccError as `describePredictiveDialingSessions` does; what was given before stays valid.
   * @example
   * for await (const one of client.eachPredictiveDialingSession({ SdkAppId: 1400000000, CampaignId: 2569 })) console.log(one);
   * @see [DescribePredictiveDialingSessions, API reference of the international
   * site](https://www.tencentcloud.com/document/product/1229/59784)
   */
  eachPredictiveDialingSession(
    params: Omit<DescribePredictiveDialingSessionsRequest, 'PageNumber' | 'PageSize'> & { PageSize?: number },
    options?: CallOptions<ParameterName<DescribePredictiveDialingSessionsRequest>>,
  ): AsyncGenerator<DescribePredictiveDialingSessionsResult['SessionList'][number], void, undefined> {
    return this.each(DescribePredictiveDialingSessions, params, options);
  }

  /**
   * List the records of calls.
   *
   * Returns the records of the calls of an application page by page, all or those that fit the filters. Which of
   * the times of a call it goes by, the order of the records, and how long after the end of a call its record
   * appears are not documented.
   *
   * At most 20 requests per second and account; further calls wait for their turn.
   * The call changes nothing, so it is repeated after a failure, and a call that failed was not executed.
   *
   * @param params `StartTimeStamp` must be before `EndTimeStamp` (our check).
   * @param options Signal, deadline, headers, parameters newer than this version, and checks to switch off.
   * @returns The page of records. `TotalCount` is in the result.
   * @throws ValidationError before anything is sent; another TcccError, whose `outcome` says what is known.
   * @example
   * await client.describeTelCdr({
   *   StartTimeStamp: 1708483433,
   *   EndTimeStamp: 1708569833,
   *   SdkAppId: 1400000000,
   *   PageSize: 100,
   *   PageNumber: 0
   * });
   * @see [DescribeTelCdr, API reference of the international
   * site](https://www.tencentcloud.com/document/product/1229/59764), as of 2026-05-12
   */
  describeTelCdr(
    params: DescribeTelCdrRequest,
    options?: CallOptions<ParameterName<DescribeTelCdrRequest>>,
  ): Promise<DescribeTelCdrResult> {
    return this.call(DescribeTelCdr, params, options);
  }

  /**
   * Every item that `client.describeTelCdr` lists, page by page, each once.
   *
   * The list may change meanwhile. What is there all the time is given, unless between two pages some items went
   * and others came:
   * then one can be missed. Pages are read when their items are needed, and each is a call of its own.
   *
   * @param params As for `describeTelCdr`, without `PageNumber`. `PageSize` is the size of a page: 100 by default,
   * at most 100.
   * @param options For each page: signal, deadline, headers, and checks to switch off.
   * @throws TcccError as `describeTelCdr` does; what was given before stays valid.
   * @example
   * for await (const one of client.eachCallRecord({ StartTimeStamp: 1708483433, EndTimeStamp: 1708569833, SdkAppId: 1400000000 })) console.log(one);
   * @see [DescribeTelCdr, API reference of the international
   * site](https://www.tencentcloud.com/document/product/1229/59764), as of 2026-05-12
   */
  eachCallRecord(
    params: Omit<DescribeTelCdrRequest, 'PageNumber' | 'PageSize'> & { PageSize?: number },
    options?: CallOptions<ParameterName<DescribeTelCdrRequest>>,
  ): AsyncGenerator<NonNullable<DescribeTelCdrResult['TelCdrList']>[number], void, undefined> {
    return this.each(DescribeTelCdr, params, options);
  }

  /**
   * Look up one call, after its end.
   *
   * Returns what is known of one call. It can be asked once the call has ended. `StartTimestamp` may be at most
   * 180 days ago, and the whole span must be shorter than 90 days. No page was seen; the rate is that of the other
   * actions.
   *
   * At most 20 requests per second and account; further calls wait for their turn.
   * The call changes nothing, so it is repeated after a failure, and a call that failed was not executed.
   *
   * @param params `StartTimestamp` must be before `EndTimestamp` (our check).
   * @param options Signal, deadline, headers, parameters newer than this version, and checks to switch off.
   * @returns What is known of the call.
   * @throws ValidationError before anything is sent; another TcccError, whose `outcome` says what is known.
   * @example
   * await client.describeSessionDetail({
   *   SdkAppId: 1400000000,
   *   SessionId: 'a5be1044-e8b0-4f02-9b25-64baee24374b',
   *   StartTimestamp: 1708483433,
   *   EndTimestamp: 1708569833
   * });
   * @see [Request models and error lists of the official SDKs; no page of the action was
   * seen](https://www.tencentcloud.com/document/product/1229/59741), as of 2026-08-21
   */
  describeSessionDetail(
    params: DescribeSessionDetailRequest,
    options?: CallOptions<ParameterName<DescribeSessionDetailRequest>>,
  ): Promise<DescribeSessionDetailResult> {
    return this.call(DescribeSessionDetail, params, options);
  }

  /**
   * Read what was extracted from a call of an AI agent.
   *
   * Returns the tags of one call of an AI agent. They must be set up in the console before; how long after the end
   * of the call they are ready is not documented. That its times are seconds follows from the documented example
   * alone.
   *
   * At most 20 requests per second and account; further calls wait for their turn.
   * The call changes nothing, so it is repeated after a failure, and a call that failed was not executed.
   *
   * @param params `StartTime` must be before `EndTime` (our check).
   * @param options Signal, deadline, headers, parameters newer than this version, and checks to switch off.
   * @returns What was extracted.
   * @throws ValidationError before anything is sent; another TcccError, whose `outcome` says what is known.
   * @example
   * await client.describeAICallExtractResult({
   *   SdkAppId: 1400000000,
   *   SessionId: 'a5be1044-e8b0-4f02-9b25-64baee24374b',
   *   StartTime: 1708483433,
   *   EndTime: 1708569833
   * });
   * @see [DescribeAICallExtractResult, API reference of the international
   * site](https://www.tencentcloud.com/document/product/1229/68004), as of 2026-03-27
   */
  describeAICallExtractResult(
    params: DescribeAICallExtractResultRequest,
    options?: CallOptions<ParameterName<DescribeAICallExtractResultRequest>>,
  ): Promise<DescribeAICallExtractResultResult> {
    return this.call(DescribeAICallExtractResult, params, options);
  }

  /**
   * Read the analyses of a call of an AI agent.
   *
   * Returns summary, mood and intention of one call of an AI agent. No page was seen; the rate is that of the
   * other actions.
   *
   * At most 20 requests per second and account; further calls wait for their turn.
   * The call changes nothing, so it is repeated after a failure, and a call that failed was not executed.
   *
   * @param params `StartTime` must be before `EndTime` (our check).
   * @param options Signal, deadline, headers, parameters newer than this version, and checks to switch off.
   * @returns The analyses.
   * @throws ValidationError before anything is sent; another TcccError, whose `outcome` says what is known.
   * @example
   * await client.describeAIAnalysisResult({
   *   SdkAppId: 1400000000,
   *   SessionId: 'a5be1044-e8b0-4f02-9b25-64baee24374b',
   *   StartTime: 1708483433,
   *   EndTime: 1708569833
   * });
   * @see [Request models and error lists of the official SDKs; no page of the action was
   * seen](https://www.tencentcloud.com/document/product/1229/59741), as of 2026-08-21
   */
  describeAIAnalysisResult(
    params: DescribeAIAnalysisResultRequest,
    options?: CallOptions<ParameterName<DescribeAIAnalysisResultRequest>>,
  ): Promise<DescribeAIAnalysisResultResult> {
    return this.call(DescribeAIAnalysisResult, params, options);
  }

  /**
   * What became of each number of an automatic call task: one value for each entry of its list, in its order.
   *
   * It asks DescribeAutoCalloutTask once, and DescribeTelCdr for the records of the calls, in lots and at the pace
   * that the service takes. A call
   * without a record yet is `pending`. Ask again later, with the records that you have as `known`, or from a
   * `cursor`.
   *
   * @param params The application and the task.
   * @param options Records that are known already, your own list, a cursor, and a signal.
   * @throws TcccError as these actions do; what was given before stays valid.
   * @example
   * for await (const { state, reason } of client.taskResults({ SdkAppId: 1400000000, TaskId: 4711 }))
   *   console.log(state, reason?.group);
   */
  taskResults(
    params: TaskResultsParams,
    options?: ResultsOptions,
  ): AsyncGenerator<NumberResult, void, undefined> {
    return this.resultsOfTask(resultActions, params, options);
  }

  /**
   * What became of each number of a predictive dialing campaign: one value for each number.
   *
   * It asks DescribePredictiveDialingCampaign, DescribePredictiveDialingCampaigns if that does not give the state,
   * DescribePredictiveDialingSessions for the calls, and DescribeTelCdr for their records.
   * The service does not list the numbers of a campaign, so give your own list as `entries`: only with it can a
   * number that was
   * never dialled be named.
   *
   * @param params The application and the campaign.
   * @param options Your own list, records that are known already, a cursor, and a signal.
   * @throws TcccError as these actions do; what was given before stays valid.
   * @example
   * for await (const { state, reason } of client.campaignResults({ SdkAppId: 1400000000, CampaignId: 4711 }))
   *   console.log(state, reason?.group);
   */
  campaignResults(
    params: CampaignResultsParams,
    options?: ResultsOptions,
  ): AsyncGenerator<NumberResult, void, undefined> {
    return this.resultsOfCampaign(resultActions, params, options);
  }

  /**
   * Every record of the calls of a window, each once: what a push may have lost.
   *
   * It asks DescribeTelCdr from `longestCallSeconds` before `since`, so that a call that began before and ended
   * within the window is
   * not lost, and cuts the window into spans that the service takes. At the end, `next` is the `since` of the next
   * pass.
   *
   * @param params The application, and since when.
   * @param options A signal, a deadline and headers for each page.
   * @throws TcccError as the action does; what was given before stays valid.
   * @example
   * const pass = client.reconcile({ SdkAppId: 1400000000, since: 1800000000 });
   * for await (const { sessionId, reason } of pass) console.log(sessionId, reason.group);
   */
  reconcile(params: ReconcileParams, options?: CallOptions): Reconciliation<CallRecord> {
    return this.reconciliation(resultActions, params, options);
  }
}
