import type { FastifyInstance } from "fastify";
import { endpoints } from "../../contract/endpoints.js";
import type { NewsroomOptions } from "../app.js";
import { fillAlbum, readAlbum, readAlbums } from "../domain/albums.js";
import { ok, serveEndpoint } from "../endpoint.js";

/** An event's photos, for editors to choose from. */
export function albumRoutes(app: FastifyInstance, { store, now }: NewsroomOptions): void {
  serveEndpoint(app, endpoints.listAlbums, async ({ caller, query }) =>
    ok(await readAlbums(store, caller, query)),
  );

  serveEndpoint(app, endpoints.readAlbum, async ({ caller, params, query }) =>
    ok(await readAlbum(store, caller, params, query)),
  );

  serveEndpoint(app, endpoints.putAlbum, async ({ caller, params, body }) => {
    const { album, isNew } = await store
      .transaction()
      .execute((transaction) => fillAlbum(transaction, caller, params, body, now()));
    return ok(album, isNew ? 201 : 200);
  });
}
