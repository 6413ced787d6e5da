import { createReceiver } from '@tccc/events';
import { mkdir, open, rename } from 'node:fs/promises';
import { createServer } from 'node:http';
import { join } from 'node:path';

const {
  PUSH_PASSWORD: password,
  SDK_APP_ID: sdkAppId = '1400000000',
  RECORDS: folder = 'records',
} = process.env;
if (password === undefined)
  throw new Error('Set PUSH_PASSWORD to the one in the console of the application.');
await mkdir(folder, { recursive: true, mode: 0o700 });

/**
 * One file for each call record, on disk before this returns. The same record again writes the same file again, and a crash in the
 * middle leaves no half of one.
 */
async function store(key: string, record: object): Promise<void> {
  const path = join(folder, `${encodeURIComponent(key)}.json`);
  const file = await open(`${path}.tmp`, 'w', 0o600);
  try {
    await file.writeFile(JSON.stringify(record));
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(`${path}.tmp`, path);
}

const receiver = createReceiver({
  credentials: [{ username: 'tccc', password }],
  sdkAppId,
  // The push is acknowledged once this has returned. If it throws, the service pushes again.
  async onEvent(event) {
    if (event.type !== 'cdr') return;
    await store(event.key, event.call);
    console.log(event.call.reason.group);
  },
  onRefused: ({ code, id }) => console.error('refused', code, id),
});

const server = createServer((request, response) => void receiver.node(request, response));
server.listen(Number(process.env['PORT'] ?? 3000), '127.0.0.1');
// Pushes that are on their way end; the service repeats what comes later.
process.once('SIGTERM', () => server.close());
