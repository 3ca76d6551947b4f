import { randomBytes, randomUUID } from "node:crypto";
import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  admins,
  deskUsers,
  editors,
  overseers,
  preparers,
  type Role,
  roles,
} from "../../../src/contract/roles.js";
import { formToken } from "../../../src/newsroom/desk/http/session.js";
import { addPerson } from "../../../src/newsroom/local-people.js";
import { insertSession, sessionHash } from "../../../src/newsroom/store/people/desk-sessions.js";
import { as, cibitung, startNewsroom, type TestNewsroom } from "../support/newsroom.js";
import { routesOfDesk } from "./routes.js";

/*
 * Every page and form of the desk, for everyone who may call it. A role that a route does not name is refused, and
 * nothing is written; a new route that is not named here fails.
 */

const visitors = null;
const admitted: Record<string, readonly Role[] | null> = {
  "GET /login": visitors,
  "POST /login": visitors,
  "GET /login/link": visitors,
  "POST /login/link": visitors,
  "POST /logout": visitors,
  "POST /language": visitors,
  "GET /activate": visitors,
  "POST /activate": visitors,
  "POST /csp": visitors,
  "GET /*": visitors,
  "GET /": deskUsers,
  "GET /news": deskUsers,
  "GET /week": overseers,
  "GET /ready": preparers,
  "GET /ready/:id": preparers,
  "GET /ready/:id/:channel/photos/:file": preparers,
  "GET /ready/:id/:channel/photos.zip": preparers,
  "POST /ready/:id/freeze": preparers,
  "POST /ready/:id/:channel/publications": preparers,
  "GET /account": deskUsers,
  "POST /account/news": deskUsers,
  "POST /logout/everywhere": deskUsers,
  "GET /submissions/:id": deskUsers,
  "GET /submissions/:id/compare": deskUsers,
  "GET /photos/:sha256": deskUsers,
  "GET /photos/:sha256/publications": deskUsers,
  "POST /submissions/:id/comments": editors,
  "POST /submissions/:id/steps/:step": editors,
  "GET /submissions/:id/edit": editors,
  "POST /submissions/:id/edit": editors,
  "POST /submissions/:id/publications": editors,
  "POST /submissions/:id/publications/:publication/cancel": editors,
  "POST /submissions/:id/plan": editors,
  "GET /accounts": editors,
  "POST /accounts/decide": editors,
  "POST /submissions/:id/publications/:publication/unpublish": editors,
  "POST /submissions/:id/publications/:publication/decide": editors,
  "GET /submissions/:id/redact": admins,
  "POST /submissions/:id/redact": admins,
  "GET /audit": admins,
  "GET /people": admins,
  "GET /people/new": admins,
  "POST /people/new": admins,
  "GET /people/:id": admins,
  "POST /people/:id/code": admins,
  "POST /people/:id/link": admins,
  "POST /people/:id/token": admins,
  "POST /people/:id/suspend": admins,
  "POST /people/:id/resume": admins,
  "POST /people/:id/revoke": admins,
  "POST /people/:id/sessions": admins,
  "POST /people/:id/tokens/:token/revoke": admins,
};

let newsroom: TestNewsroom;
let operator: ReturnType<typeof as>;
const people = {} as Record<Role, string>;
beforeAll(async () => {
  newsroom = await startNewsroom({ token_per_minute: 100_000, activations_per_minute: 100_000 });
  operator = as(newsroom, await newsroom.token("operator"));
  for (const role of roles) people[role] = await person(role);
});
afterAll(() => newsroom.remove());

async function person(role: Role): Promise<string> {
  const place = role === "operator" ? { kecamatan: cibitung } : {};
  const name = `${role} ${randomUUID()}`;
  return (await addPerson(newsroom.place, { name, role, ...place }, newsroom.clock.now)).user.id;
}

/** A browser's cookie with a session of this person, put into the store: a role without the desk cannot log in. */
async function cookieOf(role: Role | "nobody"): Promise<string> {
  const cookie = randomBytes(32).toString("base64url");
  if (role === "nobody") return cookie;
  const at = newsroom.clock.now.toISOString();
  await newsroom.stores(({ store }) =>
    insertSession(store, {
      hash: sessionHash(cookie),
      user_id: people[role],
      created_at: at,
      seen_at: at,
      authenticated_at: at,
      browser: "",
    }),
  );
  return cookie;
}

const tables = [
  "comments",
  "transitions",
  "revisions",
  "publications",
  "redactions",
  "users",
  "tokens",
  "activation_codes",
  "desk_links",
  "desk_sessions",
  "idempotency_keys",
];

/** What is in the tables that a form could write to. */
const contents = () =>
  newsroom.stores(async ({ store }) =>
    JSON.stringify(
      await Promise.all(
        tables.map(async (table) => (await sql`select * from ${sql.table(table)}`.execute(store)).rows),
      ),
      (name, value) => (name === "seen_at" ? undefined : value),
    ),
  );

test("the lists differ in those who publish by hand, and in those who see everybody's", () => {
  expect(preparers).toEqual(["operator", "editor", "admin"]);
  expect(overseers).toEqual(["editor", "admin", "viewer"]);
  expect(deskUsers).toEqual(["operator", "editor", "admin", "viewer"]);
});

test("every route of the desk names whom it admits", async () => {
  const routes = await routesOfDesk();
  const found = routes.map(({ method, url, roles }) => [`${method} ${url}`, roles]);
  expect(Object.fromEntries(found)).toEqual(admitted);
});

const closed = Object.entries(admitted).filter(([, who]) => who !== null);

describe.each(closed)("%s", (route, who) => {
  test.each(["nobody", ...roles] as const)("asked by: %s", async (role) => {
    const [method = "", url = ""] = route.split(" ");
    const cookie = await cookieOf(role);
    const id = url.startsWith("/people") ? await person("editor") : await operator.submit();
    const address = url
      .replace(":id", id)
      .replace(":step", "claim")
      .replace(":sha256", "a".repeat(64))
      .replace(":channel", "web")
      .replace(":file", "1.jpg")
      .replace(/:\w+/, randomUUID());
    const before = await contents();
    const response = await fetch(newsroom.url + address, {
      method,
      redirect: "manual",
      headers: {
        cookie: `kominfo=${cookie}`,
        ...(method === "POST" ? { "content-type": "application/x-www-form-urlencoded" } : {}),
      },
      ...(method === "POST"
        ? {
            body: new URLSearchParams({
              csrf: formToken({ cookie } as Parameters<typeof formToken>[0]),
              form: randomUUID(),
              body: "Siapa?",
              revision: "1",
              name: "Baru",
              role: "editor",
            }).toString(),
          }
        : {}),
    });
    const location = response.headers.get("location") ?? "";
    const outcome =
      location.startsWith("/login?next=") || response.status === 401
        ? "log in first"
        : response.status === 403
          ? "refused"
          : "answered";
    const isUser = role !== "nobody" && deskUsers.includes(role);
    const wanted = !isUser ? "log in first" : who?.includes(role) ? "answered" : "refused";
    // The queue is where a login leads anyway, so its address is not repeated.
    if (route === "GET /" && !isUser) expect(location).toBe("/login");
    else expect(outcome).toBe(wanted);
    if (wanted !== "answered") expect(await contents()).toBe(before);
  });
});
