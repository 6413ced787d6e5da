/// <reference types="node" preserve="true" />
// The ledgers of a fleet in PostgreSQL. Needs the package `pg`.
export type { PostgresLedgersOptions } from './postgres/postgres-ledgers.js';
export { PostgresLedgers } from './postgres/postgres-ledgers.js';
