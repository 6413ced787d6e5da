import { suggestName } from '@tccc/outbound/internal';
import { header } from '../common/protocol.js';
import { MAX_SKEW_SECONDS } from '../gateway/signature.js';
import type { Finding } from '../common/finding.js';
import type { Given } from './given.js';

/** What is wrong with a request that names everything, as far as it can be seen without computing a signature. */
export function* faultsOfForm(given: Given): Generator<Finding> {
  yield* faultsOfTime(given);
  yield* faultsOfAlgorithm(given);
  yield* faultsOfKeys(given);
  yield* faultsOfScope(given);
  yield* faultsOfHeaders(given);
}

function* faultsOfTime({ timestamp, seconds, nowMs }: Given): Generator<Finding> {
  if (seconds === undefined) {
    const says = 'X-TC-Timestamp must be Unix seconds, a text of digits.';
    return yield { mistake: 'timestamp', says };
  }
  if (timestamp.length === 13) {
    const says = 'X-TC-Timestamp is in milliseconds; it must be in seconds.';
    return yield { mistake: 'milliseconds', says };
  }
  const off = Math.round(seconds - nowMs / 1000);
  if (Math.abs(off) <= MAX_SKEW_SECONDS) return;
  const hours = Math.round(off / 1800) / 2;
  const isZone = hours !== 0 && Math.abs(hours) <= 14 && Math.abs(off - hours * 3600) < 60;
  const zone = isZone ? ` That is ${Math.abs(hours)} hours: local time may have been taken for UTC.` : '';
  const says = `X-TC-Timestamp is ${Math.abs(off)} seconds ${off < 0 ? 'behind' : 'ahead of'} the mock; ${MAX_SKEW_SECONDS} are allowed.${zone}`;
  yield { mistake: 'clock', says };
}

function* faultsOfAlgorithm({ declared: { algorithm, signature } }: Given): Generator<Finding> {
  if (algorithm !== 'TC3-HMAC-SHA256') {
    const says = `Authorization must begin with TC3-HMAC-SHA256, not with ${quote(algorithm)}.`;
    yield { mistake: 'algorithm', says };
  }
  if (/^[0-9a-f]{64}$/.test(signature)) return;
  if (/^[0-9a-f]{64}$/i.test(signature)) {
    yield {
      mistake: 'upper-case-hex',
      says: 'The signature is in upper-case hex; it must be in lower case.',
    };
  } else {
    const says = 'The signature must be the 64 hex digits of HMAC-SHA256; here, it is in Base64, or cut.';
    yield { mistake: 'signature-form', says };
  }
}

function* faultsOfKeys({ declared: { secretId }, credentials, known, request }: Given): Generator<Finding> {
  if (credentials === undefined) {
    const ids = known.map((one) => one.secretId);
    const near = suggestName(secretId.trim(), ids);
    const says = `The mock does not know the secret id; ${near === undefined ? `it knows ${ids.slice(0, 5).join(', ')}` : `did you mean ${near}?`}`;
    return yield { mistake: 'secret-id', says: says.replace(/([^?])$/, '$1.') };
  }
  const token = header(request, 'x-tc-token') ?? '';
  if (token === (credentials.token ?? '')) return;
  const says =
    credentials.token === undefined
      ? 'X-TC-Token was sent, but this key pair has no token: leave the header out.'
      : `X-TC-Token ${token === '' ? 'is missing' : 'has another token'}: this key pair is temporary, and its token is part of it.`;
  yield { mistake: 'token', says };
}

const DAY_MS = 86_400_000;

function* faultsOfScope({ declared: { scope }, scope: right, seconds, request }: Given): Generator<Finding> {
  if (scope.length !== 3 || scope[2] !== 'tc3_request') {
    const extra = [header(request, 'x-tc-version'), header(request, 'x-tc-region')].find(
      (one) => one !== undefined && scope.includes(one),
    );
    const why = extra === undefined ? '' : ` It has ${quote(extra)}, which belongs in a header only.`;
    const says = `The scope in Credential must be ${right.join('/')}, but is ${quote(scope.join('/'))}.${why}`;
    return yield { mistake: 'wrong-scope', says };
  }
  const [date = '', service = ''] = scope;
  if (service !== right[1]) {
    const says = `The scope in Credential names the service ${quote(service)}; it must be ${right[1]}.`;
    yield { mistake: 'wrong-service', says };
  }
  if (seconds === undefined || date === right[0]) return;
  const apart = Math.abs(Date.parse(date) - Date.parse(right[0]!));
  const says = `The scope in Credential has the date ${quote(date)}; it must be the UTC date of X-TC-Timestamp, ${right[0]}.`;
  if (apart === DAY_MS) yield { mistake: 'local-date', says: `${says} The local date may have been taken.` };
  else yield { mistake: 'date', says };
}

function* faultsOfHeaders({ declared: { names } }: Given): Generator<Finding> {
  if (names.some((name) => name !== name.toLowerCase() || name !== name.trim())) {
    const says = 'The names in SignedHeaders must be in lower case, with ";" and no space between them.';
    yield { mistake: 'signed-headers-form', says };
  }
  const lower = names.map((name) => name.trim().toLowerCase());
  for (const name of ['content-type', 'host'])
    if (!lower.includes(name))
      yield { mistake: 'signed-headers-missing', says: `SignedHeaders must include ${name}.` };
  const sorted = [...lower].sort().join(';');
  if (lower.join(';') === sorted) return;
  const says = `SignedHeaders must be in alphabetical order: ${quote(sorted)}.`;
  yield { mistake: 'headers-not-sorted', says };
}

/** A text from a request, cut to what a person needs. */
function quote(text: string): string {
  return `"${text.length > 80 ? `${text.slice(0, 80)}…` : text}"`;
}
