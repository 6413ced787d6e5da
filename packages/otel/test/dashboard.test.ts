import { readFile } from 'node:fs/promises';
import { metrics as api } from '@opentelemetry/api';
import { expect, test, vi } from 'vitest';
import { Metrics } from '../src/metrics.js';

const dashboard = JSON.parse(await readFile(new URL('../grafana.json', import.meta.url), 'utf8')) as {
  panels: {
    id: number;
    title: string;
    gridPos: { x: number; y: number; w: number; h: number };
    targets: { expr: string }[];
  }[];
};

/** The names of all that is measured, as Prometheus has them. */
function exported(): Set<string> {
  const meter = api.getMeter('test');
  const names = new Set<string>();
  const plain = (name: string) => name.replaceAll('.', '_');
  vi.spyOn(meter, 'createHistogram').mockImplementation((name) => {
    names.add(`${plain(name)}(_seconds)?_bucket`);
    return { record() {} };
  });
  vi.spyOn(meter, 'createCounter').mockImplementation((name) => {
    names.add(`${plain(name)}_total`);
    return { add() {} };
  });
  vi.spyOn(meter, 'createObservableGauge').mockImplementation((name) => {
    names.add(plain(name));
    return { addCallback() {}, removeCallback() {} };
  });
  const client = { stats: () => ({ calls: 0, queued: 0, inFlight: 0, isClosed: false }) };
  new Metrics(meter).observe(client);
  vi.restoreAllMocks();
  return names;
}

// The Collector adds the unit to the name of a histogram, and the exporter of OpenTelemetry for Node.js does not.
test('the dashboard shows every metric, and no other', () => {
  const shown = dashboard.panels.flatMap(({ targets }) =>
    targets.flatMap(({ expr }) => expr.match(/\b(?:tccc|rpc)_client_\w+(?:\(_seconds\)\?_bucket)?/g) ?? []),
  );
  expect(new Set(shown)).toEqual(exported());
});

test('no two panels overlap', () => {
  const cells = dashboard.panels.flatMap(({ gridPos: { x, y, w, h } }) =>
    Array.from({ length: w * h }, (_, index) => `${x + (index % w)},${y + Math.floor(index / w)}`),
  );
  expect(new Set(cells).size).toBe(cells.length);
  expect(new Set(dashboard.panels.map(({ id }) => id)).size).toBe(dashboard.panels.length);
});

test('the README names every metric', async () => {
  const readme = await readFile(new URL('../README.md', import.meta.url), 'utf8');
  const named = [...readme.matchAll(/`((?:rpc|tccc)\.client\.[\w.]+)`/g)].map(([, name]) =>
    name!.replaceAll('.', '_'),
  );
  const plain = [...exported()].map((name) => name.replace(/(\(_seconds\)\?_bucket|_total)$/, ''));
  expect(named.sort()).toEqual(plain.sort());
});
