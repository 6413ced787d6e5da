import type { MockRequest } from '../common/protocol.js';
import { Refusal, header } from '../common/protocol.js';

/** Longest request body that the service takes, in bytes, whatever the action. */
export const MAX_BODY_BYTES = 10 * 1024 * 1024;

const INSTEAD = 'Use POST with Content-Type application/json and a TC3-HMAC-SHA256 signature.';

/** Headers that say one thing and have one value, with the code for more than one. */
const SINGLE_HEADERS: readonly (readonly [name: string, title: string, code: string])[] = [
  ['authorization', 'Authorization', 'AuthFailure.InvalidAuthorization'],
  ['host', 'Host', 'InvalidParameter'],
  ['content-type', 'Content-Type', 'InvalidParameter'],
  ['x-tc-action', 'X-TC-Action', 'InvalidParameter'],
  ['x-tc-version', 'X-TC-Version', 'InvalidParameter'],
  ['x-tc-timestamp', 'X-TC-Timestamp', 'InvalidParameter'],
  ['x-tc-token', 'X-TC-Token', 'InvalidParameter'],
  ['x-tc-content-sha256', 'X-TC-Content-SHA256', 'InvalidParameter'],
];

/** Headers that every request needs, in the order in which they are looked for. */
const NEEDED_HEADERS = [
  ['x-tc-action', 'X-TC-Action'],
  ['x-tc-version', 'X-TC-Version'],
  ['x-tc-timestamp', 'X-TC-Timestamp'],
] as const;

/**
 * What a gateway checks of any request, before it knows the action.
 *
 * @throws Refusal
 */
export function checkRequest(request: MockRequest, needsTimestamp: boolean): void {
  checkMethod(request.method);
  checkPath(request.path);
  for (const [name, title, code] of SINGLE_HEADERS) {
    const value = request.headers[name];
    if (Array.isArray(value) && value.length > 1)
      throw new Refusal(code, `The header ${title} must be given once.`);
  }
  if (request.body.length > MAX_BODY_BYTES)
    throw new Refusal(
      'RequestSizeLimitExceeded',
      `The body must not be longer than ${MAX_BODY_BYTES} bytes.`,
    );
  checkContentType(header(request, 'content-type') ?? '');
  for (const [name, title] of NEEDED_HEADERS) {
    if (name === 'x-tc-timestamp' && !needsTimestamp) continue;
    if ((header(request, name) ?? '') === '')
      throw new Refusal('MissingParameter', `The header ${title} is missing.`);
  }
}

function checkMethod(method: string): void {
  if (method === 'POST') return;
  const says =
    method === 'GET' ? 'The service takes GET, but this mock does not.' : 'The method must be POST or GET.';
  throw new Refusal('UnsupportedProtocol', `${says} ${INSTEAD}`);
}

function checkPath(path: string): void {
  if (path === '/') return;
  if (!path.startsWith('/?')) throw new Refusal('UnsupportedProtocol', 'The path must be "/".');
  // What is signed of a POST has an empty query string.
  throw new Refusal(
    'AuthFailure.SignatureFailure',
    'The query string of a POST must be empty, because it is not signed.',
  );
}

function checkContentType(value: string): void {
  if (/^application\/json(; ?charset=utf-8)?$/i.test(value)) return; // Nearly every request has it so.
  const [type = '', ...parameters] = value.split(';').map((part) => part.trim().toLowerCase());
  if (type === 'application/x-www-form-urlencoded') {
    throw new Refusal(
      'InvalidParameter',
      `The service takes forms with a version 1 signature (SignatureMethod HmacSHA1 or HmacSHA256), but this mock does not. ${INSTEAD}`,
    );
  }
  if (type !== 'application/json')
    throw new Refusal('InvalidParameter', 'The Content-Type must be application/json.');
  const charset = parameters.find((parameter) => parameter.startsWith('charset='));
  if (charset !== undefined && !/^charset="?utf-8"?$/.test(charset))
    throw new Refusal('InvalidParameter', 'The charset of the Content-Type must be utf-8.');
}
