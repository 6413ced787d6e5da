/** Shortest run of digits in a text that may be a phone number. */
const LONG_RUN = /\+?\d(?:[\d\s().-]{3,}\d)/g;

/** Names of parameters whose values are phone numbers, whatever their type. */
const NUMBER_NAME = /calle[re]|phone|mobile/i;

/** A text with the digits of everything that may be a phone number hidden, except the last two. */
export function maskText(text: string): string {
  return text.replaceAll(LONG_RUN, (run) => {
    const digits = run.replaceAll(/\D/g, '').length;
    let seen = 0;
    return run.replaceAll(/\d/g, (digit) => (++seen > digits - 2 ? digit : '•'));
  });
}

/** JSON with its phone numbers hidden: in texts, in names, and in numbers below a name that says so. */
export function maskJson(value: unknown, isNumber = false): unknown {
  if (typeof value === 'string') return maskText(value);
  if (typeof value === 'number') return isNumber ? maskText(String(value)) : value;
  if (Array.isArray(value)) return value.map((item) => maskJson(item, isNumber));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [
      maskText(name),
      maskJson(inner, isNumber || NUMBER_NAME.test(name)),
    ]),
  );
}
