/// <reference types="node" preserve="true" />
// What a user needs; everything else is free to change.
export type { BulkRun } from './bulk-run.js';
export type { BulkOptions, ResumeOptions } from './run.js';
export { resumeBulk, runBulk } from './run.js';
export type { DryRun } from './dry-run.js';
export { dryRunBulk } from './dry-run.js';
export { optOutBulk } from './opt-out/opt-out.js';
export type { OptOutResult } from './ledger/format.js';
export type { Resolution } from './resolve.js';
export { resolveBulk } from './resolve.js';
export type { ReportRow } from './report.js';
export { reportLines } from './report.js';
export type { BulkStatus } from './status.js';
export { bulkStatus, settleBulk } from './status.js';

// Options, events and what they are made of
export type { PlanningOptions, SendingOptions } from './options.js';
export type { BulkCallee } from './input/callees.js';
export type { LeftOutReason, Variable } from './input/entry.js';
export type { BulkInput, ListFile } from './input/input.js';
export type { DoNotCall } from './plan/do-not-call.js';
export type { LeftOutCounts } from './plan/plan.js';
export type { LeftOutRow } from './plan/rows.js';
export type { CreatorName, NumberStyle } from './creators.js';
export type {
  BulkTemplate,
  CampaignParams,
  Columns,
  NumberOptions,
  TaskParams,
  TemplateOptions,
} from './template.js';
export type { BulkEvent, BulkReport, Stop, StopReason } from './events.js';
export type { BulkClock } from './clock.js';
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
} from './numbers.js';
export type { Warning, WarningKind, WarningSample } from './plan/warnings.js';
export { maskNumber } from './numbers.js';

// The ledger
export type {
  ChunkState,
  Counts,
  Job,
  Ledger,
  LeavingOut,
  LedgerChunk,
  PlannedChunk,
  Source,
  StateName,
} from './ledger/ledger.js';
export type { OpenOptions } from './ledger/file-ledger.js';
export { FileLedger } from './ledger/file-ledger.js';
export { STEP_CHANNEL } from './steps.js';
