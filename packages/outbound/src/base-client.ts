import type {
  ActionDefinition,
  AnyTcccError,
  CallOptions,
  ClientOptions,
  ClientStats,
  ParameterName,
  PlainData,
  Reservation,
} from '@tccc/core';
import { ServiceClient, isTcccError } from '@tccc/core';
import { checkCallOptions, checkClientOptions, clock, invalidOption, toPlainData } from '@tccc/core/internal';
import type { Site } from './generated/sites.js';
import { sites } from './generated/sites.js';
import type { AnyListDefinition } from './listing.js';
import { eachItem } from './listing.js';
import type { CallRecord } from './results/call-record.js';
import { campaignResults } from './results/campaign.js';
import type { NumberResult } from './results/number-result.js';
import type {
  CampaignResultsParams,
  ReconcileParams,
  ResultActions,
  ResultsOptions,
  TaskResultsParams,
} from './results/options.js';
import { Reconciliation } from './results/reconcile.js';
import { RecordReaders } from './results/record-reader.js';
import { taskResults } from './results/task.js';
import type { Created, CreationDefinition, CreationOptions, SettleOptions } from './settle/creation.js';
import { checkMarker, randomMarker } from './settle/marker.js';
import { copyOptions, holdsSettle, readCreationOptions, readSettleOptions } from './settle/options.js';
import { knownOf, markedParams } from './settle/sent.js';
import type { Search, Seer } from './settle/search.js';
import { Lookup } from './settle/settle.js';

/** Options of a client that calls one of the two sites. */
export interface SiteOptions extends ClientOptions {
  /**
   * The site that your account belongs to: `intl` (www.tencentcloud.com) or `cn` (cloud.tencent.com). Every action goes to
   * that site's host. Required, because an account belongs to one of them and nothing can tell which. Left out if you give
   * `endpoint`.
   *
   * @default none: give `site` or `endpoint`
   * @example 'intl'
   */
  site: Site;
  endpoint?: never;
}

/** Options of a client that calls another place, such as a mock or a gateway. */
export interface EndpointOptions extends ClientOptions {
  /**
   * Origin to send every action to, instead of a `site`: scheme, host and port.
   *
   * @default none: give `site` or `endpoint`
   * @example 'https://gateway.example.com'
   */
  endpoint: string;
  site?: never;
}

/** Options of an `OutboundClient`: `site` or `endpoint` is required, and every other one has a default. */
export type OutboundClientOptions = SiteOptions | EndpointOptions;

/** What all actions share: options, site, and the end of the client. The generated client adds one method per action. */
export abstract class BaseClient {
  readonly #service: ServiceClient;
  /** The site that it calls; undefined if it was given an endpoint. */
  readonly site: Site | undefined;
  /** The origin that it calls instead of a site. */
  readonly endpoint: string | undefined;
  readonly #moved = new Map<object, object>();
  readonly #seer: Seer;
  readonly #closing = new AbortController();
  readonly #readers: RecordReaders;

  /** @throws ConfigurationError or CredentialsError that names the option */
  constructor(options: OutboundClientOptions) {
    const given = copyOptions(options, 'options') ?? ({} as OutboundClientOptions);
    checkClientOptions(given, ['site']);
    const { site, endpoint, ...rest } = given;
    checkSite(site, endpoint, rest.region);
    this.#service = new ServiceClient(endpoint === undefined ? rest : { ...rest, endpoint });
    this.site = site;
    this.endpoint = endpoint;
    this.#seer = {
      call: (...args) => this.call(...args),
      // Records and states have the time of the service, and a lag is counted from that.
      clock: { ...clock('clock', rest.clock), now: () => this.#service.now() },
      // Without credentials nothing is read, and nothing can be shared.
      view: (list) => this.#service.viewOf(this.#atSite(list)).catch(() => randomMarker()),
    };
    this.#readers = new RecordReaders(this.#seer.call, this.#seer.clock);
  }

