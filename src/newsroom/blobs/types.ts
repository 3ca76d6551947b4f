/** Where photos are kept, by the hash of their bytes. */
export interface Blobs {
  /**
   * Takes over the bytes of `file`, which may be gone afterwards; when this returns, they survive a power cut.
   * A blob that is there already is replaced by the same bytes.
   *
   * @param file on this machine, its bytes synced and known to have this hash
   */
  put(sha256: string, file: string): Promise<void>;
  /** Throws when no blob could be kept now. */
  check(): Promise<void>;
  /** The bytes, or those of a range, as a stream; undefined when there are none. */
  read(sha256: string, range?: ByteRange): Promise<NodeJS.ReadableStream | undefined>;
  has(sha256: string): Promise<boolean>;
  /** Takes a blob away for good; one that is not there is no error. Only `removeCondemned` may, which counts references. */
  remove(sha256: string): Promise<void>;
  /** The hashes of all blobs, in no order. */
  list(): AsyncIterable<string>;
}

/** Both inclusive, from 0, within the blob. */
export interface ByteRange {
  start: number;
  end: number;
}
