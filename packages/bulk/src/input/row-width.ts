/** A row of a table, and its line. */
export interface Row {
  readonly fields: string[];
  readonly line: number;
}

/** Rows that are held back at most until it is known how wide they are. */
const MAX_HELD = 100;

/**
 * How many cells the rows of a list have. Programs that write a delimiter behind each value, but not behind each name, give
 * every row an empty cell that has no name. If only some rows had it, a delimiter within a value could have moved the others. So
 * the first two rows decide.
 */
export class RowWidth {
  readonly #named: number;
  #held: Row[] = [];

  /** @param named how many columns have names */
  constructor(named: number) {
    this.#named = named;
  }

  /** How many cells a row has; undefined until it is known. */
  known: number | undefined;

  /** The rows that may be read now. */
  put(row: Row): readonly Row[] {
    const [first] = this.#held;
    const isEmpty = isBlank(row.fields);
    if (isEmpty && first === undefined) return [row];
    this.#held.push(row);
    if (first === undefined ? this.#isWide(row) : isEmpty && this.#held.length < MAX_HELD) return [];
    const isSame = first?.fields.length === row.fields.length && this.#isWide(row);
    return this.#decide(isSame ? row.fields.length : this.#named);
  }

  /** The rows that were held back. A single one is all rows. */
  end(): readonly Row[] {
    return this.#decide(this.#held[0]?.fields.length ?? this.#named);
  }

  #decide(width: number): readonly Row[] {
    this.known = width;
    const held = this.#held;
    this.#held = [];
    return held;
  }

  #isWide({ fields }: Row): boolean {
    return fields.length > this.#named && isBlank(fields.slice(this.#named));
  }
}

/** Whether all cells are empty, or blank. */
export function isBlank(fields: readonly string[]): boolean {
  return fields.every((field) => field.trim() === '');
}
