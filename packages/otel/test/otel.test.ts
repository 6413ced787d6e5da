import { SpanStatusCode, context, trace } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import type { ResourceMetrics } from '@opentelemetry/sdk-metrics';
import {
  AggregationTemporality,
  InMemoryMetricExporter,
  MeterProvider,
  PeriodicExportingMetricReader,
} from '@opentelemetry/sdk-metrics';
import type { ReadableSpan } from '@opentelemetry/sdk-trace-base';
import {
  BasicTracerProvider,
  InMemorySpanExporter,
  SimpleSpanProcessor,
} from '@opentelemetry/sdk-trace-base';
import { MockEngine, MockServer, mockCredentials } from '@tccc/mocks';
import { OutboundClient } from '@tccc/outbound';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Instrumentation } from '../src/index.js';
import manifest from '../package.json' with { type: 'json' };
import { instrument } from '../src/index.js';

const NUMBER = '008613012345678';
const task = () => ({
  SdkAppId: 1400000000,
  NotBefore: Math.floor(Date.now() / 1000),
  Callees: [NUMBER],
  Callers: ['008602012345678'],
  IvrId: 8,
});

const spans = new InMemorySpanExporter();
const tracerProvider = new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(spans)] });

let points: InMemoryMetricExporter;
let engine: MockEngine;
let server: MockServer;
let client: OutboundClient;
let meterProvider: MeterProvider;
let instrumentation: Instrumentation;

beforeAll(() => context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable()));
afterAll(() => context.disable());
beforeEach(async () => {
  spans.reset();
  points = new InMemoryMetricExporter(AggregationTemporality.CUMULATIVE);
  const reader = new PeriodicExportingMetricReader({ exporter: points, exportIntervalMillis: 2 ** 30 });
  meterProvider = new MeterProvider({ readers: [reader] });
  instrumentation = instrument({ tracerProvider, meterProvider });
  engine = new MockEngine({ seed: 1 });
  server = await MockServer.start(engine);
  client = new OutboundClient({ endpoint: server.url, credentials: mockCredentials, retry: { baseMs: 0 } });
});
afterEach(async () => {
  instrumentation.disable();
  await client.close();
  await server.close();
  await meterProvider.shutdown();
});

const idOf = (span: ReadableSpan) => span.spanContext().spanId;
const calls = () => spans.getFinishedSpans().filter((span) => 'tccc.attempts' in span.attributes);
const attemptsOf = (call: ReadableSpan) =>
  spans.getFinishedSpans().filter(({ parentSpanContext }) => parentSpanContext?.spanId === idOf(call));

/** What was measured, by name and attributes. */
async function measured(): Promise<Map<string, { attributes: Record<string, unknown>; value: unknown }[]>> {
  await meterProvider.forceFlush();
  const { scopeMetrics } = points.getMetrics().at(-1) as ResourceMetrics;
  const all = scopeMetrics.flatMap(({ metrics }) => metrics);
  return new Map(
    all.map(({ descriptor, dataPoints }) => [
      descriptor.name,
      dataPoints.map(({ attributes, value }) => ({ attributes, value })),
    ]),
  );
}

test('spans and metrics say which version of the package has made them', async () => {
  const { name, version } = manifest;
  await client.createAutoCalloutTask(task());
  expect(new Set(spans.getFinishedSpans().map(({ instrumentationScope }) => instrumentationScope))).toEqual(
    new Set([expect.objectContaining({ name, version })]),
  );
  await meterProvider.forceFlush();
  const { scopeMetrics } = points.getMetrics().at(-1) as ResourceMetrics;
  expect(scopeMetrics.map(({ scope }) => [scope.name, scope.version])).toEqual([[name, version]]);
});

test('a call is a span, and each attempt one below it', async () => {
  engine.faults.add({ fault: 'rate-limited', nth: 1 });
  const { RequestId } = await client.createAutoCalloutTask(task());
  const [call] = calls();
  expect(calls().length).toBe(1);
  expect(call!.name).toBe('ccc/CreateAutoCalloutTask');
  const { hostname, port } = new URL(server.url);
  const common = {
    'rpc.system.name': 'tencentcloud_api',
    'rpc.method': 'ccc/CreateAutoCalloutTask',
    'server.address': hostname,
    'server.port': Number(port),
  };
  expect(call!.attributes).toEqual({ ...common, 'tccc.outcome': 'succeeded', 'tccc.attempts': 2 });
  expect(call!.status.code).toBe(SpanStatusCode.UNSET);
  const http = {
    'http.request.method': 'POST',
    'url.full': `${server.url}/`,
    'http.response.status_code': 200,
  };
  expect(attemptsOf(call!).map(({ attributes }) => attributes)).toEqual([
    {
      ...common,
      ...http,
      'tccc.trace_id': expect.any(String),
      'tccc.request_id': expect.any(String),
      'tccc.outcome': 'not-executed',
      'error.type': expect.stringMatching(/^RequestLimitExceeded/),
      'rpc.status_code': expect.stringMatching(/^RequestLimitExceeded/),
    },
    {
      ...common,
      ...http,
      'http.request.resend_count': 1,
      'tccc.trace_id': expect.any(String),
      'tccc.request_id': RequestId,
      'tccc.outcome': 'succeeded',
    },
  ]);
  expect(call!.events.map(({ name }) => name)).toContain('tccc.retried');
});

