import { resolve as absolute } from 'node:path';
import { placeOf } from '../ledger/place.js';

/** Whether two paths lead to one file, which must not be written over. */
export function isSameFile(path: string, other: string): boolean {
  return absolute(placeOf(path)) === absolute(placeOf(other));
}
