import type { Recipe } from '../gateway/recipe.js';
import type { Given } from './given.js';

/** What differs from the right way if somebody makes a mistake, and what there is to say of it. */
export type Try = readonly [change: Partial<Recipe>, says: string];

/** A usual mistake: the ways to make it. Each is tried on each reading of the headers. */
export interface Mistake {
  readonly mistake: string;
  readonly tries: (base: Recipe, given: Given) => Iterable<Try>;
}
