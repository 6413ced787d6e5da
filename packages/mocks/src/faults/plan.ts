import type { FaultName } from './catalogue.js';
import { faultKinds } from './catalogue.js';
import type { FaultKind } from './makers.js';

/** When a fault strikes. Without `nth` and `probability` it strikes every request that it is for. */
export interface FaultRule {
  fault: FaultName;
  /** Only requests of this action. Default: all. */
  action?: string;
  /** Only the request (or connection) with this number among those that it is for, or these, counting from 1. */
  nth?: number | readonly number[];
  /** Only this share of requests, drawn from the mock's seed; 0 to 1. */
  probability?: number;
  /** For faults that can strike either way: whether the request is executed. Default `after`: it is. */
  strikes?: 'before' | 'after';
}

/** A fault that strikes now. */
export interface Strike {
  name: FaultName;
  kind: FaultKind;
  strikes: 'before' | 'after';
}

/**
 * The faults that are installed. None at first; each can be removed.
 *
 * @example
 * const remove = engine.faults.add({ fault: 'reset-after-create', nth: 1 });
 * remove();
 */
export class FaultPlan {
  readonly #random: () => number;
  readonly #rules = new Map<FaultRule, { seen: number }>();
  readonly #struck = new Map<FaultName, number>();
  #hasSockets = true;

  constructor(random: () => number) {
    this.#random = random;
  }

  /**
   * Installs a fault; returns a function that removes it. Where several would strike, the first installed does.
   *
   * @throws Error where the rule is wrong, or the fault needs sockets and the mock has a way in without
   */
  add(rule: FaultRule): () => void {
    checkRule(rule);
    if (!this.#hasSockets) this.#refuseSocketFault(rule.fault);
    this.#rules.set(rule, { seen: 0 });
    return () => void this.#rules.delete(rule);
  }

  /** Whether a rule that was installed can strike no more: it was for certain requests, and they have come. */
  isSpent(rule: FaultRule): boolean {
    const { nth } = rule;
    const last = nth === undefined ? Infinity : typeof nth === 'number' ? nth : Math.max(...nth);
    return (this.#rules.get(rule)?.seen ?? 0) >= last;
  }

  /** How often each fault has struck, since the latest `clear()`. */
  get struck(): ReadonlyMap<FaultName, number> {
    return this.#struck;
  }

  /** Removes every fault. */
  clear(): void {
    this.#rules.clear();
    this.#struck.clear();
  }

  /** From now on no fault that needs sockets may be installed: a way in without sockets cannot show it, and must not pretend. */
  forbidSockets(): void {
    this.#hasSockets = false;
    for (const { fault } of this.#rules.keys()) this.#refuseSocketFault(fault);
  }

  /** The fault that strikes the next request, which is for this action and has this many bytes of body, if any. */
  next(action: string, bytes: number): Strike | undefined {
    return this.#next(
      (rule, { at, leastBytes = 0 }) =>
        at !== 'connection' && bytes >= leastBytes && (rule.action ?? action) === action,
    );
  }

  /** The fault that strikes the connection that was just accepted, if any. */
  nextConnection(): Strike | undefined {
    return this.#next((_rule, { at }) => at === 'connection');
  }

  #next(isFor: (rule: FaultRule, kind: FaultKind) => boolean): Strike | undefined {
    let strike: Strike | undefined;
    for (const [rule, count] of this.#rules) {
      if (!isFor(rule, faultKinds[rule.fault])) continue;
      count.seen++;
      if (strike === undefined && this.#isDue(rule, count.seen)) strike = toStrike(rule);
    }
    if (strike !== undefined) this.#struck.set(strike.name, (this.#struck.get(strike.name) ?? 0) + 1);
    return strike;
  }

  #isDue({ nth, probability }: FaultRule, number: number): boolean {
    if (nth !== undefined && !(typeof nth === 'number' ? nth === number : nth.includes(number))) return false;
    return probability === undefined || this.#random() < probability;
  }

  #refuseSocketFault(fault: FaultName): void {
    if ((faultKinds[fault] as FaultKind).needsSockets !== true) return;
    throw new Error(
      `The fault "${fault}" happens below HTTP and needs sockets. Use MockServer; a MockDispatcher cannot show it.`,
    );
  }
}

function toStrike({ fault, strikes }: FaultRule): Strike {
  const kind: FaultKind = faultKinds[fault];
  return { name: fault, kind, strikes: kind.strikes === 'either' ? (strikes ?? 'after') : kind.strikes };
}

function checkRule({ fault, action, probability, strikes }: FaultRule): void {
  if (!Object.hasOwn(faultKinds, fault)) {
    throw new Error(`There is no fault "${fault}". There are: ${Object.keys(faultKinds).join(', ')}.`);
  }
  if (probability !== undefined && !(probability >= 0 && probability <= 1)) {
    throw new Error('The probability of a fault must be from 0 to 1.');
  }
  const kind: FaultKind = faultKinds[fault];
  if (strikes !== undefined && kind.strikes !== 'either' && kind.strikes !== strikes) {
    throw new Error(`The fault "${fault}" always strikes ${kind.strikes} anything is created.`);
  }
  if (action !== undefined && kind.at === 'connection') {
    throw new Error(`The fault "${fault}" strikes connections, so it cannot be limited to an action.`);
  }
}
