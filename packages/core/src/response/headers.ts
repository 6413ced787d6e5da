type Header = string | readonly string[] | undefined;

const NONE: readonly string[] = [];

/**
 * Every value of a header. A gateway may add one that is there already, on a line of its own or behind a comma: whatever
 * relies on a header has to look at all of them.
 */
export function valuesOf(header: Header): readonly string[] {
  if (header === undefined) return NONE;
  const lines = typeof header === 'string' ? [header] : header;
  return lines
    .flatMap((line) => line.split(','))
    .map((value) => value.trim())
    .filter((value) => value !== '');
}

/** The one value of a header that can hold only one: if its lines differ, nobody knows which of them is right. */
export function soleValueOf(header: Header): string | undefined {
  if (typeof header !== 'object') return header;
  return header.every((line) => line === header[0]) ? header[0] : undefined;
}
