import type { FastifyInstance } from "fastify";
import { endpoints } from "../../contract/endpoints/endpoints.js";
import { ok, serveEndpoint } from "../http/endpoint.js";
import type { NewsroomOptions } from "../options.js";
import { revokeToken, rotateToken } from "../store/people/tokens.js";
import { readUsers } from "../store/people/users.js";

export function meRoutes(app: FastifyInstance, { store, now }: NewsroomOptions): void {
  serveEndpoint(app, endpoints.readMe, async ({ caller: { id, token } }) => {
    const [user] = await readUsers(store, now(), [id]);
    return ok({ user, token: { label: token.label, expires_at: token.expires_at } });
  });

  // The present token works on until the new one is used: an answer that is lost locks nobody out.
  serveEndpoint(app, endpoints.rotateToken, async ({ caller }) => {
    const token = await store
      .transaction()
      .execute((transaction) => rotateToken(transaction, caller.token.id, now()));
    return ok({ token, expires_at: caller.token.expires_at }, 201);
  });

  // Who leaves, or gives a device away, ends this one login; those on other devices stay.
  serveEndpoint(app, endpoints.endToken, async ({ caller }) => {
    await revokeToken(store, caller.token.id, now());
    return ok(undefined, 204);
  });
}
