import { createHash, createHmac } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { inspect } from 'node:util';
import { ccc } from 'tencentcloud-sdk-nodejs/tencentcloud/services/ccc/index.js';
import { describe, expect, test, vi } from 'vitest';
import { MockEngine, MockServer, mockCredentials } from '../src/index.js';
import type { MockRequest } from '../src/index.js';
import { Journal } from '../src/journal/journal.js';
import { exampleOf, rangeOf, signedRequest } from './support.js';
import type { WrongSigner } from './wrong-signer.js';
import { NOW_MS, signWrong, wrongSigners } from './wrong-signer.js';

const another = { secretId: 'AKIDanother', secretKey: 'key-of-another', token: 'token-of-another' };

/** A mock in which it is the time of the wrong signers. */
function setUp() {
  const clock = { now: () => NOW_MS, monotonic: () => 0 };
  const engine = new MockEngine({ seed: 1, clock, credentials: [mockCredentials, another] });
  const answer = (request: MockRequest) => {
    const { body } = engine.handle(request);
    return { body: String(body), entry: engine.journal.entries.at(-1)! };
  };
  return { engine, answer };
}

test('the signer that all mistakes are made in is right without one', () => {
  const { entry } = setUp().answer(signWrong({}));
  expect([entry.code, entry.diagnosis]).toEqual(['OK', undefined]);
});

