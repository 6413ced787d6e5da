import { textFault } from './check.js';
import { credentialsError } from './errors.js';
import type { Credentials } from './types.js';

/** A JSON object of a credential service, of which nothing is known yet. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** The latest time that a date can hold, in seconds since the Unix epoch. */
const MAX_SECONDS = 8_640_000_000_000;

/** The object that a body holds; an empty one if it holds none. */
export function parseObject(body: Buffer): JsonObject {
  try {
    return asObject(JSON.parse(body.toString('utf8')));
  } catch {
    return {};
  }
}

/** The value itself if it is an object, else an empty one. */
export function asObject(value: unknown): JsonObject {
  return typeof value === 'object' && value !== null ? (value as JsonObject) : {};
}

/**
 * Reads temporary credentials, field by field. A field that is missing must not be sent as the text "undefined".
 *
 * @throws CredentialsError with code `CredentialsUnavailable` that names the field
 */
export function readTemporary(
  { TmpSecretId, TmpSecretKey, Token }: JsonObject,
  ExpiredTime: unknown,
  account: string,
  what: string,
): Credentials {
  const text = (name: string, value: unknown): string => {
    const fault = textFault(value);
    if (fault === undefined) return value as string;
    throw credentialsError('CredentialsUnavailable', `${what}: ${name} of the response ${fault}`);
  };
  return {
    secretId: text('TmpSecretId', TmpSecretId),
    secretKey: text('TmpSecretKey', TmpSecretKey),
    token: text('Token', Token),
    expiresAtMs: readSeconds(ExpiredTime, what) * 1_000,
    account,
  };
}

function readSeconds(value: unknown, what: string): number {
  if (typeof value === 'number' && value > 0 && value <= MAX_SECONDS) return value;
  const message = `${what}: ExpiredTime of the response is not a time in seconds since the Unix epoch.`;
  throw credentialsError('CredentialsUnavailable', message);
}
