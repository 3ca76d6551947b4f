import type { FastifyInstance } from "fastify";
import { endpoints } from "../../contract/endpoints/endpoints.js";
import { ok, serveEndpoint } from "../http/endpoint.js";
import type { NewsroomOptions } from "../options.js";
import { readRedactions } from "../services/submissions/read.js";
import { redact } from "../services/submissions/redact.js";
import { removeCondemned } from "../store/photos/blob-removals.js";

export function redactionRoutes(app: FastifyInstance, { store, blobs, now }: NewsroomOptions): void {
  serveEndpoint(app, endpoints.redact, async ({ caller, body }) => {
    const { redaction, isNew } = await store
      .transaction()
      .execute((transaction) => redact(transaction, caller, body, now()));
    // If the process is killed before this, the next sweep removes the blobs.
    await removeCondemned(store, blobs);
    return ok(redaction, isNew ? 201 : 200);
  });

  serveEndpoint(app, endpoints.listRedactions, async ({ caller, params, query }) =>
    ok(await readRedactions(store, caller, params.id, query)),
  );
}
