import type { FastifyReply } from "fastify";
import { sha256 } from "../../contract/contract.js";
import type { Blobs, ByteRange } from "../blobs/types.js";
import { type Caller, scopeOf } from "../services/caller.js";
import { problem } from "../services/problem.js";
import type { Store } from "../store/database/open.js";
import { findPhoto, visiblePhotos } from "../store/photos/photos.js";

/**
 * Sends a photo, or one range of its bytes, to callers who may see it. Throws `not-found`, `range-invalid`.
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
  const { headers } = reply.request;
  const etag = `"${hash.data}"`;
  const range = rangeOf(headers.range, photo.bytes);
  const isCached = isKnown(headers["if-none-match"], etag);
  // Another server has the bytes, perhaps, and does not answer: the person's other requests need not wait for it.
  reply.request.endTurn?.();
  const bytes = isCached ? undefined : await blobs.read(hash.data, range);
  if (!isCached && !bytes) throw problem("not-found");
  reply.headers({
    "content-type": photo.type,
    // A browser asks each time, and gets 304 only for a photo that its user may still see: one that was redacted is gone.
    "cache-control": "private, no-cache",
    "content-security-policy": "default-src 'none'; sandbox",
    "accept-ranges": "bytes",
    etag,
  });
  if (isCached) return reply.status(304).send();
  if (!range) return reply.header("content-length", photo.bytes).send(bytes);
  return reply
    .status(206)
    .headers({
      "content-length": range.end - range.start + 1,
      "content-range": `bytes ${range.start}-${range.end}/${photo.bytes}`,
    })
    .send(bytes);
}

/** Compares an If-None-Match weakly (RFC 9110, 13.1.2): a list of tags, or `*`. */
function isKnown(header: string | undefined, etag: string): boolean {
  const tags = (header ?? "").split(",").map((tag) => tag.trim().replace(/^W\//, ""));
  return tags.includes(etag) || tags.includes("*");
}

/**
 * Parses a header with one byte range (RFC 9110, 14.1.2); undefined, for the whole photo, in any other form. Throws
 * `range-invalid` past the end.
 */
function rangeOf(header: string | undefined, size: number): ByteRange | undefined {
  const [, from, to] = /^bytes=(\d{0,12})-(\d{0,12})$/.exec(header ?? "") ?? [];
  if (from === undefined || to === undefined || (from === "" && to === "")) return undefined;
  const start = from === "" ? Math.max(0, size - Number(to)) : Number(from);
  const end = from === "" || to === "" ? size - 1 : Math.min(Number(to), size - 1);
  if (start > end) throw problem("range-invalid");
  return { start, end };
}
