import { join } from 'node:path';
import type { Consumer } from './consumer.js';

/** A first program: one call against the mock, as the README of the mock has it. */
const CALL = `
import { OutboundClient } from '@tccc/outbound';
import { MockEngine, MockServer, mockCredentials } from '@tccc/mocks';

const server = await MockServer.start(new MockEngine());
const client = new OutboundClient({ endpoint: server.url, credentials: mockCredentials });
const { TaskId } = await client.createAutoCalloutTask({
  SdkAppId: 1400000000,
  NotBefore: Math.floor(Date.now() / 1000),
  Callees: ['008613012345678'],
  Callers: ['008602012345678'],
  IvrId: 8,
});
console.log('called', TaskId > 0);
await client.close();
await server.close();
`;

/** The same packages from CommonJS. */
const REQUIRE = `
const { OutboundClient } = require('@tccc/outbound');
console.log('required', typeof OutboundClient);
`;

/** Runs what a newcomer would run first. Rejects with what went wrong. */
export async function tryPackages(consumer: Consumer, entries: readonly string[]): Promise<void> {
  await consumer.write('call.js', CALL);
  await consumer.write('require.cjs', REQUIRE);
  const imports = entries.map((entry) => `await import(${JSON.stringify(entry)});`).join('\n');
  await consumer.write('imports.js', `${imports}\nconsole.log('imported');`);
  for (const [args, expected] of [
    [['call.js'], 'called true\n'],
    [['require.cjs'], 'required function\n'],
    [['imports.js'], 'imported\n'],
  ] as const) {
    const said = await consumer.run(process.execPath, ...args);
    if (said !== expected) throw new Error(`${args[0]} said ${JSON.stringify(said)}.`);
  }
  for (const command of ['tccc-mock', 'tccc-bulk']) {
    // The program that npx would run.
    const help = await consumer.run(join(consumer.path, 'node_modules/.bin', command), '--help');
    if (!help.includes(command)) throw new Error(`${command} --help does not say what ${command} is.`);
  }
}
