import { Writable } from 'node:stream';
import { expect, test, vi } from 'vitest';
import { showResults } from '../src/cli/results.js';
import type { ResultRow } from '../src/index.js';

const row: ResultRow = { line: 1, callee: '1', state: 'reached', isFinal: true, calls: [], talkSeconds: 1 };

test('a failure that the reader of the results does not wait for is not taken for their end', async () => {
  const gone = Object.assign(new Error('write EPIPE'), { code: 'EPIPE', syscall: 'write', errno: -32 });
  const output = new Writable({ write: (_chunk, _encoding, done) => done(gone) });
  output.on('error', () => {});
  const closed = new Promise((resolve) => output.once('close', resolve));
  async function* rows() {
    yield row;
    await closed;
    throw new Error('The service is away.');
  }
  const stdout = vi.spyOn(process, 'stdout', 'get').mockReturnValue(output as never);
  const stderr = vi.spyOn(console, 'error').mockReturnValue();
  try {
    const shown = showResults({ job: () => Promise.reject(new Error('unused')), rows }, {
      endpoint: 'http://127.0.0.1:9',
    } as never);
    await expect(shown).rejects.toThrow('The service is away.');
  } finally {
    stdout.mockRestore();
    stderr.mockRestore();
  }
});
