/** Where photos are kept, by the hash of their bytes. */
export interface Blobs {
  /**
   * Takes over the bytes of `file`, which is gone afterwards; when this returns, they survive a power cut.
   * A blob that is there already is replaced by the same bytes.
   *
   * @param file on this machine, its bytes synced and known to have this hash
   */
  put(sha256: string, file: string): Promise<void>;
  /** The bytes as a stream; undefined when there are none. */
  read(sha256: string): Promise<NodeJS.ReadableStream | undefined>;
}
