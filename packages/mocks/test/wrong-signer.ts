import { createHash, createHmac } from 'node:crypto';
import type { MockRequest } from '../src/index.js';
import { mockCredentials } from '../src/index.js';
import { exampleOf } from './support.js';
import { wrongTexts } from './wrong-texts.js';

/** 23:30 UTC, so that the date is another one a few time zones to the east. */
export const NOW_MS = Date.UTC(2026, 2, 9, 23, 30);
const SECONDS = NOW_MS / 1000;

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

const hmac = (key: Buffer | string, text: Buffer | string) => createHmac('sha256', key).update(text).digest();

/** A signer written like a script, each part of which can be done in another, wrong way. */
export interface WrongSigner {
  body?: string;
  signedBody?: string;
  bodyHash?: (body: string) => string;
  canonicalHash?: (canonical: string) => string;
  action?: string;
  secret?: string;
  prefix?: string;
  timestamp?: string;
  signedTimestamp?: string;
  /** The scope as it is declared, and if it differs, as it is signed. */
  scope?: string[];
  signedScope?: string[];
  keyParts?: string[];
  headers?: Record<string, string>;
  /** Values as they are signed, if they differ from those that are sent. */
  signedValues?: Record<string, string>;
  signedHeaders?: string[];
  /** The order of the canonical headers, if it differs. */
  lines?: string[];
  method?: string;
  /** Changes the canonical request, or the string to sign. */
  canonical?: (text: string) => string;
  text?: (text: string) => string;
  /** Makes one key of the one before, and the signature of the last. */
  step?: (key: Buffer, part: string) => Buffer;
  last?: (key: Buffer, text: string) => Buffer;
  writeSignature?: (hex: string) => string;
  writeAuthorization?: (text: string) => string;
}

export function signWrong(wrong: WrongSigner): MockRequest {
  const body = wrong.body ?? JSON.stringify(exampleOf('CreateAutoCalloutTask'));
  const timestamp = wrong.timestamp ?? String(SECONDS);
  const headers: Record<string, string> = {
    host: 'mock.example',
    'content-type': 'application/json',
    'x-tc-action': wrong.action ?? 'CreateAutoCalloutTask',
    'x-tc-version': '2020-02-10',
    'x-tc-timestamp': timestamp,
    ...wrong.headers,
  };
  const names = wrong.signedHeaders ?? ['content-type', 'host', 'x-tc-action'];
  const lines = (wrong.lines ?? names).map((name) => {
    const lower = name.toLowerCase();
    return `${lower}:${wrong.signedValues?.[lower] ?? headers[lower]!.toLowerCase()}\n`;
  });
  const bodyHash = (wrong.bodyHash ?? sha256)(wrong.signedBody ?? body);
  const written = `${wrong.method ?? 'POST'}\n/\n\n${lines.join('')}\n${names.join(';')}\n${bodyHash}`;
  const canonical = wrong.canonical?.(written) ?? written;
  const scope = wrong.scope ?? ['2026-03-09', 'ccc', 'tc3_request'];
  const signedScope = wrong.signedScope ?? scope;
  const text = [
    'TC3-HMAC-SHA256',
    wrong.signedTimestamp ?? timestamp,
    signedScope.join('/'),
    (wrong.canonicalHash ?? sha256)(canonical),
  ].join('\n');
  const { step = hmac, last = hmac } = wrong;
  let key: Buffer = Buffer.from((wrong.prefix ?? 'TC3') + (wrong.secret ?? mockCredentials.secretKey));
  for (const part of wrong.keyParts ?? signedScope) key = step(key, part);
  const hex = last(key, wrong.text?.(text) ?? text).toString('hex');
  const signature = wrong.writeSignature?.(hex) ?? hex;
  const authorization = `TC3-HMAC-SHA256 Credential=${mockCredentials.secretId}/${scope.join('/')}, SignedHeaders=${names.join(';')}, Signature=${signature}`;
  return {
    ...{ method: 'POST', path: '/', body: Buffer.from(body) },
    headers: { ...headers, authorization: wrong.writeAuthorization?.(authorization) ?? authorization },
  };
}

