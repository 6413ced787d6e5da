/**
 * What all copies of this package in a process share, as long as they agree on what it does: then its name stays the same.
 * A worker thread has its own.
 */
export function ofProcess<Shared>(name: string, make: () => Shared): Shared {
  const registry = globalThis as { [key: symbol]: Shared | undefined };
  return (registry[Symbol.for(name)] ??= make());
}
