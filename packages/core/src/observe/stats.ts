import type { RunningCalls } from '../call/running.js';
import type { ClientStats } from '../options/observe-options.js';
import type { Slots } from '../pacing/slots.js';
import type { Transport } from '../transport/exchange.js';
import { ConnectionPool } from '../transport/pool/pool.js';

/** What a client is doing now. Counted when somebody asks, and not before. */
export function statsOf(
  running: RunningCalls,
  slots: Slots,
  transport: Transport | undefined,
  isClosed: boolean,
): ClientStats {
  const { used } = slots;
  const connections = transport instanceof ConnectionPool ? transport.connections : undefined;
  return {
    calls: running.size,
    queued: running.count((attempt) => attempt.isQueued),
    inFlight: running.count((attempt) => attempt.grantedAtMs !== undefined),
    ...(used === undefined ? {} : { slotsUsed: used }),
    ...(connections === undefined ? {} : { connections }),
    isClosed,
  };
}
