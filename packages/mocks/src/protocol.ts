import type { Buffer } from 'node:buffer';

/** A request as any of the faces receives it. */
export interface MockRequest {
  method: string;
  path: string;
  /** Names in lower case. */
  headers: Readonly<Record<string, string | string[] | undefined>>;
  body: Buffer;
}

/** A reply as any of the faces gives it. */
export interface MockReply {
  status: number;
  headers: Record<string, string>;
  body: string;
}

/** Refuses a request with one of the service's codes. */
export class Refusal extends Error {
  readonly code: string;
  /** What helps to find the cause; kept in the journal, never on the wire. */
  readonly detail: Readonly<Record<string, unknown>>;

  constructor(code: string, message: string, detail: Readonly<Record<string, unknown>> = {}) {
    super(message);
    this.code = code;
    this.detail = detail;
  }
}

/** A header's value; of several with one name, the first. */
export function header(request: MockRequest, name: string): string | undefined {
  const value = request.headers[name];
  return Array.isArray(value) ? value[0] : value;
}
