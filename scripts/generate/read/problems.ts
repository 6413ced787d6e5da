/** Where something is in the spec. */
export interface Place {
  /** Below the spec folder. */
  file: string;
  /** Counted from 1. */
  line: number;
}

/** One thing that is wrong with the spec: where, what, and what to do about it. */
export interface Problem extends Place {
  says: string;
  remedy: string;
}

/** A spec that is refused, with everything that is wrong with it. */
export class SpecRefused extends Error {
  override readonly name = 'SpecRefused';
  readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[]) {
    const sorted = [...problems].sort((a, b) =>
      a.file === b.file ? a.line - b.line : a.file < b.file ? -1 : 1,
    );
    const lines = sorted.map(
      ({ file, line, says, remedy }) => `\n  spec/${file}:${line}: ${says.replace(/[.?]$/, '')}. ${remedy}`,
    );
    super(`The spec is refused (spec/README.md has its rules):${lines.join('')}`);
    this.problems = sorted;
  }
}

/** Where each object and list of the spec was written, so that a rule that is broken anywhere can say where. */
export class Places {
  readonly #places = new WeakMap<object, Place & { keys: ReadonlyMap<string, number> }>();

  set(value: object, file: string, line: number, keys: ReadonlyMap<string, number>): void {
    this.#places.set(value, { file, line, keys });
  }

  /** The line of `key` in the object or list, or that of the object itself. */
  of(value: object, key?: string | number): Place {
    const place = this.#places.get(value);
    if (place === undefined) return { file: 'openapi.yaml', line: 1 };
    return { file: place.file, line: place.keys.get(String(key)) ?? place.line };
  }

  /** The place of a JSON pointer below `value`: that of its last step, or of the last object on the way. */
  below(value: object, pointer: string, key?: string): Place {
    const steps = pointer
      .split('/')
      .slice(1)
      .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
    let [at, place] = [value as Record<string, unknown>, this.of(value)];
    for (const step of steps) {
      place = this.of(at, step);
      const next = at[step];
      if (typeof next !== 'object' || next === null) return place;
      at = next as Record<string, unknown>;
    }
    return key !== undefined && key in at ? this.of(at, key) : place;
  }
}
