import type { ActionDefinition, ActionName, actions } from '@tccc/outbound';
import { Refusal } from '../common/protocol.js';

type Definitions = typeof actions;

/** Parameters of an action. */
export type ParamsOf<Name extends ActionName> = NonNullable<Definitions[Name]['types']>['params'];

/** The fields of an action's result, without the id of the request, which the mock adds. */
export type FieldsOf<Name extends ActionName> = Omit<
  NonNullable<Definitions[Name]['types']>['result'],
  'RequestId'
>;

/** What a script is told in addition to the parameters. */
export interface ScriptContext<Name extends ActionName = ActionName> {
  /** Who signed the request; empty if that is not known. */
  readonly secretId: string;
  readonly requestId: string;
  /** The time of the entities, in milliseconds since the Unix epoch. */
  readonly nowMs: number;
  /** Does what the mock would do without the script, and returns the fields that it would answer. Throws its `Refusal`. */
  answer(): FieldsOf<Name>;
}

/** Answers requests of one action in place of the mock: with the fields of a result, or with a refusal. */
export type Script<Name extends ActionName = ActionName> = (
  params: ParamsOf<Name>,
  context: ScriptContext<Name>,
) => FieldsOf<Name> | Refusal;

type Fields = Record<string, unknown>;

/** A script failed, or answered what cannot be. */
export class ScriptFailure extends Error {}

/** The scripts that there are, at most one for each action. */
export class Scripts {
  readonly #definitions: ReadonlyMap<string, ActionDefinition>;
  readonly #scripts = new Map<string, Script>();

  constructor(definitions: ReadonlyMap<string, ActionDefinition>) {
    this.#definitions = definitions;
  }

  /** Names of the actions that have one. */
  get names(): string[] {
    return [...this.#scripts.keys()];
  }

  /** Installs a script in place of the one that the action has; returns a function that removes it. */
  add<Name extends ActionName>(action: Name, script: Script<Name>): () => void {
    if (!this.#definitions.has(action)) {
      const known = [...this.#definitions.keys()].join(', ');
      throw new Error(`There is no action "${String(action)}". There are: ${known}.`);
    }
    if (typeof script !== 'function') throw new Error('A script must be a function.');
    // A wrapper, so that one function may be installed twice and removed once.
    const added: Script = (params, context) => script(params as ParamsOf<Name>, context as never) as never;
    this.#scripts.set(action, added);
    return () => {
      if (this.#scripts.get(action) === added) this.#scripts.delete(action);
    };
  }

  /** Removes the script of an action, or of all; how many there were. */
  remove(action?: string): number {
    const names = action === undefined ? this.names : [action];
    return names.filter((name) => this.#scripts.delete(name)).length;
  }

  has(action: string): boolean {
    return this.#scripts.has(action);
  }

  /**
   * What the script of an action answers.
   *
   * @throws Refusal if it refuses
   * @throws ScriptFailure if it fails, or answers what cannot be
   */
  run(
    definition: ActionDefinition,
    params: unknown,
    context: Omit<ScriptContext, 'answer'> & { answer(): Fields },
  ): Fields {
    const { name } = definition;
    let answered: unknown;
    try {
      answered = this.#scripts.get(name)!(params as never, context as never);
    } catch (error) {
      if (error instanceof Refusal) throw error;
      throw new ScriptFailure(`The script of ${name} failed: ${String((error as Error)?.message ?? error)}`, {
        cause: error,
      });
    }
    if (answered instanceof Refusal) throw answered;
    const wrong = wrongFields(definition, answered);
    if (wrong !== undefined) throw new ScriptFailure(`The script of ${name} ${wrong}`);
    return answered as Fields;
  }
}

/** Why this cannot be the result of an action; undefined if it can. */
export function wrongFields({ result }: ActionDefinition, answered: unknown): string | undefined {
  if (answered instanceof Promise) {
    answered.catch(() => {});
    return 'returned a promise, but a script must answer at once.';
  }
  if (typeof answered !== 'object' || answered === null || Array.isArray(answered))
    return 'must return an object with the fields of the result, or a Refusal.';
  const isMissing = (name: string) =>
    (answered as Fields)[name] === undefined || (answered as Fields)[name] === null;
  const missing = result.required.filter((name) => name !== 'RequestId' && isMissing(name));
  return missing.length === 0 ? undefined : `must return ${missing.join(', ')}.`;
}
