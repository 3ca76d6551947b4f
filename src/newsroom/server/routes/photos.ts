import type { FastifyInstance } from "fastify";
import { knownRequest, sha256 } from "../../contract.js";
import type { NewsroomOptions } from "../app.js";
import { callerOf } from "../auth.js";
import { checked } from "../checked.js";
import { problem } from "../domain/problem.js";
import { findPhoto, visiblePhotos } from "../store/photos.js";

export function photoRoutes(app: FastifyInstance, { store, blobs }: NewsroomOptions): void {
  app.post("/photos/known", async (request) => {
    const asked = checked(knownRequest, request.body, request).sha256;
    const visible = await visiblePhotos(store, [...new Set(asked)], callerOf(request).kecamatan);
    return { sha256: [...visible] };
  });

  app.get<{ Params: { sha256: string } }>("/photos/:sha256", async (request, reply) => {
    const hash = sha256.safeParse(request.params.sha256);
    if (!hash.success) throw problem("not-found");
    const visible = await visiblePhotos(store, [hash.data], callerOf(request).kecamatan);
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
  });
}
