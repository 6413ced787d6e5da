import type { ActionDefinition } from './action.js';
import { Call } from './call/call.js';
import { clientClosed, invalidOption } from './checks.js';
import { ConfigurationError } from './errors/errors.js';
import { isTcccError } from './errors/guards.js';
import { notLoaded } from './errors/not-loaded.js';
import type { Log } from './observe/logger.js';
import { resolveLog } from './observe/logger.js';
import type { ClientStats } from './observe/stats.js';
import { idleStats } from './observe/stats.js';
import type { CallOptions, ParameterName } from './options/call-options.js';
import type { ClientOptions } from './options/client-options.js';
import type { Settings } from './options/settings.js';
import { resolveOptions } from './options/settings.js';
import type { Reservation } from './pacing/pacer.js';
import type { PlainData } from './params/plain-data.js';
import { namesOfProcess } from './response/service-names.js';
import type { Runner } from './runner.js';

/**
 * Calls actions of Tencent Cloud API 3.0. Knows no action itself: each call brings its definition.
 *
 * This file has what a client needs before its first call; `runner.ts` has the rest, and is loaded then.
 *
 * @example
 * await using client = new ServiceClient({ credentials });
 * const { TaskId } = await client.call(CreateAutoCalloutTask, task);
 */
export class ServiceClient {
  readonly #settings: Settings;
  readonly #log: Log | undefined;
  readonly #serviceNames = namesOfProcess();
  /** What the service at `endpoint` is called in the memory of request ids. */
  readonly #endpointName: string | undefined;
  #runner: Runner | undefined;
  #loading: Promise<Runner> | undefined;
  /** Calls that wait for the runner. */
  #entering = 0;
  #closing: Promise<void> | undefined;

  /** @throws ConfigurationError or CredentialsError that names the option */
  constructor(options: ClientOptions = {}) {
    this.#settings = resolveOptions(options);
    this.#log = resolveLog(this.#settings.logger, this.#settings.logLevel);
    const { endpoint } = this.#settings;
    if (endpoint !== undefined) this.#endpointName = this.#serviceNames.enter(endpoint);
  }

  /**
   * Calls one action.
   * @throws TcccError of some kind, and nothing else; its `outcome` says what is known about the side effect
   */
  call<Params, Result>(
    definition: ActionDefinition<Params, Result>,
    params: NoInfer<Params> | PlainData,
    options?: CallOptions<ParameterName<Params>>,
  ): Promise<Result> {
    try {
      if (this.#closing !== undefined) throw clientClosed(definition.name);
      const prepared = Call.prepare(definition, params, options, this.#settings);
      // What waits for its turn should hold on to the body only, not to the parameters that it was made from.
      const result = prepared instanceof Promise ? this.#runOnce(prepared) : this.#run(prepared);
      return result as Promise<Result>;
    } catch (error) {
      return Promise.reject(isTcccError(error) ? error : noDefinition());
    }
  }

  async #runOnce(prepared: Promise<Call>): Promise<unknown> {
    const call = await prepared;
    this.#refuseIfClosed(call);
    return this.#run(call);
  }

  /** A call that waits for a module is not known to the runner, which ends all others when the client is closed. */
  #refuseIfClosed(call: Call): void {
    if (this.#closing === undefined) return;
    call.scope.release();
    throw clientClosed(call.action);
  }

  #run(call: Call): Promise<unknown> {
    return this.#runner === undefined ? this.#loadAndRun(call) : this.#runner.run(call);
  }

  async #loadAndRun(call: Call): Promise<unknown> {
    this.#entering++;
    try {
      await this.#load();
    } catch (error) {
      call.scope.release();
      throw unsent(call.action, error);
    } finally {
      this.#entering--;
    }
    this.#refuseIfClosed(call);
    return this.#runner!.run(call);
  }

  /** Loads what runs calls; if that fails, the next call tries again. */
  #load(): Promise<Runner> {
    this.#loading ??= import('./runner.js').then(
      ({ Runner }) => (this.#runner = new Runner(this.#settings, this.#log, this.#endpointName)),
      (failure: unknown) => {
        this.#loading = undefined;
        throw failure;
      },
    );
    return this.#loading;
  }

  /** What the client is doing now, for health checks and for a shutdown. */
  stats(): ClientStats {
    const stats = this.#runner?.stats ?? idleStats(this.#settings, this.#entering);
    return { ...stats, isClosed: this.#closing !== undefined };
  }

  /**
   * The time of the service as far as it is known, in milliseconds since the Unix epoch: by the clock of this client, with what
   * was learnt when the service refused a time that was off by more than five minutes.
   */
  now(): number {
    return this.#runner?.serviceClock.now() ?? this.#settings.clock.now();
  }

  /**
   * Names what this client sees when it reads: two clients with the same view can read for one another. No secret is in it.
   * @throws CredentialsError if there is no account
   */
  async viewOf(definition: Pick<ActionDefinition, 'host'>): Promise<string> {
    return (this.#runner ?? (await this.#load())).viewOf(definition);
  }

  /** Keeps a slot for the next request of an action, as `Slots.reserve` says. */
  async reserve(
    action: Pick<ActionDefinition, 'host' | 'name' | 'rateLimit'>,
    signal?: AbortSignal,
  ): Promise<Reservation | undefined> {
    try {
      return await (this.#runner ?? (await this.#load())).reserve(action, signal);
    } catch {
      return undefined; // The request finds out why.
    }
  }

  /**
   * Closes the client: calls that wait for anything but a response end at once as `not-executed`, responses that are
   * outstanding are awaited, and then the client's own connections are closed. Safe to call twice.
   */
  close(): Promise<void> {
    this.#closing ??= this.#shutDown();
    return this.#closing;
  }

  async #shutDown(): Promise<void> {
    const runner = this.#runner ?? (await this.#loading?.catch(() => undefined));
    await runner?.close();
    if (this.#settings.endpoint !== undefined) this.#serviceNames.leave(this.#settings.endpoint);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }
}

/** What is read of a call before it runs, and is not checked, is its definition. */
function noDefinition(): ConfigurationError {
  return invalidOption(
    'definition',
    'one of defineAction, with rules that make sense, or a generated one such as CreateAutoCalloutTask',
  );
}

/** Nothing can have been sent without the runner. */
function unsent(action: string, error: unknown): ConfigurationError {
  const message = `${action} was not sent: ${notLoaded('a module of this package', error)}`;
  return new ConfigurationError({ code: 'TransportUnavailable', action, message });
}
