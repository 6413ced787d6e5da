/**
 * `pnpm dashboard`: the dashboard of @tccc/otel as a picture, docs/dashboard.svg. A program with the exporter for
 * Prometheus calls the mock, a real Prometheus collects from it and answers the queries of packages/otel/grafana.json, and
 * their answers are drawn.
 */
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { root } from '../support/root.js';
import { drawDashboard } from './picture.js';
import type { Panel, Series } from './picture.js';
import { PROGRAM } from './program.js';

const run = promisify(execFile);
const PROMETHEUS = process.env['PROMETHEUS'] ?? 'prometheus';
const LIBRARIES = ['@opentelemetry/api', '@opentelemetry/exporter-prometheus', '@opentelemetry/sdk-metrics'];

const folder = await mkdtemp(join(tmpdir(), 'tccc-dashboard-'));
try {
  await writeFile(join(folder, 'package.json'), '{ "type": "module" }');
  await run('npm', ['install', '--silent', '--no-audit', '--no-fund', ...LIBRARIES], { cwd: folder });
  await mkdir(join(folder, 'node_modules/@tccc'));
  for (const name of ['outbound', 'mocks', 'otel'])
    await symlink(join(root, 'packages', name), join(folder, 'node_modules/@tccc', name));
  await writeFile(join(folder, 'program.mjs'), PROGRAM);
  const { panels } = JSON.parse(await readFile(join(root, 'packages/otel/grafana.json'), 'utf8')) as {
    panels: Panel[];
  };
  await writeFile(join(root, 'docs/dashboard.svg'), drawDashboard(panels, await record(panels)));
  console.log('The picture is docs/dashboard.svg.');
} finally {
  await rm(folder, { recursive: true });
}

/** Runs the program under the eyes of Prometheus; what it answers to each query, by panel. */
async function record(panels: readonly Panel[]): Promise<Series[][]> {
  const program = spawn(process.execPath, ['program.mjs'], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const lines = createInterface(program.stdout)[Symbol.asyncIterator]();
  const target = (await lines.next()).value as string;
  const port = '19090';
  const config = `global: { scrape_interval: 1s }\nscrape_configs: [{ job_name: calls, static_configs: [{ targets: ['${target}'] }] }]\n`;
  await writeFile(join(folder, 'prometheus.yml'), config);
  const options = [
    '--config.file=prometheus.yml',
    '--storage.tsdb.path=data',
    `--web.listen-address=127.0.0.1:${port}`,
  ];
  const prometheus = spawn(PROMETHEUS, options, { cwd: folder, stdio: 'ignore' });
  try {
    const begin = Date.now() / 1000;
    await lines.next(); // Its last word: all calls have ended, and were collected.
    const range = { start: begin, end: Date.now() / 1000 };
    return await Promise.all(panels.map((panel) => answersTo(panel, `http://127.0.0.1:${port}`, range)));
  } finally {
    program.kill();
    prometheus.kill();
    await once(prometheus, 'close');
  }
}

async function answersTo(
  { targets }: Panel,
  url: string,
  { start, end }: { start: number; end: number },
): Promise<Series[]> {
  const answers = targets.map(async ({ expr, legendFormat = '' }) => {
    const query = expr
      .replaceAll('$method', '.*')
      .replaceAll('$__rate_interval', '8s')
      .replaceAll('$__range', `${Math.ceil(end - start)}s`);
    const params = new URLSearchParams({ query, start: String(start), end: String(end), step: '1' });
    const answer = await fetch(`${url}/api/v1/query_range?${params.toString()}`);
    const { data } = (await answer.json()) as {
      data: { result: { metric: Record<string, string>; values: [number, string][] }[] };
    };
    return data.result.map(({ metric, values }) => ({
      name: legendFormat.replaceAll(/\{\{(\w+)\}\}/g, (_, label: string) => metric[label] ?? ''),
      points: values
        .map(([at, value]) => [at - start, Number(value)] as const)
        .filter(([, value]) => Number.isFinite(value)),
    }));
  });
  return (await Promise.all(answers)).flat();
}
