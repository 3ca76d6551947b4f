/** Storage of photos by the hash of their bytes. */
export interface Blobs {
  /**
   * Stores the bytes of `file`, which may be moved away. When this returns, the blob survives a power cut. An existing
   * blob is replaced by the same bytes.
   *
   * @param file a local file, synced, whose bytes were verified to have this hash
   */
  put(sha256: string, file: string): Promise<void>;
  /** Throws when no blob can be stored now. */
  check(): Promise<void>;
  /** Reads a blob, or a range of it, as a stream; undefined when it does not exist. */
  read(sha256: string, range?: ByteRange): Promise<NodeJS.ReadableStream | undefined>;
  has(sha256: string): Promise<boolean>;
  /**
   * Removes a blob for good. A missing one is no error. Only `removeRedacted`, which checks references, may call this.
   */
  remove(sha256: string): Promise<void>;
  /** Lists the hashes of all blobs, unordered. */
  list(): AsyncIterable<string>;
}

/** First and last byte of a range: both inclusive, from 0, within the blob. */
export interface ByteRange {
  start: number;
  end: number;
}
