import type { FastifyReply } from "fastify";
import { sha256 } from "../../contract/contract.js";
import type { Blobs, ByteRange } from "../blobs/types.js";
import { selectPart } from "../http/entity-tags.js";
import { noBytes } from "../http/no-bytes.js";
import { type Caller, scopeOf } from "../services/caller.js";
import { problem } from "../services/problem.js";
import type { Store } from "../store/database/open.js";
import { findPhoto, visiblePhotos } from "../store/photos/photos.js";

/**
 * Sends a photo, or one range of its bytes, to callers who may see it. Throws `not-found`, `precondition-failed`, and
 * `range-invalid` with the size in Content-Range (RFC 9110, 15.5.17).
 */
export async function sendPhoto(
  store: Store,
  blobs: Blobs,
  caller: Caller,
  requestedHash: string,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const hash = sha256.safeParse(requestedHash);
  if (!hash.success) throw problem("not-found");
  const visible = await visiblePhotos(store, [hash.data], scopeOf(caller));
  const photo = visible.has(hash.data) ? await findPhoto(store, hash.data) : undefined;
  if (!photo) throw problem("not-found");
  const { method, headers } = reply.request;
  const etag = `"${hash.data}"`;
  const part = selectPart(method, headers, etag);
  if (part === "failed") throw problem("precondition-failed");
  // A browser asks each time, and gets 304 only for a photo that its user may still see: one that was redacted is gone.
  const validated = { "cache-control": "private, no-cache", etag };
  if (part === "held") {
    return reply
      .status(304)
      .headers(validated)
      .send(method === "HEAD" ? noBytes() : undefined);
  }
  const range = part === "range" ? rangeOf(headers.range ?? "", photo.bytes) : undefined;
  if (range === "beyond") {
    reply.header("content-range", `bytes */${photo.bytes}`);
    throw problem("range-invalid");
  }
  // Another server has the bytes, perhaps, and does not answer: the person's other requests need not wait for it.
  reply.request.endTurn?.();
  const bytes = method === "HEAD" ? noBytes() : await blobs.read(hash.data, range);
  if (!bytes) throw problem("not-found");
  reply.headers({
    ...validated,
    "content-type": photo.type,
    "content-security-policy": "default-src 'none'; sandbox",
    "accept-ranges": "bytes",
    "content-length": photo.bytes,
  });
  if (!range) return reply.send(bytes);
  return reply
    .status(206)
    .headers({
      "content-length": range.end - range.start + 1,
      "content-range": `bytes ${range.start}-${range.end}/${photo.bytes}`,
    })
    .send(bytes);
}

/**
 * Parses a Range with one range of bytes (RFC 9110, 14.1.2). Undefined, for the whole photo, in any other form: several
 * ranges, other units, an end before its start (14.2). `beyond` if it begins behind the last byte.
 */
function rangeOf(header: string, size: number): ByteRange | "beyond" | undefined {
  const [, from, to] = /^bytes=(\d*)-(\d*)$/i.exec(header) ?? [];
  if (from === undefined || to === undefined || (from === "" && to === "")) return undefined;
  if (from !== "" && to !== "" && Number(to) < Number(from)) return undefined;
  const start = from === "" ? Math.max(0, size - Number(to)) : Number(from);
  if (start >= size) return "beyond";
  return { start, end: from === "" || to === "" ? size - 1 : Math.min(Number(to), size - 1) };
}
