import { execFile } from 'node:child_process';
import { cp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { generate } from '../generate/generate.js';
import { findDrift, writeTree } from '../generate/tree.js';
import { addConsumer, compileAll, Copy, lintSpec, runTests } from '../support/copy.js';
import { root } from '../support/root.js';

const run = promisify(execFile);

/** Tests that follow the spec, whatever it has. */
const GENERATED_TESTS = ['packages/mocks/test/fixtures.test.ts', 'packages/mocks/test/actions.test.ts'];

/** Uses the product like any other: typed, validated, paced, mocked. */
const USE = `
import { MockEngine, createMock, fixtures, mockClientOptions } from '@tccc/mocks';
import type { GetParcelResult, Phase, RegisterParcelRequest, Settle } from '@tccc/outbound';
import { ListParcels, OutboundClient, RegisterParcel, actions, isValidationError, sites } from '@tccc/outbound';

const params: RegisterParcelRequest = {
  Label: 'abc', Kind: 'letter', Stops: [{ Town: 'Ulm', Hours: [[1, 2]] }, { Town: 'Bonn' }],
  From: 7, Note: null, Speed: null, Door: null, Class: 3, Grid: [[1], []], Box: { Sides: [0.5] },
};
// @ts-expect-error Not one of the listed values.
const wrong: RegisterParcelRequest = { ...params, Kind: 'bag' };
// @ts-expect-error None of From, To and Fragile.
const none: RegisterParcelRequest = { Label: 'abc', Kind: 'box', Stops: [] };
const later: Phase = 17; // A result is open.
const settle: Settle = RegisterParcel.settle;

// A time that passes only by engine.advance().
const startMs = Math.floor(Date.now() / 1_000) * 1_000;
const { engine, clientOptions } = createMock({ seed: 1, itemMs: 1_000, clock: { now: () => startMs, monotonic: () => 0 } });
const client = new OutboundClient(clientOptions);
const Departs = startMs / 1_000 + 3_600;
const { Parcel } = await client.registerParcel({ ...params, Departs });
const found: GetParcelResult = await client.getParcel({ Parcel });
const held: number | null | undefined = found.Held;
const phases = [found.Phase];
const stand = async () => phases.push((await client.getParcel({ Parcel })).Phase);
await client.holdParcel({ Parcel });
await stand();
const twice = await client.holdParcel({ Parcel }).catch((error: Error & { code?: string }) => error.code);
await client.releaseParcel({ Parcel });
engine.advance(3_601_000);
await stand();
const { Scans } = await client.listScans({ Parcel, Page: 0, Size: 5 });
engine.advance(1_000);
await stand();
const { Count, Parcels } = await client.listParcels({ Page: 1, Size: 1, Kind: 'letter', Search: 'bc' });
const { Count: boxes } = await client.listParcels({ Page: 1, Size: 1, Kind: 'box' });
await client.deleteParcel({ Parcel });
const gone = await client.getParcel({ Parcel }).catch((error: Error & { code?: string }) => error.code);
const { Depot } = await client.registerDepot({ Yard: 'north', Towns: ['ULM'] });
const { Towns } = await client.getDepot({ Depot, Yard: 'north' });
const elsewhere = await client.getDepot({ Depot, Yard: 'south' }).catch((error: Error & { code?: string }) => error.code);
const counted = new MockEngine({ seed: 1, rateLimit: 'off' });
const other = new OutboundClient({ ...mockClientOptions(counted), pacing: {} });
await Promise.all(Array.from({ length: 20 }, () => other.registerParcel(params)));
const refusal = await client
  .registerParcel({ ...wrong, Label: '🙂🙂🙂🙂🙂🙂', Weight: 31, To: 7, Grid: [[1, 4]], Door: { Colour: 'red' }, Class: 4 } as never)
  .catch((error: unknown) => (isValidationError(error) ? error.issues.map(({ message }) => message) : error));
console.log(JSON.stringify({ Parcel, held, stops: found.Stops, phases, twice, scans: Scans.length, Count, Parcels, boxes, gone, Towns, elsewhere, later, none: none.Stops.length, settle, paging: ListParcels.paging, refusal, sites,
  actions: Object.keys(actions).length, fixtures: fixtures.length,
  worst: counted.journal.worstWindow(300), ping: await client.ping({}) }));
`;

describe('another product needs nothing but its spec', () => {
  let copy: Copy;
  let generated: Map<string, string>;
  const inCopy = (path: string) => join(copy.path, path);
  beforeAll(async () => {
    copy = await Copy.make();
    const product = join(root, 'scripts/test/other-product');
    const grammar = await readFile(inCopy('spec/extensions.schema.yaml'));
    await rm(inCopy('spec'), { recursive: true });
    await cp(product, inCopy('spec'), { recursive: true });
    await writeFile(inCopy('spec/extensions.schema.yaml'), grammar);
    generated = await generate(inCopy('spec'));
    await writeTree(copy.path, generated);
    await addConsumer(copy, USE);
    await compileAll(copy);
  });
  afterAll(() => copy[Symbol.asyncDispose]());

  test('which shares no action with ours', async () => {
    const [theirs, ours] = await Promise.all(
      [copy.path, root].map((path) => readdir(join(path, 'packages/outbound/src/generated'))),
    );
    expect(theirs!.filter((file) => ours!.includes(file)).sort()).toEqual(
      [
        'actions',
        'client',
        'common-errors',
        'common-meanings',
        'common-rules',
        'data-types',
        'end-statuses',
        'index',
        'product',
        'sites',
      ].map((name) => `${name}.ts`),
    );
    const effects = await readFile(inCopy('packages/mocks/src/generated/effects.ts'), 'utf8');
    expect(effects).toContain("of: { entity: 'parcel', id: 'Parcel' }");
    expect(await findDrift(copy.path, generated)).toEqual([]);
  });

  test('which the linter of the spec takes', async () => {
    expect(await lintSpec(copy)).toContain('Your API description is valid');
  });

  test('which compiles, and runs against the mock', async () => {
    const { stdout } = await run(process.execPath, [inCopy('consumer/dist/use.js')]);
    expect(JSON.parse(stdout)).toMatchObject({
      later: 17,
      none: 0,
      held: 0,
      stops: [
        { Town: 'Ulm', Delay: 9 },
        { Town: 'Bonn', Delay: 9 },
      ],
      phases: [0, 1, 0, 2],
      twice: 'Parcel.Lost',
      scans: 1,
      gone: 'Parcel.Lost',
      Count: 1,
      Parcels: [{ Label: 'abc', Phase: 2 }],
      boxes: 0,
      Towns: ['ULM'],
      elsewhere: 'Depot.Gone',
      actions: 12,
      fixtures: 12,
      worst: 7,
      sites: { moon: 'parcel.moon.test', mars: 'parcel.mars.test' },
      settle: {
        list: 'ListParcels',
        marker: 'Label',
        id: 'Parcel',
        isMarkerOptional: false,
        with: ['Kind'],
        filter: 'Search',
        item: { marker: 'Label', id: 'Parcel' },
      },
      paging: {
        items: 'Parcels',
        id: 'Parcel',
        total: 'Count',
        page: 'Page',
        first: 1,
        size: 'Size',
        maxSize: 9,
      },
      refusal: expect.arrayContaining([
        expect.stringMatching(/^Kind: expected one of "letter", "box", but got a string of 3 characters/),
        expect.stringMatching(/^Label: expected a string of 2 to 5 characters.* \(a check of this SDK/),
        expect.stringMatching(
          /^Weight: expected a number from 0.5 to 30 kilograms, but got 31 \(the documentation states it/,
        ),
        expect.stringMatching(/^To: must be greater than From \(a check of this SDK/),
        expect.stringMatching(/^Grid\[0\]\[1\]: expected an integer from -3 to 3/),
        expect.stringMatching(/^Door\.Colour: expected a colour/),
        expect.stringMatching(/^Class: expected one of 1, 2, 3, null/),
      ]) as string[],
      ping: { RequestId: expect.any(String) as string },
    });
  });

  test('whose generated tests pass', async () => {
    const { passed, failed } = await runTests(copy, GENERATED_TESTS);
    expect(failed).toEqual([]);
    expect(passed).toBeGreaterThan(200);
  });

  // That an editor shows them, whatever the product, is in editor.full.test.ts.
  test('whose declarations say what editors show', () => {
    const textOf = (file: string) => generated.get(`packages/outbound/src/generated/${file}.ts`)!;
    const weight =
      '  /**\n   * Weight.\n   *\n   * A number from 0.5 to 30 kilograms.\n   */\n  Weight?: number;';
    expect(textOf('register-parcel')).toContain(weight);
    expect(textOf('register-parcel')).toContain("  Speed?: 'slow' | 'fast' | null;");
    const [beforePing] = textOf('client').split('\n  ping(');
    expect(beforePing!.split('/**').at(-1)).toContain('The call changes nothing');
  });
});
