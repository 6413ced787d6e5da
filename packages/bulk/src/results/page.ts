import { count, countOf } from '../count.js';
import type { ResultRow } from './row.js';
import type { ResultsSummary } from './summary.js';

/** What else the page says. */
export interface PageAbout {
  readonly title: string;
  /** When it was made, and when nobody is called any more, in Unix seconds. */
  readonly madeAt: number;
  readonly notAfter: number | undefined;
  /** Some of the lines, masked unless whole numbers were asked for. */
  readonly sample: readonly ResultRow[];
}

/** One page with pictures that needs nothing else: no script, no file, no network. Nothing in it but the sample has a number. */
export function resultsPage(summary: ResultsSummary, about: PageAbout): string {
  const { states, lines } = summary;
  const called = states.reached + states['not-reached'];
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${escape(about.title)}</title>
<style>${STYLE}</style>
</head>
<body>
<header>
<h1>${escape(about.title)}</h1>
<p>${countOf(lines, 'line')}, as of ${time(about.madeAt)} UTC. ${summary.final === lines ? 'All are final.' : `${count(lines - summary.final)} can still change.`}</p>
</header>
<main>
<ul class="tiles">
${tile('Reached', states.reached, share(states.reached, called))}
${tile('Not reached', states['not-reached'], share(states['not-reached'], called))}
${tile('Pending', states.pending, 'still to be called, or no record yet')}
${tile('Never dialled', states['never-dialled'], 'the task was over before')}
${tile('Unknown', states.unknown, 'may have been called')}
${tile('Not sent', states['not-sent'] + states['left-out'], `${count(states['left-out'])} of them left out`)}
</ul>
${section('Progress', progress(summary, about))}
${section('Calls over time', overTime(summary))}
${section('Why numbers were not reached', bars(summary.reasons.map(([group, value]) => [group, value])))}
${section('Calls until somebody answered', bars(summary.attempts.map(([calls, value]) => [String(calls), value])))}
${section('Answer rate by hour of the day (UTC)', byHour(summary))}
${section('Some of the lines', table(about.sample))}
</main>
</body>
</html>
`;
}

function section(title: string, content: string): string {
  return `<section><h2>${title}</h2>${content}</section>`;
}

function tile(name: string, value: number, note: string): string {
  return `<li><span>${name}</span><b>${count(value)}</b><span>${escape(note)}</span></li>`;
}

function progress({ lines, final, firstAt }: ResultsSummary, { notAfter, madeAt }: PageAbout): string {
  const rows: [string, number, string][] = [
    ['lines that are final', ratio(final, lines), `${count(final)} of ${count(lines)}`],
  ];
  if (notAfter !== undefined && firstAt !== undefined && notAfter > firstAt) {
    const spent = ratio(Math.max(0, madeAt - firstAt), notAfter - firstAt);
    rows.push(['time until NotAfter', spent, `ends ${time(notAfter)} UTC`]);
  }
  return `<dl class="bars">${rows.map(([name, part, text]) => bar(name, part, text)).join('')}</dl>`;
}

function bars(values: readonly (readonly [name: string, value: number])[]): string {
  if (values.length === 0) return '<p>Nothing yet.</p>';
  const most = Math.max(...values.map(([, value]) => value));
  const sum = values.reduce((total, [, value]) => total + value, 0);
  const rows = values.map(([name, value]) =>
    bar(name, ratio(value, most), `${count(value)} (${share(value, sum)})`),
  );
  return `<dl class="bars">${rows.join('')}</dl>`;
}

function bar(name: string, part: number, text: string): string {
  const width = (Math.min(1, part) * 100).toFixed(1);
  return `<div><dt>${escape(name)}</dt><dd><i style="width:${width}%"></i><span>${escape(text)}</span></dd></div>`;
}

const [WIDTH, HEIGHT] = [600, 200];

function overTime({ times }: ResultsSummary): string {
  const last = times.at(-1);
  if (last === undefined) return '<p>No call has ended yet.</p>';
  const from = times[0]!.at;
  const span = Math.max(1, last.at - from);
  const line = (value: (one: (typeof times)[number]) => number) =>
    [
      [0, HEIGHT],
      ...times.map((one) => [((one.at - from) / span) * WIDTH, HEIGHT - (value(one) / last.calls) * HEIGHT]),
    ]
      .map(([x, y]) => `${x!.toFixed(1)},${y!.toFixed(1)}`)
      .join(' ');
  const label = `${count(last.calls)} calls ended and ${count(last.reached)} numbers reached, from ${time(from)} to ${time(last.at)} UTC`;
  return `<figure><svg viewBox="-4 -4 ${WIDTH + 8} ${HEIGHT + 8}" role="img" aria-label="${label}" preserveAspectRatio="none">
<polyline class="calls" points="${line((one) => one.calls)}"/><polyline class="reached" points="${line((one) => one.reached)}"/></svg>
<figcaption><span class="key calls"></span> calls that ended: ${count(last.calls)} <span class="key reached"></span> numbers reached: ${count(last.reached)}<br>${time(from)} to ${time(last.at)} UTC</figcaption></figure>`;
}

function byHour({ hours }: ResultsSummary): string {
  const rows = hours.flatMap(({ calls, answered }, hour) =>
    calls === 0
      ? []
      : [
          bar(
            `${String(hour).padStart(2, '0')}:00`,
            ratio(answered, calls),
            `${share(answered, calls)} of ${count(calls)}`,
          ),
        ],
  );
  return rows.length === 0 ? '<p>No call has begun yet.</p>' : `<dl class="bars">${rows.join('')}</dl>`;
}

function table(rows: readonly ResultRow[]): string {
  if (rows.length === 0) return '<p>There are none.</p>';
  const cells = rows.map(({ line, callee, state, group, endName, reason, calls, talkSeconds }) => {
    const why = endName ?? group ?? reason ?? '';
    return `<tr><td>${line}</td><td>${escape(callee.replace(/•{4,}/, '•••'))}</td><td>${state}</td><td>${escape(why)}</td><td>${calls.length}</td><td>${count(talkSeconds)}</td></tr>`;
  });
  return `<div class="scroll" tabindex="0" role="region" aria-label="Some of the lines"><table><thead><tr><th scope="col">Line</th><th scope="col">Number</th><th scope="col">State</th><th scope="col">Why</th><th scope="col">Calls</th><th scope="col">Talked, s</th></tr></thead><tbody>${cells.join('')}</tbody></table></div>`;
}

function ratio(part: number, whole: number): number {
  return whole === 0 ? 0 : part / whole;
}

function share(part: number, whole: number): string {
  return `${(ratio(part, whole) * 100).toFixed(1)} %`;
}

function time(seconds: number): string {
  return new Date(seconds * 1_000).toISOString().slice(0, 16).replace('T', ' ');
}

function escape(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

const STYLE = `
:root{color-scheme:light dark;--ink:#16202e;--soft:#4a5668;--paper:#fff;--card:#f2f5f9;--line:#c6cfdb;--a:#1f62c4;--b:#0b7a4b}
@media (prefers-color-scheme:dark){:root{--ink:#e8edf5;--soft:#aab6c6;--paper:#10151d;--card:#1b232f;--line:#38455a;--a:#7db0ff;--b:#5fd39b}}
*{box-sizing:border-box}
body{margin:0;padding:1rem;font:16px/1.5 system-ui,sans-serif;color:var(--ink);background:var(--paper)}
header,main{max-width:60rem;margin:0 auto}
h1{font-size:1.4rem;margin:0;overflow-wrap:anywhere}h2{font-size:1.05rem;margin:0 0 .6rem}
p{margin:.2rem 0 1rem;color:var(--soft)}
section{background:var(--card);border:1px solid var(--line);border-radius:.6rem;padding:1rem;margin:0 0 1rem}
.tiles{display:grid;grid-template-columns:repeat(auto-fit,minmax(9rem,1fr));gap:.6rem;padding:0;margin:0 0 1rem;list-style:none}
.tiles li{background:var(--card);border:1px solid var(--line);border-radius:.6rem;padding:.7rem;display:flex;flex-direction:column}
.tiles b{font-size:1.5rem;line-height:1.2}.tiles span{color:var(--soft);font-size:.85rem}
.bars{margin:0}.bars div{display:grid;grid-template-columns:8.5rem 1fr;gap:.6rem;align-items:center;margin:.25rem 0}
.bars dt{overflow-wrap:anywhere;font-size:.9rem}.bars dd{margin:0;min-width:0}
.bars i{display:block;height:.7rem;min-width:2px;border-radius:.35rem;background:var(--a)}.bars span{font-size:.85rem;color:var(--soft)}
figure{margin:0}svg{width:100%;height:12rem;display:block}
polyline{fill:none;stroke-width:2.5;vector-effect:non-scaling-stroke}polyline.calls{stroke:var(--a)}polyline.reached{stroke:var(--b);stroke-dasharray:7 4}
figcaption{font-size:.85rem;color:var(--soft)}.key{display:inline-block;width:1.4rem;height:0;border-top:3px solid var(--a);vertical-align:middle}.key.reached{border-top:3px dashed var(--b);margin-left:.8rem}
.scroll{overflow-x:auto}table{border-collapse:collapse;width:100%;font-size:.9rem}th,td{text-align:left;padding:.3rem .6rem;border-bottom:1px solid var(--line);white-space:nowrap}
@media (max-width:36rem){body{padding:.6rem}section{padding:.7rem}table{font-size:.72rem}th,td{padding:.35rem .15rem}td:nth-child(4){white-space:normal;overflow-wrap:anywhere}}
`.trim();
