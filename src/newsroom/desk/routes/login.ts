import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { admitAttempt, guardedRoute } from "../../http/attempts.js";
import { holderOfLink, isUsableLink, spendLink } from "../../services/people/login-links.js";
import { sessionHash } from "../../store/people/desk-sessions.js";
import { forVisitors } from "../http/admission.js";
import { fieldsOf, localPath } from "../http/forms.js";
import { endSession, landingOf, languageCookie, startSession, visitorOf } from "../http/session.js";
import { checkLogin } from "../login/check.js";
import { failedLogin, isFailure } from "../login/failed.js";
import { loginAlert } from "../login/login-alert.js";
import type { Desk } from "../types.js";

/** Login by password and code, or by an admin's one-time link. Also logout and the choice of language. */
export function loginRoutes(app: FastifyInstance, desk: Desk): void {
  const { store, writeOpenly, now } = desk;
  const guarded = { config: { ...forVisitors.config, ...guardedRoute(desk).config } };

  app.get<{ Querystring: { next?: string } }>("/login", forVisitors, async (request, reply) => {
    const next = localPath(request.query.next);
    const { caller } = visitorOf(request);
    if (caller) return reply.redirect(next === "/" ? landingOf(caller.role) : next, 303);
    return loginPage(request, reply, next);
  });

  app.post("/login", guarded, async (request, reply) => {
    const { name = "", password = "", code = "", next } = fieldsOf(request);
    await admitAttempt(desk, request, "login");
    let landing = "/";
    const outcome = await checkLogin(desk, request, { name, password, code }, async (transaction, userId) => {
      landing = await startSession(transaction, request, reply, { userId, way: "password" }, now());
    });
    if (outcome.kind === "right") {
      const path = localPath(next);
      return reply.redirect(path === "/" ? landing : path, 303);
    }
    if (isFailure(outcome)) await failedLogin(desk, request, "password", { typed: name });
    const { text, status } = loginAlert(visitorOf(request).messages.desk, outcome);
    return loginPage(request, reply, localPath(next), { alert: text, name, status });
  });

  // The secret is in the query, which is not logged and not sent to other sites. Opening the page does not spend it.
  // Who is logged in may use a link too: it proves once more who they are.
  app.get<{ Querystring: { key?: string } }>("/login/link", forVisitors, async (request, reply) =>
    linkPage(request, reply, String(request.query.key ?? "")),
  );

  app.post("/login/link", guarded, async (request, reply) => {
    const visitor = visitorOf(request);
    reply.header("referrer-policy", "no-referrer");
    await admitAttempt(desk, request, "link");
    const key = fieldsOf(request).key ?? "";
    const landing = await writeOpenly(request, async (transaction) => {
      const userId = await spendLink(transaction, key, sessionHash(visitor.cookie), now());
      if (userId === undefined) return undefined;
      return startSession(transaction, request, reply, { userId, way: "link" }, now());
    });
    if (landing !== undefined) return reply.redirect(landing, 303);
    const { caller } = visitor;
    // A second press of the button, after the first has logged in.
    if (caller && (await holderOfLink(store, key))?.id === caller.id) {
      return reply.redirect(landingOf(caller.role), 303);
    }
    await failedLogin(desk, request, "link");
    const alert = visitor.messages.desk.link.bad;
    return caller
      ? linkPage(request, reply, "", alert)
      : loginPage(request, reply, "/", { alert, status: 422 });
  });

  app.post("/logout", { config: { ...forVisitors.config, worksWhenFull: true } }, async (request, reply) => {
    await writeOpenly(request, (transaction) => endSession(transaction, request, reply, now()));
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

  /** Who opens a link where somebody else is logged in is told so, and asked: two persons may share a browser. */
  async function linkPage(
    request: FastifyRequest,
    reply: FastifyReply,
    key: string,
    alert?: string,
  ): Promise<FastifyReply> {
    const { messages, caller } = visitorOf(request);
    const { link } = messages.desk;
    const named = caller ? await holderOfLink(store, key) : undefined;
    const isOther = caller !== null && named?.id !== caller.id;
    // Nobody is asked whether a link that is expired or used may replace them.
    const isUsable =
      isOther && (await isUsableLink(store, key, sessionHash(visitorOf(request).cookie), now()));
    const holder = isUsable ? named : undefined;
    reply.header("referrer-policy", "no-referrer");
    return desk.show(request, reply, {
      view: "login/link",
      title: link.title,
      model: {
        // Who is logged in and has a link to nobody can do no more than stay.
        key: isOther && !holder ? null : key,
        lead: isOther ? link.loggedIn({ who: caller.name }) : link.greeting,
        question: isOther && holder ? link.replace({ who: holder.name }) : null,
        go: isOther && holder ? link.goAs({ who: holder.name }) : link.go,
        stay: isOther ? { href: landingOf(caller.role), text: link.stay({ who: caller.name }) } : null,
      },
      ...(isOther && !holder ? { alert: { text: alert ?? link.bad }, status: 422 } : {}),
    });
  }

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
