/** Numbers by key, of which only those above zero are kept. */
export interface Counts {
  get(key: string): number;
  /** Adds to the number, or takes from it, and returns what it is then. */
  add(key: string, by: number): number;
}

export function createCounts(): Counts {
  const counts = new Map<string, number>();
  const get = (key: string) => counts.get(key) ?? 0;
  return {
    get,
    add(key, by) {
      const count = get(key) + by;
      if (count > 0) counts.set(key, count);
      else counts.delete(key);
      return count;
    },
  };
}
