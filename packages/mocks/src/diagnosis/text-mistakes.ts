import type { Recipe } from '../gateway/recipe.js';
import { sha256 } from '../gateway/recipe.js';
import type { Given } from './given.js';
import type { Mistake, Try } from './mistake.js';

/** Mistakes in how the canonical request and the string to sign are put together. */
export const textMistakes: readonly Mistake[] = [
  { mistake: 'line-ends', tries: lineEnds },
  { mistake: 'newlines', tries: newlines },
  { mistake: 'method', tries: method },
  { mistake: 'path', tries: path },
  { mistake: 'query-line', tries: queryLine },
  { mistake: 'header-spaces', tries: headerSpaces },
  { mistake: 'header-names', tries: headerNames },
  { mistake: 'unlisted-headers', tries: unlistedHeaders },
  { mistake: 'hash-form', tries: hashForm },
  { mistake: 'double-hash', tries: doubleHash },
  { mistake: 'string-to-sign', tries: stringToSign },
];

type Change = (text: string) => string;

/** The two texts that are signed, and what each is called. */
const BOTH = 'the canonical request and the string to sign';
function* inTexts(change: Change, says: (what: string) => string): Iterable<Try> {
  yield [{ writeCanonical: change, writeText: change }, says(BOTH)];
  yield [{ writeCanonical: change }, says('the canonical request')];
  yield [{ writeText: change }, says('the string to sign')];
}

function* lineEnds(): Iterable<Try> {
  const ends = {
    'Windows line ends (CR LF)': '\r\n',
    'a carriage return (CR)': '\r',
    'a backslash and the letter n': String.raw`\n`,
    'a space': ' ',
    nothing: '',
  };
  for (const [name, end] of Object.entries(ends)) {
    const says = (what: string) =>
      `The lines of ${what} were joined by ${name}; they must be joined by a single newline (LF).`;
    yield* inTexts((text) => text.replaceAll('\n', end), says);
  }
}

function* newlines({ signedHeaders, payloadHash }: Recipe): Iterable<Try> {
  for (const [end, name] of [
    ['\n', 'a newline'],
    ['\r\n', 'a Windows line end'],
  ])
    yield* inTexts(
      (text) => text + end,
      (what) =>
        `${name} was signed at the end of ${what}. Its last line must end without one.`.replace(/^a/, 'A'),
    );
  yield* inTexts(
    (text) => `\n${text}`,
    (what) => `A newline was signed at the beginning of ${what}. There must be none.`,
  );
  const last = `${signedHeaders}\n${payloadHash}`;
  const says =
    'There must be one empty line between the last header and SignedHeaders in the canonical request: each header ends with a newline, and one more follows.';
  yield [
    { writeCanonical: (text) => text.replace(`\n\n${last}`, `\n${last}`) },
    `${says} Here, it was missing.`,
  ];
  yield [
    { writeCanonical: (text) => text.replace(`\n\n${last}`, `\n\n\n${last}`) },
    `${says} Here, there were two.`,
  ];
  yield [
    { writeCanonical: (text) => text.replace(last, `${signedHeaders}\n\n${payloadHash}`) },
    'An empty line was signed between SignedHeaders and the hash of the body. There must be none.',
  ];
  yield [
    { writeCanonical: (text) => text.replace('\n/\n\n', '\n/\n\n\n') },
    'Two empty lines were signed after the path. There must be one: the query string, which is empty.',
  ];
}

function* method({ method: right }: Recipe): Iterable<Try> {
  for (const method of [right.toLowerCase(), 'Post', 'GET', ''])
    yield [{ method }, `The method was signed as "${method}"; it must be "${right}".`];
}

function* path(_base: Recipe, { request }: Given): Iterable<Try> {
  const says = (found: string) => `The path was signed as "${found}"; it must be "/".`;
  for (const found of [
    '',
    '//',
    '/?',
    '/index.html',
    '/v2/index.php',
    '*',
    `http://${String(request.headers['host'])}/`,
  ])
    yield [{ writeCanonical: (text) => text.replace('\n/\n', () => `\n${found}\n`) }, says(found)];
  yield [
    { writeCanonical: (text) => text.replace('\n/\n', '\n') },
    'The path was not signed: the second line of the canonical request must be "/".',
  ];
}

