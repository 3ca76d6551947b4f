import type { FastifyInstance } from "fastify";
import { scopeOf } from "../../services/caller.js";
import { problem } from "../../services/problem.js";
import { stillOutOfPhoto } from "../../services/publishing/still-out.js";
import { visiblePhotos } from "../../store/photos/photos.js";
import { sendPhoto } from "../../uploads/send-photo.js";
import { forDeskUsers } from "../http/admission.js";
import { callerOf } from "../http/session.js";
import { photoAddress } from "../models/content.js";
import { stillOutModel } from "../models/still-out.js";
import type { Desk } from "../types.js";

interface ByHash {
  Params: { sha256: string };
}

/** As many publications as a page shows. */
const shown = 100;

/** A photo for the pages, and the page of where it is still out, with the same access rules as the API. */
export function deskPhotoRoutes(app: FastifyInstance, desk: Desk): void {
  const { store, blobs, now } = desk;
  app.get<ByHash>("/photos/:sha256", forDeskUsers, async (request, reply) =>
    sendPhoto(store, blobs, callerOf(request), request.params.sha256, reply),
  );

  app.get<ByHash>("/photos/:sha256/publications", forDeskUsers, async (request, reply) => {
    const caller = callerOf(request);
    const { sha256 } = request.params;
    if (!/^[0-9a-f]{64}$/.test(sha256)) throw problem("not-found");
    const context = desk.viewContext(request);
    const { stillOut } = context.messages;
    const { items, next_cursor } = await stillOutOfPhoto(store, caller, sha256, { limit: shown }, now());
    const isThere = (await visiblePhotos(store, [sha256], scopeOf(caller))).has(sha256);
    return desk.show(request, reply, {
      view: "photo",
      title: stillOut.where,
      place: "queue",
      model: {
        back: stillOut.back,
        src: isThere ? photoAddress(sha256) : null,
        lost: stillOut.lost,
        sha256,
        still_out: stillOutModel(context, items, stillOut.lead),
        more: next_cursor === null ? null : stillOut.more,
      },
    });
  });
}
