/// <reference types="node" preserve="true" />
// Workers that wait for runs. Needs the package `bullmq`, and `redis` or `pg`.
export type { FleetQueueOptions, FleetWorkerOptions } from './bullmq/fleet-queue.js';
export { FleetQueue, FleetWorker } from './bullmq/fleet-queue.js';
