/// <reference types="node" preserve="true" />
// A run that many processes work on. Its ledger lives in a database; see `@tccc/bulk/postgres`.
export type { CallRecords } from './fleet/call-records.js';
export type { FleetLedger, FleetLedgers, Leader, NewLedger, PlanPart } from './fleet/fleet-ledger.js';
export type { JoinOptions } from './fleet/join-fleet.js';
export { joinFleet } from './fleet/join-fleet.js';
export { optOutFleet } from './fleet/opt-out-fleet.js';
export type { FleetPlan, PlanFleetOptions } from './fleet/plan-fleet.js';
export { planFleet } from './fleet/plan-fleet.js';
export type { FleetStatus } from './fleet/status-fleet.js';
export { fleetStatus, resumeFleet, settleFleet } from './fleet/status-fleet.js';
export type { FleetResultsOptions } from './fleet/results-fleet.js';
export { fleetResults } from './fleet/results-fleet.js';
export { fleetReport, resolveFleet } from './fleet/report-fleet.js';
