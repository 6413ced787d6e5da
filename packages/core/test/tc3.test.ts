import { describe, expect, test } from 'vitest';
import {
  Signer,
  canonicalRequest,
  credentialScope,
  deriveKey,
  prepareHeaders,
  stringToSign,
  utcDate,
} from '../src/signing/tc3.js';
import { sha256Hex } from '../src/signing/sha256.js';

/** The worked example of the official documentation, in its two published editions. */
const BODY = '{"Limit": 1, "Filters": [{"Values": ["\\u672a\\u547d\\u540d"], "Name": "instance-name"}]}';
const TIMESTAMP = 1_551_113_065;
const CONTENT_TYPE = ['content-type', 'application/json; charset=utf-8'] as const;
const HOST = ['host', 'cvm.tencentcloudapi.com'] as const;
const ACTION = ['x-tc-action', 'DescribeInstances'] as const;

const editions = [
  {
    edition: 'oldest',
    secretId: 'AKIDz8krbsJ5yKBZQpn74WFkmLPx3EXAMPLE',
    secretKey: 'Gu5t9xGARNpq86cd98joQYCN3EXAMPLE',
    toSign: [CONTENT_TYPE, HOST],
    signed: 'content-type;host',
    canonicalHash: '5ffe6a04c0664d6b969fab9a13bdab201d63ee709638e2749d62a09ca18d7031',
    key: 'ac658d5dde49e9bfdd14e04e062f66b05d9f637d44b8a8d845327d4a77f666b1',
    signature: '72e494ea809ad7a8c8f7a4507b9bddcbaa8e581f516e8da2f66e2c5a96525168',
  },
  {
    edition: 'newest',
    secretId: `AKID${'*'.repeat(32)}`,
    secretKey: '*'.repeat(32),
    toSign: [CONTENT_TYPE, HOST, ACTION],
    signed: 'content-type;host;x-tc-action',
    canonicalHash: '7019a55be8395899b900fb5564e4200d984910f34794a27cb3fb7d10ff6a1e84',
    key: 'b596b923aad85185e2d1f6659d2a062e0a86731226e021e61bfe06f7ed05f5af',
    signature: '10b1a37a7301a02ca19a647ad722d5e43b4b3cff309d421d85b46093f6ab6c4f',
  },
];

describe.each(editions)(
  'the documented example, $edition edition',
  ({ secretId, secretKey, toSign, ...expected }) => {
    const headers = prepareHeaders(toSign);
    const payloadHash = sha256Hex(BODY);

    test('hash of the body', () => {
      expect(payloadHash).toBe('35e9c5b0e3ae67532d3c9f17ead6c90222632e5b1ff7f6e89887f1398934f064');
    });

    test('canonical request', () => {
      const canonical = canonicalRequest({ headers, payloadHash });
      expect(canonical.startsWith('POST\n/\n\ncontent-type:application/json; charset=utf-8\nhost:cvm.')).toBe(
        true,
      );
      expect(canonical.endsWith(`\n\n${expected.signed}\n${payloadHash}`)).toBe(true);
      expect(sha256Hex(canonical)).toBe(expected.canonicalHash);
    });

    test('string to sign, with the UTC date although it is the next day in China', () => {
      const scope = credentialScope(utcDate(TIMESTAMP), 'cvm');
      const text = stringToSign(TIMESTAMP, scope, canonicalRequest({ headers, payloadHash }));
      expect(text).toBe(`TC3-HMAC-SHA256\n1551113065\n2019-02-25/cvm/tc3_request\n${expected.canonicalHash}`);
    });

    test('derived key', () => {
      expect(deriveKey(secretKey, '2019-02-25', 'cvm').toString('hex')).toBe(expected.key);
    });

    test('authorization', () => {
      const signer = new Signer();
      const input = { secretId, secretKey, service: 'cvm', timestamp: TIMESTAMP, headers, payloadHash };
      const authorization = `TC3-HMAC-SHA256 Credential=${secretId}/2019-02-25/cvm/tc3_request, SignedHeaders=${expected.signed}, Signature=${expected.signature}`;
      expect(signer.authorization(input)).toBe(authorization);
      expect(signer.authorization(input), 'from the cached key').toBe(authorization);
    });
  },
);

describe('Signer', () => {
  const input = {
    secretId: 'id',
    secretKey: 'key',
    service: 'thing',
    timestamp: TIMESTAMP,
    headers: prepareHeaders([CONTENT_TYPE, HOST]),
    payloadHash: sha256Hex(''),
  };
  const dateOf = (authorization: string) => /\/(\d{4}-\d\d-\d\d)\//.exec(authorization)?.[1];

  test('changes date and key at midnight UTC, and back for a clock that is corrected', () => {
    const signer = new Signer();
    const lastSecond = Date.UTC(2026, 10, 20) / 1000 - 1;
    const before = signer.authorization({ ...input, timestamp: lastSecond });
    const after = signer.authorization({ ...input, timestamp: lastSecond + 1 });
    expect([dateOf(before), dateOf(after)]).toEqual(['2026-11-19', '2026-11-20']);
    expect(signer.authorization({ ...input, timestamp: lastSecond })).toBe(before);
    expect(after).toBe(new Signer().authorization({ ...input, timestamp: lastSecond + 1 }));
  });

  test('never signs with the key of other credentials, however many there are', () => {
    const signer = new Signer();
    for (let round = 0; round < 30; round++) {
      const other = { ...input, secretKey: `key ${round % 11}`, service: `s${round % 3}` };
      expect(signer.authorization(other)).toBe(new Signer().authorization(other));
    }
  });

  test('refuses a scope that it would have to cut', () => {
    expect(() => new Signer().authorization({ ...input, service: 's'.repeat(2_000) })).toThrow(RangeError);
  });

  test('hashes UTF-8 bytes, as text and as buffer', () => {
    expect(sha256Hex('通知 📞')).toBe(sha256Hex(Buffer.from('通知 📞')));
  });

  test('signs the host with its port', () => {
    const canonical = canonicalRequest({
      headers: prepareHeaders([['host', 'ccc.example:8443']]),
      payloadHash: '',
    });
    expect(canonical).toContain('\nhost:ccc.example:8443\n');
  });
});
