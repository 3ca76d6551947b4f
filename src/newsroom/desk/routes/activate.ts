import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { admitAttempt, guardedRoute } from "../../http/attempts.js";
import { record } from "../../services/audit.js";
import { mayEnterDesk } from "../../services/people/login-links.js";
import { findLogin, putLogin } from "../../store/people/desk-logins.js";
import { deleteSessionsOf } from "../../store/people/desk-sessions.js";
import { peekCode, spendCode } from "../../store/people/tokens.js";
import { namesOf } from "../../store/submissions/submissions.js";
import { forVisitors } from "../http/admission.js";
import { fieldsOf } from "../http/forms.js";
import { deskOrigin, startSession, visitorOf } from "../http/session.js";
import { loginNameOf } from "../login/check.js";
import { failedLogin } from "../login/failed.js";
import { hashPassword, maxPasswordLength, minPasswordLength } from "../login/password.js";
import { qrPath } from "../login/qr.js";
import { isTotpSecret, newTotpSecret, totpAddress, totpStep } from "../login/totp.js";
import type { Desk, Fields } from "../types.js";

/**
 * Sets up a password and an authenticator with an activation code. The code is checked first and spent last, so that
 * it stays valid if the setup is not finished.
 */
export function activateRoutes(app: FastifyInstance, desk: Desk): void {
  const { store, writeOpenly, now, secretsKey } = desk;
  const guarded = { config: { ...forVisitors.config, ...guardedRoute(desk).config } };

  app.get("/activate", forVisitors, async (request, reply) => codePage(request, reply, {}));

  app.post("/activate", guarded, async (request, reply) => {
    const typed = fieldsOf(request);
    await admitAttempt(desk, request, "activation");
    const messages = visitorOf(request).messages.desk;
    const userId = await peekCode(store, typed.code ?? "", now());
    if (userId === undefined || !(await mayEnterDesk(store, userId, now()))) {
      await failedLogin(desk, request, "code");
      return codePage(
        request,
        reply,
        typed,
        userId === undefined ? messages.activate.bad : messages.login.notEditor,
      );
    }
    if (typed.secret === undefined || !isTotpSecret(typed.secret))
      return setUpPage(request, reply, typed, newTotpSecret());
    const alert = await problemOf(request, typed, userId);
    if (alert !== undefined) return setUpPage(request, reply, typed, typed.secret, alert);
    const secret = typed.secret;
    const password = await desk.hashing(() => hashPassword(typed.password ?? ""));
    const landing = await writeOpenly(request, async (transaction) => {
      if ((await spendCode(transaction, typed.code ?? "", now())) !== userId) return undefined;
      await putLogin(transaction, {
        user_id: userId,
        login_name: loginNameOf(typed.login_name ?? ""),
        password,
        totp_secret: secretsKey.seal(secret, userId),
        // Storing its step spends the TOTP code that was just typed.
        totp_step: totpStep(secret, typed.totp ?? "", now()) ?? 0,
        created_at: now().toISOString(),
      });
      await deleteSessionsOf(transaction, userId);
      const [person] = await namesOf(transaction, [userId]);
      const actor = { ...person!, origin: deskOrigin(request) };
      await record(transaction, actor, { event: "password-set", subject: person }, now());
      return startSession(transaction, request, reply, { userId, way: "code" }, now());
    });
    if (landing === undefined) {
      await failedLogin(desk, request, "code");
      return codePage(request, reply, typed, messages.activate.bad);
    }
    return reply.redirect(landing, 303);
  });

  /** Returns the first problem of the new login as a message; undefined if there is none. */
  async function problemOf(
    request: FastifyRequest,
    typed: Fields,
    userId: string,
  ): Promise<string | undefined> {
    const messages = visitorOf(request).messages.desk.activate;
    const { password = "", totp = "", secret = "" } = typed;
    const name = loginNameOf(typed.login_name ?? "");
    if (!/^[a-z0-9][a-z0-9.-]{1,38}[a-z0-9]$/.test(name)) return messages.nameBad;
    const other = await findLogin(store, name);
    if (other && other.user_id !== userId) return messages.nameTaken;
    if ([...password].length < minPasswordLength) return messages.passwordShort({ n: minPasswordLength });
    if (password.length > maxPasswordLength) return messages.passwordLong({ n: maxPasswordLength });
    if (totpStep(secret, totp, now()) === undefined) return messages.totpBad;
    return undefined;
  }

  function codePage(request: FastifyRequest, reply: FastifyReply, typed: Fields, alert?: string) {
    const messages = visitorOf(request).messages.desk;
    return desk.show(request, reply, {
      view: "login/activate",
      title: messages.activate.title,
      model: { secret: null, code: typed.code ?? "" },
      ...(alert === undefined ? {} : { alert: { text: alert }, status: 422 }),
    });
  }

  function setUpPage(
    request: FastifyRequest,
    reply: FastifyReply,
    typed: Fields,
    secret: string,
    alert?: string,
  ) {
    const messages = visitorOf(request).messages.desk;
    const login_name = typed.login_name ?? "";
    return desk.show(request, reply, {
      view: "login/activate",
      title: messages.activate.title,
      model: {
        code: typed.code ?? "",
        secret,
        spaced: (secret.match(/.{1,4}/g) ?? []).join(" "),
        qr: qrPath(totpAddress(secret, messages.name, login_name || messages.office)),
        login_name,
        password_hint: messages.activate.passwordHint({ n: minPasswordLength }),
      },
      ...(alert === undefined ? {} : { alert: { text: alert }, status: 422 }),
    });
  }
}
