import type { FastifyInstance } from "fastify";
import { endpoints } from "../../contract/endpoints/endpoints.js";
import { ok, serveEndpoint } from "../http/endpoint.js";
import type { RouteOptions } from "../options.js";
import { scopeOf } from "../services/caller.js";
import { stillOutOfPhoto } from "../services/publishing/still-out.js";
import { visiblePhotos } from "../store/photos/photos.js";
import { sendPhoto } from "../uploads/send-photo.js";

export function photoRoutes(app: FastifyInstance, { store, blobs, now }: RouteOptions): void {
  serveEndpoint(app, endpoints.knownPhotos, async ({ caller, body }) => {
    const visible = await visiblePhotos(store, [...new Set(body.sha256)], scopeOf(caller));
    return ok({ sha256: [...visible] });
  });

  serveEndpoint(app, endpoints.readPhoto, async ({ caller, params, reply }) =>
    sendPhoto(store, blobs, caller, params.sha256, reply),
  );

  serveEndpoint(app, endpoints.listPhotoPublications, async ({ caller, params, query }) =>
    ok(await stillOutOfPhoto(store, caller, params.sha256, query, now())),
  );
}
