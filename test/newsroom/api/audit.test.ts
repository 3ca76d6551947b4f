import { randomUUID } from "node:crypto";
import { sql } from "kysely";
import { afterEach, beforeEach, describe, expect, it, test } from "vitest";
import type { AuditEntry, AuditEvent } from "../../../src/contract/contract.js";
import { everyEndpoint } from "../../../src/contract/endpoints/endpoints.js";
import { peopleEndpoints } from "../../../src/contract/endpoints/people.js";
import { listAudit, verifyAudit } from "../../../src/newsroom/local-audit.js";
import { addPerson, changePerson, linkPerson, renewCode } from "../../../src/newsroom/local-people.js";
import { recordFailedLogin } from "../../../src/newsroom/services/failed-logins.js";
import type { Schema } from "../../../src/newsroom/store/schema.js";
import { sweep } from "../../../src/newsroom/uploads/sweep.js";
import { hashQuickly } from "../../support/hashing.js";
import { deskOf, minute, rates } from "../desk/browser.js";
import { urlOf } from "../support/api.js";
import { sampleOf } from "../support/attacks.js";
import { as, startNewsroom, type TestNewsroom } from "../support/newsroom.js";

hashQuickly();

let newsroom: TestNewsroom;
let admin: ReturnType<typeof as>;
let adminToken: string;
/** An editor on whom the admin acts. */
let budi: string;
beforeEach(async () => {
  newsroom = await startNewsroom(rates);
  adminToken = await newsroom.token("admin");
  admin = as(newsroom, adminToken);
  budi = (await admin.post("/users", { name: "Budi", role: "editor" })).body.user.id;
});
afterEach(() => newsroom.remove());
const { later, join, enter, browse, setPassword } = deskOf(() => newsroom);

/** All entries, oldest first. */
const entries = async (): Promise<AuditEntry[]> =>
  (await listAudit(newsroom.place, new Date(0), newsroom.clock.now)).reverse();

/** The entries that `work` adds. */
async function added(work: () => Promise<unknown>): Promise<AuditEntry[]> {
  const before = (await entries()).length;
  await work();
  return (await entries()).slice(before);
}

/** What the acts change. */
const stateOf = () =>
  newsroom.stores(async ({ store }) => {
    const used = { last_used_at: null, seen_at: null };
    const all = async (table: keyof Schema) =>
      (await store.selectFrom(table).selectAll().execute())
        .map((row) => JSON.stringify({ ...row, ...used }))
        .sort();
    return {
      people: [await all("users"), await all("memberships")],
      logins: [
        await all("tokens"),
        await all("activation_codes"),
        await all("desk_links"),
        await all("desk_sessions"),
      ],
      others: [await all("redactions"), await all("revisions"), await all("settings")],
    };
  });

interface Act {
  /** Makes what the act needs; returns the act. */
  prepare: () => Promise<() => Promise<unknown>>;
  events: AuditEvent[];
  via: AuditEntry["via"];
}
const act = (events: AuditEvent[], via: AuditEntry["via"], prepare: Act["prepare"]): Act => ({
  events,
  via,
  prepare,
});
const onApi = (events: AuditEvent[], work: () => Promise<unknown>) => act(events, "api", async () => work);

