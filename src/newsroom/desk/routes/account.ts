import type { FastifyInstance } from "fastify";
import { confirmNews, readNews } from "../../services/audit.js";
import { endSessions } from "../../services/people/accounts.js";
import { idleMs, maxSessionMs } from "../../services/people/permission.js";
import { problem } from "../../services/problem.js";
import { loginOf } from "../../store/people/desk-logins.js";
import { listSessions } from "../../store/people/desk-sessions.js";
import { forDeskUsers } from "../http/admission.js";
import { fieldsOf } from "../http/forms.js";
import { callerOf, visitorOf } from "../http/session.js";
import { newsModel } from "../models/audit.js";
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
    const { id } = callerOf(request);
    const news = newsModel(context, await readNews(store, id));
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
        news,
        limits: messages.limits({ n: idleMs / hourMs, count: maxSessionMs / hourMs }),
      },
    });
  });

  app.post("/account/news", forDeskUsers, async (request, reply) => {
    const seq = /^[1-9]\d{0,8}$/.exec(fieldsOf(request).seq ?? "")?.[0];
    if (seq === undefined) throw problem("invalid");
    await write(request, (transaction, caller) => confirmNews(transaction, caller.id, Number(seq)));
    return reply.redirect("/account", 303);
  });

  app.post(
    "/logout/everywhere",
    { config: { ...forDeskUsers.config, worksWhenFull: true } },
    async (request, reply) => {
      await write(request, (transaction, caller) => endSessions(transaction, caller, caller, now()));
      return reply.redirect("/login", 303);
    },
  );
}
