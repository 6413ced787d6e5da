/** The known name that `name` most likely meant, if one is near enough to be a slip. */
export function suggestName(name: string, known: readonly string[]): string | undefined {
  if (name.length > 64) return undefined;
  const wanted = name.toLowerCase();
  const tolerance = Math.max(2, Math.floor(wanted.length / 3));
  let best: string | undefined;
  let [least, longest] = [tolerance, -1];
  for (const candidate of known) {
    if (Math.abs(candidate.length - wanted.length) > least) continue;
    const distance = editDistance(wanted, candidate.toLowerCase());
    if (distance > least) continue;
    // Of two that are equally near, it is the one that begins alike.
    const beginning = commonBeginning(wanted, candidate.toLowerCase());
    if (distance < least || beginning > longest) [best, least, longest] = [candidate, distance, beginning];
  }
  return best;
}

/** How many characters the two have in common at their beginning. */
function commonBeginning(a: string, b: string): number {
  let length = 0;
  while (length < a.length && a[length] === b[length]) length++;
  return length;
}

/** Levenshtein distance. */
function editDistance(a: string, b: string): number {
  let previous = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const current = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = previous[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      current.push(Math.min(replaced, previous[j]! + 1, current[j - 1]! + 1));
    }
    previous = current;
  }
  return previous[b.length]!;
}
