import type { FastifyInstance } from "fastify";
import { sendPhoto } from "../../uploads/send-photo.js";
import { editorOf } from "../http/session.js";
import type { Desk } from "../types.js";

/** A photo for the page, by the same rules as over the API. */
export function deskPhotoRoutes(app: FastifyInstance, { store, blobs }: Desk): void {
  app.get<{ Params: { sha256: string } }>("/photos/:sha256", async (request, reply) =>
    sendPhoto(store, blobs, editorOf(request), request.params.sha256, reply),
  );
}
