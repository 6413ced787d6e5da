import type { Explanation, Finding, WrongParameter } from '../common/finding.js';

/** What became of one request. */
export interface JournalEntry {
  /** Counts from 1. */
  sequence: number;
  /** When the whole request had been read, in milliseconds of the mock's monotonic clock. */
  receivedAtMs: number;
  /** How long the mock took from then until it had its answer, in milliseconds. What a fault does to the answer comes later. */
  tookMs: number;
  /** Value of X-TC-Action; empty if there was none. */
  action: string;
  /** Who signed it; empty if that is not known. */
  secretId: string;
  /** `OK`, the error code of the response, `ScriptFailed` if a script of `respond` gave none, or `MockFailed` if the mock did. */
  code: string;
  requestId: string;
  /** Id of what the request created. */
  createdId?: number;
  /** The fault that struck; `code` is then what the service would have answered without it. */
  fault?: string;
  /** Body as parsed; absent if it was not JSON. That of a large request is parsed each time that it is read. */
  params?: unknown;
  /** What is wrong with the parameters: the first 20 faults, of which the response names one. */
  issues?: readonly WrongParameter[];
  /** Why a script failed. */
  scriptError?: string;
  /**
   * What is wrong with a request whose signature, action or parameters were refused, all at once. Found out when it is read, as
   * are the two below.
   */
  readonly diagnosis?: readonly Finding[];
  /** If the signature was refused: what has to be signed, as the mock computed it. A token in it is not shown. */
  readonly canonicalRequest?: string | undefined;
  readonly stringToSign?: string | undefined;
}

/** Something that a request created. */
export interface Created {
  action: string;
  id: number;
  requestId: string;
  /** The parameters. Those of a large request are parsed each time that they are read. */
  params: Record<string, unknown>;
}

/** An entry without what takes time to find out. */
export type EntryHead = Omit<JournalEntry, 'params' | keyof Explanation>;

/** What an engine tells of a request, apart from its body. */
export type Recorded = Omit<EntryHead, 'sequence'>;
