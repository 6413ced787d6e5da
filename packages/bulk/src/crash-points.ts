import { channel } from 'node:diagnostics_channel';

/** Name of the diagnostics channel on which every step is published, before and after what must be on disk. */
export const STEP_CHANNEL = 'tccc:bulk.step';

const steps = channel(STEP_CHANNEL);

/** Says that a step of a run was reached. A process may die between any two of them, and the tests let it. */
export function step(name: string): void {
  if (steps.hasSubscribers) steps.publish({ step: name });
}
