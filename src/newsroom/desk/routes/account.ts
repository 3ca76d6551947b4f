import type { FastifyInstance } from "fastify";
import { idleMs, maxSessionMs } from "../../services/people/permission.js";
import { loginOf } from "../../store/people/desk-logins.js";
import { deleteSessionsOf, listSessions } from "../../store/people/desk-sessions.js";
import { forDeskUsers } from "../http/admission.js";
import { editorOf, visitorOf } from "../http/session.js";
import { formatTime } from "../models/format.js";
import type { Desk } from "../types.js";

const hourMs = 60 * 60 * 1000;

/** The editor's own sessions, and the button that ends them all. */
export function accountRoutes(app: FastifyInstance, desk: Desk): void {
  const { store, write, now } = desk;

  app.get("/account", forDeskUsers, async (request, reply) => {
    const visitor = visitorOf(request);
    const context = desk.viewContext(request);
    const messages = visitor.messages.desk.account;
    const { id } = editorOf(request);
    const sessions = await listSessions(store, id, new Date(now().getTime() - idleMs));
    return desk.show(request, reply, {
      view: "login/account",
      title: messages.title,
      place: "account",
      model: {
        login_name: (await loginOf(store, id))?.login_name ?? null,
        sessions: sessions.map((session) => ({
          browser: session.browser || messages.unknownDevice,
          current: session.hash === visitor.session,
          since: formatTime(context, session.created_at),
          seen: formatTime(context, session.seen_at),
        })),
        limits: messages.limits({ n: idleMs / hourMs, count: maxSessionMs / hourMs }),
      },
    });
  });

  app.post(
    "/logout/everywhere",
    { config: { ...forDeskUsers.config, worksWhenFull: true } },
    async (request, reply) => {
      await write(request, (transaction, caller) => deleteSessionsOf(transaction, caller.id));
      return reply.redirect("/login", 303);
    },
  );
}
