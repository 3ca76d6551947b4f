import { Readable } from "node:stream";

/**
 * The body of an answer to HEAD whose Content-Length is that of GET, or none. Of any other body, Fastify counts the bytes
 * and sets their number instead.
 */
export function noBytes(): Readable {
  return Readable.from([]);
}
