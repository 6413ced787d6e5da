// How far validating, serialising and signing one request with 100,000 callees raises resident memory at its peak, as a
// multiple of its body. The young generation is kept small (see the flag in figures/large.ts), so that what is resident
// is what is needed, and not what V8 has not collected yet. Only Linux can forget an earlier peak; elsewhere, that peak hides a
// part.
import { readFileSync, writeFileSync } from 'node:fs';
import { actions } from '@tccc/outbound';
import { encodeParams } from '../../../packages/core/src/params/encode.ts';
import { sha256Hex } from '../../../packages/core/src/signing/sha256.ts';

const make = (callees) => ({
  SdkAppId: 1400000000,
  NotBefore: 1_700_000_000,
  // In one piece each, as a file or JSON gives them: texts that were put together would be copied when they are first read.
  Callees: Array.from({ length: callees }, (_, index) => String(861_300_000_000_000 + index)),
  Callers: ['008602012345678'],
  IvrId: 8,
});

const isLinux = process.platform === 'linux';

/** `VmRSS` is what is resident now, `VmHWM` the peak; in bytes. */
function resident(which) {
  if (!isLinux) return 1024 * process.resourceUsage().maxRSS;
  const [, kilobytes] = new RegExp(`^${which}:\\s+(\\d+) kB$`, 'm').exec(
    readFileSync('/proc/self/status', 'utf8'),
  );
  return 1024 * Number(kilobytes);
}

for (let round = 0; round < 50; round++) sha256Hex(encodeParams(actions.CreateAutoCalloutTask, make(3_000)));
const params = make(100_000);
globalThis.gc();
if (isLinux) writeFileSync('/proc/self/clear_refs', '5');
const before = resident('VmRSS');
const body = encodeParams(actions.CreateAutoCalloutTask, params);
sha256Hex(body);
console.log(JSON.stringify({ times: (resident('VmHWM') - before) / body.length }));
