type Fields = Record<string, unknown>;

/** Integers that a JavaScript number cannot hold, as decimal digits by path. */
export type Digits = Record<string, string>;

/**
 * Converts the declared integers of a result in place. The service has been seen to write integers as strings of digits;
 * and one that a number cannot hold arrives as such a string, too.
 *
 * `paths` are like `TaskId`, `Progress.Total` or `Tasks[].TaskId`.
 */
export function convertIntegers(result: Fields, paths: readonly string[]): Digits {
  const digits: Digits = {};
  // Most paths are one step, and to split a text costs more than to look at it.
  for (const path of paths) convertPath(result, path.includes('.') ? path.split('.') : [path], 0, '', digits);
  return digits;
}

function convertPath(
  holder: unknown,
  steps: readonly string[],
  at: number,
  place: string,
  digits: Digits,
): void {
  const step = steps[at];
  if (typeof holder !== 'object' || holder === null || step === undefined) return;
  const isLast = at + 1 === steps.length;
  const isList = step.endsWith('[]');
  const name = isList ? step.slice(0, -2) : step;
  if (!Object.hasOwn(holder, name)) return;
  const path = place === '' ? name : `${place}.${name}`;
  const value = (holder as Fields)[name];
  if (isList && Array.isArray(value)) {
    value.forEach((item, index) => {
      if (isLast) value[index] = convert(item, `${path}[${index}]`, digits);
      else convertPath(item, steps, at + 1, `${path}[${index}]`, digits);
    });
  } else if (!isLast) {
    convertPath(value, steps, at + 1, path, digits);
  } else {
    (holder as Fields)[name] = convert(value, path, digits);
  }
}

function convert(value: unknown, path: string, digits: Digits): unknown {
  if (typeof value !== 'string' || !/^-?\d{1,40}$/.test(value)) return value;
  const number = Number(value);
  if (Number.isSafeInteger(number)) return number;
  digits[path] = value.replace(/^(-?)0+(?=\d)/, '$1');
  return value;
}
