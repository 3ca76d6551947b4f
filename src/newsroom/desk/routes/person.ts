import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { requireAdmin } from "../../services/caller.js";
import { changePerson, issueLink, issueLogin } from "../../services/people/administration.js";
import { type ProblemError, problem } from "../../services/problem.js";
import type { Store } from "../../store/database/open.js";
import { deleteLoginsOf, loginOf } from "../../store/people/desk-logins.js";
import { deleteSessionsOf } from "../../store/people/desk-sessions.js";
import { forgetCodes, listTokens, revokeTokenOf } from "../../store/people/tokens.js";
import { barredSince, readUsers } from "../../store/people/users.js";
import { fieldsOf, submitForm } from "../http/forms.js";
import { editorOf } from "../http/session.js";
import { scriptToken } from "../login/script-token.js";
import { type LoadedPerson, personModel } from "../models/people.js";
import type { ById } from "../pages/load-submission.js";
import type { Desk } from "../types.js";

type Kind = "code" | "link" | "token";

/** One person: what they come in by, and their access. Secrets are in the answer to the form that made them, once. */
export function personRoutes(app: FastifyInstance, desk: Desk): void {
  const { store, now } = desk;

  app.get<ById & { Querystring: { added?: unknown } }>("/people/:id", async (request, reply) => {
    const added = request.query.added === "1";
    return personPage(request, reply, await readPerson(request), added ? { added } : {});
  });

  for (const kind of ["code", "link", "token"] as const) {
    app.post<ById>(`/people/:id/${kind}`, async (request, reply) => {
      requireAdmin(editorOf(request));
      const known = await readPerson(request);
      if (!known.user.active || (kind === "link" && known.user.role === "operator"))
        throw problem("conflict");
      return once(request, reply, known, kind, await make(request, known, kind));
    });
  }

  for (const change of ["suspend", "resume", "revoke"] as const) {
    changing(change, `${change}Person`, async (transaction, request) => {
      await changePerson(transaction, editorOf(request), request.params.id, change, now());
      if (change === "resume") return;
      await deleteSessionsOf(transaction, request.params.id);
      if (change === "revoke") await deleteLoginsOf(transaction, request.params.id);
    });
  }
  changing("sessions", "endSessions", (transaction, request) =>
    deleteSessionsOf(transaction, request.params.id),
  );
  changing<ById & { Params: { token: string } }>(
    "tokens/:token/revoke",
    "revokeToken",
    (transaction, request) => revokeTokenOf(transaction, request.params.id, request.params.token, now()),
  );

  /** A button that changes something of a person's, and leads back to them. */
  function changing<R extends ById = ById>(
    path: string,
    done: string,
    work: (transaction: Store, request: FastifyRequest<R>) => Promise<void>,
  ): void {
    app.post(`/people/:id/${path}`, async (plain, reply) => {
      const request = plain as FastifyRequest<R>;
      const { id } = request.params as ById["Params"];
      return submitForm(
        desk,
        plain,
        reply,
        async (transaction) => {
          requireAdmin(editorOf(plain));
          await readPerson(plain as FastifyRequest<ById>, transaction);
          await work(transaction, request);
          return `/people/${id}?done=${done}`;
        },
        async (error) => {
          if (error.problem !== "conflict") throw error;
          return personPage(
            plain as FastifyRequest<ById>,
            reply,
            await readPerson(plain as FastifyRequest<ById>),
            { error },
          );
        },
      );
    });
  }

  /** What was made before and not used yet is replaced, so that the button may be pressed twice. */
  async function make(request: FastifyRequest<ById>, { user }: LoadedPerson, kind: Kind): Promise<string> {
    return store.transaction().execute(async (transaction) => {
      const admin = editorOf(request);
      if (kind === "link")
        return `${originOf(request)}${(await issueLink(transaction, admin, user.id, now())).path}`;
      if (kind === "token")
        return scriptToken(transaction, admin, user.id, fieldsOf(request).form ?? "", now());
      await forgetCodes(transaction, user.id);
      const { activation_code = "" } = await issueLogin(transaction, admin, user.id, { token: false }, now());
      return activation_code;
    });
  }

  function once(
    request: FastifyRequest<ById>,
    reply: FastifyReply,
    { user }: LoadedPerson,
    kind: Kind,
    secret: string,
  ): Promise<FastifyReply> {
    const words = desk.viewContext(request).messages.desk.people;
    const { name } = user;
    const said = {
      code: { what: words.onceCode({ name }), hint: words.onceCodeHint },
      link: { what: words.onceLink({ name }), hint: words.onceLinkHint },
      token: { what: words.onceToken({ name }), hint: words.onceTokenHint },
    }[kind];
    const origin = originOf(request);
    return desk.show(request, reply, {
      view: "once",
      title: words.onceTitle,
      place: "people",
      model: {
        ...said,
        secret,
        command: kind === "code" ? `kominfo auth login newsroom --url ${origin}` : null,
        desk: kind === "code" && user.role !== "operator" ? `${origin}/activate` : null,
        back: `/people/${user.id}`,
        back_label: words.backTo({ name }),
      },
    });
  }

  async function readPerson(request: FastifyRequest<ById>, from: Store = store): Promise<LoadedPerson> {
    requireAdmin(editorOf(request));
    const people = await readUsers(from, now());
    const user = people.find((one) => one.id === request.params.id);
    if (!user) throw problem("not-found");
    const barred = await barredSince(from, user.id);
    const admins = people.filter((one) => one.role === "admin" && one.active);
    return {
      user,
      suspended: barred.suspended_at !== null,
      revoked: barred.revoked_at !== null,
      lastAdmin: admins.length === 1 && admins[0]?.id === user.id,
      loginName: (await loginOf(from, user.id))?.login_name ?? null,
      tokens: await listTokens(from, user.id),
    };
  }

  function personPage(
    request: FastifyRequest<ById>,
    reply: FastifyReply,
    known: LoadedPerson,
    told: { added?: boolean; error?: ProblemError },
  ): Promise<FastifyReply> {
    const telling = desk.viewContext(request);
    const words = telling.messages.desk;
    return desk.show(request, reply, {
      view: "person",
      title: known.user.name,
      place: "people",
      model: {
        ...personModel(telling, known),
        added: told.added ? words.people.added({ name: known.user.name }) : null,
      },
      ...(told.error ? { alert: { text: words.problems.lastAdmin }, status: 409 } : {}),
    });
  }
}

/** As the browser knows it. */
function originOf(request: FastifyRequest): string {
  return `${request.protocol}://${request.host}`;
}