function* queryLine(_base: Recipe, { request }: Given): Iterable<Try> {
  const right = 'The third line of the canonical request must be the query string, which is empty for POST';
  yield [
    { writeCanonical: (text) => text.replace('\n/\n\n', '\n/\n') },
    `${right}; here, the line was missing.`,
  ];
  const header = (name: string) => String(request.headers[name] ?? '');
  const [action, version, region] = ['x-tc-action', 'x-tc-version', 'x-tc-region'].map(header) as [
    string,
    string,
    string,
  ];
  const queries = [
    '?',
    '{}',
    ' ',
    'null',
    'undefined',
    `Action=${action}`,
    `Action=${action}&Version=${version}`,
    `Action=${action}&Region=${region}&Version=${version}`,
  ];
  for (const query of queries)
    yield [
      { writeCanonical: (text) => text.replace('\n/\n\n', () => `\n/\n${query}\n`) },
      `${right}; here, it was ${JSON.stringify(query)}.`,
    ];
  const body = request.body.toString();
  yield [
    { writeCanonical: (text) => text.replace('\n/\n\n', () => `\n/\n${body}\n`) },
    `${right}; here, it was the body.`,
  ];
}

function* headerSpaces({ headers, signedHeaders }: Recipe): Iterable<Try> {
  const with_ = (change: (name: string, value: string) => readonly [string, string]) =>
    headers.map(([name, value]) => change(name, value));
  yield [
    { headers: with_((name, value) => [name, ` ${value}`]) },
    'A space was signed after the ":" of each header. There must be none.',
  ];
  yield [
    { headers: with_((name, value) => [`${name} `, ` ${value}`]) },
    'Spaces were signed around the ":" of each header. There must be none.',
  ];
  yield [
    { headers: with_((name, value) => [name, `${value} `]) },
    'A space was signed at the end of each header. There must be none.',
  ];
  yield [
    { headers: with_((name, value) => [name, value.replaceAll(' ', '')]) },
    'The values of headers were signed without the spaces that are in them. Only those around a value are left out.',
  ];
  for (const [separator, name] of [
    ['; ', '"; "'],
    [',', '","'],
    [', ', '", "'],
    [' ', 'a space'],
    ['\n', 'a newline'],
  ] as const)
    yield [
      { signedHeaders: signedHeaders.replaceAll(';', separator) },
      `The names of the signed headers were joined by ${name} in the canonical request; they must be joined by ";", as in SignedHeaders.`,
    ];
  yield [
    { signedHeaders: `${signedHeaders};` },
    'A ";" was signed after the names of the signed headers. There must be none.',
  ];
}

function* headerNames({ headers, signedHeaders }: Recipe): Iterable<Try> {
  const says = (what: string) => `The names of the headers were signed ${what}; they must be in lower case.`;
  const cases = {
    'as they are usually written, such as Content-Type': title,
    'in upper case': (name: string) => name.toUpperCase(),
  };
  for (const [what, write] of Object.entries(cases)) {
    const written = headers.map(([name, value]) => [write(name), value] as const);
    const names = signedHeaders.split(';').map(write).join(';');
    yield [{ headers: written, signedHeaders: names }, says(what)];
    yield [{ headers: written }, says(what)];
    yield [{ signedHeaders: names }, says(what)];
  }
}

/** `x-tc-action` becomes `X-TC-Action`. */
function title(name: string): string {
  return name.replaceAll(/(^|-)(tc(?=-)|\w)/g, (part) => part.toUpperCase());
}

/** Headers that are signed by those who sign more, or fewer, than they list. */
const OTHERS = ['x-tc-action', 'x-tc-timestamp', 'x-tc-version', 'x-tc-region', 'x-tc-token'];

function* unlistedHeaders({ headers, signedHeaders }: Recipe, { request }: Given): Iterable<Try> {
  const says = (what: string) =>
    `The canonical request had ${what}. It must have the headers that SignedHeaders lists, each once.`;
  yield [{ headers: [], signedHeaders: '' }, says('no headers')];
  yield [{ headers: [] }, says('no headers')];
  yield [
    { signedHeaders: '' },
    'The line with the names of the signed headers was empty in the canonical request.',
  ];
  yield [
    { writeCanonical: (text) => text.replace(`\n${signedHeaders}\n`, '\n') },
    'The line with the names of the signed headers was missing in the canonical request.',
  ];
  for (const [left] of headers) {
    const some = headers.filter(([name]) => name !== left);
    yield [{ headers: some }, says(`no ${left}`)];
    yield [{ headers: some, signedHeaders: some.map(([name]) => name).join(';') }, says(`no ${left}`)];
  }
  for (const name of OTHERS) {
    const value = request.headers[name];
    if (typeof value !== 'string' || headers.some(([one]) => one === name)) continue;
    for (const written of new Set([value.toLowerCase(), value])) {
      const more = [...headers, [name, written] as const];
      yield [{ headers: more }, says(`${name}, which is not listed`)];
      yield [
        { headers: more, signedHeaders: more.map(([one]) => one).join(';') },
        says(`${name}, which is not listed`),
      ];
    }
  }
}

