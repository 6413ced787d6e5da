import type { OutboundClient } from '@tccc/outbound';
import { untilAborted } from '../input/until-aborted.js';
import type { Job } from '../ledger/ledger.js';
import type { ChunkLimits } from '../plan/chunker.js';
import type { Plan, PlanOptions } from '../plan/plan.js';
import { makePlan } from '../plan/plan.js';
import type { Template } from '../request/template.js';
import { readTemplate } from '../request/template.js';
import type { PlanSettings } from './options.js';
import { readLimits } from './options.js';
import type { Sender } from './send.js';
import { senderFor } from './send.js';

/** How the chunks of a ledger are sent. */
export interface Sending {
  readonly template: Template;
  readonly sender: Sender;
}

/** The same, and how a list is cut into them. */
export interface Prepared extends Sending {
  readonly limits: ChunkLimits;
}

/**
 * Reads what is to be sent, once for each run, dry run or plan.
 *
 * @throws BulkError `InvalidOption` or `InvalidTemplate` that names what is wrong
 */
export function prepare(options: PlanSettings): Prepared {
  const template = readTemplate(options.template);
  return {
    template,
    limits: readLimits(options, template),
    sender: senderFor(options.client, template),
  };
}

/** How what a ledger holds is sent. */
export function sendingOf({ template: given }: Job, client: OutboundClient): Sending {
  const template = readTemplate(given);
  return { template, sender: senderFor(client, template) };
}

/**
 * Plans a list, after a check of what all requests share.
 *
 * @throws BulkError that says what is wrong with the template, the list or the do-not-call list
 */
export async function planList(
  { template, limits, sender }: Prepared,
  { input, doNotCall, allowPrivateUse, signal }: PlanSettings,
  files: Pick<PlanOptions, 'path' | 'workFolder' | 'onLines'>,
): Promise<Plan> {
  await sender.check();
  return makePlan({
    input: untilAborted(input, signal),
    doNotCall: untilAborted(doNotCall, signal),
    template,
    limits,
    allowPrivateUse,
    signal,
    ...files,
  });
}
