import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { failed } from "../../errors/errors.js";
import type { S3Address } from "../addresses.js";
import { optionalPackage } from "../optional-package.js";
import { createCircuit, Outage } from "../outage.js";
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

/** How long the store may take, in ms, its second and third try included. */
interface Patience {
  /** To accept a connection. */
  connectionMs: number;
  /** To answer a question, or to remove an object. */
  questionMs: number;
  /** To begin to send an object. */
  readMs: number;
  /** To take an object of 20 MB. */
  storeMs: number;
  /** Between two pieces of an object. */
  silenceMs: number;
}
const defaultPatience: Patience = {
  connectionMs: 3_000,
  questionMs: 5_000,
  readMs: 10_000,
  storeMs: 40_000,
  silenceMs: 10_000,
};
/** More than there are connections of clients: photos that nobody reads must not keep others from the store. */
const maxSockets = 2_000;

/**
 * Opens an existing bucket. Uses no feature that only Amazon S3 has: no conditional writes, no checksums but MD5, no tags.
 * While the store does not answer, or cannot do what it is asked, everything throws `Outage`. Throws `package-missing`,
 * `newsroom-blobs-unusable`.
 */
export async function openObjects(
  address: S3Address,
  { connectionMs, questionMs, readMs, storeMs, silenceMs }: Patience = defaultPatience,
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
      // One that is silent may have died; the deadlines below bound all tries together.
      socketTimeout: silenceMs,
      httpAgent: { maxSockets },
      httpsAgent: { maxSockets },
    },
  });
  const { bucket: Bucket, prefix } = address;
  const at = (key: string) => ({ Bucket, Key: prefix + key });
  const circuit = createCircuit("blobs");
  /** Sends a request, and gives up once it has taken `deadlineMs` to be answered. */
  const ask = <T>(deadlineMs: number, send: (options: { abortSignal: AbortSignal }) => Promise<T>) =>
    circuit.run(async () => {
      const deadline = new AbortController();
      // Not `AbortSignal.timeout`, which would cut the body of an answer, too.
      const timer = setTimeout(() => deadline.abort(), deadlineMs);
      try {
        return await send({ abortSignal: deadline.signal });
      } catch (error) {
        throw isMissing(error) ? error : new Outage("blobs", { cause: error });
      } finally {
        clearTimeout(timer);
      }
    });
  try {
    const command = new s3.HeadBucketCommand({ Bucket });
    await ask(questionMs, (options) => client.send(command, options));
  } catch (error) {
    const { cause = error } = error as Error;
    throw failed("newsroom-blobs-unusable", { path: address.displayUrl, reason: reasonOf(cause) }, error);
  }
  return {
    async put(key, file) {
      // Read into memory (at most 20 MB), because a stream cannot be sent again after the connection breaks.
      const Body = await readFile(file);
      const ContentMD5 = createHash("md5").update(Body).digest("base64");
      const command = new s3.PutObjectCommand({ ...at(key), Body, ContentMD5 });
      await ask(storeMs, (options) => client.send(command, options));
    },
    async get(key, range) {
      const part = range ? { Range: `bytes=${range.start}-${range.end}` } : {};
      const command = new s3.GetObjectCommand({ ...at(key), ...part });
      const answer = await ask(readMs, (options) => client.send(command, options)).catch(asMissing);
      return answer?.Body as NodeJS.ReadableStream | undefined;
    },
    async has(key) {
      const command = new s3.HeadObjectCommand(at(key));
      const found = await ask(questionMs, (options) => client.send(command, options)).catch(asMissing);
      return found !== undefined;
    },
    async remove(key) {
      const command = new s3.DeleteObjectCommand(at(key));
      await ask(questionMs, (options) => client.send(command, options)).catch(asMissing);
    },
    async *list(keyPrefix) {
      let ContinuationToken: string | undefined;
      do {
        const command = new s3.ListObjectsV2Command({
          Bucket,
          Prefix: prefix + keyPrefix,
          ...(ContinuationToken === undefined ? {} : { ContinuationToken }),
        });
        const page = await ask(questionMs, (options) => client.send(command, options));
        for (const { Key } of page.Contents ?? []) if (Key) yield Key.slice(prefix.length);
        ContinuationToken = page.IsTruncated ? page.NextContinuationToken : undefined;
      } while (ContinuationToken !== undefined);
    },
  };
}

/** Undefined for an object that does not exist. */
function asMissing(error: unknown): undefined {
  if (!isMissing(error)) throw error;
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
