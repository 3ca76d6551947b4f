import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { failed } from "../../errors/errors.js";
import type { S3Address } from "../addresses.js";
import { optionalPackage } from "../optional-package.js";
import type { ByteRange } from "./types.js";

/** Objects of a bucket below the address's prefix. */
export interface Objects {
  /** Stores a file atomically; the store verifies its MD5. @param file at most the size of a photo */
  put(key: string, file: string): Promise<void>;
  /** Reads an object, or a range of it; undefined when it does not exist. */
  get(key: string, range?: ByteRange): Promise<NodeJS.ReadableStream | undefined>;
  has(key: string): Promise<boolean>;
  /** Removes an object. A missing one is no error. */
  remove(key: string): Promise<void>;
  /** Lists keys with this prefix in order, without the address's prefix. */
  list(keyPrefix: string): AsyncIterable<string>;
}

/** How long the store may take to accept a connection, to answer a question, and to begin any other answer, in ms. */
const patience = { connectionMs: 5_000, questionMs: 10_000, answerMs: 60_000 };
/** More than there are connections of clients: photos that nobody reads must not keep others from the store. */
const maxSockets = 2_000;

/**
 * Opens an existing bucket. Uses no feature that only Amazon S3 has: no conditional writes, no checksums but MD5, no tags.
 * Throws `package-missing`, `newsroom-blobs-unusable`.
 */
export async function openObjects(
  address: S3Address,
  { connectionMs, questionMs, answerMs } = patience,
): Promise<Objects> {
  const s3 = await optionalPackage("@aws-sdk/client-s3", () => import("@aws-sdk/client-s3"));
  const client = new s3.S3Client({
    credentials: address.keys,
    region: address.region,
    ...(address.endpoint === undefined ? {} : { endpoint: address.endpoint, forcePathStyle: true }),
    requestChecksumCalculation: "WHEN_REQUIRED",
    responseChecksumValidation: "WHEN_REQUIRED",
    requestHandler: {
      connectionTimeout: connectionMs,
      requestTimeout: answerMs,
      throwOnRequestTimeout: true,
      httpAgent: { maxSockets },
      httpsAgent: { maxSockets },
    },
  });
  const { bucket: Bucket, prefix } = address;
  const at = (key: string) => ({ Bucket, Key: prefix + key });
  try {
    await client.send(new s3.HeadBucketCommand({ Bucket }));
  } catch (error) {
    throw failed("newsroom-blobs-unusable", { path: address.displayUrl, reason: reasonOf(error) }, error);
  }
  return {
    async put(key, file) {
      // Read into memory (at most 20 MB), because a stream cannot be sent again after the connection breaks.
      const Body = await readFile(file);
      const ContentMD5 = createHash("md5").update(Body).digest("base64");
      await client.send(new s3.PutObjectCommand({ ...at(key), Body, ContentMD5 }));
    },
    async get(key, range) {
      const part = range ? { Range: `bytes=${range.start}-${range.end}` } : {};
      try {
        const { Body } = await client.send(new s3.GetObjectCommand({ ...at(key), ...part }));
        return Body as NodeJS.ReadableStream | undefined;
      } catch (error) {
        if (isMissing(error)) return undefined;
        throw error;
      }
    },
    async has(key) {
      try {
        // Asked within transactions, while everybody else who writes waits.
        const abortSignal = AbortSignal.timeout(questionMs);
        await client.send(new s3.HeadObjectCommand(at(key)), { abortSignal });
        return true;
      } catch (error) {
        if (isMissing(error)) return false;
        throw error;
      }
    },
    async remove(key) {
      try {
        await client.send(new s3.DeleteObjectCommand(at(key)));
      } catch (error) {
        if (!isMissing(error)) throw error;
      }
    },
    async *list(keyPrefix) {
      let ContinuationToken: string | undefined;
      do {
        const page = await client.send(
          new s3.ListObjectsV2Command({
            Bucket,
            Prefix: prefix + keyPrefix,
            ...(ContinuationToken === undefined ? {} : { ContinuationToken }),
          }),
        );
        for (const { Key } of page.Contents ?? []) if (Key) yield Key.slice(prefix.length);
        ContinuationToken = page.IsTruncated ? page.NextContinuationToken : undefined;
      } while (ContinuationToken !== undefined);
    },
  };
}

function isMissing(error: unknown): boolean {
  const { name } = error as { name?: unknown };
  return name === "NoSuchKey" || name === "NotFound";
}

/** The error code of the system or the store, never its message, which may quote the request. */
function reasonOf(error: unknown): string {
  const { code, name, $metadata } = error as {
    code?: string;
    name?: string;
    $metadata?: { httpStatusCode?: number };
  };
  return code ?? ($metadata?.httpStatusCode ? `HTTP ${$metadata.httpStatusCode}` : (name ?? "?"));
}
