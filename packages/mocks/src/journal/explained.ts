import type { Explanation } from '../common/finding.js';

/** Something whose explanation is found out once, when somebody asks. Not enumerable, so that printing many explains none. */
export class Explained {
  #explain: (() => Explanation) | undefined;
  #value: Explanation | undefined;

  constructor(explain: () => Explanation) {
    this.#explain = explain;
  }

  get diagnosis(): Explanation['diagnosis'] {
    return this.#found.diagnosis;
  }

  get canonicalRequest(): string | undefined {
    return this.#found.canonicalRequest;
  }

  get stringToSign(): string | undefined {
    return this.#found.stringToSign;
  }

  /** Whether somebody has asked. */
  static isKnown(item: Explained): boolean {
    return item.#value !== undefined;
  }

  static of(item: Explained): Explanation {
    return item.#found;
  }

  get #found(): Explanation {
    this.#value ??= explainSafely(this.#explain!);
    // It holds the request, which is not needed any more.
    this.#explain = undefined;
    return this.#value;
  }
}

/** A request that cannot be explained must not keep others from being read. */
function explainSafely(explain: () => Explanation): Explanation {
  try {
    return explain();
  } catch {
    return {
      diagnosis: [{ mistake: 'unknown', says: 'The mock could not find out what is wrong with it.' }],
    };
  }
}
