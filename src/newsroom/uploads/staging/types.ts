import type { DataStore } from "@tus/server";

/** Where the bytes of an upload lie until it is a photo. The row of `uploads` says whose it is and how large. */
export interface Staging {
  /** For @tus/server: takes pieces, knows how many bytes have come. */
  datastore: DataStore;
  /**
   * Gives `work` all that has come as a file on this machine, synced; `work` may move it away.
   * Another failure of it than a missing file leaves the upload as it was.
   */
  whole<T>(id: string, work: (file: string) => Promise<T>): Promise<T>;
  /** Forgets the bytes, also when there are none. */
  discard(id: string): Promise<void>;
}

export const extensions = ["creation", "creation-with-upload", "termination", "expiration"];
