// What one call costs in things that can be counted: hashes, HMACs, bytes on the wire, system calls that read and write, bytes
// allocated, modules loaded.
import crypto from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createRequire, syncBuiltinESMExports } from 'node:module';

const counts = { hashes: 0, hmacs: 0 };
const { hash, createHmac } = crypto;
crypto.hash = (...args) => (counts.hashes++, hash(...args));
crypto.createHmac = (...args) => (counts.hmacs++, createHmac(...args));
syncBuiltinESMExports();

const { OutboundClient } = await import('@tccc/outbound');
const require = createRequire(import.meta.url);
const credentials = { secretId: 'AKIDbenchmark', secretKey: 'benchmark-secret-key' };
const task = { SdkAppId: 1, NotBefore: 1, Callees: ['1'], Callers: ['2'], IvrId: 3 };
let responses = 0;
/** Each response has a request id of its own, as those of the service. */
const nextResponse = () => `{"Response":{"TaskId":1,"RequestId":"r${++responses}"}}`;
const loadedByImport = Object.keys(require.cache).length;

// Over a real connection: bytes per call, and what of undici is loaded.
const sockets = new Set();
const server = createServer((request, response) => {
  sockets.add(request.socket);
  request.resume().on('end', () => response.end(nextResponse()));
});
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
const client = new OutboundClient({
  endpoint: `http://127.0.0.1:${server.address().port}`,
  credentials,
  pacing: { limit: 1_000_000 },
});
await client.createAutoCalloutTask(task);
/** What this process, server and client, has read and written so far; undefined where the system does not count it. */
const systemCalls = () => {
  if (!existsSync('/proc/self/io')) return undefined;
  const counted = readFileSync('/proc/self/io', 'utf8');
  const of = (name) => Number(new RegExp(`${name}: (\\d+)`).exec(counted)[1]);
  return { reads: of('syscr'), writes: of('syscw') };
};
const received = () => [...sockets].reduce((sum, socket) => sum + socket.bytesRead, 0);
const before = { ...counts, bytes: received(), ...systemCalls() };
const CALLS = 50;
for (let call = 0; call < CALLS; call++) await client.createAutoCalloutTask(task);
const perCall = {
  hashes: (counts.hashes - before.hashes) / CALLS,
  hmacs: (counts.hmacs - before.hmacs) / CALLS,
  bytes: (received() - before.bytes) / CALLS,
};
const after = systemCalls();
if (after !== undefined) {
  perCall.reads = (after.reads - before.reads) / CALLS;
  perCall.writes = (after.writes - before.writes) / CALLS;
}
const undiciModules = Object.keys(require.cache).filter((path) => path.includes('undici')).length;

// Without a network: bytes allocated per call. The young generation is large enough to keep them all.
const dispatcher = {
  dispatch(_options, handler) {
    const controller = { abort() {} };
    handler.onRequestStart(controller, {});
    handler.onResponseStart(controller, 200, {});
    handler.onResponseData(controller, Buffer.from(nextResponse()));
    handler.onResponseEnd(controller, {});
    return true;
  },
};
const local = new OutboundClient({ site: 'intl', dispatcher, credentials, pacing: { limit: 1_000_000 } });
for (let call = 0; call < 3_000; call++) await local.createAutoCalloutTask(task);
globalThis.gc();
const heap = process.memoryUsage().heapUsed;
for (let call = 0; call < 2_000; call++) await local.createAutoCalloutTask(task);
const allocated = (process.memoryUsage().heapUsed - heap) / 2_000;

console.log(JSON.stringify({ ...perCall, allocated, loadedByImport, undiciModules }));
process.exit();
