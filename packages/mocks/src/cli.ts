#!/usr/bin/env node
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Command } from './cli/options.js';
import { commandOf } from './cli/options.js';
import { PROGRAM, runCommandLine } from './cli/parser.js';
import { readyJson, readyText } from './cli/ready.js';
import { UsageError } from './cli/usage-error.js';
import { MockEngine } from './engine/engine.js';
import { Pusher } from './push/pusher.js';
import { MockServer, isLoopback } from './server/server.js';

async function serve({
  engine: options,
  port,
  host,
  allowedHosts,
  tls,
  caFile,
  push,
  json,
}: Command): Promise<void> {
  if (!isLoopback(host)) {
    console.error(`Warning: at ${host}, others on the network can reach this mock and read its journal.`);
  }
  const engine = new MockEngine(options);
  const server = await MockServer.start(engine, { port, host, allowedHosts, tls, stayAlive: true });
  if (push !== undefined) new Pusher(engine, push).start();
  // At once: whatever is under way is lost anyway, and the journal is in memory only.
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => process.exit(0));
  const ca = server.ca === undefined ? {} : { ca: writeCa(server.ca, caFile) };
  const ready = { url: server.url, pid: process.pid, seed: engine.seed, ...ca };
  console.log(process.stdout.isTTY && !json ? readyText(ready) : readyJson(ready));
}

/** Writes the certificate that clients must trust; where to. A file that nobody asked for goes when the process ends. */
function writeCa(ca: string, file: string | undefined): string {
  const folder = file === undefined ? mkdtempSync(join(tmpdir(), 'tccc-mock-')) : undefined;
  const path = folder === undefined ? resolve(file!) : join(folder, 'ca.pem');
  writeFileSync(path, ca);
  if (folder !== undefined) process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  return path;
}

function ownVersion(): string {
  const { version } = createRequire(import.meta.url)('../package.json') as { version: string };
  return version;
}

runCommandLine(process.argv.slice(2), (given) => serve(commandOf(given)), ownVersion()).catch(
  (error: unknown) => {
    const isUsage = error instanceof UsageError;
    console.error(
      isUsage
        ? `${error.message} See ${PROGRAM} --help.`
        : `${PROGRAM} could not start: ${(error as Error).message}`,
    );
    // An end that does not wait for a server that was started already.
    process.exit(isUsage ? 2 : 1);
  },
);
