import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { createUser, limits } from "../../../contract/contract.js";
import { requireAdmin } from "../../services/caller.js";
import { addPerson, listPeople } from "../../services/people/administration.js";
import { type ProblemError, problem } from "../../services/problem.js";
import { forAdmins } from "../http/admission.js";
import { checkedForm, fieldsOf, submitForm } from "../http/forms.js";
import { callerOf, visitorOf } from "../http/session.js";
import { confirmPerson, proofOf } from "../login/confirm.js";
import { dayOf } from "../models/format.js";
import { newPersonModel, peopleModel } from "../models/people.js";
import type { Desk, Fields } from "../types.js";

/** The list of people and the form that adds one, for admins. */
export function peopleRoutes(app: FastifyInstance, desk: Desk): void {
  const { store, now } = desk;

  app.get<{ Querystring: { cursor?: unknown } }>("/people", forAdmins, async (request, reply) => {
    const { cursor } = request.query;
    const page = { limit: limits.page_items, ...(typeof cursor === "string" ? { cursor } : {}) };
    const people = await listPeople(store, callerOf(request), page, now());
    const context = desk.viewContext(request);
    return desk.show(request, reply, {
      view: "people/people",
      title: context.messages.desk.people.title,
      place: "people",
      model: peopleModel(context, people, "cursor" in page),
    });
  });

  app.get("/people/new", forAdmins, async (request, reply) => {
    requireAdmin(callerOf(request));
    return newPersonPage(request, reply, {});
  });

  // Redirects to the person's page, where a code can be issued. This answer shows no code, because it is stored and replayed.
  app.post("/people/new", forAdmins, async (request, reply) => {
    const typed = fieldsOf(request);
    requireAdmin(callerOf(request));
    if (typed.role === "admin" && !(await confirmPerson(desk, request, reply))) return reply;
    const proof = proofOf(request, now());
    return submitForm(
      desk,
      request,
      reply,
      async (transaction, caller) => {
        const newUser = checkedForm(request, createUser, personOf(typed, now()));
        const { user } = await addPerson(transaction, caller, newUser, proof, now());
        return `/people/${user.id}?added=1`;
      },
      async (error) => {
        if (error.problem !== "invalid" && error.problem !== "idempotency-mismatch") throw error;
        return newPersonPage(request, reply, typed, error);
      },
    );
  });

  function newPersonPage(request: FastifyRequest, reply: FastifyReply, typed: Fields, error?: ProblemError) {
    const context = desk.viewContext(request);
    const messages = context.messages.desk;
    return desk.show(request, reply, {
      view: "people/new-person",
      title: messages.people.add,
      place: "people",
      model: newPersonModel(context, typed),
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
  const alerts: Record<string, string> = {
    "/name": people.needName,
    "/role": people.needRole,
    "/kecamatan":
      facts.errors?.[0]?.detail === "unwanted" ? people.kecamatanUnwanted : people.kecamatanRequired,
    "/expires_at": people.untilPast,
  };
  return alerts[facts.errors?.[0]?.pointer ?? ""] ?? problems.invalid;
}
