/** The index that a key leads to from this one in a list of `count`, if it is one of the keys that move. */
export function neighbour(index: number, count: number, key: string): number | undefined {
  switch (key) {
    case 'ArrowDown':
      return Math.min(index + 1, count - 1);
    case 'ArrowUp':
      return Math.max(index - 1, 0);
    case 'Home':
      return 0;
    case 'End':
      return count - 1;
    default:
      return undefined;
  }
}
