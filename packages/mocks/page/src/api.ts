/** What the mock says once. */
export interface MockInfo {
  actions: {
    name: string;
    version: string;
    service: string;
    limit: number | 'off';
    windowMs: number;
  }[];
  secretIds: string[];
  isDefaultKey: boolean;
}

/** One request of the list, as the mock sends it. */
export type RowData = readonly [
  sequence: number,
  receivedAtMs: number,
  tookMs: number,
  action: string,
  code: string,
  fault: string,
  createdId: number,
  requestId: string,
  secretId: string,
];

/** Requests in a second: accepted, refused for the limit, refused otherwise. */
export type SecondData = readonly [ok: number, limited: number, refused: number];

export interface News {
  run: string;
  nowMs: number;
  /** What to add to the mock's monotonic time to get the time of day: the same for every page, whenever it is loaded. */
  clockOffsetMs: number;
  requests: number;
  created: number;
  entities: number;
  seconds: Record<string, SecondData[]>;
  rows: RowData[];
}

export interface Finding {
  mistake: string;
  says: string;
}

export interface RequestDetail {
  entry: { sequence: number; action: string; code: string; requestId: string; scriptError?: string };
  diagnosis: Finding[];
  canonicalRequest?: string;
  stringToSign?: string;
  params?: unknown;
  paramsLength?: number;
  request?: { method: string; path: string; headers: Record<string, string>; body?: string };
}

export interface EntityItem {
  number: number;
  entity: string;
  id: number;
  secretId: string;
  createdAtMs: number;
  fields: Record<string, unknown>;
  state: string;
  changes: { action: string; isPossible: boolean }[];
}

export interface PlannedFault {
  id: string;
  fault: string;
  action?: string;
  nth?: number | number[];
  probability?: number;
  /** Whether it can strike no more. */
  isSpent?: true;
}

export interface Faults {
  planned: PlannedFault[];
  kinds: Record<string, { meaning: string; strikes: string; group: string }>;
}

/** Asks a route of the mock; throws an Error with what the mock says, if it refuses. */
export async function ask<Answer>(path: string, method = 'GET', body?: unknown): Promise<Answer> {
  const isChange = method !== 'GET';
  const response = await fetch(`/__mock/${path}`, {
    method,
    ...(isChange ? { headers: { 'content-type': 'application/json' } } : {}),
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const answer = (await response.json()) as Answer & { error?: string };
  if (!response.ok) throw new Error(answer.error ?? `The mock answered with status ${response.status}.`);
  return answer;
}
