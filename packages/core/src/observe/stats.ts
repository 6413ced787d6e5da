import type { RunningCalls } from '../call/running.js';
import type { Settings } from '../options/settings.js';
import { findLocalPacer } from '../pacing/registry.js';
import type { Slots } from '../pacing/client-slots.js';
import type { Transport } from '../transport/transport.js';

/** What a client is doing now. */
export interface ClientStats {
  /** Calls that have begun and not ended. */
  readonly calls: number;
  /** Of these, calls that wait for their turn, for credentials, or for the client to be set up. */
  readonly queued: number;
  /** Of these, calls with a request under way. */
  readonly inFlight: number;
  /**
   * Slots of the limits that are in use, over all accounts and actions, and all clients of this thread; absent with a pacer
   * of your own, and without pacing.
   */
  readonly slotsUsed?: number;
  /** Open connections; absent before the first call, and with a dispatcher of your own. */
  readonly connections?: number;
  readonly isClosed: boolean;
}

/** What a client is doing now. Counted when somebody asks, and not before. */
export function statsOf(
  running: RunningCalls,
  slots: Slots,
  transport: Transport | undefined,
): Omit<ClientStats, 'isClosed'> {
  const { used } = slots;
  const connections = transport?.connections;
  return {
    calls: running.size,
    queued: running.count((call) => call.isQueued),
    inFlight: running.count((call) => call.isInFlight),
    ...(used === undefined ? {} : { slotsUsed: used }),
    ...(connections === undefined ? {} : { connections }),
  };
}

/** The same before the first call has begun. */
export function idleStats({ pacing, clock }: Settings, queued: number): Omit<ClientStats, 'isClosed'> {
  const isLocal = pacing !== false && pacing.pacer === undefined;
  const slots = isLocal ? { slotsUsed: findLocalPacer(clock)?.used ?? 0 } : {};
  return { calls: queued, queued, inFlight: 0, ...slots };
}
