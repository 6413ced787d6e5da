// How far validating, serialising and signing one request with 100,000 callees raises the peak of resident memory, as a
// multiple of its body. The young generation is kept small (see the flag in figures/large.ts), so that what is resident
// is what is needed, and not what V8 has not collected yet.
import { actions } from '@tccc/outbound';
import { encodeParams } from '../../../packages/core/src/params/encode.ts';
import { sha256Hex } from '../../../packages/core/src/signing/sha256.ts';

const make = (callees) => ({
  SdkAppId: 1400000000,
  NotBefore: 1_700_000_000,
  Callees: Array.from({ length: callees }, (_, index) => `0086${13_000_000_000 + index}`),
  Callers: ['008602012345678'],
  IvrId: 8,
});

for (let round = 0; round < 50; round++) sha256Hex(encodeParams(actions.CreateAutoCalloutTask, make(3_000)));
const params = make(100_000);
globalThis.gc();
const before = process.resourceUsage().maxRSS;
const body = encodeParams(actions.CreateAutoCalloutTask, params);
sha256Hex(body);
console.log(JSON.stringify({ times: ((process.resourceUsage().maxRSS - before) * 1024) / body.length }));
