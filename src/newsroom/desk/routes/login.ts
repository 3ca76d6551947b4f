import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { spendLink } from "../../services/people/login-links.js";
import { sessionHash } from "../../store/people/desk-sessions.js";
import { forVisitors } from "../http/admission.js";
import { fieldsOf, localPath } from "../http/forms.js";
import { endSession, languageCookie, startSession, visitorOf } from "../http/session.js";
import { checkLogin } from "../login/check.js";
import type { Desk } from "../types.js";

/** Login by password and code, or by an admin's one-time link. Also logout and the choice of language. */
export function loginRoutes(app: FastifyInstance, desk: Desk): void {
  const { writeOpenly, now, rates } = desk;
  const rateLimit = { max: rates.activations_per_minute, timeWindow: 60_000 };
  // Whoever takes something away while the disk is full has to log in first.
  const throttled = { config: { ...forVisitors.config, rateLimit, worksWhenFull: true } };

  app.get<{ Querystring: { next?: string } }>("/login", forVisitors, async (request, reply) => {
    const next = localPath(request.query.next);
    if (visitorOf(request).caller) return reply.redirect(next, 303);
    return loginPage(request, reply, next);
  });

  app.post("/login", throttled, async (request, reply) => {
    const { name = "", password = "", code = "", next } = fieldsOf(request);
    const messages = visitorOf(request).messages.desk;
    const outcome = await checkLogin(desk, { name, password, code }, now());
    if (outcome.kind === "right") {
      await writeOpenly((transaction) => startSession(transaction, request, reply, outcome.userId, now()));
      return reply.redirect(localPath(next), 303);
    }
    const text = {
      wrong: () => messages.login.wrong,
      wait: messages.login.wait,
      "no-editor": () => messages.login.notEditor,
    };
    const alert = outcome.kind === "wait" ? text.wait({ minutes: outcome.minutes }) : text[outcome.kind]();
    return loginPage(request, reply, localPath(next), {
      alert,
      name,
      status: outcome.kind === "wait" ? 429 : 422,
    });
  });

  // The secret is in the query, which is not logged and not sent to other sites. Opening the page does not spend it.
  app.get<{ Querystring: { key?: string } }>("/login/link", forVisitors, async (request, reply) => {
    if (visitorOf(request).caller) return reply.redirect("/", 303);
    const messages = visitorOf(request).messages.desk;
    reply.header("referrer-policy", "no-referrer");
    return desk.show(request, reply, {
      view: "login/link",
      title: messages.link.title,
      model: { key: String(request.query.key ?? "") },
    });
  });

  app.post("/login/link", throttled, async (request, reply) => {
    const visitor = visitorOf(request);
    reply.header("referrer-policy", "no-referrer");
    if (visitor.caller) return reply.redirect("/", 303);
    const key = fieldsOf(request).key ?? "";
    const isSpent = await writeOpenly(async (transaction) => {
      const userId = await spendLink(transaction, key, sessionHash(visitor.cookie), now());
      if (userId !== undefined) await startSession(transaction, request, reply, userId, now());
      return userId !== undefined;
    });
    if (!isSpent) {
      return loginPage(request, reply, "/", { alert: visitor.messages.desk.link.bad, status: 422 });
    }
    return reply.redirect("/", 303);
  });

  app.post("/logout", { config: { ...forVisitors.config, worksWhenFull: true } }, async (request, reply) => {
    await writeOpenly((transaction) => endSession(transaction, request, reply));
    return reply.redirect("/login", 303);
  });

  app.post(
    "/language",
    { config: { ...forVisitors.config, worksWhenFull: true } },
    async (request, reply) => {
      const { to, back } = fieldsOf(request);
      const secure = request.protocol === "https";
      if (to === "id" || to === "en") {
        const maxAge = 365 * 24 * 60 * 60;
        reply.setCookie(languageCookie, to, { path: "/", httpOnly: true, sameSite: "lax", secure, maxAge });
      }
      return reply.redirect(localPath(back), 303);
    },
  );

  function loginPage(
    request: FastifyRequest,
    reply: FastifyReply,
    next: string,
    form: { alert?: string; name?: string; status?: number } = {},
  ): Promise<FastifyReply> {
    const messages = visitorOf(request).messages.desk;
    return desk.show(request, reply, {
      view: "login/login",
      title: messages.login.title,
      model: { next, name: form.name ?? "" },
      ...(form.alert === undefined ? {} : { alert: { text: form.alert } }),
      status: form.status ?? 200,
    });
  }
}
