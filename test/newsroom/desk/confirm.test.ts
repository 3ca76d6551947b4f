import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { linkPerson } from "../../../src/newsroom/local-people.js";
import { hashQuickly } from "../../support/hashing.js";
import { as, cibitung, startNewsroom, type TestNewsroom } from "../support/newsroom.js";
import { deskOf, minute, rates } from "./browser.js";

hashQuickly();

// What gives somebody lasting power takes more than a session or a token that is open at the moment.

let newsroom: TestNewsroom;
beforeEach(async () => {
  newsroom = await startNewsroom(rates);
});
afterEach(() => newsroom.remove());
const { later, join, browse, enter, setPassword } = deskOf(() => newsroom);

const people = () =>
  newsroom.stores(({ store }) => store.selectFrom("users").select("name").orderBy("id").execute());
const tokens = () => newsroom.stores(({ store }) => store.selectFrom("tokens").select("id").execute());

/** An admin with a password, whose browser is at the form for a new person; the clock is `ms` later. */
async function atNewPerson(ms: number) {
  const { activation_code = "" } = await join("Rina", "admin");
  const rina = await setPassword(activation_code, "rina");
  await rina.browser.get("/people/new");
  later(ms);
  return rina;
}

/** The hidden fields of the form that asks to confirm a new person. */
function carriedBy(page: string): Record<string, string> {
  const [form = ""] = /<form method="post" action="\/people\/new".*?<\/form>/s.exec(page) ?? [];
  const fields = form.matchAll(/type="hidden" name="(\w+)" value="([^"]*)"/g);
  return Object.fromEntries([...fields].map(([, name, value]) => [name!, value!]));
}

describe("a new admin", () => {
  const typed = { name: 'Joko "Jo" <S>', role: "admin", until: "2027-01-31" };

  it("is made without asking again within ten minutes of the login", async () => {
    const { browser } = await atNewPerson(10 * minute - 1);
    expect((await browser.post("/people/new", typed)).location).toMatch(/^\/people\/.*added=1$/);
  });

  it("takes password and code after ten minutes; what was typed is not lost, and counts once", async () => {
    const { browser, password, totp } = await atNewPerson(10 * minute);
    const asked = await browser.post("/people/new", typed);
    expect([asked.status, asked.text.includes("Pastikan ini Anda")]).toEqual([403, true]);
    expect(await people()).toHaveLength(1);
    const { form = "", csrf: token, ...kept } = carriedBy(asked.text);
    expect(token).toBe(browser.hidden().csrf);
    expect(kept).toEqual({ ...typed, name: "Joko &quot;Jo&quot; &lt;S&gt;" });
    const sent = { ...typed, form };

    const wrong = { ...sent, confirm_password: "salah sama sekali", confirm_code: totp() };
    const refused = await browser.post("/people/new", wrong);
    expect([refused.status, refused.text.includes("tidak cocok")]).toEqual([422, true]);
    expect(refused.text).not.toContain("salah sama sekali");
    expect(carriedBy(refused.text)).toEqual({ csrf: browser.hidden().csrf, form, ...kept });
    expect(await people()).toHaveLength(1);

    const right = { ...sent, confirm_password: password, confirm_code: totp() };
    const [first, again] = [
      await browser.post("/people/new", right),
      await browser.post("/people/new", right),
    ];
    expect(first.location).toMatch(/added=1$/);
    expect(again.location).toBe(first.location);
    expect((await people()).map(({ name }) => name)).toEqual(["Rina", typed.name]);
  });

  it("takes it again ten minutes after it was given", async () => {
    const { browser, password, totp } = await atNewPerson(10 * minute);
    const confirmed = { ...typed, confirm_password: password, confirm_code: totp() };
    expect((await browser.post("/people/new", confirmed)).status).toBe(303);
    later(9 * minute);
    await browser.get("/people/new");
    expect((await browser.post("/people/new", { ...typed, name: "Dua" })).status).toBe(303);
    later(minute);
    await browser.get("/people/new");
    expect((await browser.post("/people/new", { ...typed, name: "Tiga" })).status).toBe(403);
  });

  it("is not made with the password of another person", async () => {
    const { browser } = await atNewPerson(10 * minute);
    const budi = await setPassword((await join("Budi", "admin")).activation_code!, "budi");
    later(minute);
    const other = { ...typed, confirm_password: budi.password, confirm_code: budi.totp() };
    expect((await browser.post("/people/new", other)).status).toBe(422);
    expect(await people()).toHaveLength(2);
  });

  it("cannot be guessed at: wrong passwords count as those at the login do", async () => {
    const { browser, password, totp } = await atNewPerson(10 * minute);
    for (let n = 0; n < 5; n += 1) {
      const guess = { ...typed, confirm_password: `tebakan ${n}`, confirm_code: totp() };
      expect((await browser.post("/people/new", guess)).status).toBe(422);
    }
    const right = { ...typed, confirm_password: password, confirm_code: totp() };
    expect((await browser.post("/people/new", right)).status).toBe(429);
    const login = browse();
    await login.get("/login");
    expect((await login.post("/login", { name: "rina", password, code: totp() })).status).toBe(429);
  });

  it("is asked for of nobody who adds an editor or an operator", async () => {
    const { browser } = await atNewPerson(60 * minute);
    expect((await browser.post("/people/new", { name: "Siti", role: "editor" })).status).toBe(303);
    const operator = { name: "Ani", role: "operator", kecamatan: cibitung };
    await browser.get("/people/new");
    expect((await browser.post("/people/new", operator)).status).toBe(303);
  });
});

