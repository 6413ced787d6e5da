// A fuzz of raw servers. Truth: executed ids. Checks success => own id and (not falsely created twice), not-executed => 0.
import { afterEach, expect, test } from 'vitest';
import type { Socket } from 'node:net';
import { gzipSync } from 'node:zlib';
import { clientFor, closeClients } from './support/client.js';
import { RawServer, eachRequest } from './support/raw-server.js';
import { createThing } from './support/service.js';
import { randomUUID } from 'node:crypto';
afterEach(closeClients);
function rng(seed: number) { let s = seed >>> 0; return () => { s = (s + 0x6d2b79f5) >>> 0; let t = Math.imul(s ^ (s >>> 15), 1 | s); t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t; return ((t ^ (t >>> 14)) >>> 0) / 4294967296; }; }
const pick = <T,>(r: () => number, a: readonly T[]): T => a[Math.floor(r() * a.length)]!;
function encode(r: () => number, body: string, status = 200): { bytes: Buffer; closes: boolean; desc: string } {
  let b: Buffer = Buffer.from(body); let h = ''; const d: string[] = [];
  if (r() < 0.2) { b = gzipSync(b); h += 'Content-Encoding: gzip\r\n'; d.push('gzip'); }
  if (r() < 0.2) { h += `Keep-Alive: timeout=${pick(r, [0, 1, 2, 3, 5])}\r\n`; d.push('ka'); }
  let closes = false;
  if (r() < 0.15) { h += 'Connection: close\r\n'; closes = true; d.push('close'); }
  else if (r() < 0.1) { h += 'Connection: keep-alive\r\n'; }
  const proto = r() < 0.1 ? (d.push('1.0'), closes = true, 'HTTP/1.0') : 'HTTP/1.1';
  let pre = '';
  if (r() < 0.15) { pre = pick(r, ['HTTP/1.1 100 Continue\r\n\r\n', 'HTTP/1.1 103 Early Hints\r\nlink: x\r\n\r\n', 'HTTP/1.1 102 P\r\n\r\nHTTP/1.1 100 Continue\r\n\r\n']); d.push('1xx'); }
  const mode = pick(r, ['cl', 'cl', 'chunk', 'eof']);
  let out: Buffer;
  const head = (m: string) => Buffer.from(`${pre}${proto} ${status} OK\r\n${h}${m}\r\n`);
  if (mode === 'cl' || proto === 'HTTP/1.0' && mode === 'chunk') out = Buffer.concat([head(`Content-Length: ${b.length}\r\n`), b]);
  else if (mode === 'chunk') {
    const parts: Buffer[] = [head('Transfer-Encoding: chunked\r\n')];
    for (let at = 0; at < b.length;) { const n = 1 + Math.floor(r() * 60); const c = b.subarray(at, at + n); parts.push(Buffer.from(c.length.toString(16) + (r() < .2 ? ';ext=1' : '') + '\r\n'), c, Buffer.from('\r\n')); at += n; }
    parts.push(Buffer.from(r() < 0.2 ? '0\r\nx-trailer: y\r\n\r\n' : '0\r\n\r\n')); out = Buffer.concat(parts);
  } else { closes = true; out = Buffer.concat([head(r() < .5 ? 'Connection: close\r\n' : ''), b]); }
  d.push(mode);
  return { bytes: out, closes: closes || mode === 'eof', desc: d.join('+') };
}
async function writeSlices(r: () => number, socket: Socket, bytes: Buffer) {
  if (r() < 0.5) { socket.write(bytes); return; }
  for (let at = 0; at < bytes.length;) { const n = 1 + Math.floor(r() * 120); socket.write(bytes.subarray(at, at + n)); at += n; if (r() < 0.7) await new Promise((x) => setImmediate(x)); }
}
test('fuzz', async () => {
  const base = Number(process.env.SEED ?? Date.now() % 1e6); const N = Number(process.env.N ?? 60); const tls = process.env.TLS === '1';
  const lies: string[] = []; const counts: Record<string, number> = {};
  let nextId = 1;
  for (let seed = base; seed < base + N; seed++) {
    const r = rng(seed);
    const executed = new Map<string, number[]>(); const log = new Map<string, string[]>();
    let stray = false;
    await using server = await RawServer.start((socket) => {
      socket.on('error', () => {});
      eachRequest(socket, (body) => void (async () => {
        const name = JSON.parse(body).Name as string; const l = log.get(name) ?? []; log.set(name, l);
        const ok = () => { const id = nextId++; executed.set(name, [...(executed.get(name) ?? []), id]); return JSON.stringify({ Response: { TaskId: id, RequestId: randomUUID() } }); };
        const no = (code: string) => JSON.stringify({ Response: { Error: { Code: code, Message: 'm' }, RequestId: randomUUID() } });
        const k = r();
        if (k < 0.3) { const e = encode(r, ok()); l.push('ok ' + e.desc); await writeSlices(r, socket, e.bytes); if (e.closes) socket.end(); }
        else if (k < 0.5) { const e = encode(r, no(pick(r, ['RequestLimitExceeded', 'InvalidParameter', 'AuthFailure.TokenFailure']))); l.push('no ' + e.desc); await writeSlices(r, socket, e.bytes); if (e.closes) socket.end(); }
        else if (k < 0.75) { // false refusal then the real one, in time
          let e = encode(r, no(pick(r, ['RequestLimitExceeded', 'InvalidParameter', 'AuthFailure.TokenFailure']))); const f = encode(r, ok());
          const how = pick(r, ['same', 'soon', 'tick']); l.push(`lie(${how}) ${e.desc} / ${f.desc}`);
          if (e.closes && how !== 'same') { while (e.closes) e = encode(r, no('RequestLimitExceeded')); l.push('-> ' + e.desc); }
          if (how === 'same') socket.write(Buffer.concat([e.bytes, f.bytes]));
          else { await writeSlices(r, socket, e.bytes); if (how === 'soon') await new Promise((x) => setTimeout(x, 3)); else await new Promise((x) => setImmediate(x)); await writeSlices(r, socket, f.bytes); }
          if (f.closes) socket.end();
        } else if (k < 0.85) { const e = encode(r, ok()); const cut = 1 + Math.floor(r() * (e.bytes.length - 1)); l.push(`cut ${cut}/${e.bytes.length} ${e.desc}`); socket.write(e.bytes.subarray(0, cut)); await new Promise((x) => setImmediate(x)); if (r() < .5) socket.resetAndDestroy(); else socket.end(); }
        else if (k < 0.9) { const f = encode(r, ok()); const s = pick(r, [204, 205, 304, 502, 429]); const e = encode(r, pick(r, ['', '<html>', no('RequestLimitExceeded')]), s); l.push(`status ${s} ${e.desc}, real ${f.desc}`); await writeSlices(r, socket, e.bytes); if (e.closes) return void socket.end(); if (r() < .5) await writeSlices(r, socket, f.bytes); if (f.closes) socket.end(); }
        else if (k < 0.95) { l.push('reset'); if (r() < .5) ok(); socket.resetAndDestroy(); }
        else { const e = encode(r, ok()); l.push('dup ' + e.desc); socket.write(Buffer.concat([e.bytes, e.bytes])); if (e.closes) socket.end(); }
      })());
    }, tls);
    const client = clientFor(server, { pacing: false, random: r, retry: { baseMs: 20, capMs: 40 }, attemptTimeoutMs: 1500, maxConnections: 1 + Math.floor(r() * 3) });
    const calls = Array.from({ length: 12 }, async (_, i) => {
      const name = `c${i}`; await new Promise((x) => setTimeout(x, r() * 30));
      const res = await client.call(createThing, { Name: name }).then((v) => ({ outcome: 'success', id: v.TaskId, code: '' }), (e) => ({ outcome: e.outcome as string, id: 0, code: e.code as string }));
      const ids = executed.get(name) ?? [];
      counts[res.outcome + ' ' + res.code] = (counts[res.outcome + ' ' + res.code] ?? 0) + 1;
      const bad = res.outcome === 'success' ? ids.length !== 1 || ids[0] !== res.id : res.outcome === 'not-executed' ? ids.length !== 0 : false;
      if (bad) lies.push(`seed ${seed} ${name} ${JSON.stringify(res)} executed ${ids} log ${JSON.stringify(log.get(name))}`);
    });
    await Promise.all(calls);
  }
  console.log('FUZZ', JSON.stringify(counts)); for (const l of lies) console.log('LIE', l);
}, 600_000);
