import type { FastifyInstance } from "fastify";
import { endpoints } from "../../contract/endpoints/endpoints.js";
import { ok, serveEndpoint } from "../http/endpoint.js";
import type { RouteOptions } from "../options.js";
import { stillOutOf } from "../services/publishing/still-out.js";
import { readRedactions } from "../services/submissions/read.js";
import { redact } from "../services/submissions/redact.js";

export function redactionRoutes(
  app: FastifyInstance,
  { store, write, removeRedacted, now }: RouteOptions,
): void {
  serveEndpoint(app, endpoints.redact, async ({ caller, body, request }) => {
    const { redaction, isNew } = await write(request, (transaction, caller) =>
      redact(transaction, caller, body, now()),
    );
    await removeRedacted();
    return ok(
      { ...redaction, publications: await stillOutOf(store, caller, [redaction], now()) },
      isNew ? 201 : 200,
    );
  });

  serveEndpoint(app, endpoints.listRedactions, async ({ caller, params, query }) =>
    ok(await readRedactions(store, caller, params.id, query)),
  );
}
