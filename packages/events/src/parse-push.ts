import { createHash } from 'node:crypto';
import { callRecordOf, ExpiringLink, markLinks } from '@tccc/outbound';
import { parseJson } from '@tccc/outbound/internal';
import type { PushEvent, Recording } from './events.js';
import { PushError } from './push-error.js';

/** A push as it came. */
export interface Push {
  /** Address with its query, whole or from the path on. */
  readonly url: string | URL;
  /** Headers by name, in any case: of the web, or of Node.js. */
  readonly headers: Headers | Readonly<Record<string, string | readonly string[] | undefined>>;
  /** The body: text or bytes; or what a framework has made of its JSON, which usually rounds ids of more than 15 digits. */
  readonly body: unknown;
}

type Fields = Readonly<Record<string, unknown>>;

const ID_HEADER = 'x-tccc-push-uuid';

/** The version of the pushes that are understood. */
const VERSION = 1;

/**
 * Reads a push. It does not check who sent it: a receiver does.
 *
 * Names of actions are read in any case, a missing version is 1, and an unknown action or version gives an event of the
 * type `unknown`.
 *
 * @throws PushError `NotJson`, `NotAnObject` or `Incomplete`
 *
 * @example
 * const event = parsePush({ url: request.url, headers: request.headers, body });
 * if (event.type === 'cdr') console.log(event.call.sessionId);
 */
export function parsePush({ url, headers, body }: Push): PushEvent {
  const query = queryOf(String(url));
  const fields = objectOf(body);
  const action = query('action') ?? '';
  const version = Number(query('version') ?? VERSION);
  const raw = markLinks(fields) as Fields;
  const sdkAppId = textOf(fields['SdkAppId']);
  const base = { action, version, raw, ...(sdkAppId === undefined ? {} : { sdkAppId }) };
  const make = READERS[action.toLowerCase()];
  const made =
    make === undefined || version !== VERSION
      ? { type: 'unknown' as const, key: `${action.toLowerCase()}:${digest(body)}` }
      : make(fields, raw);
  // Without an id, a repeat is known by its body: the same call may be pushed again with a corrected record. Logs show ids,
  // so nothing of the body may be read from one.
  const id = headerOf(headers, ID_HEADER) ?? `${action.toLowerCase()}:${digest(body)}`;
  return { id, ...base, ...made };
}

type Made =
  | Pick<PushEvent & { type: 'cdr' }, 'type' | 'key' | 'call'>
  | Pick<PushEvent & { type: 'record' }, 'type' | 'key' | 'recording'>
  | Pick<PushEvent & { type: 'voicemail' }, 'type' | 'key' | 'recording'>;

const READERS: Readonly<Record<string, (fields: Fields, raw: Fields) => Made>> = Object.assign(
  Object.create(null) as object,
  {
    cdr(fields: Fields): Made {
      const call = callRecordOf(fields);
      if (call === undefined) throw incomplete('cdr');
      return { type: 'cdr', key: `cdr:${call.sessionId}`, call };
    },
    record(fields: Fields, raw: Fields): Made {
      const recording = recordingOf(fields, raw, 'record');
      const { sessionId, recordingId = '', party = '' } = recording;
      const part = recordingId === '' ? party : recordingId;
      return { type: 'record', key: `record:${sessionId}:${part}`, recording };
    },
    voicemail(fields: Fields, raw: Fields): Made {
      const recording = recordingOf(fields, raw, 'voicemail');
      const key = `voicemail:${recording.sessionId}:${recording.madeAt ?? ''}`;
      return { type: 'voicemail', key, recording };
    },
  },
);

function recordingOf(fields: Fields, raw: Fields, action: string): Recording {
  const sessionId = textOf(fields['SessionId']);
  if (sessionId === undefined) throw incomplete(action);
  const recordingId = textOf(fields['RecordId']);
  const party = textOf(fields['EndpointUser']);
  const madeAt = Number(fields['Timestamp']);
  const links = Object.values(raw).filter((value) => value instanceof ExpiringLink);
  return {
    sessionId,
    ...(recordingId === undefined ? {} : { recordingId }),
    ...(Number.isFinite(madeAt) && madeAt > 0 ? { madeAt } : {}),
    ...(party === undefined ? {} : { party }),
    links,
  };
}

function incomplete(action: string): PushError {
  return new PushError('Incomplete', `A push of the action ${action} must have a SessionId.`);
}

/** The text of a query, one name at a time. An address that had a query already may get a second question mark. */
function queryOf(url: string): (name: string) => string | undefined {
  const start = url.indexOf('?');
  const query = start === -1 ? '' : url.slice(start + 1).replace(/#.*$/s, '');
  const given = new URLSearchParams(query.replaceAll('?', '&'));
  const byName = new Map([...given].toReversed().map(([name, value]) => [name.toLowerCase(), value]));
  return (name) => byName.get(name);
}

function objectOf(body: unknown): Fields {
  const value = typeof body === 'string' || isBytes(body) ? parse(body) : body;
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Fields;
  throw new PushError('NotAnObject', 'The body must be one JSON object.');
}

function isBytes(body: unknown): body is Uint8Array | ArrayBuffer {
  return body instanceof Uint8Array || body instanceof ArrayBuffer;
}

function parse(body: string | Uint8Array | ArrayBuffer): unknown {
  try {
    const text = typeof body === 'string' ? body : new TextDecoder('utf-8', { fatal: true }).decode(body);
    return parseJson(text.replace(/^\uFEFF/, '')).value;
  } catch {
    // The message of the parser shows a part of what came.
    throw new PushError('NotJson', 'The body must be JSON in UTF-8.');
  }
}

/** A text, also of what came as a number. */
function textOf(value: unknown): string | undefined {
  const isText = (typeof value === 'string' && value !== '') || typeof value === 'number';
  return isText ? String(value) : undefined;
}

/** One header; of several values, the first. */
export function headerOf(headers: Push['headers'], name: string): string | undefined {
  const entry =
    headers instanceof Headers
      ? (headers.get(name) ?? '')
      : Object.entries(headers).find(([key]) => key.toLowerCase() === name)?.[1];
  const value = typeof entry === 'string' ? entry : entry?.[0];
  // One that is empty is as good as missing: all that lack it must not count as one.
  return value === '' ? undefined : value;
}

/** The same for the same body. As it came, if it is still there: what is nested very deep could not be written again. */
export function digest(body: unknown): string {
  const came = body instanceof ArrayBuffer ? new Uint8Array(body) : body;
  const text = typeof came === 'string' || came instanceof Uint8Array ? came : JSON.stringify(came);
  return createHash('sha256').update(text).digest('hex').slice(0, 32);
}
