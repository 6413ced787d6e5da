import { closeSync, openSync, readSync } from 'node:fs';
import { BulkError } from '../errors.js';
import type { Attributes, LeftOutReason } from '../input/entry.js';

/** A line of the list that is sent: its number, its cost in bytes of a request, and what to call. */
export type CalleeRow = readonly [line: number, cost: number, callee: string, attributes?: Attributes];

/** A line of the list that is left out, and why. `of` is the line that had the number before. */
export interface LeftOutRow {
  readonly line: number;
  readonly leftOut: LeftOutReason;
  readonly callee: string;
  readonly of?: number;
}

export type PlanRow = CalleeRow | LeftOutRow;

/** Longest part of a text that is no number which is kept for the report. */
const SHOWN = 64;

/** In a request, a number with attributes appears twice: as itself, and in {"Callee":number,...}; each with a comma. */
const AROUND = '{"Callee":,,,'.length;

/** The row of a number, as it is in the plan. */
export function calleeRow(
  line: number,
  callee: string,
  attributes: string | undefined,
): { text: string; cost: number } {
  const number = JSON.stringify(callee);
  const bytes = Buffer.byteLength(number);
  if (attributes === undefined) return { text: `[${line},${bytes + 1},${number}]\n`, cost: bytes + 1 };
  const cost = 2 * bytes + Buffer.byteLength(attributes) + AROUND;
  return { text: `[${line},${cost},${number},${attributes}]\n`, cost };
}

export function leftOutRow(line: number, leftOut: LeftOutReason, callee: string, of?: number): string {
  // What is cut says so: the rest must not pass for a number, in a report that becomes the next list.
  const shown = callee.length > SHOWN ? `${callee.slice(0, SHOWN)}…` : callee;
  const row: LeftOutRow = { line, leftOut, callee: shown, ...(of !== undefined && { of }) };
  return `${JSON.stringify(row)}\n`;
}

/** @throws BulkError `LedgerDamaged`: what the parser says of a line that is not JSON would have a part of it, such as a number */
export function parseRow(bytes: Buffer): PlanRow {
  try {
    return JSON.parse(bytes.toString()) as PlanRow;
  } catch {
    throw planDamaged();
  }
}

export function planDamaged(): BulkError {
  return new BulkError(
    'LedgerDamaged',
    'The plan is not the one of the ledger: it was changed, or is not complete.',
  );
}

export function isCalleeRow(row: PlanRow): row is CalleeRow {
  return Array.isArray(row);
}

const BRACKET = 0x5b;
const COMMA = 0x2c;
const ZERO = 0x30;

/** Line and cost of a row, without parsing it; undefined if the row is of a line that is left out. */
export function headOf(bytes: Buffer): { line: number; cost: number } | undefined {
  if (bytes[0] !== BRACKET) return undefined;
  let at = 1;
  let line = 0;
  for (; bytes[at] !== COMMA; at++) line = line * 10 + bytes[at]! - ZERO;
  let cost = 0;
  for (at++; bytes[at] !== COMMA; at++) cost = cost * 10 + bytes[at]! - ZERO;
  return { line, cost };
}

const FIRST_ROW = /^(\[\d+,\d+,"|\{"line":\d+,"leftOut":|$)/;

/** Whether a file begins as a plan does, or is empty, as a crash may have left it. */
export function isPlan(path: string): boolean {
  const file = openSync(path, 'r');
  try {
    const start = Buffer.alloc(64);
    return FIRST_ROW.test(start.toString('latin1', 0, readSync(file, start)));
  } finally {
    closeSync(file);
  }
}