describe('the diagnosis of a refused signature', () => {
  test.each(wrongSigners)('%s: %s', (mistake, _what, wrong) => {
    const { body, entry } = setUp().answer(signWrong(wrong));
    expect(entry.code).not.toBe('OK');
    expect(entry.diagnosis!.map((one) => one.mistake)).toContain(mistake);
    // What is known is all that is wrong.
    expect(entry.diagnosis!.map((one) => one.mistake)).not.toContain('unknown');
    for (const { says } of entry.diagnosis!) expect(says).toMatch(/^[A-Z].*[.?]$/);
    // The wire has the words of the service only.
    expect(body).not.toMatch(/canonical|string to sign|diagnosis|did you mean|POST/i);
    const shown = JSON.stringify([entry.diagnosis, entry.canonicalRequest, entry.stringToSign]);
    for (const secret of [mockCredentials.secretKey, another.secretKey, 'token-of'])
      expect(shown).not.toContain(secret);
  });

  test('the canonical request and the string to sign are what should have been signed', () => {
    const { entry } = setUp().answer(
      signWrong({ scope: ['2026-03-10', 'cvm', 'tc3_request'], lines: ['host', 'content-type'] }),
    );
    expect(entry.canonicalRequest).toMatch(
      /^POST\n\/\n\ncontent-type:application\/json\nhost:mock\.example\nx-tc-action:createautocallouttask\n\ncontent-type;host;x-tc-action\n[0-9a-f]{64}$/,
    );
    expect(entry.stringToSign).toMatch(
      /^TC3-HMAC-SHA256\n1773099000\n2026-03-09\/ccc\/tc3_request\n[0-9a-f]{64}$/,
    );
  });

  test('several mistakes that can be seen are all named', () => {
    const { entry } = setUp().answer(
      signWrong({ scope: ['2026-03-10', 'cvm', 'tc3_request'], signedHeaders: ['host', 'content-type'] }),
    );
    expect(entry.diagnosis!.map(({ mistake }) => mistake)).toEqual([
      'wrong-service',
      'local-date',
      'headers-not-sorted',
    ]);
  });

  test('a local date names the right one, whatever the scope declares', () => {
    const scope = ['2026-03-01', 'ccc', 'tc3_request'];
    const { entry } = setUp().answer(signWrong({ scope, keyParts: ['2026-03-10', 'ccc', 'tc3_request'] }));
    expect(entry.diagnosis!.map(({ says }) => says)).toEqual([
      expect.stringContaining('"2026-03-01"; it must be the UTC date of X-TC-Timestamp, 2026-03-09.'),
      expect.stringContaining(
        'The date 2026-03-10 was signed, which may be the local one. It must be the UTC date of X-TC-Timestamp, 2026-03-09.',
      ),
    ]);
  });

  test('a header that only its form makes wrong is told its form', () => {
    const writeAuthorization = (text: string) => text.replace('Credential=', 'credential=');
    expect(setUp().answer(signWrong({ writeAuthorization })).entry.diagnosis).toMatchObject([
      { mistake: 'authorization-form' },
    ]);
  });

  test('a wrong secret is no usual mistake, and it says so', () => {
    const { entry } = setUp().answer(signWrong({ secret: 'wrong' }));
    expect(entry.diagnosis).toEqual([
      { mistake: 'unknown', says: expect.stringContaining('the secret key is wrong') as string },
    ]);
  });

  test('a token is not shown, even if it is signed', () => {
    const request = signedRequest('{}', {
      credentials: { ...another, token: 'token-of-mine' },
      timestamp: NOW_MS / 1000,
      signed: ['content-type', 'host', 'x-tc-token'],
    });
    const { entry } = setUp().answer(request);
    expect(entry.code).toBe('AuthFailure.TokenFailure');
    expect(entry.canonicalRequest).toContain('x-tc-token:***\n');
  });

  test('a secret is not shown, even if the client has put it where it does not belong', () => {
    const { secretKey } = mockCredentials;
    const { entry } = setUp().answer(
      signWrong({ scope: ['2026-03-09', secretKey, 'ccc', 'tc3_request'], headers: { host: secretKey } }),
    );
    expect(entry.diagnosis!.map(({ says }) => says).join()).toContain('"2026-03-09/***/ccc/tc3_request"');
    expect(JSON.stringify([entry.diagnosis, entry.canonicalRequest, entry.stringToSign])).not.toContain(
      secretKey,
    );
  });

  test('a secret is not shown in lower case, nor what a header has that is secret by its name', () => {
    const secretKey = 'Key-Of-Mine';
    const engine = new MockEngine({
      clock: { now: () => NOW_MS, monotonic: () => 0 },
      credentials: [{ ...mockCredentials, secretKey, token: `${secretKey}-2` }],
    });
    const signedHeaders = ['content-type', 'cookie', 'host', 'x-other'];
    engine.handle(
      signWrong({ signedHeaders, headers: { cookie: 'session', 'x-other': `${secretKey}-2 ${secretKey}` } }),
    );
    expect(engine.journal.entries[0]!.canonicalRequest).toContain(
      'cookie:***\nhost:mock.example\nx-other:*** ***\n',
    );
  });

  test.each(['constructor', '__proto__'])(
    'a signed header that every object has is one that was not sent: %s',
    (name) => {
      const { engine, answer } = setUp();
      const writeAuthorization = (text: string) => text.replace('Headers=', `Headers=${name};`);
      const { body, entry } = answer(signWrong({ writeAuthorization }));
      expect(body).toContain('AuthFailure.');
      expect(entry.canonicalRequest).toContain(`\n${name.toLowerCase()}:\n`);
      expect([...engine.journal.entriesAsJson(0, 9)]).toHaveLength(1);
    },
  );

  test('a body that is too long to be kept is diagnosed as far as it can be', () => {
    const body = JSON.stringify({ Callees: ['1'.repeat(100_000)] });
    const { answer } = setUp();
    expect(answer(signWrong({ body, prefix: '' })).entry.diagnosis).toMatchObject([
      { mistake: 'missing-tc3-prefix' },
    ]);
    expect(answer(signWrong({ body, signedBody: `${body}\n` })).entry.diagnosis).toMatchObject([
      { mistake: 'unknown' },
    ]);
  });
});

/** Indented by 4 spaces, it would have 32 MB. */
const deepBody = `${'['.repeat(500)}${'1,'.repeat(16_000)}1${']'.repeat(500)}`;

