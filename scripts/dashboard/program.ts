/**
 * The program of a user, in a folder with the exporter. Its two minutes have a quiet time, more calls than the limit takes,
 * faults, and an outage.
 */
export const PROGRAM = `
import { setTimeout as sleep } from 'node:timers/promises';
import { PrometheusExporter } from '@opentelemetry/exporter-prometheus';
import { MeterProvider } from '@opentelemetry/sdk-metrics';
import { MockEngine, MockServer, mockCredentials } from '@tccc/mocks';
import { instrument } from '@tccc/otel';
import { OutboundClient } from '@tccc/outbound';

const exporter = new PrometheusExporter({ port: 19464, host: '127.0.0.1' });
const instrumentation = instrument({ meterProvider: new MeterProvider({ readers: [exporter] }) });
const engine = new MockEngine({ seed: 1 });
const server = await MockServer.start(engine);
const client = new OutboundClient({
  endpoint: server.url,
  credentials: mockCredentials,
  deadlineMs: 8_000,
});
instrumentation.observe(client);
console.log('127.0.0.1:19464');
await sleep(3_000);

const task = {
  SdkAppId: 1400000000,
  NotBefore: 1700000000,
  Callees: ['008613012345678'],
  Callers: ['008602012345678'],
  IvrId: 8,
};
const calls = [];
const send = (count) => {
  for (let call = 0; call < count; call++)
    calls.push(client.createAutoCalloutTask(task).catch((error) => error));
};
/** So many calls in each second, for some seconds. */
async function phase(seconds, perSecond) {
  for (let second = 0; second < seconds; second++) {
    for (let part = 0; part < 4; part++) {
      send(perSecond / 4);
      await sleep(250);
    }
  }
}

await phase(25, 8);
await phase(25, 28); // The limit is 20.
await phase(20, 8);
engine.faults.add({ fault: 'internal-error', probability: 0.1 });
engine.faults.add({ fault: 'rate-limited', probability: 0.1 });
engine.faults.add({ fault: 'reset-after-create', probability: 0.05 });
await phase(20, 12);
engine.faults.clear();
await server.refuse();
await phase(10, 8);
await server.accept();
await phase(20, 8);
await Promise.all(calls);
await sleep(3_000);
console.log('done');
await client.close();
await sleep(60_000); // It is ended once its metrics were read.
`;
