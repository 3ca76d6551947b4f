import type { DataStore } from "@tus/server";

/** Storage of an upload's bytes until it becomes a photo. The row of `uploads` has its owner and size. */
export interface Staging {
  /** The data store for @tus/server: writes chunks and knows the offset. */
  datastore: DataStore;
  /**
   * Passes the received bytes to `work` as a synced local file, which `work` may move away. If `work` throws, the upload
   * stays unchanged.
   */
  withFile<T>(id: string, work: (file: string) => Promise<T>): Promise<T>;
  /** Removes the bytes, if there are any. */
  discard(id: string): Promise<void>;
}

export const tusExtensions = ["creation", "creation-with-upload", "termination", "expiration"];
