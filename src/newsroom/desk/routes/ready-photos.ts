import { Readable } from "node:stream";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { RenderedPhoto } from "../../../contract/contract.js";
import { storedZip } from "../../../files/zip-stored.js";
import { selectPart } from "../../http/entity-tags.js";
import { noBytes } from "../../http/no-bytes.js";
import { problem } from "../../services/problem.js";
import { readyRendering } from "../../services/publishing/ready.js";
import { channelFileName, channelPhotoTag, createChannelPhotos } from "../../uploads/channel-photos.js";
import { forPreparers } from "../http/admission.js";
import { callerOf } from "../http/session.js";
import type { Desk } from "../types.js";

interface OfChannel {
  Params: { id: string; channel: string };
}

const wibMs = 7 * 60 * 60 * 1000;

/**
 * Serves the photos of what is ready as each channel shows them: one by one, and all as a ZIP. Each is made when it is asked for, and
 * kept nowhere: what was redacted since is gone here, too.
 */
export function readyPhotoRoutes(app: FastifyInstance, desk: Desk): void {
  const { store, now } = desk;
  const photos = createChannelPhotos(desk);

  app.get<{ Params: OfChannel["Params"] & { file: string }; Querystring: { save?: unknown } }>(
    "/ready/:id/:channel/photos/:file",
    forPreparers,
    async (request, reply) => {
      const { id, channel, file } = request.params;
      const caller = callerOf(request);
      const number = Number(/^([1-9]\d?)\.jpg$/.exec(file)?.[1] ?? 0);
      const { rendering, slug } = await readyRendering(store, caller, id, channel, now());
      const photo = rendering.photos[number - 1];
      if (!photo) throw problem("not-found");
      const etag = channelPhotoTag(photo);
      const part = selectPart(request.method, request.headers, etag);
      if (part === "failed") throw problem("precondition-failed");
      const name = channelFileName(channel, String(number), slug, "jpg");
      describe(reply, "image/jpeg", request.query.save === undefined ? "inline" : "attachment", name);
      reply.header("etag", etag);
      if (part === "held") return reply.status(304).send(request.method === "HEAD" ? noBytes() : undefined);
      if (request.method === "HEAD") return reply.send(noBytes());
      // It waits for others' photos, perhaps; the person's other requests need not.
      request.endTurn?.();
      const jpeg = await photos.make(caller.id, photo, isGone(request));
      return reply.header("content-length", jpeg.length).send(asBuffer(jpeg));
    },
  );

  app.get<OfChannel>("/ready/:id/:channel/photos.zip", forPreparers, async (request, reply) => {
    const { id, channel } = request.params;
    const caller = callerOf(request);
    const { rendering, slug } = await readyRendering(store, caller, id, channel, now());
    const [first, ...others] = rendering.photos;
    if (!first) throw problem("not-found");
    request.endTurn?.();
    const make = (photo: RenderedPhoto) => photos.make(caller.id, photo, isGone(request));
    const isHead = request.method === "HEAD";
    // The first one before the answer begins: too much to do is a page, not half an archive.
    const begun = isHead ? undefined : await make(first);
    async function* files() {
      const named = (at: number, bytes: Uint8Array) => ({
        name: channelFileName(channel, String(at + 1), slug, "jpg"),
        bytes,
      });
      if (begun) yield named(0, begun);
      for (const [at, photo] of others.entries()) yield named(at + 1, await make(photo));
    }
    describe(reply, "application/zip", "attachment", channelFileName(channel, "foto", slug, "zip"));
    if (isHead) return reply.send(noBytes());
    const wib = new Date(now().getTime() + wibMs);
    return reply.send(Readable.from(storedZip(files(), wib)));
  });
}

/** The name has letters, digits, hyphens and dots only, so that it needs no quoting but the quotes. */
function describe(
  reply: FastifyReply,
  type: string,
  disposition: "inline" | "attachment",
  name: string,
): void {
  reply.headers({
    "content-type": type,
    "content-disposition": `${disposition}; filename="${name}"`,
    "content-security-policy": "default-src 'none'",
    // A browser asks each time: what was redacted, and what its reader may see no more, is gone.
    "cache-control": "private, no-cache",
  });
}

function isGone(request: FastifyRequest): () => boolean {
  return () => request.raw.socket.destroyed;
}

function asBuffer({ buffer, byteOffset, byteLength }: Uint8Array): Buffer {
  return Buffer.from(buffer, byteOffset, byteLength);
}