describe('what it costs', () => {
  test('nothing is diagnosed until somebody looks, and then once', () => {
    const { answer } = setUp();
    const { entry } = answer(signWrong({ prefix: '' }));
    expect(Object.keys(entry)).not.toContain('diagnosis');
    expect(inspect(entry)).not.toContain('missing-tc3-prefix');
    expect(entry.diagnosis).toBe(entry.diagnosis);
  });

  test.each<[string, WrongSigner]>([
    [
      'many headers',
      {
        signedHeaders: [
          'content-type',
          'host',
          ...Array.from({ length: 60 }, (_, index) => `x-${index + 10}`),
        ],
        headers: Object.fromEntries(Array.from({ length: 60 }, (_, index) => [`x-${index + 10}`, 'value'])),
        secret: 'wrong',
      },
    ],
    ['a long body', { body: JSON.stringify({ Name: '<通/"'.repeat(5_000) }), secret: 'wrong' }],
    ['a flat body', { body: `[${'1,'.repeat(32_000)}1]`, secret: 'wrong' }],
    ['a deep body', { body: '['.repeat(8_000) + ']'.repeat(8_000), secret: 'wrong' }],
    ['a large body on a deep level', { body: deepBody, secret: 'wrong' }],
    ['long names', { writeAuthorization: (text) => text.replace('host', 'h'.repeat(500)) }],
    ['a long header', { writeAuthorization: (text) => text + ' '.repeat(10_000) + 'x' }],
  ])('is bounded: %s', (_name, wrong) => {
    const { entry } = setUp().answer(signWrong(wrong));
    // What is hashed for it, which is nearly all of the work.
    let [texts, bytes] = [0, 0];
    const prototypes = [createHash('sha256'), createHmac('sha256', '')].map(
      (one) => Object.getPrototypeOf(one) as { update(text: string): unknown },
    );
    const spies = prototypes.map((prototype) => {
      const { update } = prototype;
      return vi.spyOn(prototype, 'update').mockImplementation(function (this: unknown, text) {
        texts++;
        bytes += Buffer.byteLength(text);
        return update.call(this as typeof prototype, text);
      });
    });
    expect(entry.diagnosis!.length).toBeGreaterThan(0);
    for (const spy of spies) spy.mockRestore();
    expect(texts).toBeLessThan(2_000);
    expect(bytes).toBeLessThan(4_000_000);
  });

  test('the journal as JSON explains the first hundred, and those that were read', () => {
    const { engine, answer } = setUp();
    for (let count = 0; count < 150; count++) answer(signWrong({ prefix: '' }));
    // Time stands still: there is a limit for it, which another test is about.
    const now = vi.spyOn(performance, 'now').mockReturnValue(0);
    expect(engine.journal.entries.at(-1)!.diagnosis).toHaveLength(1);
    const texts = [...engine.journal.entriesAsJson(0, 1_000)].map(([, text]) => JSON.parse(text) as object);
    now.mockRestore();
    expect(texts.map((entry) => 'diagnosis' in entry)).toEqual(
      Array.from({ length: 150 }, (_, index) => index < 100 || index === 149),
    );
    expect(texts[0]).toMatchObject({
      code: 'AuthFailure.SignatureFailure',
      diagnosis: [{ mistake: 'missing-tc3-prefix' }],
      stringToSign: expect.any(String) as string,
    });
  });
});

