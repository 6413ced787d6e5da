import type { FileLedger } from '../ledger/file-ledger.js';
import type { OptOutResult } from '../ledger/format.js';
import { readPart } from '../plan/load.js';
import type { Inbox } from './inbox.js';
import type { Part } from './leave-out.js';
import { leaveOut } from './leave-out.js';

/** Hears what an opt-out changed. */
type OnApplied = (result: OptOutResult) => void;

/** How often opt-outs are looked for while nothing is claimed, in milliseconds. */
const LOOK_MS = 500;

/** Applies the opt-outs that have come for the ledger of this process: before each claim, and now and then meanwhile. */
export class Collector {
  readonly #inbox: Inbox;
  readonly #ledger: FileLedger;
  readonly #plan: string;
  readonly #onApplied: OnApplied;
  readonly #looks: NodeJS.Timeout;
  #last: Promise<void>;

  /** @param plan its path */
  constructor(inbox: Inbox, ledger: FileLedger, plan: string, onApplied: OnApplied) {
    [this.#inbox, this.#ledger, this.#plan, this.#onApplied] = [inbox, ledger, plan, onApplied];
    this.#last = inbox.tidy();
    // What fails here fails again before the next claim.
    this.#looks = setInterval(() => void this.collect().catch(() => {}), LOOK_MS).unref();
  }

  /**
   * Resolves once everything is applied that was there when it was called.
   *
   * @throws BulkError if a list, the plan or the ledger cannot be used
   */
  collect(): Promise<void> {
    const look = () => this.#collect();
    this.#last = this.#last.then(look, look);
    return this.#last;
  }

  async close(): Promise<void> {
    clearInterval(this.#looks);
    await this.#last.catch(() => {});
  }

  async #collect(): Promise<void> {
    for (const id of await this.#inbox.ids()) {
      const result = await leaveOut(this.#ledger, this.#parts(), await this.#inbox.read(id));
      await this.#ledger.noteOptOut(id, result);
      await this.#inbox.remove(id);
      this.#onApplied(result);
    }
  }

  async *#parts(): AsyncGenerator<Part> {
    for await (const chunk of this.#ledger.chunks())
      yield { chunk, rows: await readPart(this.#plan, chunk.from, chunk.to) };
  }
}