describe("an admin without a password", () => {
  const linkOf = async (name: string) => {
    const { path } = await linkPerson(newsroom.place, name, newsroom.clock.now);
    return newsroom.url + path;
  };

  it("confirms with a new link, pasted into the page", async () => {
    await join("Rina", "admin");
    const { user } = await join("Skrip", "editor");
    const desk = await enter("Rina");
    later(11 * minute);
    await desk.get(`/people/${user.id}`);
    const asked = await desk.post(`/people/${user.id}/token`);
    expect([asked.status, asked.text.includes("confirm_link")]).toEqual([403, true]);
    expect(asked.text).not.toContain("confirm_password");
    expect(await tokens()).toEqual([]);
    const confirm_link = await linkOf("Rina");
    const made = await desk.post(`/people/${user.id}/token`, { confirm_link });
    expect(made.text).toMatch(/kominfo_[\w-]{43}/);
    later(11 * minute);
    await desk.get(`/people/${user.id}`);
    await desk.post(`/people/${user.id}/token`);
    expect((await desk.post(`/people/${user.id}/token`, { confirm_link })).status).toBe(422);
  });

  it("cannot confirm with somebody else's link, which stays good", async () => {
    await join("Rina", "admin");
    const { user } = await join("Budi", "editor");
    const desk = await enter("Rina");
    later(11 * minute);
    await desk.get(`/people/${user.id}`);
    const link = await linkOf("Budi");
    expect((await desk.post(`/people/${user.id}/token`, { confirm_link: link })).status).toBe(422);
    const budi = browse();
    await budi.get("/login");
    const key = new URL(link).searchParams.get("key")!;
    expect((await budi.post("/login/link", { key })).location).toBe("/");
  });

  it("confirms by opening a link, too, although already logged in", async () => {
    await join("Rina", "admin");
    const desk = await enter("Rina");
    later(11 * minute);
    const link = new URL(await linkOf("Rina"));
    expect((await desk.get(link.pathname + link.search)).status).toBe(200);
    const key = link.searchParams.get("key")!;
    expect((await desk.post("/login/link", { key })).location).toBe("/");
    await desk.get("/people/new");
    expect((await desk.post("/people/new", { name: "Joko", role: "admin" })).status).toBe(303);
  });
});

describe("a way in to an admin", () => {
  it.each(["code", "link", "token"])("by a %s takes a fresh login at the desk", async (kind) => {
    await join("Rina", "admin");
    const { user } = await join("Kepala", "admin");
    const desk = await enter("Rina");
    later(11 * minute);
    await desk.get(`/people/${user.id}`);
    const asked = await desk.post(`/people/${user.id}/${kind}`);
    expect([asked.status, asked.text.includes("Pastikan ini Anda")]).toEqual([403, true]);
  });

  it("by code or link is no matter of a fresh login for an editor", async () => {
    await join("Rina", "admin");
    const { user } = await join("Budi", "editor");
    const desk = await enter("Rina");
    later(11 * minute);
    for (const kind of ["code", "link"]) {
      await desk.get(`/people/${user.id}`);
      expect((await desk.post(`/people/${user.id}/${kind}`)).status).toBe(200);
    }
  });
});

describe("a bare token of an admin", () => {
  const admin = async () => as(newsroom, await newsroom.token("admin"));

  it.each([{ token: true }, {}])(
    "makes no admin (%o), and is told by which command one is made",
    async (how) => {
      const { status, body } = await (await admin()).post("/users", { name: "X", role: "admin", ...how });
      expect([status, body.type]).toEqual([403, "urn:kominfo:problem:forbidden"]);
      expect(body.detail).toContain("kominfo newsroom user add --role admin --data");
      expect(await people()).toHaveLength(1);
    },
  );

  it("makes no way in to an admin, its own included", async () => {
    const { user } = await join("Kepala", "admin");
    const caller = await admin();
    const own = (await caller.get("/me")).body.user.id;
    const before = await tokens();
    for (const id of [user.id, own]) {
      for (const body of [{ token: true }, { token: false }])
        expect((await caller.post(`/users/${id}/logins`, body)).status).toBe(403);
      expect((await caller.post(`/users/${id}/links`, undefined)).status).toBe(403);
    }
    expect(await tokens()).toEqual(before);
  });

  it("makes tokens only for those who decide nothing, and codes for everyone who is no admin", async () => {
    const caller = await admin();
    const operator = { name: "Siti", role: "operator", kecamatan: cibitung };
    const editor = { name: "Budi", role: "editor" };
    expect((await caller.post("/users", { ...operator, token: true })).status).toBe(201);
    expect((await caller.post("/users", { ...editor, token: true })).status).toBe(403);
    const added = await caller.post("/users", editor);
    expect(added.status).toBe(201);
    const logins = `/users/${added.body.user.id}/logins`;
    expect((await caller.post(logins, { token: false })).status).toBe(201);
    expect((await caller.post(logins, { token: true })).status).toBe(403);
  });
});
