// Runs a program in several threads at the same time, prints the first line of each, and ends.
// `node in-threads.mjs <program> <argument of the first thread> <argument of the second> …`
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { Worker } from 'node:worker_threads';

const [path, ...args] = process.argv.slice(2);
const lines = await Promise.all(
  args.map(async (arg) => {
    const { stdout } = new Worker(path, { argv: [arg], stdout: true });
    const [line] = await once(createInterface({ input: stdout }), 'line');
    return line;
  }),
);
process.stdout.write(lines.join('\n'), () => {
  // Node.js 20 can wait for ever for a thread that ends while its connections do.
  process.kill(process.pid, 'SIGKILL');
});
