// Reading and writing one number.
export type { Notation } from './numbers/number-reader.js';
export { NumberReader, numberReaderFor } from './numbers/number-reader.js';
export type { Cleanup } from './numbers/number-text.js';
export type {
  AssumedCountry,
  ReadingCounts,
  WayCount,
  WayOfWriting,
  WaySample,
} from './numbers/reading-summary.js';
export { ReadingSummary, describeWay } from './numbers/reading-summary.js';
export type { Refusal } from './numbers/refusals.js';
export { REFUSALS, isRefusal } from './numbers/refusals.js';
export { maskDigits, maskNumber, shownText } from './numbers/shown.js';
