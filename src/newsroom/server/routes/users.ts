import type { FastifyInstance, FastifyRequest } from "fastify";
import { createUser } from "../../contract.js";
import { addUser, kecamatanProblem, revokeUser } from "../accounts.js";
import type { NewsroomOptions } from "../app.js";
import { callerOf } from "../auth.js";
import { checked } from "../checked.js";
import { invalidField, problem } from "../problems.js";
import { readUsers } from "../store/users.js";
import type { ById } from "./submissions.js";

/** The newsroom's people, for admins. */
export function userRoutes(app: FastifyInstance, { store, now }: NewsroomOptions): void {
  app.get("/users", async (request) => {
    requireAdmin(request);
    return { items: await readUsers(store, now()), next_cursor: null };
  });

  // No Idempotency-Key here: a stored answer would keep a code or a token in clear.
  app.post("/users", async (request, reply) => {
    requireAdmin(request);
    const wanted = checked(createUser, request.body, request);
    const wrong = kecamatanProblem(wanted.role, wanted.kecamatan);
    if (wrong) throw invalidField("/kecamatan", wrong);
    return reply.status(201).send(await addUser(store, wanted, now()));
  });

  app.post<ById>("/users/:id/revoke", async (request) => {
    requireAdmin(request);
    // Compared with ids in memory, never bound: any text is safe here.
    const id = request.params.id.toLowerCase();
    const outcome = await revokeUser(store, id, now());
    if (outcome === "not-found") throw problem("not-found");
    if (outcome === "last-admin") throw problem("conflict", { detail: "last-admin" });
    const [user] = await readUsers(store, now(), id);
    return user;
  });
}

function requireAdmin(request: FastifyRequest): void {
  if (callerOf(request).role !== "admin") throw problem("forbidden");
}
