import type { FastifyInstance } from "fastify";
import { auditQuery, limits } from "../../../contract/contract.js";
import { validateIn } from "../../http/validate.js";
import { readAudit } from "../../services/audit.js";
import { problem } from "../../services/problem.js";
import { readUsers } from "../../store/people/users.js";
import { forAdmins } from "../http/admission.js";
import { callerOf } from "../http/session.js";
import { auditModel } from "../models/audit.js";
import type { Desk } from "../types.js";

/** The audit log, for admins: of everyone, or of one person. */
export function auditRoutes(app: FastifyInstance, desk: Desk): void {
  const { store, now } = desk;

  app.get<{ Querystring: Record<string, unknown> }>("/audit", forAdmins, async (request, reply) => {
    const { person, cursor } = request.query;
    const context = desk.viewContext(request);
    const given = Object.fromEntries(
      Object.entries({ person, cursor }).filter(([, value]) => value !== undefined),
    );
    const query = validateIn(context.language, auditQuery, { ...given, limit: limits.page_items });
    const page = await readAudit(store, callerOf(request), query);
    const [user] = query.person ? await readUsers(store, now(), [query.person.toLowerCase()]) : [];
    if (query.person && !user) throw problem("not-found");
    const messages = context.messages.desk.audit;
    return desk.show(request, reply, {
      view: "people/audit",
      title: user ? messages.ofPerson({ name: user.name }) : messages.title,
      place: "people",
      model: auditModel(context, page, user, query.cursor !== undefined),
    });
  });
}
