import type { FastifyInstance } from "fastify";
import { endpoints } from "../../contract/endpoints/endpoints.js";
import { ok, serveEndpoint } from "../http/endpoint.js";
import type { NewsroomOptions } from "../options.js";
import { activate } from "../services/people/accounts.js";
import * as people from "../services/people/administration.js";
import { problem } from "../services/problem.js";
import { revokeToken, rotateToken } from "../store/people/tokens.js";
import { readUsers } from "../store/people/users.js";

/**
 * Routes for admins to manage people. They take no Idempotency-Key: a stored answer would keep a code or a token in
 * clear.
 */
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

export function meRoutes(app: FastifyInstance, { store, now }: NewsroomOptions): void {
  serveEndpoint(app, endpoints.readMe, async ({ caller: { id, token } }) => {
    const [user] = await readUsers(store, now(), [id]);
    return ok({ user, token: { label: token.label, expires_at: token.expires_at } });
  });

  // The current token stays valid until the new one is used, so that a lost answer locks nobody out.
  serveEndpoint(app, endpoints.rotateToken, async ({ caller }) => {
    const token = await store
      .transaction()
      .execute((transaction) => rotateToken(transaction, caller.token.id, now()));
    return ok({ token, expires_at: caller.token.expires_at }, 201);
  });

  // Ends only the login that makes the request; logins on other devices stay valid.
  serveEndpoint(app, endpoints.endToken, async ({ caller }) => {
    await revokeToken(store, caller.token.id, now());
    return ok(undefined, 204);
  });
}

/** Exchanges an activation code for a token. Attempts are limited by IP address, because there is no token yet. */
export function activationRoutes(app: FastifyInstance, { store, now, rates }: NewsroomOptions): void {
  const rateLimit = { max: rates.activations_per_minute, timeWindow: 60_000 };
  const activation = async ({ body }: { body: { code: string; device: string } }) => {
    const issued = await store
      .transaction()
      .execute((transaction) => activate(transaction, body.code, body.device, now()));
    if (!issued) throw problem("activation-invalid");
    return ok(issued, 201);
  };
  serveEndpoint(app, endpoints.activate, activation, { config: { rateLimit } });
}
