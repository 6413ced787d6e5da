import { setImmediate } from 'node:timers/promises';
import type { Checked } from '@tccc/outbound/internal';
import { readBulkOptions } from '../options.js';
import type { BulkEvent, BulkReport } from './events.js';
import { EventQueue } from './events.js';

/** A run that goes on: read its events, wait for its report, or both. */
export interface BulkRun extends AsyncIterable<BulkEvent> {
  /**
   * What the run has come to, once it has ended.
   *
   * @throws BulkError if it could not begin or go on
   */
  readonly report: Promise<BulkReport>;
}

/** Hears what happens. */
export type Emit = (event: BulkEvent) => void;

/** Reads the options by their table, and begins a run at once. */
export function bulkRun<Table extends Parameters<typeof readBulkOptions>[0]>(
  table: Table,
  options: object,
  work: (settings: Checked<Table>, emit: Emit) => Promise<BulkReport>,
): BulkRun {
  const events = new EventQueue();
  const run = async () => {
    const settings = readBulkOptions(table, options);
    // The reader of the events starts in the meantime.
    await setImmediate();
    return work(settings, (event) => events.push(event));
  };
  const report = run();
  report.then(
    () => events.end(),
    (error: unknown) => events.end(error),
  );
  return { report, [Symbol.asyncIterator]: () => events[Symbol.asyncIterator]() };
}
