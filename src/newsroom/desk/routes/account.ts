import type { FastifyInstance } from "fastify";
import { loginOf } from "../../store/people/desk-logins.js";
import { deleteSessionsOf, listSessions } from "../../store/people/desk-sessions.js";
import { editorOf, idleMs, maxSessionMs, visitorOf } from "../http/session.js";
import { when } from "../models/format.js";
import type { Desk } from "../types.js";

const hourMs = 60 * 60 * 1000;

/** One's own sessions, and the way to end them all. */
export function accountRoutes(app: FastifyInstance, desk: Desk): void {
  const { store, now } = desk;

  app.get("/account", async (request, reply) => {
    const visitor = visitorOf(request);
    const telling = desk.viewContext(request);
    const words = visitor.messages.desk.account;
    const { id } = editorOf(request);
    const sessions = await listSessions(store, id, new Date(now().getTime() - idleMs));
    return desk.show(request, reply, {
      view: "account",
      title: words.title,
      place: "account",
      model: {
        login_name: (await loginOf(store, id))?.login_name ?? null,
        sessions: sessions.map((one) => ({
          browser: one.browser || words.unknownDevice,
          current: one.hash === visitor.session,
          since: when(telling, one.created_at),
          seen: when(telling, one.seen_at),
        })),
        limits: words.limits({ n: idleMs / hourMs, count: maxSessionMs / hourMs }),
      },
    });
  });

  app.post("/logout/everywhere", async (request, reply) => {
    await deleteSessionsOf(store, editorOf(request).id);
    return reply.redirect("/login", 303);
  });
}
