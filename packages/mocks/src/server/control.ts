import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { BodyReader } from './body-reader.js';
import type { MockEngine } from '../engine/engine.js';
import type { Hide } from '../common/secrets.js';
import { hideInJson, secretHider } from '../common/secrets.js';
import { BROWSER_HEADERS } from './page-files.js';
import {
  changeEntity,
  describeEntities,
  describeMock,
  describePushes,
  describeRequest,
  newsFor,
} from './page-routes.js';
import { PlannedFaults, WrongRule } from './planned-faults.js';
import { faultGroupOf, faultKinds } from '../faults/catalogue.js';
import type { FaultKind } from '../faults/makers.js';
import { respondRemotely } from './remote-scripts.js';
import { WrongRequest } from './wrong-request.js';

/** Where the routes begin that drive the mock from outside. */
export const CONTROL_PREFIX = '/__mock/';

/** Items on a page unless the request says otherwise, and at most. */
const PAGE = 1_000;
const LARGEST_PAGE = 100_000;

/** Numbers that a summary shows. */
const NUMBERS_SHOWN = 1_000;

interface Context {
  engine: MockEngine;
  /** Says that nothing was forgotten since: it changes with each start and each reset. */
  run: string;
  faults: PlannedFaults;
  url: URL;
  readBody: () => Promise<unknown>;
}

type Result = { status?: number; json: unknown } | { page: Page };

/** A list that is sent as it is made, whatever its length. */
interface Page {
  head: Record<string, unknown>;
  name: string;
  items: Iterable<readonly [number: number, json: string]>;
  limit: number;
}

/** By method and path. */
const routes: Readonly<Record<string, (context: Context) => Result | Promise<Result>>> = {
  'GET health': () => ({ json: { ready: true, maxRssBytes: process.resourceUsage().maxRSS * 1024 } }),
  'GET summary': ({ engine, url }) => ({ json: summarise(engine, url) }),
  'GET journal': ({ engine, url }) => {
    const { journal } = engine;
    const { after, limit } = rangeOf(url);
    const head = { requests: journal.size, created: journal.createdCount, keptFrom: journal.keptFrom };
    return { page: { head, name: 'entries', items: journal.entriesAsJson(after, limit), limit } };
  },
  'GET created': ({ engine, url }) => {
    const { journal } = engine;
    const { after, limit } = rangeOf(url);
    const head = {
      created: journal.createdCount,
      keptFrom: journal.createdFrom,
    };
    return { page: { head, name: 'items', items: journal.createdAsJson(after, limit), limit } };
  },
  'GET entities': ({ engine, url }) => {
    const { after, limit } = rangeOf(url);
    const head = { entities: engine.entityCount, nowMs: engine.entityNow };
    return { page: { head, name: 'items', items: entitiesAsJson(engine, after, limit), limit } };
  },
  'POST clock': async ({ engine, readBody }) => {
    advance(engine, await readBody());
    return { json: { nowMs: engine.entityNow } };
  },
  'GET page/mock': ({ engine }) => ({ json: describeMock(engine) }),
  'GET page/news': ({ engine, url, run }) => {
    const after = wholeNumber(url, 'after', 0, 0, Number.MAX_SAFE_INTEGER);
    return { json: newsFor(engine, run, { after, run: url.searchParams.get('run') ?? '' }) };
  },
  'GET page/request': ({ engine, url }) => ({
    json: describeRequest(engine, wholeNumber(url, 'sequence', 0, 1, Number.MAX_SAFE_INTEGER)),
  }),
  'GET page/entities': ({ engine }) => ({ json: describeEntities(engine) }),
  'POST page/change': async ({ engine, readBody }) => {
    changeEntity(engine, await readBody());
    return { json: { changed: true } };
  },
  'GET pushes': ({ engine }) => ({ json: describePushes(engine) }),
  'GET page/pushes': ({ engine }) => ({ json: describePushes(engine) }),
  'GET respond': ({ engine }) => ({ json: { actions: engine.scripts.names } }),
  'POST respond': async ({ engine, readBody }) => ({
    status: 201,
    json: respondRemotely(engine, await readBody()),
  }),
  'DELETE respond': ({ engine, url }) => ({
    json: { removed: engine.scripts.remove(url.searchParams.get('action') ?? undefined) },
  }),
  'GET faults': ({ faults }) => ({ json: { planned: faults.planned, kinds: describeKinds() } }),
  'POST faults': async ({ faults, readBody }) => ({ status: 201, json: faults.add(await readBody()) }),
  'DELETE faults': ({ faults, url }) => ({ json: { removed: faults.remove(url.searchParams.get('id')) } }),
  'POST reset': ({ engine, faults }) => {
    faults.remove(null);
    engine.reset();
    return { json: { reset: true } };
  },
};

/** Those of the page change with it, so nobody else should use them. */
const publicRoutes = Object.keys(routes).filter((name) => !name.includes(' page/'));