const acts: Record<string, Act> = {
  "POST /users": onApi(["person-invited", "code-issued"], () =>
    admin.post("/users", { name: "Joko", role: "operator", kecamatan: "32.16.07" }),
  ),
  "POST /users with a token": onApi(["person-invited", "token-issued"], () =>
    admin.post("/users", { name: "Skrip", role: "viewer", token: true }),
  ),
  "POST /users of a role without codes": onApi(["person-invited"], () =>
    admin.post("/users", { name: "Skrip", role: "publisher" }),
  ),
  "POST /users/{id}/logins": onApi(["code-issued"], () => admin.post(`/users/${budi}/logins`, {})),
  "POST /users/{id}/logins with a token": act(["token-issued"], "api", async () => {
    const { user } = (await admin.post("/users", { name: "Skrip", role: "publisher" })).body;
    return () => admin.post(`/users/${user.id}/logins`, { token: true });
  }),
  "POST /users/{id}/links": onApi(["link-issued"], () => admin.post(`/users/${budi}/links`, {})),
  "POST /me/desk-link": act(["link-issued"], "api", async () => {
    const token = await newsroom.token("operator");
    return () => as(newsroom, token).post("/me/desk-link", {});
  }),
  "POST /users/{id}/suspend": onApi(["person-suspended"], () => admin.post(`/users/${budi}/suspend`, {})),
  "POST /users/{id}/resume": act(["person-resumed"], "api", async () => {
    await admin.post(`/users/${budi}/suspend`, {});
    return () => admin.post(`/users/${budi}/resume`, {});
  }),
  "POST /users/{id}/revoke": onApi(["person-revoked"], () => admin.post(`/users/${budi}/revoke`, {})),
  "POST /activations": act(["activated"], "api", async () => {
    const { activation_code: code } = (await admin.post(`/users/${budi}/logins`, {})).body;
    return () => as(newsroom).post("/activations", { code, device: "laptop" });
  }),
  "POST /me/tokens/rotate": onApi(["token-rotated"], () => admin.post("/me/tokens/rotate", {})),
  "DELETE /me/token": act(["token-ended"], "api", async () => {
    const token = await newsroom.token("editor");
    return () => as(newsroom, token).delete("/me/token");
  }),
  "DELETE /users/{id}/tokens/{token}": act(["token-ended"], "api", async () => {
    const { user } = (await admin.post("/users", { name: "Skrip", role: "publisher" })).body;
    await admin.post(`/users/${user.id}/logins`, { token: true });
    const [login] = (await admin.get(`/users/${user.id}/tokens`)).body.items;
    return () => admin.delete(`/users/${user.id}/tokens/${login.id}`);
  }),
  "POST /redactions": act(["redacted"], "api", async () => {
    const submission = await as(newsroom, await newsroom.token("operator")).submit();
    return () =>
      admin.post("/redactions", { submission, revision: 1, reason: "Diminta", legal_basis: "UU 27/2022" });
  }),
  "PUT /settings": onApi(["settings-changed"], () => admin.put("/settings", { dateline: "CIKARANG" })),
  "login at the desk by a link": act(["logged-in"], "desk", async () => {
    const { path } = await linkPerson(newsroom.place, "Budi", newsroom.clock.now);
    const browser = browse();
    await browser.get(path);
    return () => browser.post("/login/link", { key: path.split("=")[1]! });
  }),
  "confirming by a password who one is": act(
    ["confirmed", "person-invited", "code-issued"],
    "desk",
    async () => {
      const { browser, password, totp } = await settledAdmin();
      const typed = { name: "Kepala", role: "admin", confirm_password: password, confirm_code: totp() };
      return () => browser.post("/people/new", typed);
    },
  ),
  "confirming by a link who one is": act(["confirmed", "person-invited", "code-issued"], "desk", async () => {
    const { browser } = await settledAdmin();
    const { path } = await linkPerson(newsroom.place, "Rina", newsroom.clock.now);
    const typed = { name: "Kepala", role: "admin", confirm_link: newsroom.url + path };
    return () => browser.post("/people/new", typed);
  }),
  "logout at the desk": act(["logged-out"], "desk", async () => {
    const desk = await enter("Budi");
    return () => desk.post("/logout");
  }),
  "logout everywhere": act(["sessions-ended"], "desk", async () => {
    const desk = await enter("Budi");
    return () => desk.post("/logout/everywhere");
  }),
  "ending a colleague's sessions": act(["sessions-ended"], "desk", async () => {
    const desk = await adminDesk();
    await desk.get(`/people/${budi}`);
    return () => desk.post(`/people/${budi}/sessions`);
  }),
  "ending a colleague's token": act(["token-ended"], "desk", async () => {
    await newsroom.anotherToken(budi);
    const desk = await adminDesk();
    const { text } = await desk.get(`/people/${budi}`);
    return () => desk.post(/action="([^"]*\/revoke)"/.exec(text)![1]!);
  }),
  "user add with the data folder": act(
    ["person-invited", "token-issued"],
    "command",
    async () => () =>
      addPerson(newsroom.place, { name: "Tono", role: "admin", token: true }, newsroom.clock.now),
  ),
  "user link with the data folder": act(
    ["link-issued"],
    "command",
    async () => () => linkPerson(newsroom.place, "Budi", newsroom.clock.now),
  ),
  "user code with the data folder": act(
    ["code-issued"],
    "command",
    async () => () => renewCode(newsroom.place, "Budi", newsroom.clock.now),
  ),
  "user suspend with the data folder": act(
    ["person-suspended"],
    "command",
    async () => () => changePerson(newsroom.place, "Budi", "suspend", newsroom.clock.now),
  ),
};

