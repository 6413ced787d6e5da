/// <reference types="node" preserve="true" />
import type { ErrorCode } from './generated/index.js';

export type { EndpointOptions, OutboundClientOptions, SiteOptions } from './base-client.js';
export type { ActionFacts } from './define-action.js';
export { defineAction } from './define-action.js';
export type { ListDefinition, Paging, Window } from './listing.js';
export type { CallRecord, Direction, KeyPressed } from './results/call-record.js';
export { callRecordOf } from './results/call-record.js';
export type { EndReason } from './results/end-reason.js';
export { endReasonOf } from './results/end-reason.js';
export { ExpiringLink, markLinks } from './results/expiring-link.js';
export { sameNumber } from './results/numbers.js';
export type { NumberResult, NumberState } from './results/number-result.js';
export type {
  CampaignResultsParams,
  ListEntry,
  ReconcileParams,
  ResultsOptions,
  TaskResultsParams,
} from './results/options.js';
export type { Reconciliation } from './results/reconcile.js';
export type {
  Created,
  CreationDefinition,
  CreationOptions,
  CreationSettleOptions,
  Settle,
  SettleOptions,
  Settled,
} from './settle/creation.js';
// The two `export *` of the house. The first list is generated and explicit, and adding an action to the spec must not
// need a hand edit here. The second is core's own list of what a user needs; users of this package need it, too.
export * from './generated/index.js';
export * from '@tccc/core';

declare module '@tccc/core' {
  /** The documented codes of all actions, so that editors complete `error.code ===`. */
  interface KnownServiceCodes extends Record<ErrorCode, true> {}
}
