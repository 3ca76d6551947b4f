import { promisify } from "node:util";
import { brotliCompress, brotliCompressSync, constants, gzip, gzipSync } from "node:zlib";
import type { FastifyInstance, FastifyReply } from "fastify";
import { isHeld } from "./entity-tags.js";
import { noBytes } from "./no-bytes.js";

const codings = ["br", "gzip"] as const;
type Coding = (typeof codings)[number];

/** What is compressed: text. Photos are already, and streams must not wait for more. */
const textTypes =
  /^(?:text\/(?:html|css|javascript|plain)|application\/(?:problem\+)?json|image\/svg\+xml)\b/;
/** Shorter answers fit into one packet as they are. Characters, or bytes. */
const minLength = 1024;

/** Up to here it takes some 0.1 ms, less than to hand it to a thread; others are not answered meanwhile. */
const smallLength = 16 * 1024;

/** Levels that take some 20 ms for 1 MB. Each piece of the result costs a turn of the event loop. */
const options = {
  br: { chunkSize: 256 * 1024, params: { [constants.BROTLI_PARAM_QUALITY]: 4 } },
  gzip: { chunkSize: 256 * 1024, level: 6 },
};

async function compress(body: string | Buffer, coding: Coding): Promise<Buffer> {
  const isSmall = body.length <= smallLength;
  if (coding === "br")
    return isSmall ? brotliCompressSync(body, options.br) : promisify(brotliCompress)(body, options.br);
  return isSmall ? gzipSync(body, options.gzip) : promisify(gzip)(body, options.gzip);
}

/**
 * Compresses text for whoever accepts it (RFC 9110, 12.5.3), and answers 304 to a GET or HEAD that names the tag of what
 * would be sent. A strong tag is that of the bytes (8.8.3.3), so a compressed representation has its own: `"r3.1f"` becomes
 * `"r3.1f-br"`. A proxy that compresses would have to make it weak, and If-Match would not take it any more.
 */
export function encodeAnswers(app: FastifyInstance): void {
  /** Of bytes that are sent again and again, such as the stylesheet. */
  const kept = new WeakMap<Buffer, Map<Coding, Promise<Buffer>>>();
  const encode = (body: string | Buffer, coding: Coding): Promise<Buffer> => {
    if (typeof body === "string") return compress(body, coding);
    const known = kept.get(body) ?? new Map<Coding, Promise<Buffer>>();
    kept.set(body, known);
    const encoded = known.get(coding) ?? compress(body, coding);
    known.set(coding, encoded);
    return encoded;
  };
  app.addHook("onSend", async (request, reply, payload) => {
    if (typeof payload !== "string" && !Buffer.isBuffer(payload)) return payload;
    const isText = textTypes.test(String(reply.getHeader("content-type") ?? ""));
    const coding =
      isText && payload.length >= minLength ? preferredCoding(request.headers["accept-encoding"]) : undefined;
    if (isText) vary(reply, "accept-encoding");
    const etag = reply.getHeader("etag");
    // A write answers with the tag of a revision, not with that of these bytes.
    const isRead = request.method === "GET" || request.method === "HEAD";
    if (typeof etag === "string" && isRead && reply.statusCode === 200) {
      const own = coding ? tagOfCoding(etag, coding) : etag;
      reply.header("etag", own);
      if (isHeld(request.headers, own)) {
        reply.status(304).removeHeader("content-type");
        return request.method === "HEAD" ? noBytes() : null;
      }
    }
    if (!coding) return payload;
    reply.header("content-encoding", coding).removeHeader("content-length");
    return encode(payload, coding);
  });
}

function tagOfCoding(etag: string, coding: Coding): string {
  return etag.replace(/"$/, `-${coding}"`);
}

/** The tags under which a representation is sent: as it is, and in each coding. */
export function tagsInCodings(etag: string): string[] {
  return [etag, ...codings.map((coding) => tagOfCoding(etag, coding))];
}

/** Says that the answer depends on this header of the request. */
export function vary(reply: FastifyReply, name: string): void {
  const present = reply.getHeader("vary");
  reply.header("vary", present === undefined ? name : `${present}, ${name}`);
}

/**
 * The coding that Accept-Encoding prefers (RFC 9110, 12.5.3); brotli where it has no preference, as it makes less of the
 * same. Undefined where the client has none of ours, or rather takes the text as it is.
 */
export function preferredCoding(header = ""): Coding | undefined {
  const weights = new Map<string, number>();
  for (const item of header.toLowerCase().split(",")) {
    const [, coding = "", weight] =
      /^\s*([\w*-]+)\s*(?:;\s*q=(0(?:\.\d{0,3})?|1(?:\.0{0,3})?)\s*)?$/.exec(item) ?? [];
    weights.set(coding === "x-gzip" ? "gzip" : coding, Number(weight ?? 1));
  }
  const weightOf = (coding: string) => weights.get(coding) ?? weights.get("*") ?? 0;
  const [br, gzip, plain] = [weightOf("br"), weightOf("gzip"), weights.get("identity") ?? 0];
  const best = br >= gzip ? "br" : "gzip";
  return weightOf(best) > 0 && weightOf(best) >= plain ? best : undefined;
}
