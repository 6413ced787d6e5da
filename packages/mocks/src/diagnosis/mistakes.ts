import { header } from '../common/protocol.js';
import type { Recipe } from '../gateway/recipe.js';
import { sha256 } from '../gateway/recipe.js';
import { hashesOfForms } from './body-forms.js';
import type { Given } from './given.js';
import { keyMistakes } from './key-mistakes.js';
import type { Mistake, Try } from './mistake.js';
import { textMistakes } from './text-mistakes.js';

/** The usual mistakes that only the signature shows, the likeliest first. */
export const mistakes: readonly Mistake[] = [
  { mistake: 'secret-with-space', tries: secretWithSpace },
  { mistake: 'missing-tc3-prefix', tries: missingPrefix },
  { mistake: 'other-secret', tries: otherSecret },
  { mistake: 'empty-body-hash', tries: emptyBody },
  { mistake: 'upper-case-hex', tries: upperCaseHex },
  { mistake: 'action-case', tries: actionCase },
  { mistake: 'local-date', tries: localDate },
  { mistake: 'wrong-service', tries: wrongService },
  { mistake: 'wrong-scope', tries: wrongScope },
  { mistake: 'content-type', tries: contentType },
  { mistake: 'host', tries: otherHost },
  { mistake: 'headers-not-sorted', tries: headerOrder },
  { mistake: 'body-changed', tries: bodyChanged },
  { mistake: 'two-timestamps', tries: twoTimestamps },
  { mistake: 'milliseconds', tries: milliseconds },
  ...textMistakes,
  ...keyMistakes,
];

function* secretWithSpace({ secret }: Recipe): Iterable<Try> {
  const bare = secret.slice('TC3'.length);
  const spaces = { 'a space': ' ', 'a newline': '\n', 'a Windows line end': '\r\n', 'a tab': '\t' };
  for (const [name, space] of Object.entries(spaces)) {
    yield [{ secret: `TC3${bare}${space}` }, `The secret key was used with ${name} at its end. Trim it.`];
    yield [{ secret: `TC3${space}${bare}` }, `The secret key was used with ${name} before it. Trim it.`];
  }
  for (const quote of ['"', "'"])
    yield [{ secret: `TC3${quote}${bare}${quote}` }, 'The secret key was used with quotes around it.'];
}

function* missingPrefix({ secret }: Recipe): Iterable<Try> {
  const says = 'The signing key must begin with "TC3" and the secret key; here, the secret key was alone.';
  yield [{ secret: secret.slice('TC3'.length) }, says];
}

function* otherSecret(_base: Recipe, { known, credentials }: Given): Iterable<Try> {
  yield [{ secret: `TC3${credentials?.secretId}` }, 'The secret id was used instead of the secret key.'];
  for (const { secretId, secretKey } of known.slice(0, 20)) {
    if (secretId === credentials?.secretId) continue;
    yield [
      { secret: `TC3${secretKey}` },
      `The secret key was that of ${secretId}, but the secret id is ${credentials?.secretId}.`,
    ];
  }
}

function* emptyBody(): Iterable<Try> {
  yield [{ payloadHash: sha256('') }, 'The hash of an empty body was signed instead of that of the body.'];
  yield [{ payloadHash: '' }, 'No hash of the body was signed: the last line was empty.'];
}

function* upperCaseHex({ payloadHash }: Recipe): Iterable<Try> {
  const upper = payloadHash.toUpperCase();
  const writeHash = (hash: string) => hash.toUpperCase();
  const says = (what: string) =>
    `The hash of ${what} was written in upper-case hex; it must be in lower case.`;
  yield [{ payloadHash: upper }, says('the body')];
  yield [{ writeHash }, says('the canonical request')];
  yield [{ payloadHash: upper, writeHash }, says('the body and that of the canonical request')];
}

function* actionCase({ headers }: Recipe, { request }: Given): Iterable<Try> {
  const changed = withHeader(headers, 'x-tc-action', header(request, 'x-tc-action') ?? '');
  if (changed !== undefined)
    yield [{ headers: changed }, 'The value of x-tc-action must be signed in lower case; here, it was not.'];
}

const DAY_MS = 86_400_000;

function* localDate({ scope, keyParts }: Recipe, { seconds = 0, scope: right }: Given): Iterable<Try> {
  for (const days of [1, -1]) {
    const date = new Date(seconds * 1000 + days * DAY_MS).toISOString().slice(0, 10);
    const says = `The date ${date} was signed, which may be the local one. It must be the UTC date of X-TC-Timestamp, ${right[0]}.`;
    yield* inScopeAndKey(scope, keyParts, (parts) => [date, ...parts.slice(1)], says);
  }
}

/** Names that are taken for that of the service. */
const SERVICES = [
  'ccc',
  'tccc',
  'cccc',
  'cvm',
  'sts',
  'CCC',
  'ccc.tencentcloudapi.com',
  'tencentcloudapi',
  '',
];

function* wrongService({ scope, keyParts }: Recipe): Iterable<Try> {
  for (const service of SERVICES) {
    if (service === scope[1]) continue;
    const says = `The signature was made for the service "${service}"; it must be "${scope[1]}".`;
    yield* inScopeAndKey(scope, keyParts, (parts) => [parts[0]!, service, ...parts.slice(2)], says);
  }
}

