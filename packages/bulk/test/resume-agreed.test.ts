import { rename } from 'node:fs/promises';
import { PassThrough } from 'node:stream';
import { expect, test, vi } from 'vitest';
import { MockServer } from '@tccc/mocks';
import { resume } from '../src/cli/sending.js';
import { planBulk } from '../src/index.js';
import { common, numbers, setUp } from './support.js';

test('what somebody has agreed to is resumed, not a plan that took its place meanwhile', async () => {
  const { client, engine, ledger } = await setUp();
  await using server = await MockServer.start(engine);
  await planBulk({ ...common, client, ledger, input: numbers(20) });
  await planBulk({ ...common, client, ledger: `${ledger}.other`, input: numbers(40) });
  const [input, output] = [new PassThrough(), new PassThrough()];
  const terminal = { isTTY: true };
  const spies = [
    vi.spyOn(process, 'stdin', 'get').mockReturnValue(Object.assign(input, terminal) as never),
    vi.spyOn(process, 'stderr', 'get').mockReturnValue(Object.assign(output, terminal) as never),
  ];
  try {
    const resumed = resume({ values: { ledger, endpoint: server.url }, positionals: [] } as never);
    resumed.catch(() => {});
    let said = '';
    for await (const piece of output) if ((said += String(piece)).includes('Call 20 numbers')) break;
    for (const end of ['', '.plan']) await rename(`${ledger}.other${end}`, ledger + end);
    input.end('y\n');
    await expect(resumed).rejects.toMatchObject({ code: 'OtherRun' });
  } finally {
    for (const spy of spies) spy.mockRestore();
  }
  expect(engine.created).toEqual([]);
});