async function adminDesk() {
  await addPerson(newsroom.place, { name: "Rina", role: "admin" }, newsroom.clock.now);
  return enter("Rina");
}

/** An admin with a password, at the form for a new person, whose login is not fresh any more. */
async function settledAdmin() {
  const { activation_code = "" } = await join("Rina", "admin");
  const rina = await setPassword(activation_code, "rina");
  await rina.browser.get("/people/new");
  later(11 * minute);
  return rina;
}

describe("the audit log", () => {
  test.each(Object.entries(acts))("has what it should of: %s", async (_, { prepare, events, via }) => {
    const work = await prepare();
    const found = await added(work);
    expect(found.map(({ event }) => event)).toEqual(events);
    expect(found.at(-1)?.via).toBe(via);
    expect(found.at(-1)?.address).toBe(via === "command" ? null : "127.0.0.1");
    const { broken } = await verifyAudit(newsroom.place, newsroom.clock.now);
    expect(broken).toBeUndefined();
  });

  it("has a test for every route that changes people or logins", () => {
    // It only asks; a wrong code is recorded as one that was to be spent.
    const asks = "/activations/check";
    const writing = Object.values(peopleEndpoints).filter(
      ({ method, path }) => method !== "GET" && path !== asks,
    );
    for (const { method, path } of writing) expect(Object.keys(acts)).toContain(`${method} ${path}`);
  });

  test.each(sampleOf(Object.entries(acts), 0))(
    "can it not be written, nothing is done of: %s",
    async (_, { prepare }) => {
      // The table is missing.
      newsroom.expectLogged(/"code":"(SQLITE_ERROR|42P01)".*"event":"unexpected failure"/);
      const work = await prepare();
      const before = await stateOf();
      await newsroom.stores(async ({ store }) => {
        await sql`alter table audit_entries rename to audit_entries_away`.execute(store);
        try {
          await work().catch(() => {});
        } finally {
          await sql`alter table audit_entries_away rename to audit_entries`.execute(store);
        }
      });
      expect(await stateOf()).toEqual(before);
    },
  );

  it("says who acted, on whom, and what was issued, but no secret", async () => {
    const { token, user } = (await admin.post("/users", { name: "Skrip", role: "viewer", token: true })).body;
    const { activation_code } = (await admin.post(`/users/${budi}/logins`, {})).body;
    const { path } = (await admin.post(`/users/${budi}/links`, {})).body;
    const me = (await admin.get("/me")).body.user;
    const all = await entries();
    expect(
      all.find(({ event, subject }) => event === "token-issued" && subject?.id === user.id),
    ).toMatchObject({
      actor: { id: me.id, name: me.name },
      subject: { name: "Skrip" },
      object: expect.stringMatching(/^[0-9a-f-]{36}$/),
    });
    const text = JSON.stringify(all);
    for (const secret of [token, adminToken, activation_code, path.split("=")[1]])
      expect(text).not.toContain(secret);
  });

  it("has nothing of what was refused", async () => {
    const editor = as(newsroom, await newsroom.token("editor"));
    const [last] = (await admin.get("/users")).body.items.filter(
      (user: { role: string }) => user.role === "admin",
    );
    const refusals = [
      () => editor.post("/users", { name: "X", role: "admin" }),
      () => editor.post(`/users/${budi}/revoke`, {}),
      () => admin.post(`/users/${last.id}/revoke`, {}),
      () => admin.post(`/users/${randomUUID()}/suspend`, {}),
      () => admin.post("/users", { name: "X", role: "operator" }),
      () => admin.put("/settings", { audit: { names_days: 1, addresses_days: 1 } }),
    ];
    for (const refused of refusals) expect(await added(refused)).toEqual([]);
  });

  it("is read page by page, newest first, by admins", async () => {
    const first = (await admin.get("/audit?limit=2")).body;
    expect(first.items.map(({ seq }: AuditEntry) => seq)).toEqual([4, 3]);
    const second = (await admin.get(`/audit?limit=2&cursor=${first.next_cursor}`)).body;
    expect(second.items.map(({ seq }: AuditEntry) => seq)).toEqual([2, 1]);
    expect(second.next_cursor).toBeNull();
    const ofBudi = (await admin.get(`/audit?person=${budi}`)).body.items;
    expect(ofBudi.map(({ event }: AuditEntry) => event)).toEqual(["code-issued", "person-invited"]);
    expect((await admin.get("/audit?since=2026-11-17T03:00:01Z")).body.items).toEqual([]);
  });

  it("forgets addresses after 90 days and names after two years, and stays verifiable", async () => {
    const inDays = (days: number) => new Date(newsroom.clock.now.getTime() + days * 24 * 3600_000);
    const days = async (n: number) => {
      await newsroom.stores((stores) => sweep(stores, inDays(n)));
      return (await entries()).at(-1);
    };
    expect(await days(89)).toMatchObject({ address: "127.0.0.1", subject: { name: "Budi" } });
    expect(await days(91)).toMatchObject({ address: null, subject: { name: "Budi" } });
    expect(await days(731)).toMatchObject({ address: null, subject: { id: budi, name: null } });
    expect(await verifyAudit(newsroom.place, inDays(731))).toMatchObject({ entries: 4, broken: undefined });
    // By this clock they would still have to be there.
    expect((await verifyAudit(newsroom.place, inDays(89))).broken).toEqual({
      seq: 1,
      problem: "names-erased-early",
    });
  });
});

