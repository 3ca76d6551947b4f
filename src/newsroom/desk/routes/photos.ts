import type { FastifyInstance } from "fastify";
import { sendPhoto } from "../../uploads/send-photo.js";
import { forDeskUsers } from "../http/admission.js";
import { editorOf } from "../http/session.js";
import type { Desk } from "../types.js";

/** Serves a photo to the pages, with the same access rules as the API. */
export function deskPhotoRoutes(app: FastifyInstance, { store, blobs }: Desk): void {
  app.get<{ Params: { sha256: string } }>("/photos/:sha256", forDeskUsers, async (request, reply) =>
    sendPhoto(store, blobs, editorOf(request), request.params.sha256, reply),
  );
}
