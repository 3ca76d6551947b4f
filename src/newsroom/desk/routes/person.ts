import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { User } from "../../../contract/contract.js";
import { abilities } from "../../../contract/roles.js";
import { type Caller, requireAdmin } from "../../services/caller.js";
import { endSessions, endToken } from "../../services/people/accounts.js";
import { changePerson, issueLink, issueLogin } from "../../services/people/administration.js";
import { problem } from "../../services/problem.js";
import type { Store } from "../../store/database/open.js";
import { loginOf } from "../../store/people/desk-logins.js";
import { listTokens } from "../../store/people/tokens.js";
import { barredSince, readUsers } from "../../store/people/users.js";
import { forAdmins } from "../http/admission.js";
import { fieldsOf, submitForm } from "../http/forms.js";
import { callerOf } from "../http/session.js";
import { confirmPerson, proofOf } from "../login/confirm.js";
import { scriptToken } from "../login/script-token.js";
import { type LoadedPerson, personModel } from "../models/people.js";
import type { ById } from "../pages/load-submission.js";
import type { Desk } from "../types.js";

type SecretKind = "code" | "link" | "token";

/** The page of one person: ways to log in, and access. A new secret is shown once, in the answer to its form. */
export function personRoutes(app: FastifyInstance, desk: Desk): void {
  const { store, write, now } = desk;

  app.get<ById & { Querystring: { added?: unknown } }>("/people/:id", forAdmins, async (request, reply) => {
    const added = request.query.added === "1";
    return personPage(request, reply, await readPerson(request), added ? { added } : {});
  });

  for (const kind of ["code", "link", "token"] as const) {
    app.post<ById>(`/people/:id/${kind}`, forAdmins, async (request, reply) => {
      requireAdmin(callerOf(request));
      const person = await readPerson(request);
      if (!person.user.active || (kind === "link" && !abilities[person.user.role].desk))
        throw problem("conflict");
      if (kind === "link" && desk.publicOrigin(request) === undefined) {
        const text = desk.viewContext(request).messages.desk.people.needPublicUrl;
        return personPage(request, reply, person, { alert: text });
      }
      const isPowerful = kind === "token" || person.user.role === "admin";
      if (isPowerful && !(await confirmPerson(desk, request as FastifyRequest, reply))) return reply;
      return secretPage(request, reply, person, kind, await issueSecret(request, person, kind));
    });
  }

  for (const change of ["suspend", "resume", "revoke"] as const) {
    changeRoute(change, `${change}Person`, async (transaction, caller, user) => {
      await changePerson(transaction, caller, user.id, change, now());
    });
  }
  changeRoute("sessions", "endSessions", (transaction, caller, user) =>
    endSessions(transaction, caller, user, now()),
  );
  changeRoute<ById & { Params: { token: string } }>(
    "tokens/:token/revoke",
    "revokeToken",
    (transaction, caller, user, { params }) => endToken(transaction, caller, user, params.token, now()),
  );

  /** Registers a form that changes a person's access and redirects to their page. */
  function changeRoute<R extends ById = ById>(
    path: string,
    done: string,
    work: (transaction: Store, caller: Caller, user: User, request: FastifyRequest<R>) => Promise<void>,
  ): void {
    // All of these but one take something away.
    const config = { ...forAdmins.config, worksWhenFull: path !== "resume" };
    app.post(`/people/:id/${path}`, { config }, async (plain, reply) => {
      const request = plain as FastifyRequest<R>;
      const { id } = request.params as ById["Params"];
      return submitForm(
        desk,
        plain,
        reply,
        async (transaction, caller) => {
          requireAdmin(caller);
          const { user } = await readPerson(plain as FastifyRequest<ById>, transaction);
          await work(transaction, caller, user, request);
          return `/people/${id}?done=${done}`;
        },
        async (error) => {
          if (error.problem !== "conflict") throw error;
          return personPage(
            plain as FastifyRequest<ById>,
            reply,
            await readPerson(plain as FastifyRequest<ById>),
            { alert: desk.viewContext(plain).messages.desk.problems.lastAdmin },
          );
        },
      );
    });
  }

  /** Issues a secret. It replaces an earlier one that was not used, so that the button may be pressed twice. */
  async function issueSecret(
    request: FastifyRequest<ById>,
    { user }: LoadedPerson,
    kind: SecretKind,
  ): Promise<string> {
    const proof = proofOf(request as FastifyRequest, now());
    return write(request as FastifyRequest, async (transaction, admin) => {
      if (kind === "link")
        return `${desk.publicOrigin(request)}${(await issueLink(transaction, admin, user.id, proof, now())).path}`;
      if (kind === "token")
        return scriptToken(transaction, admin, user, { form: fieldsOf(request).form ?? "", proof }, now());
      const { activation_code = "" } = await issueLogin(
        transaction,
        admin,
        user.id,
        { token: false },
        proof,
        now(),
      );
      return activation_code;
    });
  }

  function secretPage(
    request: FastifyRequest<ById>,
    reply: FastifyReply,
    { user }: LoadedPerson,
    kind: SecretKind,
    secret: string,
  ): Promise<FastifyReply> {
    const messages = desk.viewContext(request).messages.desk.people;
    const { name } = user;
    const isCode = kind === "code";
    const explanation = {
      code: { what: messages.onceCode({ name }), hint: messages.onceCodeHint },
      link: { what: messages.onceLink({ name }), hint: messages.onceLinkHint },
      token: { what: messages.onceToken({ name }), hint: messages.onceTokenHint },
    }[kind];
    const origin = desk.publicOrigin(request);
    return desk.show(request, reply, {
      view: "people/secret",
      title: messages.onceTitle,
      place: "people",
      model: {
        ...explanation,
        secret,
        command: isCode && origin !== undefined ? `kominfo auth login newsroom --url ${origin}` : null,
        desk: isCode && origin !== undefined && abilities[user.role].desk ? `${origin}/activate` : null,
        no_address: isCode && origin === undefined ? messages.needPublicUrl : null,
        back: `/people/${user.id}`,
        back_label: messages.backTo({ name }),
      },
    });
  }

  async function readPerson(request: FastifyRequest<ById>, from: Store = store): Promise<LoadedPerson> {
    requireAdmin(callerOf(request));
    const people = await readUsers(from, now());
    const user = people.find((candidate) => candidate.id === request.params.id);
    if (!user) throw problem("not-found");
    const barred = await barredSince(from, user.id);
    const tokens = await listTokens(from, user.id);
    const admins = people.filter((candidate) => abilities[candidate.role].manages && candidate.active);
    return {
      user,
      suspended: barred.suspended_at !== null,
      revoked: barred.revoked_at !== null,
      lastAdmin: admins.length === 1 && admins[0]?.id === user.id,
      loginName: (await loginOf(from, user.id))?.login_name ?? null,
      tokens,
      issuers: new Map(people.map(({ id, name }) => [id, name])),
    };
  }

  function personPage(
    request: FastifyRequest<ById>,
    reply: FastifyReply,
    person: LoadedPerson,
    state: { added?: boolean; alert?: string },
  ): Promise<FastifyReply> {
    const context = desk.viewContext(request);
    const messages = context.messages.desk;
    return desk.show(request, reply, {
      view: "people/person",
      title: person.user.name,
      place: "people",
      model: {
        ...personModel(context, person),
        added: state.added ? messages.people.added({ name: person.user.name }) : null,
      },
      ...(state.alert === undefined ? {} : { alert: { text: state.alert }, status: 409 }),
    });
  }
}
