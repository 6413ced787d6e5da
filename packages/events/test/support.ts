import type { PushEvent, ReceiverOptions } from '../src/index.js';

/** A record as the documentation shows it, contradictions included. */
export const cdr = {
  SdkAppId: 1400000000,
  SessionId: 'a5be1044-e8b0',
  Caller: '008602066247698',
  Callee: '008618621520280',
  Direction: 1,
  StartTimestamp: 1708483433,
  AcceptTimestamp: 1708483445,
  EndedTimestamp: 1708483460,
  RingTimestamp: 1708483438,
  EndStatusString: 'ok',
  HungUpSide: 'user',
  Uui: 'row-17',
  IVRKeyPressed: null,
};

export const credentials = [
  { username: 'new', password: 'n:ew' },
  { username: 'old', password: 'gone soon' },
];

export const basic = ({ username, password } = credentials[0]!) =>
  `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;

/** A push as the service sends it. */
export function push(
  body: unknown = cdr,
  more: { id?: string; query?: string; auth?: string } = {},
): Request {
  const { id = 'push-1', query = 'action=cdr&version=1', auth = basic() } = more;
  return new Request(`https://example.com/tccc?${query}`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json;charset=utf8',
      'x-tccc-push-uuid': id,
      ...(auth === '' ? {} : { authorization: auth }),
    },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
}

/** Options of a receiver that keeps what it is given. */
export function keeping(more: Partial<ReceiverOptions> = {}) {
  const events: PushEvent[] = [];
  const refused: string[] = [];
  const options: ReceiverOptions = {
    credentials,
    sdkAppId: 1400000000,
    onEvent: (event) => void events.push(event),
    onRefused: ({ code }) => void refused.push(code),
    ...more,
  };
  return { events, refused, options };
}

export async function answerOf(
  response: Response,
): Promise<{ status: number; ErrCode: number; ErrMsg: string }> {
  return { status: response.status, ...((await response.json()) as { ErrCode: number; ErrMsg: string }) };
}
