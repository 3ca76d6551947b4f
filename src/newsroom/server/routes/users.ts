import type { FastifyInstance } from "fastify";
import { createUser, issueLogin } from "../../contract.js";
import type { NewsroomOptions } from "../app.js";
import { callerOf } from "../auth.js";
import { checked } from "../checked.js";
import type { AccessChange } from "../domain/accounts.js";
import * as people from "../domain/people.js";
import type { ById } from "./submissions.js";

const changes: readonly AccessChange[] = ["revoke", "suspend", "resume"];

/** The newsroom's people, for admins. */
export function userRoutes(app: FastifyInstance, { store, now }: NewsroomOptions): void {
  app.get("/users", async (request) => ({
    items: await people.listPeople(store, callerOf(request), now()),
    next_cursor: null,
  }));

  // No Idempotency-Key here: a stored answer would keep a code or a token in clear.
  app.post("/users", async (request, reply) => {
    const wanted = checked(createUser, request.body, request);
    const added = await store
      .transaction()
      .execute((transaction) => people.addPerson(transaction, callerOf(request), wanted, now()));
    return reply.status(201).send(added);
  });

  app.post<ById>("/users/:id/logins", async (request, reply) => {
    const wanted = checked(issueLogin, request.body, request);
    const { id } = request.params;
    const issued = await store
      .transaction()
      .execute((transaction) => people.issueLogin(transaction, callerOf(request), id, wanted, now()));
    return reply.status(201).send(issued);
  });

  app.post<ById>("/users/:id/links", async (request, reply) => {
    const { id } = request.params;
    const made = await store
      .transaction()
      .execute((transaction) => people.issueLink(transaction, callerOf(request), id, now()));
    return reply.status(201).send(made);
  });

  for (const change of changes) {
    app.post<ById>(`/users/:id/${change}`, async (request) =>
      store
        .transaction()
        .execute((transaction) =>
          people.changePerson(transaction, callerOf(request), request.params.id, change, now()),
        ),
    );
  }
}
