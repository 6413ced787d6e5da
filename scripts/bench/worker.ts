/** A client in a process of its own: told how many calls to make and how many at a time, it answers what they cost. */
import { clients } from './clients.js';
import type { Run } from './processes.js';

const [kind, url] = process.argv.slice(2) as [string, string];
const call = clients[kind]!(url);

async function run(calls: number, inFlight: number): Promise<Run> {
  const latencies: number[] = [];
  let left = calls;
  const one = async () => {
    while (left-- > 0) {
      const startedAt = performance.now();
      await call();
      if (inFlight === 1) latencies.push(performance.now() - startedAt);
    }
  };
  const cpuBefore = process.cpuUsage();
  const startedAt = performance.now();
  await Promise.all(Array.from({ length: inFlight }, one));
  const elapsedMs = performance.now() - startedAt;
  const { user, system } = process.cpuUsage(cpuBefore);
  return { callsPerSecond: (calls / elapsedMs) * 1000, cpuMicros: (user + system) / calls, latencies };
}

process.on('message', ({ calls, inFlight }: { calls: number; inFlight: number }) => {
  void run(calls, inFlight).then((result) => process.send?.(result));
});
process.once('disconnect', () => process.exit());
process.send?.('ready');
