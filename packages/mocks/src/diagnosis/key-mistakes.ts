import { createHash, createHmac } from 'node:crypto';
import type { Mac, Recipe } from '../gateway/recipe.js';
import { hmacSha256 } from '../gateway/recipe.js';
import type { Given } from './given.js';
import type { Mistake, Try } from './mistake.js';

/** Mistakes in how the signing key is made, and in what is done with it. */
export const keyMistakes: readonly Mistake[] = [
  { mistake: 'hmac-text', tries: hmacText },
  { mistake: 'hmac-exchanged', tries: hmacExchanged },
  { mistake: 'key-steps', tries: keySteps },
  { mistake: 'empty-key', tries: emptyKey },
  { mistake: 'key-prefix', tries: keyPrefix },
  { mistake: 'hash-algorithm', tries: hashAlgorithm },
  { mistake: 'date-form', tries: dateForm },
  { mistake: 'secret-form', tries: secretForm },
];

/** What is done with the result of one step before the next one takes it. */
const TEXTS: Readonly<Record<string, (digest: Buffer) => string>> = {
  'hex text': (digest) => digest.toString('hex'),
  'upper-case hex text': (digest) => digest.toString('hex').toUpperCase(),
  'Base64 text': (digest) => digest.toString('base64'),
  'text, which loses bytes that are not characters': (digest) => digest.toString('utf8'),
  'Latin-1 text, written in UTF-8': (digest) => digest.toString('latin1'),
};

function* hmacText({ secret, keyParts }: Recipe): Iterable<Try> {
  for (const [name, write] of Object.entries(TEXTS)) {
    const step: Mac = (key, text) => Buffer.from(write(hmacSha256(key, text)));
    const says = `The key of a step was given to the next one as ${name}. Give the raw bytes of each HMAC to the next; only the signature is hex.`;
    yield [{ step }, says];
    // Only the last key, or all but the last.
    yield [{ step: (key, text) => (text === keyParts.at(-1) ? step : hmacSha256)(key, text) }, says];
    yield [{ step: (key, text) => (text === keyParts.at(-1) ? hmacSha256 : step)(key, text) }, says];
    yield [{ step: (key, text) => (key.equals(Buffer.from(secret)) ? step : hmacSha256)(key, text) }, says];
  }
}

function* hmacExchanged(): Iterable<Try> {
  const exchanged: Mac = (key, text) => createHmac('sha256', text).update(key).digest();
  const says = (where: string) =>
    `Key and text of the HMAC were swapped ${where}: the key is the result of the step before.`;
  yield [{ step: exchanged, last: exchanged }, says('in each step')];
  yield [{ step: exchanged }, says('in the steps of the signing key')];
  yield [{ last: exchanged }, says('in the last step')];
}

function* keySteps({ scope, keyParts }: Recipe): Iterable<Try> {
  const right =
    'The signing key must be made in three steps: of the date, then of the service, then of tc3_request';
  const [date = '', service = '', end = ''] = keyParts;
  const orders = [
    [service, date, end],
    [end, service, date],
    [date, end, service],
    [service, end, date],
    [end, date, service],
  ];
  for (const parts of orders) {
    const what = `${right}. Here, date and service, or other steps, were swapped.`;
    yield [{ keyParts: parts }, what];
    yield [{ keyParts: parts, scope: parts }, what];
    yield [
      { scope: parts },
      `The scope must be date, service and tc3_request, in this order. Here, some of them were swapped in the string to sign.`,
    ];
  }
  const steps = {
    'the last one was missing': [date, service],
    'that of the service was missing': [date, end],
    'that of the date was missing': [service, end],
    'the secret key signed by itself, without any': [],
    'only that of the date was made': [date],
    'they were made of the whole scope at once': [scope.join('/')],
    'they were made of all parts in one': [keyParts.join('')],
    'one more, of nothing, was made': [...keyParts, ''],
  };
  for (const [what, parts] of Object.entries(steps)) yield [{ keyParts: parts }, `${right}. Here, ${what}.`];
}

/** What programs write in place of a missing value. */
const NOTHINGS = [
  '',
  'undefined',
  'null',
  'None',
  'nil',
  '$SECRET_KEY',
  '${SECRET_KEY}',
  'YOUR_SECRET_KEY',
  '***',
];