  /**
   * Calls an action that has no method of its own, by its definition: one of `defineAction`, or a generated one.
   *
   * @param params The parameters of the action.
   * @param options Signal, deadline, headers, parameters newer than the definition, and checks to switch off.
   * @throws ValidationError before any network use, with up to 50 faults at once.
   * @throws TcccError of another kind; its `outcome` says what is known about the side effect.
   * @example
   * const DescribeTelSession = defineAction({ name: 'DescribeTelSession', idempotency: 'safe' });
   * await client.request(DescribeTelSession, { SdkAppId: 1400000000, SessionId: '4711' });
   */
  request<Params, Result>(
    definition: ActionDefinition<Params, Result>,
    params: NoInfer<Params>,
    options?: CallOptions<ParameterName<Params>>,
  ): Promise<Result> {
    return this.call(definition, params, options);
  }

  /**
   * Waits until a request of an action may be sent, and keeps its slot for the next request of that action by this client. For
   * work that has to be written down before its request is made, and must not wait for its turn afterwards. Sends nothing.
   *
   * @param definition The action: a generated definition, or one of `defineAction`.
   * @param signal Ends the wait.
   * @returns what to give back, with `release()`, once the request has been made or is not made after all; undefined if no slot
   * is kept: pacing is off, the pacer cannot keep slots, the wait was ended, or something failed. The request is made all the
   * same then, and says what is wrong.
   * @example
   * const slot = await client.reserve(CreateAutoCalloutTask);
   * // Write down what is about to be called; then make the request, which does not wait again.
   * slot?.release();
   */
  reserve(
    definition: Pick<ActionDefinition, 'host' | 'name' | 'rateLimit'>,
    signal?: AbortSignal,
  ): Promise<Reservation | undefined> {
    return this.#service.reserve(this.#atSite(definition), signal);
  }

  protected call<Params, Result>(
    definition: ActionDefinition<Params, Result>,
    params: Params | PlainData,
    options: CallOptions | undefined,
  ): Promise<Result> {
    return this.#service.call(this.#atSite(definition), params, options);
  }

  /** Creates something, and looks it up if the outcome is unknown and the caller wants that. */
  protected create<Params, Result>(
    definition: CreationDefinition<Params, Result>,
    list: AnyListDefinition,
    params: Params,
    options: CreationOptions | undefined,
  ): Promise<Created<Result>> {
    const fault = options === undefined ? undefined : nameFault(options);
    if (fault !== undefined) return Promise.reject(fault);
    // No function of its own waits for such a call: there may be thousands in the queue.
    try {
      if (!holdsSettle(options))
        return this.call(definition, params, options) as Promise<unknown> as Promise<Created<Result>>;
    } catch (error) {
      return Promise.reject(error as AnyTcccError);
    }
    return this.#createAndSettle(definition, list, params, options);
  }

