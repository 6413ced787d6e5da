/**
 * What a store says of a push. `new`: it is yours to handle. `done`: it was handled. `busy`: another process handles it now.
 */
export type Claim = 'new' | 'done' | 'busy';

/**
 * Remembers which pushes were handled, so that a repeat is not handled again. It is given the id of a push with a digest of
 * what it is about.
 */
export interface SeenStore {
  /** Claims a push: only one of those that ask at the same time gets `new`. */
  claim(id: string): Promise<Claim> | Claim;
  /** It was handled, and its repeats are only acknowledged from now on. */
  done(id: string): Promise<void> | void;
  /** It could not be handled: its repeat is `new` again. If another process has claimed it meanwhile, that claim stays. */
  release(id: string): Promise<void> | void;
}
