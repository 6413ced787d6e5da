import type { IncomingMessage, ServerResponse } from 'node:http';
import type { BasicCredentials } from './credentials.js';
import { basicCheck, checkCredentials } from './credentials.js';
import type { PushEvent } from './events.js';
import type { Push } from './parse-push.js';
import { digest, headerOf, parsePush } from './parse-push.js';
import type { PushFault } from './push-error.js';
import { PushError } from './push-error.js';
import { readBody, tooLarge } from './read-body.js';
import { memorySeen } from './seen/memory.js';
import type { SeenStore } from './seen/store.js';

export type { BasicCredentials } from './credentials.js';

/** A push that was not acknowledged. It holds nothing of the push but its id. */
export interface Refused {
  readonly code: PushFault;
  readonly message: string;
  /** Id of the push, if it was read that far. */
  readonly id?: string;
  /** What the handler or the store failed with. */
  readonly cause?: unknown;
}

/** How pushes are received. */
export interface ReceiverOptions {
  /**
   * User names and passwords that are taken: what is set in the console, and while you change it, the old and the new.
   * `none` takes pushes of anybody who knows the address.
   */
  credentials: readonly BasicCredentials[] | 'none';
  /** The application, or applications, whose pushes are taken. */
  sdkAppId: number | string | readonly (number | string)[];
  /** Stores the event. The push is acknowledged once this has returned; if it throws, the service repeats the push. */
  onEvent: (event: PushEvent) => Promise<void> | void;
  /**
   * Remembers which pushes were handled.
   *
   * @default `memorySeen()`
   */
  seen?: SeenStore;
  /**
   * Longest body, in bytes. From 1,024. The service documents no limit of its own.
   *
   * @default 1,048,576 (1 MiB)
   */
  maxBodyBytes?: number;
  /**
   * HTTP status of a push that could not be handled, 200 or from 400 to 599. The documentation says only that an answer
   * whose `ErrCode` is not 0 counts as a failure; whether the status matters is not said.
   *
   * @default 503
   */
  failureStatus?: number;
  /**
   * Is told of every push that was not acknowledged, for your log.
   *
   * @default nobody is told
   */
  onRefused?: (refused: Refused) => void;
}

/** What to answer. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Receives pushes, in the way in which your server gives them. */
export interface Receiver {
  /** For servers that speak Request and Response of the web: Hono, Next.js, Deno, Bun, workers. */
  fetch(request: Request): Promise<Response>;
  /** For `http` of Node.js and what is built on it, such as Express. It also takes a body that was read before. */
  node(request: IncomingMessage, response: ServerResponse): Promise<void>;
  /** For everything else: what came, and whether it was a POST. It never throws. */
  receive(push: Push & { method?: string }): Promise<Answer>;
}

/** `ErrCode` of the answer. It is also the HTTP status, except for the two that `failureStatus` sets. */
const ERR_CODES: Readonly<Record<PushFault, number>> = {
  NotJson: 400,
  NotAnObject: 400,
  Incomplete: 400,
  TooLarge: 413,
  NotPost: 405,
  Unauthorized: 401,
  OtherApplication: 403,
  InProgress: 503,
  NotHandled: 503,
};

/** The service is to send the push again. */
const MAY_WORK_LATER = new Set<PushFault>(['InProgress', 'NotHandled']);

const MORE_HEADERS: Partial<Record<PushFault, Readonly<Record<string, string>>>> = {
  Unauthorized: { 'www-authenticate': 'Basic realm="tccc"' },
  NotPost: { allow: 'POST' },
  TooLarge: { connection: 'close' },
};

/**
 * Makes a receiver of pushes: it checks who sent a push, reads it, gives it to `onEvent` once, and acknowledges it when
 * that has returned.
 *
 * The service signs nothing. Anyone who has the user name and the password, or sees the traffic, can send whatever they
 * like: use https.
 *
 * @throws TypeError or RangeError that names the option
 *
 * @example
 * const receiver = createReceiver({
 *   credentials: [{ username: 'tccc', password }],
 *   sdkAppId: 1400000000,
 *   onEvent: (event) => store(event.key, event),
 * });
 * createServer((request, response) => void receiver.node(request, response)).listen(3000);
 */
