/// <reference types="node" preserve="true" />
// A limit that a fleet shares. Needs the packages `redis` and `rate-limiter-flexible`.
export type { RedisPacerOptions } from './redis/redis-pacer.js';
export { RedisPacer } from './redis/redis-pacer.js';
export type { RedisClient } from './redis/window.js';
