import type { Place } from './place.js';

/** Begins a statement about a run that a pooler must not give to a copy. */
export const AT_THE_PRIMARY = 'with here as (update SCHEMA.runs set leader = leader where id = $1)';

/**
 * What a process says to the database of a ledger. After one statement has waited for an answer in vain, no other one waits: most
 * are not even made.
 */
export class Statements {
  readonly #place: Pick<Place, 'database' | 'schema'>;
  #failure: unknown;

  constructor(place: Pick<Place, 'database' | 'schema'>) {
    this.#place = place;
  }

  /** Whether the database was given up. */
  get isOver(): boolean {
    return this.#failure !== undefined;
  }

  /** @param text with `SCHEMA.` before the names of tables */
  async query<Row extends object>(text: string, values: unknown[]): Promise<Row[]> {
    if (this.isOver) throw this.#failure;
    return this.#say(text, values);
  }

  /** A statement that is worth one try even then: what only this process knows would be lost with it. */
  tell<Row extends object>(text: string, values: unknown[]): Promise<Row[]> {
    return this.#say(text, values, this.isOver ? 0 : undefined);
  }

  async #say<Row extends object>(text: string, values: unknown[], patienceMs?: number): Promise<Row[]> {
    const { database, schema } = this.#place;
    try {
      return await database.query<Row>(text.replaceAll('SCHEMA.', `${schema}.`), values, patienceMs);
    } catch (error) {
      throw (this.#failure ??= error);
    }
  }
}
