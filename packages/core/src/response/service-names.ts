import { isLoopback } from '../checks.js';
import { ofProcess } from '../of-process.js';

/** What services are called in the memory of request ids. */
export class ServiceNames {
  readonly #local = new Map<string, LocalService>();
  #localCount = 0;

  /**
   * Gives the name by which a client is to ask about a service. On this machine, one is often followed by another at the same
   * port that begins with the same ids, such as a mock by the next: there, it is the same while a client of it is open.
   */
  enter(service: string): string {
    if (!isLoopback(new URL(service).hostname)) return service;
    const local = this.#local.get(service) ?? { name: `${service} #${++this.#localCount}`, clients: 0 };
    local.clients++;
    this.#local.set(service, local);
    return local.name;
  }

  /** A client of the service was closed. */
  leave(service: string): void {
    const local = this.#local.get(service);
    if (local !== undefined && --local.clients === 0) this.#local.delete(service);
  }
}

interface LocalService {
  readonly name: string;
  clients: number;
}

/** The names that this process gives, for all its clients. */
export function namesOfProcess(): ServiceNames {
  return ofProcess('@tccc/core.service-names.1', () => new ServiceNames());
}
