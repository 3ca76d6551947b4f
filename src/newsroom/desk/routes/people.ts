import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { createUser, limits } from "../../../contract/contract.js";
import { validateIn } from "../../http/validate.js";
import { requireAdmin } from "../../services/caller.js";
import { addPerson, listPeople } from "../../services/people/administration.js";
import { type ProblemError, problem } from "../../services/problem.js";
import { fieldsOf, submitForm } from "../http/forms.js";
import { editorOf, visitorOf } from "../http/session.js";
import { dayOf } from "../models/format.js";
import { newPersonModel, peopleModel } from "../models/people.js";
import type { Desk, Fields } from "../types.js";

/** The newsroom's people, for its admins. */
export function peopleRoutes(app: FastifyInstance, desk: Desk): void {
  const { store, now } = desk;

  app.get<{ Querystring: { cursor?: unknown } }>("/people", async (request, reply) => {
    const { cursor } = request.query;
    const page = { limit: limits.page_items, ...(typeof cursor === "string" ? { cursor } : {}) };
    const people = await listPeople(store, editorOf(request), page, now());
    const telling = desk.viewContext(request);
    return desk.show(request, reply, {
      view: "people",
      title: telling.messages.desk.people.title,
      place: "people",
      model: peopleModel(telling, people, "cursor" in page),
    });
  });

  app.get("/people/new", async (request, reply) => {
    requireAdmin(editorOf(request));
    return newPersonPage(request, reply, {});
  });

  // The person's page then offers what they come in by: a code is shown where it is asked for, and nowhere kept.
  app.post("/people/new", async (request, reply) => {
    const typed = fieldsOf(request);
    return submitForm(
      desk,
      request,
      reply,
      async (transaction) => {
        const { language } = visitorOf(request);
        const wanted = validateIn(language, createUser, personOf(typed, now()));
        const { user } = await addPerson(transaction, editorOf(request), wanted, now());
        return `/people/${user.id}?added=1`;
      },
      async (error) => {
        if (error.problem !== "invalid" && error.problem !== "idempotency-mismatch") throw error;
        return newPersonPage(request, reply, typed, error);
      },
    );
  });

  function newPersonPage(request: FastifyRequest, reply: FastifyReply, typed: Fields, error?: ProblemError) {
    const telling = desk.viewContext(request);
    const words = telling.messages.desk;
    return desk.show(request, reply, {
      view: "person-new",
      title: words.people.add,
      place: "people",
      model: newPersonModel(telling, typed),
      ...(error ? { alert: { text: wrongText(request, error) }, status: 422 } : {}),
    });
  }
}

function personOf(typed: Fields, now: Date): object {
  const { name = "", role = "", kecamatan = "", until = "" } = typed;
  const end =
    /^\d{4}-\d{2}-\d{2}$/.test(until) && until >= dayOf(now) ? `${until}T23:59:59+07:00` : undefined;
  if (until !== "" && end === undefined)
    throw problem("invalid", { errors: [{ pointer: "/expires_at", detail: "past" }] });
  return {
    name: name.trim(),
    role,
    ...(kecamatan === "" ? {} : { kecamatan }),
    ...(end === undefined ? {} : { expires_at: end }),
  };
}

function wrongText(request: FastifyRequest, { problem: name, facts }: ProblemError): string {
  const { people, problems } = visitorOf(request).messages.desk;
  if (name === "idempotency-mismatch") return problems.sentBefore;
  const said: Record<string, string> = {
    "/name": people.needName,
    "/role": people.needRole,
    "/kecamatan":
      facts.errors?.[0]?.detail === "unwanted" ? people.kecamatanUnwanted : people.kecamatanRequired,
    "/expires_at": people.untilPast,
  };
  return said[facts.errors?.[0]?.pointer ?? ""] ?? problems.invalid;
}
