/// <reference types="node" preserve="true" />
// What a user needs; everything else is free to change.
export type { BulkRun } from './run/bulk-run.js';
export type { BulkOptions, ResumeOptions } from './run/run.js';
export { resumeBulk, runBulk } from './run/run.js';
export type { PlanBulkOptions, PlannedRun } from './run/plan-run.js';
export { planBulk } from './run/plan-run.js';
export type { CallingWindow, Forecast, OnLeftOut } from './run/forecast.js';
export type { DryRun, DryRunOptions } from './run/dry-run.js';
export { dryRunBulk } from './run/dry-run.js';
export { optOutBulk } from './opt-out/opt-out.js';
export type { OptOutResult } from './ledger/format.js';
export type { Resolution } from './run/resolve.js';
export { resolveBulk } from './run/resolve.js';
export type { ReportRow } from './run/line-report.js';
export { reportLines } from './run/line-report.js';
export type { BulkStatus } from './run/status.js';
export { bulkStatus, settleBulk } from './run/status.js';

export type { BulkResultsOptions } from './results/results.js';
export { bulkResults } from './results/results.js';
export type { ResultCall, ResultRow, ResultState } from './results/row.js';

// Options, events and what they are made of
export type { PlanningOptions, SendingOptions } from './run/options.js';
export type { BulkCallee } from './input/callees.js';
export type { LeftOutReason, Variable } from './input/entry.js';
export type { BulkInput, ListFile } from './input/input.js';
export type { DoNotCall } from './plan/do-not-call.js';
export type { LeftOutRow } from './plan/rows.js';
export type { CreatorName, NumberStyle } from './request/bulk-actions.js';
export type {
  BulkTemplate,
  CampaignParams,
  Columns,
  NumberOptions,
  TaskParams,
  TemplateOptions,
} from './request/template.js';
export type { BulkEvent, BulkReport, Stop, StopReason } from './run/events.js';
export type { BulkErrorCode } from './errors.js';
export { BulkError, isBulkError } from './errors.js';
export type {
  AssumedCountry,
  Cleanup,
  Notation,
  ReadingCounts,
  WayCount,
  WayOfWriting,
  WaySample,
} from './numbers/index.js';
export type { Warning, WarningKind, WarningSample } from './input/warnings.js';
export { maskNumber } from './numbers/index.js';

// The ledger
export type {
  ChunkState,
  Counts,
  Job,
  LeavingOut,
  Ledger,
  LedgerChunk,
  LeftOutCounts,
  PlannedChunk,
  Service,
  Source,
  StateName,
} from './ledger/ledger.js';
export type { OpenOptions } from './ledger/file-ledger.js';
export { FileLedger } from './ledger/file-ledger.js';
export { STEP_CHANNEL } from './crash-points.js';
