/** The known name that takes the fewest changes of one letter (Levenshtein) to become; for "did you mean". */
export function nearestName(name: string, known: readonly string[]): string {
  const shortened = name.slice(0, 60).toLowerCase();
  let nearest = '';
  let fewest = Infinity;
  for (const candidate of known) {
    const changes = distance(shortened, candidate);
    if (changes < fewest) [nearest, fewest] = [candidate, changes];
  }
  return nearest;
}

function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 0; i < a.length; i++) {
    const next = [i + 1];
    for (let j = 0; j < b.length; j++) {
      const replaced = (row[j] ?? 0) + (a[i] === b[j] ? 0 : 1);
      next.push(Math.min(replaced, (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