function* emptyKey(): Iterable<Try> {
  for (const nothing of NOTHINGS) {
    const what = nothing === '' ? 'empty' : `the text "${nothing}"`;
    yield [
      { secret: `TC3${nothing}` },
      `The secret key was ${what}. Is the variable that it comes from set?`,
    ];
    yield [{ secret: nothing }, `The secret key was ${what}. Is the variable that it comes from set?`];
  }
  yield [{ step: () => Buffer.alloc(0) }, 'The signing key was empty.'];
}

function* keyPrefix({ secret }: Recipe): Iterable<Try> {
  const bare = secret.slice('TC3'.length);
  const prefixes = ['tc3', 'Tc3', 'TC2', 'TC3 ', 'TC3_', 'TC3-', 'TC3-HMAC-SHA256', 'AWS4', 'TC3TC3'];
  for (const prefix of prefixes)
    yield [
      { secret: prefix + bare },
      `The signing key began with "${prefix}" and the secret key; it must begin with "TC3".`,
    ];
  yield [
    { secret: `${bare}TC3` },
    'The signing key began with the secret key and "TC3"; "TC3" must come before it.',
  ];
}

function* hashAlgorithm(): Iterable<Try> {
  for (const name of ['sha1', 'md5', 'sha512', 'sha384', 'sha224', 'sha512-256', 'sha3-256']) {
    const mac: Mac = (key, text) => createHmac(name, key).update(text).digest();
    const hash = (text: string) => createHash(name).update(text).digest('hex');
    const writeHash: Recipe['writeHash'] = (_hash, canonical) => hash(canonical);
    const says = (where: string) => `The algorithm ${name} was used ${where}; it must be SHA-256.`;
    yield [{ step: mac, last: mac, writeHash }, says('for every hash and HMAC')];
    yield [{ step: mac, last: mac }, says('for every HMAC')];
    yield [{ last: mac }, says('for the signature')];
    yield [{ step: mac }, says('for the signing key')];
    yield [{ writeHash }, says('for the hash of the canonical request')];
  }
  const plain: Mac = (key, text) => createHash('sha256').update(key).update(text).digest();
  const says = 'SHA-256 of the key and the text was computed, instead of HMAC-SHA256.';
  yield [{ step: plain, last: plain }, says];
  yield [{ last: plain }, says];
  yield [{ step: plain }, says];
}

function* dateForm({ scope, keyParts }: Recipe, { seconds = 0 }: Given): Iterable<Try> {
  const iso = new Date(seconds * 1000).toISOString();
  const [year, month, day] = iso.slice(0, 10).split('-') as [string, string, string];
  const forms = [
    year + month + day,
    `${year}/${month}/${day}`,
    `${Number(year)}-${Number(month)}-${Number(day)}`,
    `${day}-${month}-${year}`,
    `${month}/${day}/${year}`,
    iso,
    iso.replace('.000', ''),
    `${seconds}`,
  ];
  for (const form of forms) {
    const says = `The date was signed as "${form}"; it must be "${year}-${month}-${day}".`;
    yield [{ scope: scope.with(0, form), keyParts: keyParts.with(0, form) }, says];
    yield [{ scope: scope.with(0, form) }, says];
    yield [{ keyParts: keyParts.with(0, form) }, says];
  }
}

function* secretForm({ secret }: Recipe): Iterable<Try> {
  const bare = secret.slice('TC3'.length);
  const forms: Record<string, string> = {
    'in Base64': Buffer.from(bare).toString('base64'),
    'decoded from Base64': Buffer.from(bare, 'base64').toString('latin1'),
    'in hex': Buffer.from(bare).toString('hex'),
    'in lower case': bare.toLowerCase(),
    'in upper case': bare.toUpperCase(),
    'URL-encoded': encodeURIComponent(bare),
    'without its first character': bare.slice(1),
    'without its last character': bare.slice(0, -1),
    'hashed by SHA-256': createHash('sha256').update(bare).digest('hex'),
  };
  for (const [how, written] of Object.entries(forms))
    if (written !== bare)
      yield [{ secret: `TC3${written}` }, `The secret key was used ${how}. Use it as it is.`];
}