/** The usual mistakes: the name that docs/mock.md explains, and what the client does. */
export const wrongSigners: readonly (readonly [mistake: string, what: string, wrong: WrongSigner])[] = [
  ['local-date', 'The date of the scope is the local one', { scope: ['2026-03-10', 'ccc', 'tc3_request'] }],
  [
    'local-date',
    'The date is right in the header, and local in the key',
    { keyParts: ['2026-03-10', 'ccc', 'tc3_request'] },
  ],
  ['milliseconds', '`X-TC-Timestamp` is in milliseconds', { timestamp: String(NOW_MS) }],
  ['milliseconds', 'The time is signed in milliseconds', { signedTimestamp: String(NOW_MS) }],
  [
    'two-timestamps',
    'The clock is read twice, for the header and for the signature',
    { signedTimestamp: String(SECONDS + 1) },
  ],
  [
    'clock',
    'The clock is hours off',
    { timestamp: String(SECONDS + 8 * 3_600), scope: ['2026-03-10', 'ccc', 'tc3_request'] },
  ],
  [
    'secret-with-space',
    'The secret key has a space or a newline at its end',
    { secret: `${mockCredentials.secretKey}\n` },
  ],
  ['secret-with-space', 'The secret key has quotes around it', { secret: `"${mockCredentials.secretKey}"` }],
  ['missing-tc3-prefix', 'The signing key lacks the prefix `TC3`', { prefix: '' }],
  [
    'algorithm',
    '`Authorization` begins with another algorithm',
    { writeAuthorization: (text) => text.replace('TC3-', '') },
  ],
  ['other-secret', 'The secret id is used in place of the secret key', { secret: mockCredentials.secretId }],
  ['other-secret', 'The secret key of another key pair is used', { secret: 'key-of-another' }],
  [
    'content-type',
    'The content type is sent with a charset, but signed without',
    {
      headers: { 'content-type': 'application/json; charset=utf-8' },
      signedValues: { 'content-type': 'application/json' },
    },
  ],
  [
    'content-type',
    'The content type is signed with a charset, but sent without',
    { signedValues: { 'content-type': 'application/json; charset=utf-8' } },
  ],
  [
    'host',
    'The host is signed with a port, but sent without',
    { signedValues: { host: 'mock.example:443' } },
  ],
  ['host', 'The host is signed in upper case', { signedValues: { host: 'MOCK.EXAMPLE' } }],
  [
    'host',
    'The host of the service is signed, but the request goes to the mock',
    { signedValues: { host: 'ccc.tencentcloudapi.com' } },
  ],
  [
    'action-case',
    'The action is not signed in lower case',
    { signedValues: { 'x-tc-action': 'CreateAutoCalloutTask' } },
  ],
  [
    'body-changed',
    'The body is serialised again after signing',
    { signedBody: JSON.stringify(exampleOf('CreateAutoCalloutTask'), undefined, 2) },
  ],
  [
    'body-changed',
    'The body is signed with spaces, as `json.dumps` writes it',
    {
      body: '{"Callees":["通"],"SdkAppId":1}',
      signedBody: String.raw`{"Callees": ["\u901a"], "SdkAppId": 1}`,
    },
  ],
  ['empty-body-hash', 'The hash of an empty body is signed', { signedBody: '' }],
  [
    'upper-case-hex',
    'The hash of the body is in upper-case hex',
    { bodyHash: (body) => sha256(body).toUpperCase() },
  ],
  [
    'upper-case-hex',
    'The hash of the canonical request is in upper-case hex',
    { canonicalHash: (text) => sha256(text).toUpperCase() },
  ],
  ['upper-case-hex', 'The signature is in upper-case hex', { writeSignature: (hex) => hex.toUpperCase() }],
  [
    'signature-form',
    'The signature is in Base64',
    { writeSignature: (hex) => Buffer.from(hex, 'hex').toString('base64') },
  ],
  ['wrong-service', 'The scope names another service', { scope: ['2026-03-09', 'cvm', 'tc3_request'] }],
  [
    'wrong-service',
    'The key is made for another service',
    { keyParts: ['2026-03-09', 'tccc', 'tc3_request'] },
  ],
  [
    'wrong-scope',
    'The scope has the version of the product in it',
    { scope: ['2026-03-09', '2020-02-10', 'ccc', 'tc3_request'] },
  ],
  [
    'wrong-scope',
    'The scope has the region in it',
    {
      headers: { 'x-tc-region': 'ap-guangzhou' },
      scope: ['2026-03-09', 'ap-guangzhou', 'ccc', 'tc3_request'],
    },
  ],
  [
    'wrong-scope',
    'The scope is that of another version of the algorithm',
    { scope: ['2026-03-09', 'ccc', 'tc2_request'] },
  ],
  [
    'wrong-scope',
    'The key ends with something other than `tc3_request`',
    { keyParts: ['2026-03-09', 'ccc', 'aws4_request'] },
  ],
  [
    'headers-not-sorted',
    '`SignedHeaders` is not in alphabetical order',
    { signedHeaders: ['host', 'content-type'] },
  ],
  [
    'headers-not-sorted',
    'The canonical headers are not in alphabetical order',
    { lines: ['x-tc-action', 'host', 'content-type'] },
  ],
  ['signed-headers-missing', '`SignedHeaders` lacks `content-type` or `host`', { signedHeaders: ['host'] }],
  [
    'signed-headers-form',
    '`SignedHeaders` is not in lower case',
    { signedHeaders: ['Content-Type', 'Host'] },
  ],
  [
    'secret-id',
    'The secret id is misspelt',
    { writeAuthorization: (text) => text.replace('AKIDmock', 'AKIDmokc') },
  ],
  [
    'token',
    'A token is sent with a key pair that has none',
    { headers: { 'x-tc-token': 'token-of-nobody' } },
  ],
  ['no-authorization', 'There is no `Authorization`', { writeAuthorization: () => '' }],
  [
    'authorization-form',
    '`Authorization` is of another form',
    { writeAuthorization: () => 'Bearer of-nothing' },
  ],
  ...wrongTexts,
];