test('a call that fails says so, without a number', async () => {
  engine.faults.add({ fault: 'internal-error' });
  await expect(client.createAutoCalloutTask(task())).rejects.toMatchObject({ outcome: 'unknown' });
  const [call] = calls();
  expect(call!.status).toEqual({
    code: SpanStatusCode.ERROR,
    message: expect.stringContaining('InternalError'),
  });
  expect(call!.attributes).toMatchObject({ 'error.type': 'InternalError', 'tccc.outcome': 'unknown' });
  expect(call!.events.at(-1)).toMatchObject({
    name: 'tccc.not_retried',
    attributes: { 'tccc.reason': 'outcome-unknown' },
  });
  const shown = spans
    .getFinishedSpans()
    .map(({ attributes, status, events }) => ({ attributes, status, events }));
  expect(JSON.stringify(shown)).not.toContain(NUMBER.slice(2));
});

test('calls that waited for their turn keep their parents', async () => {
  const tracer = tracerProvider.getTracer('test');
  // Real time: the limit is per second.
  const paced = new OutboundClient({
    endpoint: server.url,
    credentials: { ...mockCredentials, account: 'paced' },
    pacing: { limit: 1 },
  });
  const parents = await Promise.all(
    ['first', 'second'].map((name) =>
      tracer.startActiveSpan(name, async (span) => {
        await paced.createAutoCalloutTask(task());
        span.end();
        return span;
      }),
    ),
  );
  await paced.close();
  expect(calls().map(({ parentSpanContext }) => parentSpanContext?.spanId)).toEqual(
    parents.map((span) => span.spanContext().spanId),
  );
  for (const call of calls()) expect(attemptsOf(call).length).toBe(1);
  expect(calls()[1]!.events).toMatchObject([
    { name: 'tccc.waited', attributes: { 'tccc.wait': expect.any(Number) } },
  ]);
});

test('durations, waits and outcomes are measured', async () => {
  await client.createAutoCalloutTask(task());
  engine.faults.add({ fault: 'internal-error' });
  await client.createAutoCalloutTask(task()).catch(() => {});
  const all = await measured();
  const common = { 'rpc.system.name': 'tencentcloud_api', 'rpc.method': 'ccc/CreateAutoCalloutTask' };
  expect(all.get('tccc.client.calls')).toEqual([
    { attributes: expect.objectContaining({ ...common, 'tccc.outcome': 'succeeded' }), value: 1 },
    {
      attributes: expect.objectContaining({ 'tccc.outcome': 'unknown', 'error.type': 'InternalError' }),
      value: 1,
    },
  ]);
  for (const name of ['rpc.client.call.duration', 'tccc.client.attempt.duration'])
    expect(all.get(name)).toMatchObject([{ value: { count: 1 } }, { value: { count: 1 } }]);
  expect(all.get('tccc.client.wait.duration')).toMatchObject([{ value: { count: 2 } }]);
});

test('what ended before its turn is counted, and the state of a client is measured', async () => {
  await client.createAutoCalloutTask(task());
  instrumentation.observe(client);
  const aborted = client.createAutoCalloutTask(task(), { signal: AbortSignal.abort() });
  await expect(aborted).rejects.toMatchObject({ code: 'Aborted' });
  const all = await measured();
  expect(all.get('tccc.client.unsent')).toEqual([
    { attributes: { 'tccc.action': 'CreateAutoCalloutTask', 'error.type': 'Aborted' }, value: 1 },
  ]);
  expect(all.get('tccc.client.queued')).toMatchObject([{ value: 0 }]);
  expect(all.get('tccc.client.connections')).toMatchObject([{ value: 1 }]);
});

test('once it is disabled, nothing is made', async () => {
  instrumentation.disable();
  await client.createAutoCalloutTask(task());
  expect(spans.getFinishedSpans()).toEqual([]);
  expect(trace.getActiveSpan()).toBe(undefined);
});