describe("an internal block", () => {
  const openings = async (work: () => Promise<unknown>) =>
    (await added(work)).filter(({ event }) => event === "internal-opened");

  it("is recorded once an hour when others open it, not for its sender", async () => {
    const operator = as(newsroom, await newsroom.token("operator"));
    const id = await operator.submit({ internal: { telepon: "0812" } });
    expect(await openings(() => operator.get(`/submissions/${id}`))).toEqual([]);
    const editor = as(newsroom, await newsroom.token("editor"));
    const [opened] = await openings(() => editor.get(`/submissions/${id}`));
    expect(opened).toMatchObject({ object: id, detail: { revision: 1 }, via: "api" });
    expect(await openings(() => editor.get(`/submissions/${id}/revisions/1`))).toEqual([]);
    newsroom.clock.now = new Date(newsroom.clock.now.getTime() + 61 * 60_000);
    expect(await openings(() => editor.get(`/submissions/${id}/revisions/1`))).toHaveLength(1);
  });

  it("that is empty is no opening", async () => {
    const id = await as(newsroom, await newsroom.token("operator")).submit({ internal: { telepon: "" } });
    expect(await openings(() => admin.get(`/submissions/${id}`))).toEqual([]);
  });

  it("that reaches an editor in the answer to a step is an opening", async () => {
    const id = await as(newsroom, await newsroom.token("operator")).submit({ internal: { telepon: "0812" } });
    const claim = () =>
      admin.post(`/submissions/${id}/transitions`, { step: "claim" }, { "if-match": '"r1"' });
    expect(await openings(claim)).toHaveLength(1);
  });

  const readings = everyEndpoint.filter(
    ([, { method, path }]) => method === "GET" && path.startsWith("/submissions/"),
  );
  test.each(readings)("in the answer to %s is shown to nobody unrecorded", async (_, endpoint) => {
    const id = await as(newsroom, await newsroom.token("operator")).submit({
      internal: { telepon: "0812-MARKER" },
    });
    let isShown = false;
    const found = await openings(async () => {
      const { status, body } = await admin.get(urlOf(endpoint, { id, number: 1 }));
      expect(status).toBe(200);
      isShown = JSON.stringify(body).includes("0812-MARKER");
    });
    expect(found).toHaveLength(isShown ? 1 : 0);
  });

  const pages = ["", "?revision=1", "/compare?from=1&to=1", "/edit"];
  test.each(pages)("on the desk's page /submissions/…%s is shown to nobody unrecorded", async (page) => {
    const id = await as(newsroom, await newsroom.token("operator")).submit({
      internal: { telepon: "0812-MARKER" },
    });
    await admin.post(`/submissions/${id}/transitions`, { step: "claim" }, { "if-match": '"r1"' });
    const desk = await enter("Budi");
    let isShown = false;
    const found = await openings(async () => {
      isShown = (await desk.get(`/submissions/${id}${page}`)).text.includes("0812-MARKER");
    });
    expect({ isShown, recorded: found.length }).not.toEqual({ isShown: true, recorded: 0 });
    if (page === "") expect(isShown).toBe(true);
  });
});

