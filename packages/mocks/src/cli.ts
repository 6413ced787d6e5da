#!/usr/bin/env node
import { parseArgs } from 'node:util';
import { MockEngine, mockCredentials } from './engine.js';
import { MockServer } from './server.js';

const USAGE = `Usage: tccc-mock [options]

Runs a mock of the outbound-call API on a loopback port, and prints one line of JSON when it is ready.

  --port <number>        port to listen on; default 0, any free one
  --seed <number>        makes ids and random faults the same in each run
  --secret-id <text>     the secret id that it knows; default ${mockCredentials.secretId}
  --secret-key <text>    the secret key that it knows; default ${mockCredentials.secretKey}
  --signatures <mode>    strict (default), presence or off
  --rate-limit <number>  requests per second and action, or off; default: the documented limit
  --help                 this text

Routes beside the API: GET /__mock/health, GET /__mock/journal, POST /__mock/reset. Ends cleanly on SIGTERM.`;

const OPTIONS = {
  port: { type: 'string', default: '0' },
  seed: { type: 'string' },
  'secret-id': { type: 'string', default: mockCredentials.secretId },
  'secret-key': { type: 'string', default: mockCredentials.secretKey },
  signatures: { type: 'string', default: 'strict' },
  'rate-limit': { type: 'string' },
  help: { type: 'boolean', default: false },
} as const;

class UsageError extends Error {}

function wholeNumber(name: string, text: string): number {
  if (!/^\d{1,10}$/.test(text)) throw new UsageError(`--${name} must be a whole number.`);
  return Number(text);
}

function signatureMode(text: string): 'strict' | 'presence' | 'off' {
  if (text === 'strict' || text === 'presence' || text === 'off') return text;
  throw new UsageError('--signatures must be strict, presence or off.');
}

function readOptions() {
  try {
    return parseArgs({ options: OPTIONS, strict: true }).values;
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}

async function main(): Promise<void> {
  const values = readOptions();
  if (values.help) return console.log(USAGE);
  const { seed, 'rate-limit': rateLimit } = values;
  const engine = new MockEngine({
    credentials: [{ secretId: values['secret-id'], secretKey: values['secret-key'] }],
    signatures: signatureMode(values.signatures),
    ...(seed === undefined ? {} : { seed: wholeNumber('seed', seed) }),
    ...(rateLimit === undefined
      ? {}
      : { rateLimit: rateLimit === 'off' ? 'off' : wholeNumber('rate-limit', rateLimit) }),
  });
  const server = await MockServer.start(engine, { port: wholeNumber('port', values.port) });
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => void server.close());
  console.log(JSON.stringify({ ready: true, url: server.url, pid: process.pid, seed: engine.seed }));
}

main().catch((error: unknown) => {
  const isUsage = error instanceof UsageError;
  console.error(
    isUsage ? `${error.message}\n\n${USAGE}` : `tccc-mock could not start: ${(error as Error).message}`,
  );
  process.exitCode = isUsage ? 2 : 1;
});
