import { createHash } from 'node:crypto';
import { count, countOf } from '../count.js';
import { withoutNumbers } from '../input/warnings.js';
import type { LedgerChunk } from '../ledger/ledger.js';
import { maskDigits, maskNumber, shownText } from '../numbers/index.js';
import type { ReportRow } from '../run/line-report.js';
import { reportLines } from '../run/line-report.js';
import { barTable, columns, escaped, legend, stackedBar, table } from './markup.js';
import { STYLE } from './style.js';
import type { Timeline } from './timeline.js';
import { ENDS, durations, perPart, readTimeline } from './timeline.js';

/** Parts of the time that are drawn, and rows of a table. */
const PARTS = 60;
const ROWS = 500;

/** Characters of a text in place of a number. */
const LONGEST = 20;

/** A name that somebody gave may have a phone number in it. */
function titleOf(name: string, isWhole: boolean): string {
  const shown = shownText(name);
  return isWhole ? shown : shown.replaceAll(/\d(?:[ -]?\d){6,}/g, maskDigits);
}

/** What the page says of the lines of the list. */
interface Lines {
  /** Numbers by the state of their line. */
  readonly states: Map<string, number>;
  /** Lines that are left out, by reason; and others by the code of what happened. */
  readonly reasons: Map<string, number>;
  readonly codes: Map<string, number>;
  readonly leftOut: ReportRow[];
}

/**
 * A report with pictures: one page without scripts, which needs no network and is opened from a file.
 *
 * @param isWhole whether whole numbers are shown, and not their last four digits
 * @throws BulkError as `reportLines`
 */
export async function* reportPage(ledger: string, isWhole: boolean): AsyncGenerator<string> {
  const timeline = await readTimeline(ledger);
  const lines = await readLines(ledger);
  const style = createHash('sha256').update(STYLE).digest('base64');
  const policy = `default-src 'none'; style-src 'sha256-${style}'; base-uri 'none'; form-action 'none'`;
  const { job } = timeline;
  const title = `Run ${titleOf(job.name ?? job.id, isWhole)}`;
  yield `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark">
<title>${escaped(title)}</title><style>${STYLE}</style></head><body><main>
<h1>${escaped(title)}</h1>
`;
  yield summary(timeline, lines);
  yield overTime(timeline);
  yield section(
    'How long requests took',
    barTable('Requests, from the line before to the line after', took(timeline)),
  );
  yield section('Why lines are left out', barTable('Lines', parts(lines.reasons), 'left-out'));
  yield section('What happened to the others', barTable('Numbers', parts(lines.codes), 'unknown'));
  yield section('What the list had in it', warnings(timeline, isWhole));
  yield section('Chunks that need a person', open(timeline.chunks));
  yield section('Lines that are left out', leftOut(lines, isWhole));
  yield '</main></body></html>\n';
}

async function readLines(ledger: string): Promise<Lines> {
  const lines: Lines = { states: new Map(), reasons: new Map(), codes: new Map(), leftOut: [] };
  const add = (counts: Map<string, number>, name: string) => counts.set(name, (counts.get(name) ?? 0) + 1);
  for await (const row of reportLines(ledger)) {
    add(lines.states, row.state);
    if (row.reason !== undefined) add(row.state === 'left-out' ? lines.reasons : lines.codes, row.reason);
    if (row.state === 'left-out' && lines.leftOut.length < ROWS) lines.leftOut.push(row);
  }
  return lines;
}

const STATES = ['accepted', 'refused', 'unknown', 'sending', 'planned', 'left-out'];

function summary({ job, ends }: Timeline, { states }: Lines): string {
  const shown = STATES.flatMap((name) => {
    const value = states.get(name) ?? 0;
    return value === 0 && name !== 'accepted' ? [] : [{ name, value }];
  });
  const cards = shown.map(
    ({ name, value }) => `<li class="${name}"><b>${count(value)}</b>${name.replace('-', ' ')}</li>`,
  );
  const { fromMs, toMs } = perPart(ends, 1);
  const when =
    ends.length === 0
      ? 'Nothing was sent.'
      : `${timeOf(fromMs)} to ${timeOf(toMs)} UTC, ${durationOf(toMs - fromMs)}.`;
  const action = String((job.template as { action?: unknown }).action ?? '');
  const says = shown.map(({ name, value }) => `${name} ${count(value)}`).join(', ');
  return `<p class="soft">${escaped(shownText(action))}, ${countOf(job.lines, 'line')}, run <code>${escaped(job.id)}</code>. ${when}</p>
<ul class="cards">${cards.join('')}</ul>
<h2>Lines by state</h2><figure class="states">${stackedBar(shown, says)}${legend(shown)}</figure>
`;
}

