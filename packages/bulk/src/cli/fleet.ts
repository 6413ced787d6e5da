import type { BulkReport } from '../run/events.js';
import type { FleetLedgers } from '../fleet/fleet-ledger.js';
import type { Job } from '../ledger/ledger.js';
import { joinFleet } from '../fleet/join-fleet.js';
import { optOutFleet } from '../fleet/opt-out-fleet.js';
import { planFleet } from '../fleet/plan-fleet.js';
import { fleetResults } from '../fleet/results-fleet.js';
import { fleetReport, resolveFleet } from '../fleet/report-fleet.js';
import { fleetStatus, resumeFleet, settleFleet } from '../fleet/status-fleet.js';
import { checkingClient, clientFor } from './client.js';
import { withLedgers, withSharing } from './fleet-servers.js';
import { nothingToSend } from '../run/run.js';
import { interruptible } from './interrupts.js';
import { writeLeftOut } from './left-out-file.js';
import type { Action, Command, CommandName, Values } from './options.js';
import { Progress, leftOutText, optOutText } from './progress.js';
import { countOf } from '../count.js';
import { showResults } from './results.js';
import { readResolution, showStatus, writeReport } from './reading.js';
import { codeOf, dryRun, planningOptions, sendSettings, serviceOption, watch } from './sending.js';

export const FLEET_ACTIONS = {
  'fleet plan': plan,
  'fleet join': join,
  'fleet status': ({ values, positionals }) =>
    withLedgers(values, async (ledgers) => {
      const { stop, ...status } = await fleetStatus(ledgers, positionals[0]!);
      if (stop !== undefined) console.log(`Stopped: ${stop.message}`);
      return showStatus(status);
    }),
  'fleet settle': settle,
  'fleet resolve': ({ values, positionals: [run, ...chunks] }) => {
    const word = readResolution(values, chunks);
    return withLedgers(values, async (ledgers) => {
      await resolveFleet(ledgers, run!, word.chunks, word.resolution);
      return 0;
    });
  },
  'fleet opt-out': ({ values, positionals }) => {
    return withLedgers(values, async (ledgers) => {
      console.log(optOutText(await optOutFleet(ledgers, positionals[0]!, values.doNotCall!)));
      return 0;
    });
  },
  'fleet report': ({ values, positionals }) =>
    withLedgers(values, (ledgers) => writeReport(fleetReport(ledgers, positionals[0]!), values)),
  'fleet results': ({ values, positionals }) =>
    withLedgers(values, (ledgers) => {
      const run = positionals[0]!;
      return showResults(
        {
          job: () => jobOf(ledgers, run),
          rows: (client, signal) => fleetResults({ ledgers, run, client, signal }),
        },
        values,
      );
    }),
} satisfies Partial<Record<CommandName, Action>>;

async function jobOf(ledgers: FleetLedgers, run: string): Promise<Job> {
  const ledger = await ledgers.open(run);
  await ledger.close();
  return ledger.job;
}

/** The id of the run is all that goes to standard output, for scripts. */
async function plan({ values, positionals }: Command): Promise<number> {
  const planning = await planningOptions(values, positionals);
  if (values.dryRun) return dryRun(planning, values);
  const client = checkingClient();
  const progress = new Progress(process.stderr, { isPlain: values.plain });
  const onLines = (lines: number) => progress.show({ type: 'planning', lines });
  const { leftOut: path, showNumbers = false } = values;
  const file = path === undefined ? {} : { onLeftOut: writeLeftOut(path, showNumbers) };
  try {
    return await withLedgers(values, async (ledgers) => {
      const { run, isNew } = await interruptible(
        (signal) => planFleet({ ...planning, ...file, ledgers, client, onLines, signal }),
        () => progress.say('Ending.'),
      );
      const { lines, counts, leftOut } = await fleetStatus(ledgers, run);
      const { planned } = counts;
      progress.say(
        `${countOf(lines, 'line')}${leftOutText(leftOut)}. Run ${run} is ${isNew ? 'planned' : 'there already, and goes on'}: ` +
          `${countOf(planned.callees, 'number')} in ${countOf(planned.chunks, 'request')} will be sent.`,
      );
      const callees = Object.values(counts).reduce((sum, { callees: own }) => sum + own, 0);
      const nothing = nothingToSend({ lines, callees, leftOut });
      progress.clear();
      console.log(run);
      if (nothing !== undefined) {
        progress.say(nothing.message);
        return 4;
      }
      progress.say(`To send it, in any number of places: tccc-bulk fleet join ${run}`);
      return 0;
    });
  } finally {
    await client.close();
  }
}

function join({ values, positionals }: Command): Promise<number> {
  const run = positionals[0]!;
  const { doNotCall: list, goOn } = values;
  const advice = (report: BulkReport, progress: Progress) => advise(report, values, progress);
  return withLedgers(values, (ledgers) =>
    withSharing(values, async (pacing) => {
      const client = clientFor(values, { pacing });
      try {
        if (list !== undefined) console.error(optOutText(await optOutFleet(ledgers, run, list)));
        if (goOn) await resumeFleet(ledgers, run);
        const options = {
          ledgers,
          run,
          client,
          ...sendSettings(values),
        };
        return await watch(values, (signal) => joinFleet({ ...options, signal }), advice);
      } finally {
        await client.close();
      }
    }),
  );
}

function settle({ values, positionals }: Command): Promise<number> {
  const run = positionals[0]!;
  const progress = new Progress(process.stderr, { isPlain: values.plain });
  return withLedgers(values, async (ledgers) => {
    const client = clientFor(values);
    const look = async (signal: AbortSignal) => {
      const options = { ledgers, run, client, signal, ...sendSettings(values) };
      const report = await settleFleet(options, (event) => progress.show(event));
      progress.end();
      return signal.aborted ? 130 : codeOf(report);
    };
    try {
      return await interruptible(look, () => progress.say('Ending.'));
    } finally {
      await client.close();
    }
  });
}

/** What a person can do next. */
function advise({ job, outcome, counts }: BulkReport, values: Values, progress: Progress): void {
  const place = serviceOption(values);
  const say = (what: string, command: string) => progress.say(`${what}: tccc-bulk fleet ${command}`);
  if (outcome === 'stopped') say('To go on', `join ${job} --go-on ${place}`);
  if (counts.unknown.chunks > 0)
    say(`To look for ${countOf(counts.unknown.chunks, 'unknown chunk')}`, `settle ${job} ${place}`);
  if (counts.accepted.chunks > 0) say('What became of each number', `results ${job} ${place}`);
  if (counts.unknown.chunks + counts.refused.chunks > 0) say('What needs a person', `status ${job}`);
}
