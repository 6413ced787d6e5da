import { createHash, createHmac } from 'node:crypto';
import type { ActionDefinition, ActionName } from '@tccc/outbound';
import { actions } from '@tccc/outbound';
import type { MockCredentials, MockRequest } from '../src/index.js';
import type { Effect } from '../src/generated/effects.js';
import { effects } from '../src/generated/effects.js';
import { fixtures, mockCredentials } from '../src/index.js';

/** The documented example request of an action. */
export function exampleOf(action: string): Record<string, unknown> {
  return fixtures.find((fixture) => fixture.action === action)!.request;
}

/** The least and the largest value of a parameter, which the spec may change. */
export function rangeOf(action: ActionName, name: string): { min: number; max: number } {
  const definition: ActionDefinition = actions[action];
  const { minimum: min, maximum: max } = definition.rules().properties![name]!;
  return { min: min!, max: max! };
}

/** What an action does, whatever it is called. */
export function effectOf(action: string): Effect {
  return (effects as Readonly<Record<string, Effect>>)[action]!;
}

type Fields = Record<string, unknown>;
type Call = (action: string, params: Fields) => unknown;

/**
 * Creates what an action needs, brings it into a state in which the action is taken, and gives the parameters for the
 * action: those of the documented example, with the id of what was created.
 */
export async function prepare(action: string, call: Call, advance: (ms: number) => void): Promise<Fields> {
  const [effect, example] = [effectOf(action), exampleOf(action)];
  if (effect.kind === 'records' || effect.kind === 'record')
    return prepareCall(effect, example, call, advance);
  const needed = neededBy(effect);
  if (needed === undefined) return example;
  const creator = Object.keys(effects).find((one) => {
    const { kind, ...rest } = effectOf(one);
    return kind === 'creates' && (rest as { entity: string }).entity === needed.entity;
  })!;
  const made = effectOf(creator) as Effect & { kind: 'creates' };
  const owner = made.owner === undefined ? {} : { [made.owner]: example[made.owner] };
  const { starts, ends } = made.progress ?? {};
  const later = Math.floor(Date.now() / 1_000) + 3_600;
  const times = starts === undefined ? {} : { [starts]: later, [ends!]: later + 3_600 };
  const result = (await call(creator, { ...exampleOf(creator), ...owner, ...times })) as Fields;
  const ids = (name: string) => ({ ...owner, [name]: result[made.id] });
  const waiting = { ...made.initial, ...made.progress?.states.waiting };
  const before =
    'from' in effect && effect.from !== undefined
      ? actionBefore(effect.from, needed.entity, waiting)
      : undefined;
  if (before !== undefined) await call(before.action, { ...exampleOf(before.action), ...ids(before.id) });
  return { ...example, ...ids(needed.id) };
}

/** Lets a task make its calls, and gives the parameters that ask for one of them. */
async function prepareCall(
  effect: Effect & { kind: 'records' | 'record' },
  example: Fields,
  call: Call,
  advance: (ms: number) => void,
): Promise<Fields> {
  const now = Math.floor(Date.now() / 1_000);
  const params = exampleOf('CreateAutoCalloutTask');
  const { SdkAppId } = example;
  const task = { ...params, SdkAppId, NotBefore: now + 3_600, NotAfter: now + 7_200 };
  const { TaskId } = (await call('CreateAutoCalloutTask', task)) as Fields;
  advance(86_400_000);
  const { Callees } = (await call('DescribeAutoCalloutTask', { SdkAppId, TaskId })) as {
    Callees: { Sessions: string[] }[];
  };
  const { window } = effect;
  const span = window === undefined ? {} : { [window.from]: now, [window.to]: now + 86_400 };
  return {
    ...example,
    ...span,
    ...(effect.kind === 'record' ? { [effect.id]: Callees[0]!.Sessions[0] } : {}),
  };
}

/** The entity that has to be there for an action, and the parameter with its id. */
export function neededBy(effect: Effect): { entity: string; id: string } | undefined {
  if (effect.kind === 'none' || effect.kind === 'creates' || effect.kind === 'records') return undefined;
  return effect.kind === 'lists' ? effect.of : effect;
}

/** The action that brings an entity into one of these states, if it is in none of them. */
function actionBefore(from: Readonly<Record<string, readonly unknown[]>>, entity: string, values: Fields) {
  const fits = (given: Fields) =>
    Object.entries(from).every(([name, allowed]) => allowed.includes(given[name]));
  if (fits(values)) return undefined;
  for (const action of Object.keys(effects)) {
    const effect = effectOf(action);
    if (effect.kind === 'changes' && effect.entity === entity && fits({ ...values, ...effect.to }))
      return { action, id: effect.id };
  }
  throw new Error(`Nothing brings a ${entity} into these states: ${JSON.stringify(from)}`);
}

interface SignOptions {
  credentials?: MockCredentials;
  timestamp?: number;
  host?: string;
  signedHost?: string;
  service?: string;
  date?: string;
  signed?: string[];
  action?: string;
  contentType?: string;
  /** Stands for the body in the signature, and is sent as X-TC-Content-SHA256. */
  payload?: string;
  /** Signs headers as they are, as SDKs do, in place of lower case. */
  keepsCase?: boolean;
}

/** A request signed by hand, so that the mock is tested by neither its own code nor the client's. */
export function signedRequest(body: string, options: SignOptions = {}): MockRequest {
  return rawRequest(Buffer.from(body), options);
}

/** The same for a body of any bytes. */
export function rawRequest(body: Buffer, options: SignOptions = {}): MockRequest {
  const { credentials = mockCredentials, action = 'CreateAutoCalloutTask', service = 'ccc' } = options;
  const { host = '127.0.0.1:9', signed = ['content-type', 'host'] } = options;
  const timestamp = options.timestamp ?? Math.floor(Date.now() / 1000);
  const date = options.date ?? new Date(timestamp * 1000).toISOString().slice(0, 10);
  const headers: Record<string, string> = {
    host,
    'content-type': options.contentType ?? 'application/json',
    ...(options.payload === undefined ? {} : { 'x-tc-content-sha256': options.payload }),
    'x-tc-action': action,
    'x-tc-version': '2020-02-10',
    'x-tc-timestamp': String(timestamp),
    ...(credentials.token === undefined ? {} : { 'x-tc-token': credentials.token }),
  };
  const hash = (text: string | Buffer) => createHash('sha256').update(text).digest('hex');
  const lines = signed.map((name) => {
    const value = name === 'host' ? (options.signedHost ?? host) : headers[name]!;
    return `${name}:${options.keepsCase === true ? value : value.toLowerCase()}\n`;
  });
  const canonical = `POST\n/\n\n${lines.join('')}\n${signed.join(';')}\n${hash(options.payload ?? body)}`;
  let key: Buffer = Buffer.from(`TC3${credentials.secretKey}`);
  for (const part of [date, service, 'tc3_request']) key = createHmac('sha256', key).update(part).digest();
  const text = `TC3-HMAC-SHA256\n${timestamp}\n${date}/${service}/tc3_request\n${hash(canonical)}`;
  const signature = createHmac('sha256', key).update(text).digest('hex');
  const authorization = `TC3-HMAC-SHA256 Credential=${credentials.secretId}/${date}/${service}/tc3_request, SignedHeaders=${signed.join(';')}, Signature=${signature}`;
  return { method: 'POST', path: '/', headers: { ...headers, authorization }, body };
}