function overTime({ ends }: Timeline): string {
  if (ends.length === 0) return '';
  const { fromMs, toMs, lengthMs, counts } = perPart(ends, PARTS);
  const most = counts.reduce(
    (largest, one) => Math.max(largest, one.accepted + one.refused + one.unknown),
    0,
  );
  const bars = counts.map((one) => ENDS.map((name) => ({ name, value: one[name] })));
  const totals = ENDS.map((name) => ({ name, value: ends.filter(({ state }) => state === name).length }));
  const says = `At most ${most === 1 ? 'one chunk' : `${count(most)} chunks`} in ${durationOf(lengthMs)}`;
  return section(
    'Chunks over time',
    `<figure class="time"><p class="axis"><span>${says}</span></p>${columns(bars, most, says)}<p class="axis"><span>${timeOf(fromMs)}</span><span>${timeOf(toMs)}</span></p>${legend(totals)}</figure>`,
  );
}

function took({ ends }: Timeline) {
  const all = durations(ends);
  const last = all.findLastIndex((one) => one.count > 0);
  return all.slice(0, last + 1).map(({ text, count: value }) => ({ name: text, value }));
}

function parts(counts: ReadonlyMap<string, number>) {
  return [...counts].sort((a, b) => b[1] - a[1]).map(([name, value]) => ({ name, value }));
}

/** The ledger has no phone numbers in its warnings. */
function warnings({ job: { warnings: found = [] } }: Timeline, isWhole: boolean): string {
  const rows = (isWhole ? found : withoutNumbers(found)).map((one) => [
    count(one.count),
    one.message,
    (one.columns ?? []).map(shownText).join(', '),
    one.samples.map(({ line }) => line).join(', '),
  ]);
  return table('Warnings', ['Times', 'What', 'Columns', 'Lines, such as'], rows);
}

function open(chunks: readonly LedgerChunk[]): string {
  const found = chunks.filter(({ state }) => ['unknown', 'refused', 'sending'].includes(state));
  const rows = found
    .slice(0, ROWS)
    .map((chunk) => [
      chunk.chunk,
      chunk.state,
      'code' in chunk ? chunk.code : '',
      count(chunk.callees),
      chunk.marker,
    ]);
  return table('Chunks', ['Chunk', 'State', 'Code', 'Numbers', 'Marker'], rows) + rest(found.length);
}

function leftOut({ leftOut: rows, states }: Lines, isWhole: boolean): string {
  const shown = rows.map(({ line, callee, reason = '', of }) => [
    line,
    short(isWhole ? shownText(callee) : maskNumber(callee)),
    reason,
    of ?? '',
  ]);
  return (
    table('Left out', ['Line', 'Number', 'Reason', 'Line before'], shown) + rest(states.get('left-out') ?? 0)
  );
}

/** A text in place of a number may be long; its end says most. */
function short(text: string): string {
  return text.length > LONGEST ? `…${text.slice(-LONGEST)}` : text;
}

function rest(all: number): string {
  return all > ROWS ? `<p class="soft">${count(all - ROWS)} more are in the report as CSV.</p>` : '';
}

function section(name: string, content: string): string {
  return content === '' ? '' : `<section><h2>${escaped(name)}</h2>${content}</section>\n`;
}

function timeOf(ms: number): string {
  return new Date(ms).toISOString().slice(0, 19).replace('T', ' ');
}

function durationOf(ms: number): string {
  const seconds = ms / 1_000;
  if (seconds < 1) return `${Math.max(1, Math.round(ms))} ms`;
  if (seconds < 10) return `${seconds.toFixed(1)} s`;
  if (seconds < 120) return `${Math.round(seconds)} s`;
  const minutes = Math.round(seconds / 60);
  return minutes < 120 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
