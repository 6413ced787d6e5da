import type { ActionDefinition, CallOptions, ClientOptions } from '@tccc/core';
import { ServiceClient, invalidOption } from '@tccc/core';
import type { Site } from './generated/sites.js';
import { sites } from './generated/sites.js';

/** Options of an `OutboundClient`. Every one has a default. */
export interface OutboundClientOptions extends ClientOptions {
  /**
   * The site that your account belongs to, for example `intl`: every action goes to that site's host. Default: each action
   * goes to the host that its own page documents. Cannot be combined with `endpoint`.
   */
  site?: Site;
}

/** What all actions share: options, site, and the end of the client. The generated client adds one method per action. */
export abstract class BaseClient {
  readonly #service: ServiceClient;
  readonly #site: Site | undefined;
  readonly #moved = new Map<object, object>();

  /** @throws ConfigurationError or CredentialsError that names the option */
  constructor(options: OutboundClientOptions = {}) {
    const { site, ...rest } = options ?? {};
    if (site !== undefined && !Object.hasOwn(sites, site)) {
      throw invalidOption(
        'site',
        Object.keys(sites)
          .map((name) => `'${name}'`)
          .join(' or '),
        site,
      );
    }
    if (site !== undefined && rest.endpoint !== undefined) {
      throw invalidOption('site', 'left out if endpoint is given, which replaces the site');
    }
    this.#service = new ServiceClient(rest);
    this.#site = site;
  }

  protected call<Params, Result>(
    definition: ActionDefinition<Params, Result>,
    params: Params,
    options: CallOptions | undefined,
  ): Promise<Result> {
    return this.#service.call(this.#atSite(definition), params, options);
  }

  /** The definition with the host of the client's site; made once per action. */
  #atSite<Definition extends { readonly host: string }>(definition: Definition): Definition {
    if (this.#site === undefined) return definition;
    let moved = this.#moved.get(definition);
    if (moved === undefined) {
      moved = { ...definition, host: sites[this.#site] };
      this.#moved.set(definition, moved);
    }
    return moved as Definition;
  }

  /**
   * Closes the client. Calls that have not been sent end at once as `not-executed`; responses that are outstanding are
   * awaited; then the client's own connections are closed, and the process can end.
   */
  close(): Promise<void> {
    return this.#service.close();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }
}
