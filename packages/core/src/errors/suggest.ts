/** The known name that `name` most likely meant, if one is near enough to be a slip. */
export function suggestName(name: string, known: readonly string[]): string | undefined {
  if (name.length > 64) return undefined;
  const wanted = name.toLowerCase();
  const tolerance = Math.max(wanted.length < 4 ? 1 : 2, Math.floor(wanted.length / 3));
  let best: string | undefined;
  let [bestDistance, bestBeginning] = [Infinity, 0];
  for (const candidate of known) {
    // Every character more or less is at least one step.
    if (Math.abs(candidate.length - wanted.length) > tolerance) continue;
    const distance = editDistance(wanted, candidate.toLowerCase());
    if (distance > bestDistance) continue;
    // Of two that are equally near, it is the one that begins alike: `minum` is `minimum` and not `enum`.
    const beginning = commonBeginning(wanted, candidate.toLowerCase());
    if (distance < bestDistance || beginning > bestBeginning)
      [best, bestDistance, bestBeginning] = [candidate, distance, beginning];
  }
  return bestDistance <= tolerance ? best : undefined;
}

/** How many characters the two have in common at their beginning. */
function commonBeginning(a: string, b: string): number {
  let length = 0;
  while (length < a.length && a[length] === b[length]) length++;
  return length;
}

/** Levenshtein distance. */
export function editDistance(a: string, b: string): number {
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