export function createReceiver(options: ReceiverOptions): Receiver {
  const settings = check(options);
  const { maxBodyBytes, isAuthorized, onRefused } = settings;
  const underWay = new Map<string, Promise<void>>();

  const refuse = (error: unknown, id?: string): Answer => {
    const known =
      error instanceof PushError ? error : new PushError('NotHandled', NOT_HANDLED, { cause: error });
    const { code, message, cause } = known;
    try {
      onRefused?.({
        code,
        message,
        ...(id === undefined ? {} : { id }),
        ...(cause === undefined ? {} : { cause }),
      });
    } catch {
      // A mere listener does not decide.
    }
    const errCode = ERR_CODES[code];
    const status = MAY_WORK_LATER.has(code) ? settings.failureStatus : errCode;
    return answer(status, errCode, message, MORE_HEADERS[code]);
  };

  /** Whether a request may be read at all. */
  const admit = (method: string, headers: Push['headers']): void => {
    if (method.toUpperCase() !== 'POST') throw new PushError('NotPost', 'Pushes are sent with POST.');
    if (!isAuthorized(headerOf(headers, 'authorization')))
      throw new PushError('Unauthorized', 'User name and password are missing or wrong.');
  };

  const take = async (push: Push): Promise<Answer> => {
    let id: string | undefined;
    try {
      const event = parsePush(push);
      ({ id } = event);
      if (event.sdkAppId === undefined || !settings.applications.has(event.sdkAppId))
        throw new PushError(
          'OtherApplication',
          'The push is not about an application that is received here.',
        );
      // A repeat that comes while the first is handled waits for it, and fails with it.
      const name = nameOf(event);
      let work = underWay.get(name);
      if (work === undefined) {
        work = handle(event, name, settings).finally(() => underWay.delete(name));
        underWay.set(name, work);
      }
      await work;
      return answer(200, 0, '');
    } catch (error) {
      return refuse(error, id);
    }
  };

  const receive: Receiver['receive'] = async ({ method = 'POST', ...push }) => {
    try {
      admit(method, push.headers);
      if (lengthOf(push.body) > maxBodyBytes) throw tooLarge(maxBodyBytes);
    } catch (error) {
      return refuse(error);
    }
    return take(push);
  };

  return {
    receive,
    async fetch(request) {
      const { status, headers, body } = await read(request.method, request.url, request.headers, () =>
        readBody(request.body, request.headers.get('content-length') ?? undefined, maxBodyBytes),
      );
      return new Response(body, { status, headers });
    },
    async node(request, response) {
      const { method = '', url = '', headers } = request;
      const before = bodyBefore(request);
      const answered = await read(
        method,
        (request as { originalUrl?: string }).originalUrl ?? url,
        headers,
        () =>
          before === undefined
            ? readBody(request, headers['content-length'], maxBodyBytes)
            : Promise.resolve(before),
      );
      if (response.destroyed) return;
      response.writeHead(answered.status, answered.headers).end(answered.body);
    },
  };

  async function read(
    method: string,
    url: string,
    headers: Push['headers'],
    body: () => Promise<unknown>,
  ): Promise<Answer> {
    let given: unknown;
    try {
      admit(method, headers);
      given = await body();
      if (lengthOf(given) > maxBodyBytes) throw tooLarge(maxBodyBytes);
    } catch (error) {
      return refuse(error);
    }
    return take({ url, headers, body: given });
  }
}

const NOT_HANDLED = 'The push could not be handled; send it again.';

type Settings = ReturnType<typeof check>;

/**
 * What a push is remembered as. If two records ever came with the same id, the second one would be acknowledged, and lost,
 * as a repeat of the first; so what it is about counts, too, in a form that no phone number can be read from.
 */
function nameOf({ id, key }: PushEvent): string {
  return `${id}:${digest(key)}`;
}

/** Handles a push, unless it was handled before. */
async function handle(event: PushEvent, name: string, { seen, onEvent }: Settings): Promise<void> {
  const claim = await seen.claim(name);
  if (claim === 'done') return;
  if (claim === 'busy')
    throw new PushError('InProgress', 'Another process handles this push now; send it again.');
  try {
    await onEvent(event);
  } catch (error) {
    await seen.release(name);
    throw error;
  }
  await seen.done(name);
}

function answer(status: number, code: number, message: string, more: Answer['headers'] = {}): Answer {
  const body = JSON.stringify({ ErrCode: code, ErrMsg: message });
  return { status, headers: { 'content-type': 'application/json', ...more }, body };
}

/** The body, if something has read it before. A parser of Express 4 leaves an empty object if it passes a body over. */
function bodyBefore(request: IncomingMessage): unknown {
  const { body } = request as { body?: unknown };
  const isEmpty = typeof body === 'object' && body !== null && Object.keys(body).length === 0;
  return isEmpty && request.readableDidRead === false ? undefined : body;
}

function lengthOf(body: unknown): number {
  if (typeof body === 'string') return Buffer.byteLength(body);
  return body instanceof Uint8Array || body instanceof ArrayBuffer ? body.byteLength : 0;
}

function check(options: ReceiverOptions) {
  const { credentials, sdkAppId, onEvent, onRefused, seen = memorySeen() } = options;
  const { maxBodyBytes = 1_048_576, failureStatus = 503 } = options;
  if (credentials !== 'none') checkCredentials(credentials);
  const applications = new Set([sdkAppId].flat().map(String));
  if (applications.size === 0 || ![...applications].every((id) => /^\d{1,20}$/.test(id)))
    throw new TypeError('sdkAppId must be the id of an application, or a list of such ids.');
  if (typeof onEvent !== 'function') throw new TypeError('onEvent must be a function.');
  if (!Number.isSafeInteger(maxBodyBytes) || maxBodyBytes < 1_024)
    throw new RangeError('maxBodyBytes must be a whole number from 1024.');
  if (
    failureStatus !== 200 &&
    !(Number.isSafeInteger(failureStatus) && failureStatus >= 400 && failureStatus < 600)
  )
    throw new RangeError('failureStatus must be 200, or from 400 to 599.');
  const isAuthorized = credentials === 'none' ? () => true : basicCheck(credentials);
  return { isAuthorized, applications, onEvent, onRefused, seen, maxBodyBytes, failureStatus };
}
