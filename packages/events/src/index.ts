/// <reference types="node" preserve="true" />
export type {
  CallRecordEvent,
  PushEvent,
  Recording,
  RecordingEvent,
  UnknownEvent,
  VoicemailEvent,
} from './events.js';
export type { PushFault } from './push-error.js';
export { PushError } from './push-error.js';
export type { Push } from './parse-push.js';
export { parsePush } from './parse-push.js';
export type { Answer, BasicCredentials, Receiver, ReceiverOptions, Refused } from './receiver.js';
export { createReceiver } from './receiver.js';
export type { Claim, SeenStore } from './seen/store.js';
export type { MemoryOptions } from './seen/memory.js';
export { memorySeen } from './seen/memory.js';
export type { PostgresLike, PostgresSeenOptions } from './seen/postgres.js';
export { postgresSeen } from './seen/postgres.js';
export type { RedisLike, RedisSeenOptions } from './seen/redis.js';
export { redisSeen } from './seen/redis.js';
// What a handler is given comes from the client's package; users of this one need its names, too.
export type { CallRecord, EndReason, EndStatusGroup, ExpiringLink, KeyPressed } from '@tccc/outbound';
