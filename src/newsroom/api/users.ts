import type { FastifyInstance } from "fastify";
import { endpoints } from "../../contract/endpoints/endpoints.js";
import { ok, serveEndpoint } from "../http/endpoint.js";
import type { NewsroomOptions } from "../options.js";
import * as people from "../services/people/people.js";

/** The newsroom's people, for admins. No Idempotency-Key here: a stored answer would keep a code or a token in clear. */
export function userRoutes(app: FastifyInstance, { store, now }: NewsroomOptions): void {
  serveEndpoint(app, endpoints.listUsers, async ({ caller, query }) =>
    ok(await people.listPeople(store, caller, query, now())),
  );

  serveEndpoint(app, endpoints.addUser, async ({ caller, body }) => {
    const added = await store
      .transaction()
      .execute((transaction) => people.addPerson(transaction, caller, body, now()));
    return ok(added, 201);
  });

  serveEndpoint(app, endpoints.issueLogin, async ({ caller, params, body }) => {
    const issued = await store
      .transaction()
      .execute((transaction) => people.issueLogin(transaction, caller, params.id, body, now()));
    return ok(issued, 201);
  });

  serveEndpoint(app, endpoints.issueLink, async ({ caller, params }) => {
    const made = await store
      .transaction()
      .execute((transaction) => people.issueLink(transaction, caller, params.id, now()));
    return ok(made, 201);
  });

  for (const [endpoint, change] of [
    [endpoints.revokeUser, "revoke"],
    [endpoints.suspendUser, "suspend"],
    [endpoints.resumeUser, "resume"],
  ] as const) {
    serveEndpoint(app, endpoint, async ({ caller, params }) =>
      ok(
        await store
          .transaction()
          .execute((transaction) => people.changePerson(transaction, caller, params.id, change, now())),
      ),
    );
  }
}
