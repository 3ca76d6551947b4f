import type { FastifyInstance } from "fastify";
import { endpoints } from "../../contract/endpoints/endpoints.js";
import { ok, serveEndpoint } from "../http/endpoint.js";
import type { RouteOptions } from "../options.js";
import { fillAlbum, readAlbum, readAlbums } from "../services/albums.js";

/** Routes of albums: the photos of an event, from which editors choose. */
export function albumRoutes(app: FastifyInstance, { store, write, now }: RouteOptions): void {
  serveEndpoint(app, endpoints.listAlbums, async ({ caller, query }) =>
    ok(await readAlbums(store, caller, query)),
  );

  serveEndpoint(app, endpoints.readAlbum, async ({ caller, params, query }) =>
    ok(await readAlbum(store, caller, params, query)),
  );

  serveEndpoint(app, endpoints.putAlbum, async ({ params, body, request }) => {
    const { album, isNew } = await write(request, (transaction, caller) =>
      fillAlbum(transaction, caller, params, body, now()),
    );
    return ok(album, isNew ? 201 : 200);
  });
}
