import type { MockRequest } from '../common/protocol.js';
import type { MockCredentials } from '../common/secrets.js';
import { header } from '../common/protocol.js';
import { payloadHashOf, utcDateOf } from '../gateway/recipe.js';
import { firstLabelOf } from '../gateway/signature.js';

/** What a signature was verified with. */
export interface Verified {
  readonly known: readonly MockCredentials[];
  /** The service that the scope must name. */
  readonly product: string;
  /** Time of the mock when the request arrived, in milliseconds since the Unix epoch. */
  readonly nowMs: number;
  /** What stands for the body in the signature, if the body itself was too long to be kept. */
  readonly payloadHash?: string;
}

/** What the header Authorization says, read as leniently as possible. */
export interface Declared {
  readonly algorithm: string;
  readonly secretId: string;
  /** The parts of the scope: date, service and `tc3_request` if it is right. */
  readonly scope: readonly string[];
  /** Names of the signed headers, as they are given. */
  readonly names: readonly string[];
  readonly signature: string;
}

/** A refused request, and what it should have been. */
export interface Given {
  readonly request: MockRequest;
  readonly declared: Declared;
  /** Value of X-TC-Timestamp, and the seconds that it means; undefined if it is not a time. */
  readonly timestamp: string;
  readonly seconds: number | undefined;
  /** The scope that it should have. */
  readonly scope: readonly string[];
  /** What represents the body in the signature. */
  readonly payloadHash: string;
  /** The key pair that it names, if the mock knows it. */
  readonly credentials: MockCredentials | undefined;
  readonly known: readonly MockCredentials[];
  /** Time of the mock, in milliseconds since the Unix epoch. */
  readonly nowMs: number;
}

const LENIENT =
  /^\s*([^\s,=]{1,64})[\s,]+Credential=([^,]{1,512}),\s*SignedHeaders=([^,]{0,512}),\s*Signature=(\S{0,256})\s*$/i;

/** @returns undefined if the header is in no known form */
export function readDeclared(authorization: string | undefined): Declared | undefined {
  const match = LENIENT.exec(authorization ?? '');
  if (match === null) return undefined;
  const [, algorithm, credential, names, signature] = match as unknown as string[];
  const [secretId = '', ...scope] = credential!.trim().split('/');
  return { algorithm: algorithm!, secretId, scope, names: names!.split(';'), signature: signature! };
}

/** Reads what is given, apart from the header Authorization. */
export function readGiven(
  request: MockRequest,
  declared: Declared,
  { known, product, nowMs, payloadHash = payloadHashOf(request) }: Verified,
): Given {
  const timestamp = header(request, 'x-tc-timestamp') ?? '';
  const seconds = secondsOf(timestamp);
  const [, service] = declared.scope;
  const scope = [
    seconds === undefined ? '' : utcDateOf(seconds),
    service !== undefined && service === firstLabelOf(request) ? service : product,
    'tc3_request',
  ];
  const credentials = known.find(({ secretId }) => secretId === declared.secretId);
  return { request, declared, timestamp, seconds, scope, payloadHash, credentials, known, nowMs };
}

/** Seconds since the Unix epoch; also of milliseconds, a mistake which is reported apart. */
function secondsOf(timestamp: string): number | undefined {
  if (!/^\d{1,13}$/.test(timestamp)) return undefined;
  return timestamp.length === 13 ? Math.floor(Number(timestamp) / 1000) : Number(timestamp);
}
