// Reading and writing one number.
export type { Notation } from './notation.js';
export { NumberReader, keyOf, numberReaderFor } from './number-reader.js';
export type { Cleanup } from './number-text.js';
export type { AssumedCountry, ReadingCounts, WayCount, WayOfWriting, WaySample } from './reading-summary.js';
export { ReadingSummary, describeWay } from './reading-summary.js';
export type { Refusal } from './refusals.js';
export { REFUSALS, isRefusal } from './refusals.js';
export { digitsIn, maskDigits, maskNumber, shownText } from './shown.js';
export { callingCodeOf } from './numbering-plan.js';
export { getCountries } from 'libphonenumber-js/max';
export { withoutEdges } from './number-text.js';
