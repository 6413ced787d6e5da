import type { FaultName } from '@tccc/mocks';
import type { DispatcherLike } from '@tccc/outbound';
import type { BodyInit } from 'undici';
import { Agent, RetryAgent, fetch, interceptors } from 'undici';

/** A dispatcher of the user's own, as the option `dispatcher` takes it. */
export interface ForeignDispatcher {
  name: string;
  make(): { dispatcher: DispatcherLike; destroy(): Promise<void> };
  /** What nobody can see through it, so that no report about it could be honest. */
  leaveOut: readonly FaultName[];
}

/**
 * A dispatcher does not show its connections. The first response counts, and whatever else comes on the connection is
 * unseen: that it was another's (`anothers-first`, `stray-response`), that it was a lie which its own response follows
 * (`refusal-and-success`, `refusal-then-success`), or that it came before the request was written (`early-refusal`).
 */
export const SURPLUS: readonly FaultName[] = [
  'anothers-first',
  'stray-response',
  'refusal-and-success',
  'refusal-then-success',
  'early-refusal',
];

/**
 * The wrapper cannot be told to end a request, so the response to a call that was given up is never looked at, and its id
 * not noted. A copy of it that comes on the same connection later cannot be known as one.
 */
const COPIES: readonly FaultName[] = ['earlier-response', 'success-twice-late', 'refusal-twice-late'];

/** Asks again at once, whatever happens. */
const RETRIES = {
  methods: ['POST' as const],
  statusCodes: [429, 502, 503, 504],
  errorCodes: ['ECONNRESET', 'UND_ERR_SOCKET', 'ECONNREFUSED'],
  minTimeout: 1,
  maxTimeout: 1,
  maxRetries: 2,
};

export const foreignDispatchers: readonly ForeignDispatcher[] = [
  { name: 'Agent', make: () => over((agent) => agent), leaveOut: SURPLUS },
  { name: 'RetryAgent', make: () => over((agent) => new RetryAgent(agent, RETRIES)), leaveOut: SURPLUS },
  {
    name: 'the interceptor retry',
    make: () => over((agent) => agent.compose(interceptors.retry(RETRIES))),
    leaveOut: SURPLUS,
  },
  {
    name: 'the interceptor redirect',
    make: () => over((agent) => agent.compose(interceptors.redirect({ maxRedirections: 3 }))),
    leaveOut: SURPLUS,
  },
  { name: 'a wrapper around fetch', make: () => over(aroundFetch), leaveOut: [...SURPLUS, ...COPIES] },
  { name: 'a wrapper that asks twice', make: () => over(askingTwice), leaveOut: [...SURPLUS, ...COPIES] },
];

function over(wrap: (agent: Agent) => DispatcherLike) {
  const agent = new Agent();
  return { dispatcher: wrap(agent), destroy: () => agent.destroy() };
}

type DispatchRequest = Parameters<DispatcherLike['dispatch']>[0];
type Answered = Awaited<ReturnType<typeof fetch>>;

/** A thin wrapper, which says nothing of the beginning of a request and cannot be stopped. */
function aroundFetch(agent: Agent): DispatcherLike {
  return wrapper((request) => fetchOnce(agent, request, request.body as BodyInit, 'follow'));
}

/**
 * The same, which reads the body anew and sends it once more if it does not like the first response. It leaves
 * redirects alone: fetch would send its copy of the body again, which no client can prevent.
 */
function askingTwice(agent: Agent): DispatcherLike {
  const ask = async (request: DispatchRequest) => {
    const chunks: Uint8Array[] = [];
    for await (const chunk of request.body as AsyncIterable<Uint8Array>) chunks.push(chunk);
    return fetchOnce(agent, request, Buffer.concat(chunks), 'manual');
  };
  return wrapper(async (request) => {
    const first = await ask(request).catch(() => undefined);
    return first?.ok ? first : ask(request);
  });
}

function fetchOnce(
  dispatcher: Agent,
  { origin, path, method, headers }: DispatchRequest,
  body: BodyInit,
  redirect: 'follow' | 'manual',
): Promise<Answered> {
  const pairs = headers.flatMap((name, index) => (index % 2 === 0 ? [[name, headers[index + 1]!]] : []));
  return fetch(origin + path, {
    method,
    body,
    duplex: 'half',
    dispatcher,
    redirect,
    headers: pairs as [string, string][],
  });
}

function wrapper(ask: (request: DispatchRequest) => Promise<Answered>): DispatcherLike {
  const controller = { abort: () => {} };
  return {
    dispatch(request, handler) {
      void (async () => {
        try {
          const response = await ask(request);
          const { 'content-encoding': _decoded, ...rest } = Object.fromEntries(response.headers);
          handler.onResponseStart(controller, response.status, rest);
          handler.onResponseData(controller, Buffer.from(await response.arrayBuffer()));
          handler.onResponseEnd(controller, {});
        } catch (error) {
          handler.onResponseError(controller, error as Error);
        }
      })();
      return true;
    },
  };
}
