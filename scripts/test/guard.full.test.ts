import { describe, expect, test } from 'vitest';
import { ourBodySigner, signingFloor } from '../bench/figures/signing.js';
import { EVERY_ACTION, ONE_ACTION, bundle } from '../bench/bundles.js';
import { interleave, rateOf, ratioOf } from '../bench/measure.js';
import { taskWith } from '../bench/params.js';
import { runNode } from '../bench/processes.js';

interface Counts {
  hashes: number;
  hmacs: number;
  bytes: number;
  /** System calls, of client and server together; on Linux alone. */
  reads?: number;
  writes?: number;
  allocated: number;
  loadedByImport: number;
  undiciModules: number;
}

// No timed test: what does not vary is counted, and what varies is compared with its floor in the same run.
describe('what a call costs has not grown', () => {
  test('in hashes, bytes on the wire, system calls, memory and modules', async () => {
    const flags = ['--expose-gc', '--max-semi-space-size=128', '--min-semi-space-size=128'];
    const counts = await runNode<Counts>('starts/counts.mjs', [], flags);
    // The body, the canonical request, and the two of an HMAC; the signing key is kept.
    expect(counts.hashes).toBe(4);
    expect(counts.hmacs).toBe(0);
    // The body is 83 bytes; the rest are the headers that the service asks for, and those of HTTP.
    expect(counts.bytes).toBeGreaterThan(450);
    expect(counts.bytes).toBeLessThan(620);
    // Head and body leave together, and nothing is asked of the system twice; the rest is what counting takes.
    expect(counts.writes ?? 2, 'one of the client, one of the server').toBeCloseTo(2, 0);
    expect(counts.reads ?? 2).toBeLessThan(2.5);
    expect(counts.allocated).toBeLessThan(14_000);
    expect(counts.loadedByImport, 'importing loads nothing of undici').toBe(0);
    expect(counts.undiciModules, 'the parts that a pool needs').toBeLessThan(30);
  });

  test.each([
    ['one action', ONE_ACTION, 16_000, 37_850],
    ['every action', EVERY_ACTION, 30_000, 52_050],
  ])('in what a bundle with %s loads', async (_name, program, first, called) => {
    const loaded = await bundle(program);
    expect(loaded.chunks, 'the program, and what runs calls').toBeLessThanOrEqual(2);
    expect(loaded.first, 'before the first call').toBeLessThan(first);
    expect(loaded.called, 'once a call has succeeded').toBeLessThan(called);
  });

  test('in the time to serialise and sign, as a share of what cannot be spared', async () => {
    const sign = ourBodySigner();
    const floor = signingFloor();
    const task = taskWith(1);
    const rates = await interleave(
      {
        ours: () => rateOf(() => sign(Buffer.from(JSON.stringify(task))), 30),
        floor: () => rateOf(() => floor(task), 30),
      },
      11,
    );
    expect(ratioOf(rates.ours, rates.floor)).toBeGreaterThan(0.5); // Measured: 0.95.
  });
});
