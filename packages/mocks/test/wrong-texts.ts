import { createHash, createHmac } from 'node:crypto';
import { mockCredentials } from '../src/index.js';
import { exampleOf } from './support.js';
import type { WrongSigner } from './wrong-signer.js';

const sha256 = (data: string | Buffer) => createHash('sha256').update(data).digest('hex');
const hmac = (key: Buffer | string, text: Buffer | string) => createHmac('sha256', key).update(text).digest();
const base64Of = (hex: string) => Buffer.from(hex, 'hex').toString('base64');
const { secretKey } = mockCredentials;
const [DATE, SERVICE, END] = ['2026-03-09', 'ccc', 'tc3_request'] as const;

const example = exampleOf('CreateAutoCalloutTask');
const sorted = Object.fromEntries(Object.entries(example).sort(([a], [b]) => (a < b ? -1 : 1)));

/** Mistakes in how the texts that are signed are put together, in the keys, and in the hashes. */
export const wrongTexts: readonly (readonly [mistake: string, what: string, wrong: WrongSigner])[] = [
  [
    'line-ends',
    'The lines end as in Windows',
    { canonical: (text) => text.replaceAll('\n', '\r\n'), text: (text) => text.replaceAll('\n', '\r\n') },
  ],
  [
    'line-ends',
    'The lines of the canonical request end as in Windows',
    { canonical: (text) => text.replaceAll('\n', '\r\n') },
  ],
  [
    'line-ends',
    'The lines of the string to sign end as in Windows',
    { text: (text) => text.replaceAll('\n', '\r\n') },
  ],
  [
    'line-ends',
    String.raw`The lines are joined by a backslash and the letter n`,
    {
      canonical: (text) => text.replaceAll('\n', String.raw`\n`),
      text: (text) => text.replaceAll('\n', String.raw`\n`),
    },
  ],
  [
    'line-ends',
    'The lines of the canonical request are joined by spaces',
    { canonical: (text) => text.replaceAll('\n', ' ') },
  ],
  ['newlines', 'The canonical request has a newline at its end', { canonical: (text) => `${text}\n` }],
  ['newlines', 'The string to sign has a newline at its end', { text: (text) => `${text}\n` }],
  [
    'newlines',
    'Both have a newline at their end, as `echo` writes it',
    { canonical: (text) => `${text}\n`, text: (text) => `${text}\n` },
  ],
  [
    'newlines',
    'The empty line behind the canonical headers is missing',
    { canonical: (text) => text.replace('\n\ncontent-type;', '\ncontent-type;') },
  ],
  [
    'newlines',
    'There are two empty lines behind the canonical headers',
    { canonical: (text) => text.replace('\n\ncontent-type;', '\n\n\ncontent-type;') },
  ],
  [
    'newlines',
    'There is an empty line before the hash of the body',
    { canonical: (text) => text.replace('x-tc-action\n', 'x-tc-action\n\n') },
  ],
  [
    'query-line',
    'The line of the query string is missing',
    { canonical: (text) => text.replace('\n/\n\n', '\n/\n') },
  ],
  [
    'query-line',
    'The line of the query string has the action',
    {
      canonical: (text) => text.replace('\n/\n\n', '\n/\nAction=CreateAutoCalloutTask&Version=2020-02-10\n'),
    },
  ],
  [
    'query-line',
    'The line of the query string has the body',
    { canonical: (text) => text.replace('\n/\n\n', `\n/\n${JSON.stringify(example)}\n`) },
  ],
  ['method', 'The method is in lower case', { method: 'post' }],
  ['method', 'The method is another one', { method: 'GET' }],
  ['path', 'The path is empty', { canonical: (text) => text.replace('\n/\n', '\n\n') }],
  ['path', 'The line of the path is missing', { canonical: (text) => text.replace('\n/\n', '\n') }],
  ['path', 'The path is a URL', { canonical: (text) => text.replace('\n/\n', '\nhttp://mock.example/\n') }],
  [
    'header-spaces',
    'There are spaces behind the colons of the canonical headers',
    { canonical: (text) => text.replaceAll(/^([a-z-]+):/gm, '$1: ') },
  ],
  [
    'header-spaces',
    'There are spaces behind the semicolons of the signed names',
    { canonical: (text) => text.replace('content-type;host;x-tc-action', 'content-type; host; x-tc-action') },
  ],
  [
    'header-spaces',
    'The signed names are joined by commas',
    { canonical: (text) => text.replace('content-type;host;x-tc-action', 'content-type,host,x-tc-action') },
  ],
  [
    'header-names',
    'The names of the canonical headers are not in lower case',
    {
      canonical: (text) =>
        text
          .replace('content-type:', 'Content-Type:')
          .replace('host:', 'Host:')
          .replace('x-tc-action:', 'X-TC-Action:'),
    },
  ],
  [
    'header-names',
    'The names of the canonical headers are in upper case',
    { canonical: (text) => text.replaceAll(/^[a-z-]+(?=:)/gm, (name) => name.toUpperCase()) },
  ],
  [
    'unlisted-headers',
    'A header is signed that is not listed',
    {
      canonical: (text) => text.replace('\n\ncontent-type;', '\nx-tc-timestamp:1773099000\n\ncontent-type;'),
    },
  ],
  ['unlisted-headers', 'A header is listed that is not signed', { lines: ['content-type', 'host'] }],
  [
    'unlisted-headers',
    'The line of the signed names is missing',
    { canonical: (text) => text.replace('content-type;host;x-tc-action\n', '') },
  ],
  ['hash-form', 'The hash of the body is in Base64', { bodyHash: (body) => base64Of(sha256(body)) }],
  [
    'hash-form',
    'The hash of the canonical request is in Base64',
    { canonicalHash: (text) => base64Of(sha256(text)) },
  ],
  [
    'hash-form',
    'Both hashes are in Base64',
    { bodyHash: (body) => base64Of(sha256(body)), canonicalHash: (text) => base64Of(sha256(text)) },
  ],
  ['double-hash', 'The hash of the body is hashed again', { bodyHash: (body) => sha256(sha256(body)) }],
  [
    'double-hash',
    'The hash of the canonical request is hashed again',
    { canonicalHash: (text) => sha256(sha256(text)) },
  ],
  [
    'double-hash',
    'Both hashes are hashed again',
    { bodyHash: (body) => sha256(sha256(body)), canonicalHash: (text) => sha256(sha256(text)) },
  ],
  [
    'double-hash',
    'The bytes of the hash are hashed again',
    { canonicalHash: (text) => sha256(Buffer.from(sha256(text), 'hex')) },
  ],
  ['double-hash', 'The string to sign is hashed before it is signed', { text: sha256 }],
  ['double-hash', 'The body was used in place of its hash', { bodyHash: (body) => body }],
  ['double-hash', 'The canonical request was used in place of its hash', { canonicalHash: (text) => text }],
  [
    'double-hash',
    'Only the hash of the canonical request is signed',
    { text: (text) => text.split('\n').at(-1)! },
  ],
  [
    'string-to-sign',
    'The string to sign begins with another algorithm',
    { text: (text) => text.replace('TC3-HMAC-SHA256', 'HMAC-SHA256') },
  ],
  [
    'string-to-sign',
    'A line of the string to sign is missing',
    { text: (text) => text.replace(/^2026.*\n/m, '') },
  ],
  [
    'string-to-sign',
    'The string to sign has the secret id in its scope',
    { text: (text) => text.replace('2026-03-09/', `${mockCredentials.secretId}/2026-03-09/`) },
  ],
  ['string-to-sign', 'The time is signed as a date', { signedTimestamp: '2026-03-09T23:30:00Z' }],
  [
    'hmac-text',
    'The keys are handed from step to step as hex text',
    { step: (key, part) => Buffer.from(hmac(key, part).toString('hex')) },
  ],
  [
    'hmac-text',
    'The last key is hex text',
    { step: (key, part) => (part === END ? Buffer.from(hmac(key, part).toString('hex')) : hmac(key, part)) },
  ],
  [
    'hmac-text',
    'The keys are handed from step to step as Base64',
    { step: (key, part) => Buffer.from(hmac(key, part).toString('base64')) },
  ],
  [
    'hmac-text',
    'The keys are handed from step to step as text in UTF-8',
    { step: (key, part) => Buffer.from(hmac(key, part).toString('utf8')) },
  ],
  [
    'hmac-exchanged',
    'Key and text of each HMAC are exchanged',
    { step: (key, part) => hmac(part, key), last: (key, text) => hmac(text, key) },
  ],
  ['hmac-exchanged', 'Key and text of the last HMAC are exchanged', { last: (key, text) => hmac(text, key) }],
  ['key-steps', 'Date and service are exchanged in the key', { keyParts: [SERVICE, DATE, END] }],
  [
    'key-steps',
    'Date and service are exchanged in the string to sign',
    { signedScope: [SERVICE, DATE, END], keyParts: [DATE, SERVICE, END] },
  ],
  ['key-steps', 'Date and service are exchanged in both', { signedScope: [SERVICE, DATE, END] }],
  ['key-steps', 'The key lacks the step of `tc3_request`', { keyParts: [DATE, SERVICE] }],
  ['key-steps', 'The secret key signs without any step', { keyParts: [] }],
  ['empty-key', 'The secret key is empty', { secret: '' }],
  ['empty-key', 'The signing key is empty', { step: () => Buffer.alloc(0) }],
  ['empty-key', 'The secret key is the text `undefined`', { secret: 'undefined' }],
  ['key-prefix', 'The prefix `TC3` is in lower case', { prefix: 'tc3' }],
  ['key-prefix', 'The prefix `TC3` comes after the secret key', { prefix: '', secret: `${secretKey}TC3` }],
  [
    'hash-algorithm',
    'Everything is done with SHA-1',
    {
      canonicalHash: (text) => createHash('sha1').update(text).digest('hex'),
      step: (key, part) => createHmac('sha1', key).update(part).digest(),
      last: (key, text) => createHmac('sha1', key).update(text).digest(),
    },
  ],
  [
    'hash-algorithm',
    'The signature is made with SHA-512',
    { last: (key, text) => createHmac('sha512', key).update(text).digest() },
  ],
  [
    'hash-algorithm',
    'The signature is a hash, and no HMAC',
    { last: (key, text) => createHash('sha256').update(key).update(text).digest() },
  ],
  ['date-form', 'The date has no hyphens', { signedScope: ['20260309', SERVICE, END] }],
  ['date-form', 'The date has no hyphens in the key', { keyParts: ['20260309', SERVICE, END] }],
  ['date-form', 'Month and day have no leading zeros', { signedScope: ['2026-3-9', SERVICE, END] }],
  [
    'secret-form',
    'The secret key is decoded from Base64',
    { secret: Buffer.from(secretKey, 'base64').toString('latin1') },
  ],
  ['secret-form', 'The secret key is in upper case', { secret: secretKey.toUpperCase() }],
  [
    'body-changed',
    'The keys of the body are sorted after signing',
    { body: JSON.stringify(sorted), signedBody: JSON.stringify(example) },
  ],
  [
    'body-changed',
    'The keys of the body are sorted for signing',
    { body: JSON.stringify(example), signedBody: JSON.stringify(sorted) },
  ],
  [
    'body-changed',
    'The body is signed with a byte order mark',
    { signedBody: `\uFEFF${JSON.stringify(example)}` },
  ],
  [
    'body-changed',
    'The body is signed with a line end of Windows',
    { signedBody: `${JSON.stringify(example)}\r\n` },
  ],
  [
    'signature-form',
    'The signature is Base64 of its hex',
    { writeSignature: (hex) => Buffer.from(hex).toString('base64') },
  ],
];
