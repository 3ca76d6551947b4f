/** A cache that holds the most recently used values, up to a number of bytes. */
export interface ByteCache<T> {
  get(key: string): T | undefined;
  /** Keeps the value, unless it is larger than the whole cache. @param bytes about how much memory it takes */
  set(key: string, value: T, bytes: number): void;
  clear(): void;
}

export function createByteCache<T>(maxBytes: number): ByteCache<T> {
  const entries = new Map<string, { value: T; bytes: number }>();
  let total = 0;
  const remove = (key: string) => {
    total -= entries.get(key)?.bytes ?? 0;
    entries.delete(key);
  };
  return {
    get(key) {
      const entry = entries.get(key);
      if (!entry) return undefined;
      // A Map lists its keys in the order in which they were added: the first is the one not used for longest.
      entries.delete(key);
      entries.set(key, entry);
      return entry.value;
    },
    set(key, value, bytes) {
      remove(key);
      if (bytes > maxBytes) return;
      entries.set(key, { value, bytes });
      total += bytes;
      for (const oldest of entries.keys()) {
        if (total <= maxBytes) return;
        remove(oldest);
      }
    },
    clear() {
      entries.clear();
      total = 0;
    },
  };
}