/** Ends of scopes: of other versions of the algorithm, and of a similar one. */
const TERMINATORS = ['tc2_request', 'tc3', 'tc3-request', 'TC3_request', 'TC3_REQUEST', 'aws4_request'];

function* wrongScope({ scope, keyParts }: Recipe, { request }: Given): Iterable<Try> {
  const says = (found: string) =>
    `The scope was signed with "${found}"; it must be date, service and tc3_request, nothing else.`;
  for (const end of TERMINATORS)
    yield* inScopeAndKey(scope, keyParts, (parts) => [...parts.slice(0, 2), end], says(end));
  for (const name of ['x-tc-version', 'x-tc-region']) {
    const part = header(request, name) ?? '';
    if (part === '') continue;
    for (const at of [1, 2])
      yield* inScopeAndKey(scope, keyParts, (parts) => parts.toSpliced(at, 0, part), says(part));
    yield* inScopeAndKey(scope, keyParts, (parts) => [parts[0]!, part, parts[2]!], says(part));
  }
}

const CONTENT_TYPES = [
  'application/json',
  'application/json; charset=utf-8',
  'application/json;charset=utf-8',
  'application/json; charset=UTF-8',
  'application/x-www-form-urlencoded',
  'text/plain;charset=UTF-8',
  '',
];

function* contentType({ headers }: Recipe, { request }: Given): Iterable<Try> {
  const sent = header(request, 'content-type') ?? '';
  for (const value of CONTENT_TYPES) {
    const changed = withHeader(headers, 'content-type', value);
    const says = `The content type was signed as "${value}", but sent as "${sent}". Sign what is sent, with or without charset.`;
    if (changed !== undefined) yield [{ headers: changed }, says];
  }
}

/** Hosts of the service, which are signed although the request goes to another place. */
const SERVICE_HOSTS = ['ccc.tencentcloudapi.com', 'ccc.intl.tencentcloudapi.com', 'tencentcloudapi.com'];

function* otherHost({ headers }: Recipe, { request }: Given): Iterable<Try> {
  const sent = header(request, 'host') ?? '';
  const bare = sent.replace(/:\d+$/, '');
  const ports = [sent.slice(bare.length), ':443', ':80', ''];
  const names = [bare, 'localhost', '127.0.0.1', ...SERVICE_HOSTS];
  const hosts = names.flatMap((name) => ports.map((port) => name + port));
  for (const host of new Set([...hosts, ...hosts.map((one) => one.toUpperCase()), `http://${sent}`])) {
    const changed = withHeader(headers, 'host', host);
    const says = `The host was signed as "${host}", but sent as "${sent}". Sign the header Host as it is sent, in lower case.`;
    if (changed !== undefined) yield [{ headers: changed }, says];
  }
}

/** More headers than this are not tried in every order. */
const MOST_ORDERED = 4;

function* headerOrder({ headers }: Recipe, { declared }: Given): Iterable<Try> {
  const names = [...declared.names].sort().join(';');
  const says = `The canonical headers must be in alphabetical order, as in SignedHeaders: ${names}.`;
  const orders = headers.length > MOST_ORDERED ? [headers.toReversed()] : permutations(headers);
  for (const order of orders) {
    yield [{ headers: order }, says];
    yield [{ headers: order, signedHeaders: order.map(([name]) => name).join(';') }, says];
  }
}

function* bodyChanged(_base: Recipe, { request }: Given): Iterable<Try> {
  for (const [how, payloadHash] of hashesOfForms(request.body, header(request, 'x-tc-action') ?? '')) {
    const says = `The body was signed ${how}, but arrived otherwise: it was serialised again after signing. Sign the bytes that are sent.`;
    yield [{ payloadHash }, says];
  }
}

/** How many seconds apart two readings of the clock are tried. */
const SECONDS_APART = 3;

function* twoTimestamps(_base: Recipe, { seconds = 0 }: Given): Iterable<Try> {
  const says = 'The time that was signed is not that of X-TC-Timestamp. Read the clock once for both.';
  for (let apart = 1; apart <= SECONDS_APART; apart++) {
    yield [{ timestamp: String(seconds - apart) }, says];
    yield [{ timestamp: String(seconds + apart) }, says];
  }
}

function* milliseconds(_base: Recipe, { seconds = 0 }: Given): Iterable<Try> {
  const says = 'The time was signed in milliseconds; it must be in seconds, as X-TC-Timestamp.';
  yield [{ timestamp: `${seconds}000` }, says];
}

/** A change of the scope: in both places, only in the string to sign, only in the key. */
function* inScopeAndKey(
  scope: readonly string[],
  keyParts: readonly string[],
  change: (parts: readonly string[]) => readonly string[],
  says: string,
): Iterable<Try> {
  yield [{ scope: change(scope), keyParts: change(keyParts) }, says];
  yield [{ scope: change(scope) }, says];
  yield [{ keyParts: change(keyParts) }, says];
}

/** With another value of a header; undefined if it is not signed, or has this value. */
function withHeader(headers: Recipe['headers'], name: string, value: string): Recipe['headers'] | undefined {
  const old = headers.find(([one]) => one === name);
  if (old === undefined || old[1] === value) return undefined;
  return headers.map((pair) => (pair === old ? [name, value] : pair));
}

function* permutations<Item>(items: readonly Item[]): Generator<Item[]> {
  if (items.length === 0) return yield [];
  for (const [index, item] of items.entries())
    for (const rest of permutations(items.toSpliced(index, 1))) yield [item, ...rest];
}
