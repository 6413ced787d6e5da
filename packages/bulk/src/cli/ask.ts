import { createInterface } from 'node:readline';
import type { PlannedRun } from '../run/plan-run.js';
import type { Values } from './options.js';
import { leftOutTotal } from './summary.js';
import { countOf } from '../count.js';
import { share } from './words.js';

/** Share of lines that may be left out before somebody is asked. */
const ASK_ABOVE = 0.05;

/** The terminal that a person may be asked on. */
export interface Terminal {
  readonly input: NodeJS.ReadableStream & { readonly isTTY?: boolean };
  readonly output: NodeJS.WritableStream & { readonly isTTY?: boolean };
}

/** Whether a plan may be sent, and if not, why. */
export type Consent = { readonly isGiven: true } | { readonly isGiven: false; readonly why: string };

/** Whether somebody is asked before this run calls anybody. */
export function isAsked(run: PlannedRun, { yes = false }: Values, { input, output }: Terminal): boolean {
  const isTerminal = input.isTTY === true && output.isTTY === true;
  return isTerminal && !yes && !run.hasBegun && run.callees > 0;
}

/**
 * Asks once before a run calls anybody. `--yes` is the answer of a script, within the share that it gives with it; with neither a
 * terminal nor that, nobody is called. A run that goes on was asked about before.
 */
export async function askConsent(run: PlannedRun, values: Values, terminal: Terminal): Promise<Consent> {
  const { yes = false, askAbove } = values;
  if (run.hasBegun || run.callees === 0) return { isGiven: true };
  const all = leftOutTotal(run.leftOut);
  const isMany = all > (askAbove ?? ASK_ABOVE) * run.lines;
  const fallOut = `${share(all, run.lines)} of the lines are left out`;
  if (yes) {
    if (!isMany || askAbove === undefined) return { isGiven: true };
    const why = `${fallOut}, which is more than ${share(askAbove, 1)}. Look at them with --left-out <path>; then give --ask-above a higher share.`;
    return { isGiven: false, why };
  }
  const what = `${countOf(run.callees, 'number')} in ${countOf(run.requests, 'request')}${isMany ? `, although ${fallOut}` : ''}`;
  if (!isAsked(run, values, terminal)) {
    const why = `There is no terminal to ask on whether to call ${what}. Look at the plan with --dry-run; then give --yes.`;
    return { isGiven: false, why };
  }
  const answer = await questionOn(terminal, `Call ${what}? [y/N] `);
  return /^(y|yes)$/i.test(answer.trim())
    ? { isGiven: true }
    : { isGiven: false, why: 'You did not say yes.' };
}

/**
 * The line that a person types; an empty one if they end it by Ctrl-D. The terminal itself edits the line: what readline
 * writes when it does so differs by version of Node.js.
 */
async function questionOn({ input, output }: Terminal, question: string): Promise<string> {
  output.write(question);
  const lines = createInterface({ input, terminal: false });
  try {
    return await new Promise<string>((resolve) => {
      lines.once('line', resolve);
      lines.once('close', () => resolve(''));
    });
  } finally {
    lines.close();
  }
}
