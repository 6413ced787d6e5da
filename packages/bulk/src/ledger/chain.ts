import { createHash } from 'node:crypto';
import { BulkError } from '../errors.js';

/** What a process puts down to have a file for itself. */
export interface LeaseLine {
  /** Random: names this process, and nothing else does. */
  readonly lease: string;
  /** Sum of the line that this one was written to follow. If it follows another one, somebody else was faster. */
  readonly after: string;
  /**
   * The kernel that the process runs under, and the folder that its socket is in. Absent if the process has no socket, or if the
   * file may be in the reach of other kernels, too.
   */
  readonly kernel?: string;
  readonly folder?: string;
  readonly at: string;
}

/** Gives back what a lease line has taken. */
export interface ReleaseLine {
  readonly released: string;
  readonly at: string;
}

/**
 * Ends each line with a checksum of it and of all lines before, so that a line that was changed, is missing, or has moved is
 * noticed.
 */
export class Seal {
  #last: string;

  constructor(last = '') {
    this.#last = last;
  }

  /** Sum of the last line. */
  get last(): string {
    return this.#last;
  }

  /** The text of the next line, which is an object in JSON. */
  close(line: object): string {
    const body = JSON.stringify(line).slice(0, -1);
    this.#last = sumOf(this.#last, body);
    return `${body},"sum":"${this.#last}"}\n`;
  }

  /** Whether a line, without its line break, is the next one as it was written. */
  fits(text: string): boolean {
    const [body, sum] = split(text);
    if (sum === undefined || sumOf(this.#last, body) !== sum) return false;
    this.#last = sum;
    return true;
  }
}

function sumOf(last: string, body: string): string {
  return createHash('sha256').update(last).update(body).digest('hex').slice(0, 8);
}

const END = /,"sum":"([0-9a-f]{8})"\}$/;

function split(text: string): [body: string, sum: string | undefined] {
  const match = END.exec(text.slice(-18));
  return [text.slice(0, -18), match?.[1]];
}

/**
 * The lines of a file that is only ever appended to. Its text may be longer than a string can be.
 *
 * Since nothing is ever cut off, a few lines that do not fit may be among those that do: a last line that a crash has torn, if a
 * lease follows; leases that came too late; and what a process wrote after it had lost its lease without having noticed.
 */
export class Chain {
  readonly seal = new Seal();
  /** Who has the file; undefined if it was given back. */
  lease: LeaseLine | undefined;
  readonly #bytes: Buffer;
  #at = 0;
  #line = 0;
  /** Number of a line that is torn, if the next one is a lease. */
  #torn: number | undefined;
  /** The sums at which somebody lost a lease: what still comes from there does not count. */
  readonly #lost = new Set<string>();

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  /** Whether the file ends in the middle of a line. */
  get isTorn(): boolean {
    return this.#at < this.#bytes.length;
  }

  /** Length of what was read. */
  get size(): number {
    return this.#bytes.length;
  }

  /**
   * The next line that counts; undefined at the end.
   *
   * @throws BulkError `LedgerDamaged` with the number of the line
   */
  next(): unknown {
    for (let text = this.#nextText(); text !== undefined; text = this.#nextText()) {
      if (!this.seal.fits(text)) {
        this.#passOver(text);
        continue;
      }
      const line = JSON.parse(text) as object;
      const isLease = 'lease' in line;
      if (this.#torn !== undefined && !isLease) throw this.damaged(this.#torn);
      this.#torn = undefined;
      if (!isLease && !('released' in line)) return line;
      if (isLease) this.#lost.add((line as LeaseLine).after);
      this.lease = isLease ? (line as LeaseLine) : undefined;
    }
    if (this.#torn !== undefined) throw this.damaged(this.#torn);
    return undefined;
  }

  damaged(line = this.#line): BulkError {
    return new BulkError('LedgerDamaged', `Line ${line} of the ledger is damaged, or is missing.`);
  }

  #nextText(): string | undefined {
    const end = this.#bytes.indexOf(10, this.#at);
    this.#line++;
    if (end === -1) return undefined;
    const text = this.#bytes.toString('utf8', this.#at, end);
    this.#at = end + 1;
    return text;
  }

  /** A line that does not fit. */
  #passOver(text: string): void {
    if (text === '#' || isLateLease(text) || this.#isOfALoser(text)) return;
    if (this.#torn !== undefined) throw this.damaged(this.#torn);
    this.#torn = this.#line;
  }

  #isOfALoser(text: string): boolean {
    const [body, sum] = split(text);
    if (sum === undefined || ![...this.#lost].some((last) => sumOf(last, body) === sum)) return false;
    this.#lost.add(sum);
    return true;
  }
}

/** Whether a line is a lease that was written to follow another line than it does. */
function isLateLease(text: string): boolean {
  const [body, sum] = split(text);
  const after = /^\{"lease":"[0-9a-f]+","after":"([0-9a-f]*)"/.exec(body)?.[1];
  return after !== undefined && sumOf(after, body) === sum;
}
