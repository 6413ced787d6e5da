import type { BulkReport } from '../run/events.js';
import { joinFleet } from '../fleet/join-fleet.js';
import { optOutFleet } from '../fleet/opt-out-fleet.js';
import { planFleet } from '../fleet/plan-fleet.js';
import { fleetReport, resolveFleet } from '../fleet/report-fleet.js';
import { fleetStatus, resumeFleet, settleFleet } from '../fleet/status-fleet.js';
import { checkingClient, clientFor } from './client.js';
import { withLedgers, withSharing } from './fleet-servers.js';
import { interruptible } from './interrupts.js';
import type { Command, Values } from './options.js';
import { UsageError } from './options.js';
import { Progress, leftOutText, optOutText } from './progress.js';
import { count } from './words.js';
import { readResolution, showStatus, writeReport } from './reading.js';
import { codeOf, dryRun, planningOptions, sendSettings, watch } from './sending.js';

export const FLEET_USAGE = `Usage: npx -p @tccc/bulk tccc-bulk fleet <command> [options]

Sends one list by many processes, on as many machines. They share a PostgreSQL database, and a Redis for the limit of the service.

  plan <list>            makes a run of a list, and prints its id; if the run exists, it goes on
  join <run>             helps to send a run until nothing is left to do; any number of processes may
  status <run>           says how far a run has come, and what needs a person
  settle <run>           looks for chunks of unknown outcome in the list of the service
  resolve <run> <chunk>… takes your word for chunks: --accepted <task id>, or --send-again
  opt-out <run>          takes numbers off a run, also while it goes on: --do-not-call
  report <run>           every line of the list, with what became of it

Options of all commands
  --database <url>       PostgreSQL; default: DATABASE_URL of the environment
  --schema <name>        schema of the tables; default tccc_bulk

Options of join
  --redis <url>          Redis or Valkey; default: REDIS_URL of the environment. Or
  --limit <number>       the share of this process, in requests a second, where there is no Redis
  --go-on                lets a run go on that something has stopped
  --do-not-call <path>   numbers that are taken off what is still to be sent

All other options, and the exit codes, are those of the commands of one machine: plan has those of run, join, settle, resolve and
report have their own. See tccc-bulk --help.`;

export const FLEET_COMMANDS: Readonly<Record<string, (command: Command) => Promise<number>>> = {
  'fleet plan': plan,
  'fleet join': join,
  'fleet status': ({ values, positionals }) =>
    withLedgers(values, async (ledgers) => {
      const { stop, ...status } = await fleetStatus(ledgers, onlyRun(positionals));
      if (stop !== undefined) console.log(`Stopped: ${stop.message}`);
      return showStatus(status);
    }),
  'fleet settle': settle,
  'fleet resolve': ({ values, positionals: [run, ...chunks] }) => {
    const word = readResolution(values, chunks);
    return withLedgers(values, async (ledgers) => {
      await resolveFleet(ledgers, runOf(run), word.chunks, word.resolution);
      return 0;
    });
  },
  'fleet opt-out': ({ values, positionals }) => {
    const { 'do-not-call': list } = values;
    if (list === undefined) throw new UsageError('--do-not-call is required.');
    return withLedgers(values, async (ledgers) => {
      console.log(optOutText(await optOutFleet(ledgers, onlyRun(positionals), list)));
      return 0;
    });
  },
  'fleet report': ({ values, positionals }) =>
    withLedgers(values, (ledgers) => writeReport(fleetReport(ledgers, onlyRun(positionals)), values)),
};

/** The id of the run is all that goes to standard output, for scripts. */
async function plan({ values, positionals }: Command): Promise<number> {
  const planning = await planningOptions(values, positionals);
  if (values['dry-run']) return dryRun(planning, values);
  const client = checkingClient();
  const progress = new Progress(process.stderr, { isPlain: values.plain });
  const onLines = (lines: number) => progress.show({ type: 'planning', lines });
  try {
    return await withLedgers(values, async (ledgers) => {
      const { run, isNew } = await interruptible(
        (signal) => planFleet({ ...planning, ledgers, client, onLines, signal }),
        () => progress.say('Ending.'),
      );
      const { lines, counts, leftOut } = await fleetStatus(ledgers, run);
      const { planned } = counts;
      progress.say(
        `${count(lines)} lines${leftOutText(leftOut)}. Run ${run} is ${isNew ? 'planned' : 'there already, and goes on'}: ` +
          `${count(planned.callees)} numbers in ${count(planned.chunks)} requests are to be sent.`,
      );
      progress.say(`To send it, in any number of places: tccc-bulk fleet join ${run}`);
      console.log(run);
      return 0;
    });
  } finally {
    await client.close();
  }
}

function join({ values, positionals }: Command): Promise<number> {
  const run = onlyRun(positionals);
  const { 'do-not-call': list, 'go-on': goesOn } = values;
  const advice = (report: BulkReport, progress: Progress) => advise(report, values, progress);
  return withLedgers(values, (ledgers) =>
    withSharing(values, async (pacing) => {
      const client = clientFor(values, { pacing });
      try {
        if (list !== undefined) console.error(optOutText(await optOutFleet(ledgers, run, list)));
        if (goesOn) await resumeFleet(ledgers, run);
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
  const run = onlyRun(positionals);
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
function advise({ job, outcome, counts }: BulkReport, { site, endpoint }: Values, progress: Progress): void {
  const place = site === undefined ? `--endpoint ${endpoint}` : `--site ${site}`;
  const say = (what: string, command: string) => progress.say(`${what}: tccc-bulk fleet ${command}`);
  if (outcome === 'stopped') say('To go on', `join ${job} --go-on ${place}`);
  if (counts.unknown.chunks > 0)
    say(`To look for ${count(counts.unknown.chunks)} unknown chunks`, `settle ${job} ${place}`);
  if (counts.unknown.chunks + counts.refused.chunks > 0) say('What needs a person', `status ${job}`);
}

function onlyRun([run, ...more]: readonly string[]): string {
  if (more.length > 0) throw new UsageError('Too many arguments.');
  return runOf(run);
}

function runOf(run: string | undefined): string {
  if (run === undefined) throw new UsageError('Name the run; fleet plan prints its id.');
  return run;
}
