// What each call in the queue holds, in bytes of heap and buffers.
import { OutboundClient } from '@tccc/outbound';

const count = Number(process.argv[2]);
const client = new OutboundClient({
  site: 'intl',
  credentials: { secretId: 'AKIDbenchmark', secretKey: 'benchmark-secret-key' },
  dispatcher: { dispatch: () => true },
  deadlineMs: Infinity,
  pacing: { maxQueue: 1_000_000 },
});
const send = (index) =>
  void client
    .createAutoCalloutTask({
      SdkAppId: 1,
      NotBefore: 1,
      Callees: [`0086${13_000_000_000 + index}`],
      Callers: ['2'],
      IvrId: 3,
    })
    .catch(() => {});
const used = () => {
  globalThis.gc();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
};

for (let index = 0; index < 200; index++) send(index);
// Until all that the first call loads is there, calls wait for that.
while (client.stats().inFlight === 0) await new Promise((resolve) => setImmediate(resolve));
const before = used();
const startedAt = performance.now();
for (let index = 0; index < count; index++) send(index);
await new Promise((resolve) => setImmediate(resolve));
const micros = ((performance.now() - startedAt) / count) * 1000;
console.log(JSON.stringify({ bytes: (used() - before) / count, micros }));
process.exit();
