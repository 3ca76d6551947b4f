import type { FastifyInstance, FastifyReply } from "fastify";
import { knownRequest, sha256 } from "../../contract.js";
import type { NewsroomOptions } from "../app.js";
import { callerOf } from "../auth.js";
import type { Blobs } from "../blobs/types.js";
import { checked } from "../checked.js";
import type { Caller } from "../domain/caller.js";
import { problem } from "../domain/problem.js";
import type { Store } from "../store/open.js";
import { findPhoto, visiblePhotos } from "../store/photos.js";

export function photoRoutes(app: FastifyInstance, { store, blobs }: NewsroomOptions): void {
  app.post("/photos/known", async (request) => {
    const asked = checked(knownRequest, request.body, request).sha256;
    const visible = await visiblePhotos(store, [...new Set(asked)], callerOf(request).kecamatan);
    return { sha256: [...visible] };
  });

  app.get<{ Params: { sha256: string } }>("/photos/:sha256", async (request, reply) =>
    sendPhoto(store, blobs, callerOf(request), request.params.sha256, reply),
  );
}

/** The bytes of a photo, under its own type only, to those who may see a submission with it. Throws `not-found`. */
export async function sendPhoto(
  store: Store,
  blobs: Blobs,
  caller: Caller,
  wanted: string,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const hash = sha256.safeParse(wanted);
  if (!hash.success) throw problem("not-found");
  const visible = await visiblePhotos(store, [hash.data], caller.kecamatan);
  const photo = visible.has(hash.data) ? await findPhoto(store, hash.data) : undefined;
  const bytes = photo && (await blobs.read(hash.data));
  if (!photo || !bytes) throw problem("not-found");
  return reply
    .headers({
      "content-type": photo.type,
      "content-length": photo.bytes,
      "cache-control": "private, max-age=3600",
      "content-security-policy": "default-src 'none'; sandbox",
      etag: `"${hash.data}"`,
    })
    .send(bytes);
}