function* hashForm({ payloadHash }: Recipe): Iterable<Try> {
  const says = (what: string, how: string) =>
    `The hash of ${what} was written in ${how}; it must be in lower-case hex.`;
  const forms: Record<string, Change> = {
    Base64: (hash) => Buffer.from(hash, 'hex').toString('base64'),
    'Base64 for URLs': (hash) => Buffer.from(hash, 'hex').toString('base64url'),
    'Base64 of its hex': (hash) => Buffer.from(hash).toString('base64'),
    'raw bytes': (hash) => Buffer.from(hash, 'hex').toString('latin1'),
    'hex with "0x" before it': (hash) => `0x${hash}`,
  };
  for (const [how, write] of Object.entries(forms)) {
    yield [{ payloadHash: write(payloadHash) }, says('the body', how)];
    yield [{ writeHash: write }, says('the canonical request', how)];
    yield [
      { payloadHash: write(payloadHash), writeHash: write },
      says('the body, and that of the canonical request,', how),
    ];
  }
}

function* doubleHash({ payloadHash }: Recipe, { request }: Given): Iterable<Try> {
  const says = (what: string) => `The hash of ${what} was hashed again.`;
  const ofBytes = (hash: string) => sha256(Buffer.from(hash, 'hex'));
  for (const again of [sha256, ofBytes]) {
    yield [{ payloadHash: again(payloadHash) }, says('the body')];
    yield [{ writeHash: again }, says('the canonical request')];
    yield [
      { payloadHash: again(payloadHash), writeHash: again },
      says('the body, and that of the canonical request,'),
    ];
    yield [{ writeText: again }, 'The string to sign was hashed before it was signed. Sign it as it is.'];
  }
  const body = request.body.toString();
  yield [{ payloadHash: body }, 'The body itself was signed instead of its hash.'];
  yield [
    { writeHash: (_hash, canonical) => canonical },
    'The canonical request itself was signed instead of its hash.',
  ];
  yield [
    { writeText: (text) => text.split('\n').at(-1)! },
    'Only the hash of the canonical request was signed. The string to sign has three lines before it.',
  ];
}

/** Names that are taken for that of the algorithm. */
const ALGORITHMS = [
  'HMAC-SHA256',
  'TC3-HMAC-SHA-256',
  'TC3_HMAC_SHA256',
  'tc3-hmac-sha256',
  'TC3',
  'AWS4-HMAC-SHA256',
  '',
];

function* stringToSign({ scope, timestamp }: Recipe, { request }: Given): Iterable<Try> {
  const right =
    'The string to sign must be four lines: TC3-HMAC-SHA256, the value of X-TC-Timestamp, the scope, and the hash of the canonical request';
  const line = (index: number, write: Change): Partial<Recipe> => ({
    writeText: (text) =>
      text
        .split('\n')
        .with(index, write(text.split('\n')[index]!))
        .join('\n'),
  });
  for (const algorithm of ALGORITHMS)
    yield [line(0, () => algorithm), `${right}. Its first line was ${JSON.stringify(algorithm)}.`];
  const without = (index: number): Partial<Recipe> => ({
    writeText: (text) => text.split('\n').toSpliced(index, 1).join('\n'),
  });
  for (const [index, name] of ['algorithm', 'time', 'scope', 'hash'].entries())
    yield [without(index), `${right}. The ${name} was missing.`];
  yield [
    {
      writeText: (text) => {
        const [algorithm, time, ofScope, hash] = text.split('\n');
        return [algorithm, ofScope, time, hash].join('\n');
      },
    },
    `${right}. The time and the scope were swapped.`,
  ];
  const id = /Credential=([^/,\s]+)/.exec(String(request.headers['authorization']))?.[1] ?? '';
  const scopes = {
    'the secret id before it': `${id}/${scope.join('/')}`,
    'commas in it': scope.join(','),
    'no "/" in it': scope.join(''),
    'a "/" before it': `/${scope.join('/')}`,
    'a "/" at its end': `${scope.join('/')}/`,
    'the end missing': scope.slice(0, 2).join('/'),
    'the date only': scope[0] ?? '',
    'the end only': scope.slice(1).join('/'),
  };
  for (const [what, written] of Object.entries(scopes))
    yield [line(2, () => written), `${right}. The scope was signed with ${what}.`];
  const seconds = Number(timestamp);
  const date = new Date(seconds * 1000);
  if (Number.isNaN(date.getTime())) return;
  const iso = date.toISOString();
  for (const time of [
    iso,
    iso.replace('.000', ''),
    iso.replaceAll(/[-:]|\.000/g, ''),
    date.toUTCString(),
    `${timestamp}.0`,
    iso.slice(0, 10),
  ])
    yield [line(1, () => time), `${right}. The time was signed as "${time}".`];
}
