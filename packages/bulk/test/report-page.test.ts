import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { durations, perPart } from '../src/report/timeline.js';
import { TWICE, eventfulRun, pageOf } from './report-page-support.js';

describe('the report with pictures', () => {
  test('says what became of the lines, and shows no phone number unless it is asked to', async () => {
    const { ledger, report } = await eventfulRun();
    const page = await pageOf(ledger);
    const { accepted, unknown } = report.counts;
    expect(accepted.callees).toBeGreaterThan(0);
    for (const part of [
      `<b>${accepted.callees}</b>accepted`,
      `<b>${unknown.callees}</b>unknown`,
      '<b>4</b>left out',
      'Chunks over time',
      'How long requests took',
      '>duplicate<',
      '>not-a-number<',
      `Run Spring &lt;b&gt; for •••••••••0000`,
    ])
      expect(page).toContain(part);
    expect(page).not.toContain(TWICE.slice(1));
    expect(page).not.toContain('<img');
    expect(await pageOf(ledger, true)).toContain(TWICE.slice(1));
  });

  test('needs no network and no script: its policy names its style alone', async () => {
    const { ledger } = await eventfulRun();
    const page = await pageOf(ledger);
    const [, style] = /<style>([^]*?)<\/style>/.exec(page)!;
    const hash = createHash('sha256').update(style!).digest('base64');
    expect(page).toContain(
      `content="default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'"`,
    );
    expect(page).not.toMatch(/<script|<link|<img|url\(|https?:|\sstyle=|\son\w+=/);
  });
});

test('requests are counted by the part of the time in which they ended', () => {
  const ends = [0, 10, 19, 40].map((atMs) => ({ state: 'accepted' as const, atMs }));
  const { fromMs, toMs, counts } = perPart(ends, 4);
  expect([fromMs, toMs, counts.map(({ accepted }) => accepted)]).toEqual([0, 40, [2, 1, 0, 1]]);
  expect(perPart([], 2).counts).toHaveLength(2);
});

test('durations have their place, and a request that another process ended has none', () => {
  const ends = [0, 49, 50, 700, 90_000, undefined].map((tookMs) => ({
    state: 'accepted' as const,
    atMs: 0,
    ...(tookMs !== undefined && { tookMs }),
  }));
  const found = durations(ends).filter(({ count }) => count > 0);
  expect(found.map(({ text, count }) => `${text}: ${count}`)).toEqual([
    'under 50 ms: 2',
    'under 100 ms: 1',
    'under 1 s: 1',
    '30 s or more: 1',
  ]);
});
