import { actions } from '@tccc/outbound';
import type { FaultPlan, FaultRule } from '../faults/plan.js';

/** A rule that was not understood; the message says why. */
export class WrongRule extends Error {}

/** What each field of a rule must be, to those who write JSON. */
const FIELDS: Readonly<
  Record<keyof Required<FaultRule>, [isRight: (value: unknown) => boolean, says: string]>
> = {
  fault: [(value) => typeof value === 'string', 'the name of a fault; GET /__mock/faults lists them'],
  action: [
    (value) => typeof value === 'string' && Object.hasOwn(actions, value),
    `one of: ${Object.keys(actions).join(', ')}`,
  ],
  nth: [
    (value) => isCount(value) || (Array.isArray(value) && value.length > 0 && value.every(isCount)),
    'a whole number from 1, or an array of them',
  ],
  probability: [(value) => typeof value === 'number', 'a number from 0 to 1'],
  strikes: [(value) => value === 'before' || value === 'after', '"before" or "after"'],
};

/** How many faults may be planned from outside, and how long all of them may be as JSON, in characters. */
const MOST = 1_000;
const MOST_TEXT = 1_048_576;

/** The faults that were planned from outside, by their ids. */
export class PlannedFaults {
  readonly #plan: FaultPlan;
  readonly #planned = new Map<string, { rule: FaultRule; size: number; remove: () => void }>();
  #size = 0;
  #nextId = 1;

  constructor(plan: FaultPlan) {
    this.#plan = plan;
  }

  get planned() {
    return [...this.#planned].map(([id, { rule }]) => ({
      id,
      ...rule,
      ...(this.#plan.isSpent(rule) && { isSpent: true as const }),
    }));
  }

  /** @throws WrongRule */
  add(value: unknown): { id: string } & FaultRule {
    const rule = readRule(value);
    if (this.#planned.size >= MOST) throw new WrongRule(`There are ${MOST} faults already.`);
    const size = JSON.stringify(rule).length;
    if (this.#size + size > MOST_TEXT)
      throw new WrongRule(
        `All faults together may be ${MOST_TEXT} characters of JSON, and this one would make them ${this.#size + size}. Give nth fewer numbers, or remove faults.`,
      );
    let remove: () => void;
    try {
      remove = this.#plan.add(rule);
    } catch (error) {
      throw new WrongRule((error as Error).message);
    }
    const id = String(this.#nextId++);
    this.#planned.set(id, { rule, size, remove });
    this.#size += size;
    return { id, ...rule };
  }

  /** Removes one, or, without an id, every one, also those that the program has installed; how many of those planned here. */
  remove(id: string | null): number {
    if (id === null) {
      const count = this.#planned.size;
      this.#planned.clear();
      this.#size = 0;
      this.#plan.clear();
      return count;
    }
    const planned = this.#planned.get(id);
    if (planned === undefined) throw new WrongRule('There is no fault with this id.');
    planned.remove();
    this.#planned.delete(id);
    this.#size -= planned.size;
    return 1;
  }
}

function readRule(value: unknown): FaultRule {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new WrongRule('A fault must be a JSON object such as {"fault": "internal-error", "nth": 1}.');
  if (!('fault' in value)) throw new WrongRule(`fault must be ${FIELDS.fault[1]}.`);
  for (const [name, given] of Object.entries(value)) {
    const field = Object.hasOwn(FIELDS, name) ? FIELDS[name as keyof FaultRule] : undefined;
    if (field === undefined)
      throw new WrongRule(`A fault has only the fields ${Object.keys(FIELDS).join(', ')}.`);
    if (!field[0](given)) throw new WrongRule(`${name} must be ${field[1]}.`);
  }
  return value as FaultRule;
}

function isCount(value: unknown): boolean {
  return Number.isSafeInteger(value) && (value as number) >= 1;
}