  async #createAndSettle<Params, Result>(
    definition: CreationDefinition<Params, Result>,
    list: AnyListDefinition,
    params: Params,
    options: CreationOptions,
  ): Promise<Created<Result>> {
    const { callOptions, settle } = readCreationOptions(options);
    if (settle === undefined) return (await this.call(definition, params, callOptions)) as Created<Result>;
    const { marker, withinMs } = settle;
    const { marked, sent } = markedParams(params, definition, marker);
    try {
      return (await this.call(definition, marked, callOptions)) as Created<Result>;
    } catch (error) {
      if (!isTcccError(error) || error.outcome !== 'unknown') throw error;
      const search = { creation: definition, list, sent, marker, withinMs, cause: error };
      return await this.#lookUp<Result>(search, callOptions.signal);
    }
  }

  /** Looks up what was created under a marker, by any client. */
  protected async settle<Params, Result>(
    definition: CreationDefinition<Params, Result>,
    list: AnyListDefinition,
    params: object,
    marker: string,
    options: SettleOptions | undefined,
  ): Promise<Created<Result>> {
    const { withinMs, signal } = readSettleOptions(options);
    checkMarker(marker);
    const sent = await knownOf(params, definition, list, marker);
    return this.#lookUp({ creation: definition, list, sent, marker, withinMs }, signal);
  }

  #lookUp<Result>(
    search: Omit<Search, 'signals'>,
    signal: AbortSignal | undefined,
  ): Promise<Created<Result>> {
    const signals = [this.#closing.signal, ...(signal === undefined ? [] : [signal])];
    return new Lookup({ ...search, signals }, this.#seer).run() as Promise<Created<Result>>;
  }

  /** Every item of a list, page by page. */
  protected each<Item>(
    definition: AnyListDefinition,
    params: object,
    options: CallOptions | undefined,
  ): AsyncGenerator<Item, void, undefined> {
    // Both are read now: a page that is asked for later must not depend on what has become of them.
    const given = params === undefined ? undefined : toPlainData(params);
    try {
      return eachItem(this.#seer.call, definition, given, copyOptions(options)) as AsyncGenerator<Item>;
    } catch (error) {
      return failing(error);
    }
  }

  /** What became of each number of a task. */
  protected resultsOfTask(
    actions: ResultActions,
    params: TaskResultsParams,
    options: ResultsOptions | undefined,
  ): AsyncGenerator<NumberResult, void, undefined> {
    return taskResults({ ...this.#seer, readers: this.#readers, actions }, params, options);
  }

  /** What became of each number of a campaign. */
  protected resultsOfCampaign(
    actions: ResultActions,
    params: CampaignResultsParams,
    options: ResultsOptions | undefined,
  ): AsyncGenerator<NumberResult, void, undefined> {
    return campaignResults({ ...this.#seer, readers: this.#readers, actions }, params, options);
  }

  /** Every record of a window. */
  protected reconciliation(
    { records }: ResultActions,
    params: ReconcileParams,
    options: CallOptions | undefined,
  ): Reconciliation<CallRecord> {
    return new Reconciliation(this.#seer, records, params, copyOptions(options));
  }

  /** The definition with the host of the client's site; made once per action. */
  #atSite<Definition extends { readonly host: string }>(definition: Definition): Definition {
    if (this.site === undefined) return definition;
    let moved = this.#moved.get(definition);
    if (moved === undefined) {
      moved = { ...definition, host: sites[this.site] };
      this.#moved.set(definition, moved);
    }
    return moved as Definition;
  }

  /**
   * What the client is doing now, for health checks and for a shutdown.
   *
   * @example
   * const { queued, inFlight, isClosed } = client.stats();
   */
  stats(): ClientStats {
    return this.#service.stats();
  }

  /**
   * Closes the client. Calls that have not been sent end at once as `not-executed`; responses that are outstanding are
   * awaited; lookups of what was created end; then the client's own connections are closed, and the process can end.
   *
   * @example
   * process.once('SIGTERM', () => void client.close());
   */
  close(): Promise<void> {
    this.#closing.abort();
    return this.#service.close();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }
}

/** Fails when it is first asked for something, as a list that cannot be read does. */
// oxlint-disable-next-line eslint/require-yield
async function* failing(error: unknown): AsyncGenerator<never, void, undefined> {
  throw error;
}

/** The error for an unknown name among the options of a creation. What cannot be read at all is for the call to refuse. */
function nameFault(options: object): AnyTcccError | undefined {
  try {
    checkCallOptions(options, ['settle']);
    return undefined;
  } catch (error) {
    return isTcccError(error) ? error : undefined;
  }
}

/** No default can be right about the site: an account belongs to one of them. */
function checkSite(site: unknown, endpoint: unknown, region: unknown): void {
  const names = Object.keys(sites).map((name) => `'${name}'`);
  const expected = `${names.join(' or ')}, the site that your account belongs to`;
  if (site === undefined && endpoint === undefined) {
    const instead = region === undefined ? '' : '; region does not choose it';
    throw invalidOption('site', `${expected}; or give endpoint, for a mock or a gateway${instead}`);
  }
  if (site !== undefined && endpoint !== undefined) {
    throw invalidOption('site', 'left out if endpoint is given, which replaces the site');
  }
  if (site !== undefined && !(typeof site === 'string' && Object.hasOwn(sites, site))) {
    throw invalidOption('site', expected, site);
  }
}
