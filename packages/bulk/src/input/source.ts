import { headOf, join } from './head.js';
import type { FileKind } from './sniff.js';
import { sniff } from './sniff.js';
import type { TextSource } from './text.js';
import { bytesOf } from './text.js';

/** A file or stream whose first bytes were looked at. */
export interface Source {
  readonly kind: FileKind['kind'];
  /** All of it, from the first byte on. */
  readonly bytes: AsyncGenerator<Uint8Array>;
}

/** Kinds of archives: what is in them tells whether it is a workbook. */
const ARCHIVES: readonly string[] = [
  'xlsx',
  'xlsb',
  'document',
  'numbers',
  'zip',
] satisfies FileKind['kind'][];

/** Looks at the first bytes of a file or stream. */
export async function openSource(source: TextSource, what: string, signal?: AbortSignal): Promise<Source> {
  const { head, rest } = await headOf(bytesOf(source, what, signal));
  return { kind: sniff(head).kind, bytes: join(head, rest) };
}

/** Whether a reader of workbooks has to look at it. */
export function isArchive({ kind }: Source): boolean {
  return ARCHIVES.includes(kind);
}