/** Routes for those who drive the mock from outside: apart from the API, and never counted in the journal. */
export class Control {
  readonly #engine: MockEngine;
  readonly #faults: PlannedFaults;
  readonly #reader: BodyReader;
  readonly #startId = randomUUID();

  constructor(engine: MockEngine, reader: BodyReader) {
    this.#engine = engine;
    this.#faults = new PlannedFaults(engine.faults);
    this.#reader = reader;
  }

  async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url!, 'http://mock');
    const route = routes[`${request.method} ${url.pathname.slice(CONTROL_PREFIX.length)}`];
    if (route === undefined) {
      const known = publicRoutes.map((name) => name.replace(' ', ` ${CONTROL_PREFIX}`));
      return sendJson(response, 404, { error: `There is no such route. There are: ${known.join(', ')}.` });
    }
    const readBody = () => readJson(request, this.#reader);
    try {
      const run = `${this.#startId}-${this.#engine.journal.generation}`;
      const result = await route({ engine: this.#engine, faults: this.#faults, run, url, readBody });
      if ('page' in result) await sendPage(response, result.page, secretHider(this.#engine.credentials));
      else sendJson(response, result.status ?? 200, result.json);
    } catch (error) {
      if (!(error instanceof WrongRequest || error instanceof WrongRule)) throw error;
      sendJson(response, 400, { error: error.message });
    }
  }
}

function* entitiesAsJson(engine: MockEngine, after: number, limit: number) {
  for (const [number, view] of engine.entitiesAfter(after, limit))
    yield [number, JSON.stringify(view)] as const;
}

function advance(engine: MockEngine, body: unknown): void {
  const { advanceMs } = (body ?? {}) as { advanceMs?: unknown };
  try {
    engine.advance(advanceMs as number);
  } catch (error) {
    throw new WrongRequest((error as Error).message);
  }
}

function summarise(engine: MockEngine, url: URL) {
  const { journal, created } = engine;
  const windowMs = wholeNumber(url, 'windowMs', 1_000, 1, 86_400_000);
  const action = url.searchParams.get('action') ?? undefined;
  const numbers = engine.calledMoreThanOnce;
  return {
    requests: journal.size,
    keptFrom: journal.keptFrom,
    created: journal.createdCount,
    createdKept: created.length,
    calledMoreThanOnce: Object.fromEntries([...numbers].slice(0, NUMBERS_SHOWN)),
    calledMoreThanOnceCount: numbers.size,
    worstWindow: journal.worstWindow(windowMs, action),
    worstWindowFrom: journal.worstWindowFrom,
  };
}

function describeKinds() {
  return Object.fromEntries(
    Object.entries<FaultKind>(faultKinds).map(([name, { meaning, strikes }]) => [
      name,
      { meaning, strikes, group: faultGroupOf(name) },
    ]),
  );
}

async function readJson(request: IncomingMessage, reader: BodyReader): Promise<unknown> {
  const body = await reader.read(request);
  try {
    return JSON.parse(String(body)) as unknown;
  } catch {
    throw new WrongRequest('The body must be JSON.');
  }
}

function rangeOf(url: URL): { after: number; limit: number } {
  return {
    after: wholeNumber(url, 'after', 0, 0, Number.MAX_SAFE_INTEGER),
    limit: wholeNumber(url, 'limit', PAGE, 1, LARGEST_PAGE),
  };
}

function wholeNumber(url: URL, name: string, byDefault: number, least: number, most: number): number {
  const text = url.searchParams.get(name);
  if (text === null) return byDefault;
  const value = Number(text);
  if (/^\d+$/.test(text) && value >= least && value <= most) return value;
  throw new WrongRequest(`${name} must be a whole number from ${least} to ${most}.`);
}

function sendJson(response: ServerResponse, status: number, value: unknown): void {
  const body = JSON.stringify(value);
  response
    .writeHead(status, {
      ...BROWSER_HEADERS,
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(body),
    })
    .end(body);
}

/**
 * Sends a page piece by piece, no faster than it is read, and without secrets. `next` is what to give as `after` for the
 * page that follows.
 */
async function sendPage(
  response: ServerResponse,
  { head, name, items, limit }: Page,
  hide: Hide,
): Promise<void> {
  response.writeHead(200, { ...BROWSER_HEADERS, 'content-type': 'application/json' });
  response.write(`${JSON.stringify(head).slice(0, -1)},"${name}":[`);
  let count = 0;
  let next: number | null = null;
  for (const [number, item] of items) {
    const json = hideInJson(item, hide);
    next = number;
    if (!response.write(count++ === 0 ? json : `,${json}`)) await drained(response);
    if (response.destroyed) return;
  }
  response.end(`],"next":${count < limit ? null : next}}`);
}

/** Until more can be written, or nobody reads any more. */
async function drained(response: ServerResponse): Promise<void> {
  const ended = new AbortController();
  const wait = (event: string) => once(response, event, { signal: ended.signal }).catch(() => {});
  await Promise.race([wait('drain'), wait('close')]);
  ended.abort();
}
