import type { Objects } from "./objects.js";
import type { Blobs } from "./types.js";

const beginning = "blobs/";

/** Blobs as objects `blobs/<sha256>`. */
export function s3Blobs(objects: Objects): Blobs {
  const key = (sha256: string) => beginning + sha256;
  return {
    put: (sha256, file) => objects.put(key(sha256), file),
    read: (sha256, range) => objects.get(key(sha256), range),
    // Whether the store answers to these keys; writing each time would cost.
    check: async () => void (await objects.has(`${beginning}none`)),
    has: (sha256) => objects.has(key(sha256)),
    remove: (sha256) => objects.remove(key(sha256)),
    async *list() {
      for await (const one of objects.list(beginning)) yield one.slice(beginning.length);
    },
  };
}
