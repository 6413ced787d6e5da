import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { Consumer } from '../release/consumer.js';
import type { Packed } from '../release/pack.js';
import { packAll } from '../release/pack.js';
import { publishedPackages } from '../release/project.js';

/** The program of a user: the SDK of OpenTelemetry, undici's instrumentation, and this package. Prints its spans. */
const program = (sdk: string) => `
import { context } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { UndiciInstrumentation } from '@opentelemetry/instrumentation-undici';
import * as sdk from '${sdk}';
import { MockEngine, MockServer, mockCredentials } from '@tccc/mocks';
import { instrument } from '@tccc/otel';
import { OutboundClient } from '@tccc/outbound';

context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
const exporter = new sdk.InMemorySpanExporter();
// The line 3.x takes options, and has other names.
const processor = new sdk.SimpleSpanProcessor(sdk.TracerProvider === undefined ? exporter : { exporter });
const options = { spanProcessors: [processor] };
const TracerProvider = sdk.TracerProvider ?? sdk.BasicTracerProvider;
const tracerProvider = new TracerProvider(options);
const undici = new UndiciInstrumentation();
undici.setTracerProvider(tracerProvider);
undici.enable();
const instrumentation = instrument({ tracerProvider });
const server = await MockServer.start(new MockEngine({ seed: 1 }));
const client = new OutboundClient({ endpoint: server.url, credentials: mockCredentials, maxConnections: 1 });
const task = (Name) => ({
  SdkAppId: 1400000000, NotBefore: 1700000000, Callees: ['008613012345678'], Callers: ['008602012345678'], IvrId: 8, Name,
});
await Promise.all(['a', 'b', 'c'].map((name) => client.createAutoCalloutTask(task(name))));
await client.close();
await server.close();
instrumentation.disable();
const spans = exporter.getFinishedSpans().map((span) => ({
  id: span.spanContext().spanId, parent: span.parentSpanContext?.spanId, name: span.name, ...span.attributes,
}));
console.log(JSON.stringify(spans));
`;

interface Span {
  id: string;
  parent?: string;
  name: string;
  'tccc.attempts'?: number;
  'tccc.outcome'?: string;
}

let folder: string;
let packed: Packed[];
// Each test installs from the registry.
vi.setConfig({ testTimeout: 600_000 });

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tccc-otel-'));
  const all = (await publishedPackages()).filter(({ folder: name }) => name !== 'bulk');
  packed = await packAll(all, folder, undefined);
}, 600_000);
afterAll(() => rm(folder, { recursive: true }));

test.each([
  [
    '2.x',
    '@opentelemetry/sdk-trace-base',
    {
      '@opentelemetry/api': '1.9.1',
      '@opentelemetry/sdk-trace-base': '2.12.1',
      '@opentelemetry/context-async-hooks': '2.12.1',
      '@opentelemetry/instrumentation-undici': '0.33.0',
    },
  ],
  [
    '3.x',
    '@opentelemetry/sdk-trace',
    {
      '@opentelemetry/api': '1.10.0',
      '@opentelemetry/sdk-trace': '3.1.1',
      '@opentelemetry/context-async-hooks': '3.1.1',
      '@opentelemetry/instrumentation-undici': '0.34.0',
    },
  ],
])(
  'with the SDK of the line %s, spans of undici are below those of attempts',
  async (_line, sdk, dependencies) => {
    await using consumer = await Consumer.make(packed, dependencies, 'pnpm');
    await consumer.write('program.js', program(sdk));
    const spans = JSON.parse(await consumer.run(process.execPath, 'program.js')) as Span[];
    const below = (parent: Span) => spans.filter((span) => span.parent === parent.id);
    const calls = spans.filter((span) => span['tccc.attempts'] !== undefined);
    expect(calls.length).toBe(3);
    for (const call of calls) {
      const [attempt, ...others] = below(call);
      expect(others).toEqual([]);
      expect(attempt).toMatchObject({ name: 'ccc/CreateAutoCalloutTask', 'tccc.outcome': 'succeeded' });
      // One connection carries all three, and each request belongs to its own attempt nevertheless.
      expect(below(attempt!).map(({ name }) => name)).toEqual(['POST']);
    }
    expect(spans.length).toBe(9);
  },
);
