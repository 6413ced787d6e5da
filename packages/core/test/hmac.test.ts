import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { HmacKey, hmac } from '../src/signing/hmac.js';

/** RFC 4231, section 4, for SHA-256: key, data (both as bytes in hex), digest. */
const VECTORS: readonly (readonly [name: string, key: string, data: string, digest: string])[] = [
  [
    'test case 1',
    '0b'.repeat(20),
    Buffer.from('Hi There').toString('hex'),
    'b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7',
  ],
  [
    'test case 2',
    Buffer.from('Jefe').toString('hex'),
    Buffer.from('what do ya want for nothing?').toString('hex'),
    '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843',
  ],
  [
    'test case 3',
    'aa'.repeat(20),
    'dd'.repeat(50),
    '773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe',
  ],
  [
    'test case 4',
    '0102030405060708090a0b0c0d0e0f10111213141516171819',
    'cd'.repeat(50),
    '82558a389a443c0ea4cc819899f2083a85f0faa3e578f8077a2e3ff46729665b',
  ],
];

test.each(VECTORS)('RFC 4231, %s', (_name, key, data, digest) => {
  const text = Buffer.from(data, 'hex').toString('latin1');
  expect(new HmacKey(Buffer.from(key, 'hex')).sign(text)).toBe(digest);
});

test('the same as the HMAC of Node.js, for many texts under one key', () => {
  const latin1 = fc.string({
    unit: fc.integer({ min: 0, max: 255 }).map((code) => String.fromCharCode(code)),
  });
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 64 }), fc.array(latin1, { maxLength: 6 }), (bytes, texts) => {
      const key = Buffer.from(bytes);
      const own = new HmacKey(key);
      for (const text of texts) {
        const expected = createHmac('sha256', key).update(text, 'latin1').digest('hex');
        expect(own.sign(text)).toBe(expected);
        if (/^[\0-\x7f]*$/.test(text)) expect(hmac(key, text).toString('hex')).toBe(expected);
      }
    }),
  );
});

test('what it cannot sign is refused, not signed wrongly', () => {
  expect(() => new HmacKey(Buffer.alloc(65))).toThrow('The key is longer than a block.');
  expect(() => new HmacKey(Buffer.alloc(32)).sign('x'.repeat(1_025))).toThrow(
    'The text to sign is too long.',
  );
});