describe('explaining as JSON', () => {
  const recorded = {
    receivedAtMs: 0,
    tookMs: 0,
    action: '',
    secretId: '',
    code: 'AuthFailure',
    requestId: '',
  };
  const explainedIn = (journal: Journal) =>
    [...journal.entriesAsJson(0, 100)].filter(([, text]) => text.includes('"diagnosis"')).length;

  test('ends after 200 ms', () => {
    let nowMs = 0;
    const now = vi.spyOn(performance, 'now').mockImplementation(() => nowMs);
    const journal = new Journal();
    const explain = () => ({ diagnosis: [], took: (nowMs += 60) });
    for (let count = 0; count < 10; count++) journal.record(recorded, undefined, { explain });
    expect([explainedIn(journal), explainedIn(journal)]).toEqual([4, 8]);
    now.mockRestore();
  });

  test('goes on if one cannot be explained', () => {
    const journal = new Journal();
    const fail = () => {
      throw new Error('fails');
    };
    journal.record(recorded, undefined, { explain: fail });
    journal.record(recorded, undefined, { explain: () => ({ diagnosis: [] }) });
    expect(explainedIn(journal)).toBe(2);
    expect(journal.entries[0]!.diagnosis).toMatchObject([{ mistake: 'unknown' }]);
  });
});

describe('wrong parameters', () => {
  test('are listed all at once, with the names that were probably meant', () => {
    const { answer } = setUp();
    const { Callees: _left, ...example } = exampleOf('CreateAutoCalloutTask');
    const { min, max } = rangeOf('CreateAutoCalloutTask', 'Tries');
    const wrong = { ...example, Calees: ['1'], Tries: max + 1, SdkAppId: 'x', '13012345678': 1 };
    const { body, entry } = answer(signWrong({ body: JSON.stringify(wrong) }));
    expect(entry.diagnosis!.map(({ says }) => says).sort()).toEqual([
      'Calees: is not a known name; did you mean Callees?',
      'Callees: is required, but missing.',
      'SdkAppId: expected an integer, but got a string of 1 character.',
      `Tries: expected an integer from ${min} to ${max} attempts, but got ${max + 1}.`,
      expect.stringMatching(/^\[…\]: is not a known name; the known names are SdkAppId, /),
    ]);
    expect(body).toContain('UnknownParameter');
  });

  test('an unknown action gets the one that was probably meant', () => {
    const { entry } = setUp().answer(signWrong({ action: 'CreateAutoCallOutTasks' }));
    expect(entry.diagnosis).toEqual([
      {
        mistake: 'InvalidAction',
        says: 'The mock knows no such action; did you mean CreateAutoCalloutTask?',
      },
    ]);
  });
});

test('the official Node.js SDK with a wrong key gets the code, and the journal has the diagnosis', async () => {
  const engine = new MockEngine();
  await using server = await MockServer.start(engine);
  const client = (secretKey: string) =>
    new ccc.v20200210.Client({
      credential: { secretId: mockCredentials.secretId, secretKey },
      region: '',
      profile: { httpProfile: { endpoint: new URL(server.url).host, protocol: 'http://' } },
    });
  const call = async (secretKey: string) => {
    const example = exampleOf('CreateAutoCalloutTask') as never;
    await expect(client(secretKey).CreateAutoCalloutTask(example)).rejects.toMatchObject({
      code: 'AuthFailure.SignatureFailure',
    });
    return engine.journal.entries.at(-1)!;
  };
  expect((await call('wrong')).diagnosis).toMatchObject([{ mistake: 'unknown' }]);
  expect((await call(`${mockCredentials.secretKey} `)).diagnosis).toEqual([
    { mistake: 'secret-with-space', says: 'The secret key was used with a space at its end. Trim it.' },
  ]);
});

test('docs/mock.md names each mistake that is tested, and no other', async () => {
  const page = await readFile(new URL('../../../docs/mock.md', import.meta.url), 'utf8');
  const [, list] = /^The mistakes that it knows:\n\n([^]*?)\n\n/m.exec(page)!;
  const named = [...list!.replaceAll(/\([^)]*\)/g, '').matchAll(/`([a-z0-9-]+)`/g)].map(([, name]) => name!);
  expect(named.sort()).toEqual([...new Set(wrongSigners.map(([mistake]) => mistake))].sort());
});
