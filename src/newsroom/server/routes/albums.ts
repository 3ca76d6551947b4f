import type { FastifyInstance } from "fastify";
import { albumAddress, albumQuery, albumsQuery, putAlbum } from "../../contract.js";
import type { NewsroomOptions } from "../app.js";
import { callerOf } from "../auth.js";
import { checked } from "../checked.js";
import { type AlbumAddress, fillAlbum, readAlbum, readAlbums } from "../domain/albums.js";
import { problem } from "../domain/problem.js";

interface ByAddress {
  Params: { kecamatan: string; slug: string };
}

/** An event's photos, for editors to choose from. */
export function albumRoutes(app: FastifyInstance, { store, now }: NewsroomOptions): void {
  app.get("/albums", async (request) =>
    readAlbums(store, callerOf(request), checked(albumsQuery, request.query, request)),
  );

  app.get<ByAddress>("/albums/:kecamatan/:slug", async (request) => {
    const page = checked(albumQuery, request.query, request);
    return readAlbum(store, callerOf(request), addressOf(request.params), page);
  });

  app.put<ByAddress>("/albums/:kecamatan/:slug", async (request, reply) => {
    const address = addressOf(request.params);
    const body = checked(putAlbum, request.body, request);
    const { album, isNew } = await store
      .transaction()
      .execute((transaction) => fillAlbum(transaction, callerOf(request), address, body, now()));
    return reply.status(isNew ? 201 : 200).send(album);
  });
}

function addressOf(params: unknown): AlbumAddress {
  const address = albumAddress.safeParse(params);
  if (!address.success) throw problem("not-found");
  return address.data;
}