describe("failed logins", () => {
  it("are recorded with the person of the login name, never with the typed text", async () => {
    const browser = browse();
    await browser.get("/login");
    const typed = { name: "kata-sandi-saya", password: "rahasia-sekali", code: "123456" };
    const [failed] = await added(() => browser.post("/login", typed));
    expect(failed).toMatchObject({ event: "login-failed", actor: null, subject: null, address: "127.0.0.1" });
    expect(failed?.detail).toEqual({ way: "password", count: 1 });
    expect(JSON.stringify(await entries())).not.toMatch(/kata-sandi-saya|rahasia-sekali|123456/);
  });

  it("by a link or a code are recorded too", async () => {
    const browser = browse();
    await browser.get("/login");
    const ways = [
      () => browser.post("/login/link", { key: "x".repeat(43) }),
      () => browser.post("/activate", { code: "AAAA-AAAA-AAAA" }),
      () => as(newsroom).post("/activations", { code: "AAAA-AAAA-AAAA", device: "x" }),
    ];
    const found = await added(async () => {
      for (const way of ways) await way();
    });
    // The last two are of one kind and within one minute.
    expect(found.map(({ detail }) => detail.way)).toEqual(["link", "code"]);
  });

  it("are those of whoever is asked to confirm who they are, too", async () => {
    const { browser, totp } = await settledAdmin();
    const typed = { name: "Kepala", role: "admin" };
    const found = await added(async () => {
      await browser.post("/people/new", { ...typed, confirm_password: "salah", confirm_code: totp() });
      await browser.post("/people/new", { ...typed, confirm_link: "x".repeat(43) });
    });
    expect(found.map(({ event, subject, detail }) => [event, subject?.name, detail.way])).toEqual([
      ["login-failed", "Rina", "password"],
      ["login-failed", "Rina", "link"],
    ]);
  });

  it("are no tries that were not evaluated", async () => {
    const { browser, password, totp } = await settledAdmin();
    const login = browse();
    await login.get("/login");
    const typed = { name: "rina", password: "salah", code: totp() };
    for (let n = 0; n < 5; n += 1) expect((await login.post("/login", typed)).status).toBe(422);
    later(1);
    const before = await stateOfFailures();
    expect((await login.post("/login", typed)).status).toBe(429);
    const confirmation = { name: "Kepala", role: "admin", confirm_password: password, confirm_code: totp() };
    expect((await browser.post("/people/new", confirmation)).status).toBe(429);
    expect(await stateOfFailures()).toEqual(before);
  });

  const stateOfFailures = () =>
    newsroom.stores(async ({ store }) => ({
      counted: await store.selectFrom("audit_failures").select(["key", "skipped"]).execute(),
      entries: (await entries()).length,
    }));

  const failing = (n: number, address: (n: number) => string, subject?: string) =>
    newsroom.stores(async ({ store }) => {
      for (let i = 0; i < n; i += 1) {
        const origin = { via: "desk", address: address(i), browser: null } as const;
        await store
          .transaction()
          .execute((transaction) =>
            recordFailedLogin(transaction, { way: "password", subject, origin }, newsroom.clock.now),
          );
      }
    });
  const minuteLater = () => {
    newsroom.clock.now = new Date(newsroom.clock.now.getTime() + 60_000);
  };

  it("of one person from one network make one entry a minute, which counts those since the one before", async () => {
    // One /64.
    const found = await added(async () => {
      await failing(60, (i) => `2001:db8:0:1::${(i + 1).toString(16)}`, budi);
      minuteLater();
      await failing(2, () => "2001:db8::1:0:0:0:7", budi);
    });
    expect(found.map(({ detail }) => detail.count)).toEqual([1, 60]);
    expect(found.map(({ subject }) => subject?.id)).toEqual([budi, budi]);
  });

  it("from a thousand networks make a dozen entries a minute, which count them all", async () => {
    const found = await added(async () => {
      await failing(1000, (i) => `10.${i >> 8}.${i & 255}.1`);
      minuteLater();
      await newsroom.stores((stores) => sweep(stores, newsroom.clock.now));
    });
    expect(found.length).toBeLessThanOrEqual(12);
    expect(found.reduce((sum, { detail }) => sum + Number(detail.count), 0)).toBe(1000);
  });
});
