import type { Objects } from "./objects.js";
import type { Blobs } from "./types.js";

const keyPrefix = "blobs/";

/** Stores blobs as objects `blobs/<sha256>`. */
export function s3Blobs(objects: Objects): Blobs {
  const key = (sha256: string) => keyPrefix + sha256;
  return {
    put: (sha256, file) => objects.put(key(sha256), file),
    read: (sha256, range) => objects.get(key(sha256), range),
    // Checks that the store accepts our keys. A test write each time would cost money.
    check: async () => void (await objects.has(`${keyPrefix}none`)),
    has: (sha256) => objects.has(key(sha256)),
    remove: (sha256) => objects.remove(key(sha256)),
    async *list() {
      for await (const key of objects.list(keyPrefix)) yield key.slice(keyPrefix.length);
    },
  };
}
