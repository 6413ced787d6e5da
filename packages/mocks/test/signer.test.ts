import { sha256Hex } from '../../core/src/signing/sha256.js';
import { Signer, prepareHeaders } from '../../core/src/signing/tc3.js';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { verifySignature } from '../src/gateway/signature.js';

const printable = fc.string({
  minLength: 1,
  maxLength: 64,
  unit: fc.integer({ min: 0x21, max: 0x7e }).map((code) => String.fromCharCode(code)),
});
const identifier = printable.filter((text) => !/[/,]/.test(text));

test('the signer of the client and the verifier of the mock agree, and on nothing else', () => {
  const cases = fc.record({
    secretId: identifier,
    secretKey: printable,
    host: fc.domain(),
    port: fc.option(fc.integer({ min: 1, max: 65_535 })),
    body: fc.string({ unit: 'binary' }),
    timestamp: fc.integer({ min: 0, max: 9_999_999_999 }),
    flip: fc.constantFrom('body', 'host', 'x-tc-action', 'secretKey', 'nothing'),
  });
  const signer = new Signer();
  fc.assert(
    fc.property(cases, ({ secretId, secretKey, host, port, body, timestamp, flip }) => {
      const hostHeader = port === null ? host : `${host}:${port}`;
      const headers = {
        'content-type': 'application/json; charset=utf-8',
        host: hostHeader,
        'x-tc-action': 'CreateThing',
      };
      const authorization = signer.authorization({
        secretId,
        secretKey,
        service: 'ccc',
        timestamp,
        headers: prepareHeaders(Object.entries(headers)),
        payloadHash: sha256Hex(body),
      });
      const received = {
        ...headers,
        ...(flip in headers ? { [flip]: 'other.example' } : {}),
        'x-tc-timestamp': String(timestamp),
        authorization,
      };
      const request = {
        method: 'POST',
        path: '/',
        headers: received,
        body: Buffer.from(flip === 'body' ? `${body}x` : body),
      };
      const known = [{ secretId, secretKey: flip === 'secretKey' ? `${secretKey}x` : secretKey }];
      const verify = () => verifySignature(request, known, 'ccc', timestamp * 1000);
      if (flip === 'nothing') expect(verify()).toBe(known[0]);
      else expect(verify).toThrow(/signature does not match/);
    }),
  );
});
