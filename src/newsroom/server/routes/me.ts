import type { FastifyInstance } from "fastify";
import type { z } from "zod";
import type { me } from "../../contract.js";
import type { NewsroomOptions } from "../app.js";
import { callerOf } from "../auth.js";
import { revokeToken } from "../store/tokens.js";
import { readUsers } from "../store/users.js";

export function meRoutes(app: FastifyInstance, { store, now }: NewsroomOptions): void {
  app.get("/me", async (request): Promise<z.infer<typeof me>> => {
    const { id, token } = callerOf(request);
    const [user] = await readUsers(store, now(), id);
    return { user: user!, token: { label: token.label, expires_at: token.expires_at } };
  });

  /** Who leaves, or gives a device away, ends this one login; those on other devices stay. */
  app.delete("/me/token", async (request, reply) => {
    await revokeToken(store, callerOf(request).token.id, now());
    return reply.status(204).send();
  });
}
