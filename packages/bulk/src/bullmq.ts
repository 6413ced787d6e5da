/// <reference types="node" preserve="true" />
// Workers that wait for runs. Needs the package `bullmq`, and `redis`, `ioredis` or `pg`.
export type { FleetQueueOptions } from './bullmq/fleet-queue.js';
export { FleetQueue } from './bullmq/fleet-queue.js';
export type { FleetWorkerOptions } from './bullmq/fleet-worker.js';
export { FleetWorker } from './bullmq/fleet-worker.js';
