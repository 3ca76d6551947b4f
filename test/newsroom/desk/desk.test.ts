import { randomUUID } from "node:crypto";
import { TOTP } from "otpauth";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Role } from "../../../src/contract/lifecycle.js";
import { addPerson, changePerson, linkPerson } from "../../../src/newsroom/local-people.js";
import { as, startNewsroom, type TestNewsroom } from "../support/newsroom.js";

let newsroom: TestNewsroom;
beforeEach(async () => {
  newsroom = await startNewsroom({ token_per_minute: 2000, activations_per_minute: 40 });
});
afterEach(() => newsroom.remove());

const minute = 60_000;
const later = (ms: number) => {
  newsroom.clock.now = new Date(newsroom.clock.now.getTime() + ms);
};
const join = (name: string, role: Role) =>
  addPerson(
    newsroom.place,
    { name, role, ...(role === "operator" ? { kecamatan: "32.16.07" } : {}) },
    newsroom.clock.now,
  );

interface Answer {
  status: number;
  location: string | null;
  headers: Headers;
  text: string;
}

/** A browser as far as these tests need one: a cookie, and the hidden fields of the page it has. */
function browse() {
  let cookie = "";
  let hidden: Record<string, string> = {};
  const ask = async (path: string, init: RequestInit = {}): Promise<Answer> => {
    const response = await fetch(newsroom.url + path, {
      redirect: "manual",
      ...init,
      headers: { cookie, ...init.headers },
    });
    for (const set of response.headers.getSetCookie())
      if (set.startsWith("kominfo=")) cookie = set.split(";")[0]!;
    const text = await response.text();
    const fields = [...text.matchAll(/type="hidden" name="(\w+)" value="([^"]*)"/g)];
    if (fields.length > 0) hidden = Object.fromEntries(fields.map(([, name, value]) => [name!, value!]));
    return {
      status: response.status,
      location: response.headers.get("location"),
      headers: response.headers,
      text,
    };
  };
  return {
    get: (path: string) => ask(path),
    /** Sends a form with the tokens of the page that was shown last. */
    post: (path: string, fields: Record<string, string> = {}, headers: Record<string, string> = {}) =>
      ask(path, {
        method: "POST",
        headers: { "content-type": "application/x-www-form-urlencoded", ...headers },
        body: new URLSearchParams({ csrf: hidden.csrf ?? "", form: hidden.form ?? "", ...fields }).toString(),
      }),
    hidden: () => hidden,
    get cookie() {
      return cookie;
    },
    set cookie(value: string) {
      cookie = value;
    },
  };
}

/** A browser in which this person is logged in by a link. */
async function enter(name: string) {
  const browser = browse();
  const { path } = await linkPerson(newsroom.place, name, newsroom.clock.now);
  await browser.get(path);
  const answer = await browser.post("/login/link", {
    key: new URL(path, "http://a").searchParams.get("key")!,
  });
  expect(answer).toMatchObject({ status: 303, location: "/" });
  await browser.get("/");
  return browser;
}

describe("a login link", () => {
  it("is spent by its button only, once, within 15 minutes", async () => {
    await join("Budi", "editor");
    const { path } = await linkPerson(newsroom.place, "Budi", newsroom.clock.now);
    const key = new URL(path, "http://a").searchParams.get("key")!;
    const [first, second] = [browse(), browse()];
    const page = await first.get(path);
    expect(page.headers.get("referrer-policy")).toBe("no-referrer");
    await first.get(path);
    expect((await first.post("/login/link", { key })).location).toBe("/");
    await second.get(path);
    expect((await second.post("/login/link", { key })).text).toContain("Tautan ini tidak berlaku");
  });

  it("is worth nothing after its time, after a newer one, and for who has no access", async () => {
    const { user } = await join("Budi", "editor");
    const keyOf = async () => {
      const { path } = await linkPerson(newsroom.place, user.id, newsroom.clock.now);
      return new URL(path, "http://a").searchParams.get("key")!;
    };
    const tryIt = async (key: string) => {
      const browser = browse();
      await browser.get("/login");
      return (await browser.post("/login/link", { key })).status;
    };
    const [older, newer] = [await keyOf(), await keyOf()];
    expect(await tryIt(older)).toBe(422);
    later(15 * minute);
    expect(await tryIt(newer)).toBe(422);
    const last = await keyOf();
    await changePerson(newsroom.place, await add("Ani"), "revoke", newsroom.clock.now);
    await changePerson(newsroom.place, user.id, "suspend", newsroom.clock.now);
    const browser = browse();
    await browser.get("/login");
    await browser.post("/login/link", { key: last });
    expect((await browser.get("/")).location).toBe("/login");
  });

  const add = async (name: string) => (await join(name, "editor")).user.id;

  it("pressed twice by the same browser lets it in all the same", async () => {
    await join("Budi", "editor");
    const { path } = await linkPerson(newsroom.place, "Budi", newsroom.clock.now);
    const key = new URL(path, "http://a").searchParams.get("key")!;
    const browser = browse();
    await browser.get(path);
    const { cookie } = browser;
    await browser.post("/login/link", { key });
    browser.cookie = cookie;
    expect((await browser.post("/login/link", { key })).location).toBe("/");
  });

  it("is not made for an operator", async () => {
    await join("Siti", "operator");
    await expect(linkPerson(newsroom.place, "Siti", newsroom.clock.now)).rejects.toMatchObject({
      code: "newsroom-link-refused",
    });
  });
});

describe("a password with an authenticator", () => {
  async function setUp(name = "Budi Santoso", loginName = "budi.santoso") {
    const { activation_code } = await join(name, "editor");
    const browser = browse();
    await browser.get("/activate");
    await browser.post("/activate", { code: activation_code! });
    const { secret } = browser.hidden();
    const totp = (ms = 0) =>
      new TOTP({ secret: secret! }).generate({ timestamp: newsroom.clock.now.getTime() + ms });
    const fields = {
      code: activation_code!,
      secret: secret!,
      login_name: loginName,
      password: "kuda baterai staples",
    };
    return { browser, fields, totp, code: activation_code! };
  }
  const logIn = async (fields: { name: string; password: string; code: string }) => {
    const browser = browse();
    await browser.get("/login");
    return browser.post("/login", fields);
  };

  it("is set up with an activation code, which is spent at the very end", async () => {
    const { browser, fields, totp, code } = await setUp();
    for (const wrong of [
      { totp: "000000" },
      { totp: totp(), password: "pendek" },
      { totp: totp(), login_name: "B S" },
    ]) {
      expect((await browser.post("/activate", { ...fields, ...wrong })).status).toBe(422);
    }
    expect((await browser.post("/activate", { ...fields, totp: totp() })).location).toBe("/");
    expect((await browser.get("/")).status).toBe(200);
    const other = browse();
    await other.get("/activate");
    expect((await other.post("/activate", { code })).text).toContain("Kode aktivasi tidak berlaku");
  });

  it("opens with name, password and a fresh code; a code works once", async () => {
    const { browser, fields, totp } = await setUp();
    await browser.post("/activate", { ...fields, totp: totp() });
    const good = () => ({ name: " Budi.Santoso", password: fields.password, code: totp() });
    expect((await logIn(good())).status).toBe(422);
    later(minute);
    expect((await logIn(good())).location).toBe("/");
    expect((await logIn(good())).status).toBe(422);
    later(minute);
    expect((await logIn({ ...good(), password: "salah sama sekali" })).text).toContain("tidak cocok");
  });

  it("makes who guesses wait, by the name and not by the address, also when the right one comes", async () => {
    const { browser, fields, totp } = await setUp();
    await browser.post("/activate", { ...fields, totp: totp() });
    later(minute);
    for (let i = 0; i < 5; i += 1) {
      expect((await logIn({ name: "budi.santoso", password: `tebakan ${i}`, code: "000000" })).status).toBe(
        422,
      );
    }
    const good = () => ({ name: "budi.santoso", password: fields.password, code: totp() });
    expect((await logIn(good())).status).toBe(429);
    expect((await logIn({ ...good(), name: "tidak.ada" })).status).toBe(422);
    later(minute);
    expect((await logIn(good())).location).toBe("/");
  });

  it("is no way in any more for who has become an operator or was revoked", async () => {
    const { browser, fields, totp } = await setUp();
    await browser.post("/activate", { ...fields, totp: totp() });
    await changePerson(newsroom.place, "Budi Santoso", "revoke", newsroom.clock.now);
    expect((await browser.get("/")).location).toBe("/login");
    later(minute);
    expect((await logIn({ name: "budi.santoso", password: fields.password, code: totp() })).status).toBe(422);
  });
});

describe("a session", () => {
  beforeEach(() => join("Budi", "editor"));

  it("is a cookie that no script reads, no other site sends, and no database holds", async () => {
    const browser = browse();
    const answer = await browser.get("/login");
    expect(answer.headers.getSetCookie()[0]).toMatch(/^kominfo=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax$/);
    const desk = await enter("Budi");
    const sessions = await newsroom.stores(({ store }) =>
      store.selectFrom("desk_sessions").selectAll().execute(),
    );
    expect(sessions.length).toBeGreaterThan(0);
    expect(JSON.stringify(sessions)).not.toContain(desk.cookie.split("=")[1]);
  });

  it("gets a new cookie: one that was planted before opens nothing", async () => {
    const browser = browse();
    await browser.get("/login");
    const planted = browser.cookie;
    const { path } = await linkPerson(newsroom.place, "Budi", newsroom.clock.now);
    await browser.post("/login/link", { key: new URL(path, "http://a").searchParams.get("key")! });
    const thief = browse();
    thief.cookie = planted;
    expect((await thief.get("/")).location).toBe("/login");
  });

  it("ends two hours after it was used last, and the page's own asking is no use", async () => {
    const desk = await enter("Budi");
    later(110 * minute);
    expect((await desk.get("/")).status).toBe(200);
    for (let i = 0; i < 4; i += 1) {
      later(29 * minute);
      expect((await desk.get("/news?since=0")).status).toBe(200);
    }
    later(5 * minute);
    expect((await desk.get("/")).location).toBe("/login");
  });

  it("ends twelve hours after it began, however busy", async () => {
    const desk = await enter("Budi");
    for (let i = 0; i < 12; i += 1) {
      expect((await desk.get("/")).status).toBe(200);
      later(60 * minute);
    }
    expect((await desk.get("/week")).location).toBe("/login?next=%2Fweek");
  });

  it("ends everywhere when one says so", async () => {
    const [office, phone] = [await enter("Budi"), await enter("Budi")];
    await office.get("/account");
    await office.post("/logout/everywhere");
    expect((await phone.get("/")).location).toBe("/login");
  });

  it("that ended while something was typed gives the text back", async () => {
    const desk = await enter("Budi");
    later(3 * 60 * minute);
    const typed = "Catatan panjang yang tidak boleh hilang.";
    const answer = await desk.post(`/submissions/${randomUUID()}/comments`, { body: typed });
    expect([answer.status, answer.text.includes(typed)]).toEqual([401, true]);
  });
});

describe("a form", () => {
  let id: string;
  beforeEach(async () => {
    await join("Budi", "editor");
    id = await as(newsroom, await newsroom.token("operator")).submit();
  });
  const comments = async () =>
    (await as(newsroom, await newsroom.token("editor")).get(`/submissions/${id}/comments`)).body.items;

  it("is refused without the token of its page, with another's, and from another site", async () => {
    const desk = await enter("Budi");
    const other = await enter("Budi");
    await desk.get(`/submissions/${id}`);
    const path = `/submissions/${id}/comments`;
    const body = "Catatan";
    expect((await desk.post(path, { body, csrf: "" })).status).toBe(403);
    expect((await desk.post(path, { body, csrf: other.hidden().csrf! })).status).toBe(403);
    await desk.get(`/submissions/${id}`);
    expect((await desk.post(path, { body }, { "sec-fetch-site": "cross-site" })).status).toBe(403);
    expect(await comments()).toHaveLength(0);
  });

  it("counts once however often it is sent, and asks when it was changed since", async () => {
    const desk = await enter("Budi");
    await desk.get(`/submissions/${id}`);
    const path = `/submissions/${id}/comments`;
    const tokens = { ...desk.hidden() };
    const send = (body: string) => desk.post(path, { csrf: tokens.csrf!, form: tokens.form!, body });
    const [first, again] = [await send("Catatan"), await send("Catatan")];
    expect([first.location, again.location]).toEqual(Array(2).fill(`/submissions/${id}?done=comment#thread`));
    expect(await comments()).toHaveLength(1);
    const changed = await send("Catatan lain yang berbeda");
    expect([changed.status, changed.text.includes("sudah pernah dikirim")]).toEqual([409, true]);
    expect(changed.text).toContain("Catatan lain yang berbeda</textarea>");
    // The page that came back has a token of its own.
    expect((await desk.post(path, { body: "Catatan lain yang berbeda" })).status).toBe(303);
    expect(await comments()).toHaveLength(2);
  });

  it("is not taken from an operator's token, nor a page shown for one", async () => {
    const token = await newsroom.token("editor");
    const answer = await fetch(`${newsroom.url}/submissions/${id}`, {
      headers: { authorization: `Bearer ${token}` },
      redirect: "manual",
    });
    expect(answer.headers.get("location")).toContain("/login");
  });
});

describe("people", () => {
  beforeEach(async () => {
    await join("Rina", "admin");
    await join("Budi", "editor");
  });

  it("are all on the desk's pages, a hundred on each", async () => {
    const rina = await enter("Rina");
    const admin = as(newsroom, await newsroom.token("admin"));
    for (let n = 3; n <= 101; n++) await admin.post("/users", { name: `Orang ${n}`, role: "editor" });
    const first = await rina.get("/people");
    expect(first.text.match(/<th scope="row">/g)).toHaveLength(100);
    const next = /href="(\/people\?cursor=[\w-]+)"/.exec(first.text)![1]!;
    const second = await rina.get(next);
    expect(second.text).toContain("Orang 101<");
    expect(second.text).toContain('<a href="/people">');
    expect((await rina.get("/people?cursor=tidakada")).status).toBe(422);
  });

  it("are for admins: an editor is shown no such page", async () => {
    const desk = await enter("Budi");
    for (const path of ["/people", "/people/new"]) expect((await desk.get(path)).status).toBe(403);
    expect((await desk.post("/people/new", { name: "X", role: "admin" })).status).toBe(403);
  });

  it("are added once, with a code that is shown once", async () => {
    const desk = await enter("Rina");
    await desk.get("/people/new");
    const tokens = { ...desk.hidden() };
    const send = () =>
      desk.post("/people/new", { csrf: tokens.csrf!, form: tokens.form!, name: "Joko", role: "editor" });
    const [first, again] = [await send(), await send()];
    expect(first.location).toBe(again.location);
    const person = new URL(first.location!, "http://a").pathname;
    await desk.get(person);
    const made = await desk.post(`${person}/code`);
    const code = /[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}/.exec(made.text)![0];
    const newer = await desk.post(`${person}/code`);
    expect(newer.text).not.toContain(code);
    // The older one was replaced.
    expect((await as(newsroom).post("/activations", { code, device: "x" })).status).toBe(422);
    expect((await desk.get(person)).text).not.toMatch(/[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}</);
  });

  it("get one script token from one form, however often it is sent", async () => {
    const desk = await enter("Rina");
    const { user } = await join("Skrip", "editor");
    await desk.get(`/people/${user.id}`);
    const tokens = { ...desk.hidden() };
    const send = async () => {
      const { text } = await desk.post(`/people/${user.id}/token`, {
        csrf: tokens.csrf!,
        form: tokens.form!,
      });
      return /kominfo_[\w-]{43}/.exec(text)![0];
    };
    const [first, second] = [await send(), await send()];
    expect((await as(newsroom, first).get("/me")).status).toBe(401);
    expect((await as(newsroom, second).get("/me")).status).toBe(200);
  });

  it("lose their sessions with their access, and the last admin loses neither", async () => {
    const [rina, budi] = [await enter("Rina"), await enter("Budi")];
    const list = (await rina.get("/people")).text;
    const idOf = (name: string) => new RegExp(`/people/([0-9a-f-]{36})">${name}<`).exec(list)![1];
    await rina.get(`/people/${idOf("Budi")}`);
    expect((await rina.post(`/people/${idOf("Budi")}/suspend`)).location).toContain("done=suspendPerson");
    expect((await budi.get("/")).location).toBe("/login");
    await rina.get(`/people/${idOf("Rina")}`);
    const refused = await rina.post(`/people/${idOf("Rina")}/revoke`);
    expect([refused.status, refused.text.includes("admin terakhir")]).toEqual([409, true]);
  });
});

describe("the pages", () => {
  it("load nothing from elsewhere, are kept nowhere, and stand in no frame", async () => {
    const answer = await browse().get("/login");
    const policy = answer.headers.get("content-security-policy")!;
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toMatch(/unsafe|\*|data:|https?:/);
    expect(answer.headers.get("cache-control")).toBe("no-store");
    expect(answer.headers.get("x-content-type-options")).toBe("nosniff");
    expect(answer.text).not.toMatch(/\sstyle=|<style|<script(?! src="\/assets)|\son\w+=/);
  });

  it("leave the API as it was: its unknown addresses answer as problems", async () => {
    const answer = await browse().get("/api/v1/nowhere");
    expect(answer.headers.get("content-type")).toContain("application/problem+json");
    const page = await browse().get("/nowhere");
    expect([page.status, page.headers.get("content-type")]).toEqual([404, "text/html; charset=utf-8"]);
  });
});

describe("taking personal data away", () => {
  const why = { legal_basis: "UU 27/2022 Pasal 8", reason: "Diminta keluarga" };
  let id: string;
  let comment: string;
  beforeEach(async () => {
    await join("Rina", "admin");
    await join("Budi", "editor");
    id = await as(newsroom, await newsroom.token("operator")).submit();
    const editor = as(newsroom, await newsroom.token("editor"));
    comment = (await editor.post(`/submissions/${id}/comments`, { body: "KTP 3216" })).body.id;
  });
  const page = () => `/submissions/${id}/redact`;

  it("is for admins: an editor is offered no such page and takes nothing away", async () => {
    const desk = await enter("Budi");
    const { text } = await desk.get(`/submissions/${id}`);
    expect(text).not.toContain(page());
    expect((await desk.get(page())).status).toBe(403);
    await desk.get(`/submissions/${id}`);
    const asked = { what: `comment-${comment}`, ...why, sure: "1" };
    expect((await desk.post(page(), asked)).status).toBe(403);
    expect((await desk.get(`/submissions/${id}`)).text).toContain("KTP 3216");
  });

  it("asks what, why, on what basis, and once more; and leaves a tombstone for everyone", async () => {
    const desk = await enter("Rina");
    expect((await desk.get(`/submissions/${id}`)).text).toContain(page());
    const asked = { what: `comment-${comment}`, ...why, sure: "1" };
    const incomplete = [
      [{ ...asked, what: "" }, "Pilih yang akan dihapus."],
      [{ ...asked, legal_basis: " " }, "Tulis dasar hukumnya."],
      [{ ...asked, reason: "" }, "Tulis alasannya."],
      [{ ...asked, sure: "" }, "tidak dapat dikembalikan"],
      [{ ...asked, what: `comment-${randomUUID()}` }, "sudah tidak ada"],
    ] as const;
    for (const [fields, words] of incomplete) {
      await desk.get(page());
      const answer = await desk.post(page(), fields);
      expect([answer.status, answer.text.includes(words)]).toEqual([422, true]);
    }
    expect((await desk.get(`/submissions/${id}`)).text).toContain("KTP 3216");
    await desk.get(page());
    const tokens = { ...desk.hidden() } as { csrf: string; form: string };
    expect((await desk.post(page(), { ...asked, csrf: "" })).status).toBe(403);
    for (let i = 0; i < 2; i += 1) {
      const { location } = await desk.post(page(), { ...asked, ...tokens });
      expect(location).toBe(`/submissions/${id}?done=redact#tombstones`);
    }
    const editor = await enter("Budi");
    for (const browser of [desk, editor]) {
      const { text } = await browser.get(`/submissions/${id}`);
      expect(text).not.toContain("KTP 3216");
      expect(text).toContain("[dihapus]");
      expect(text.match(/UU 27\/2022 Pasal 8/g)).toHaveLength(1);
      expect(text).toContain("Diminta keluarga");
    }
    expect((await desk.get(page())).text).not.toContain(`comment-${comment}`);
  });
});

describe("a claim", () => {
  it("is handed to a colleague, and the history says by whom and to whom", async () => {
    await join("Budi", "editor");
    const { user: sari } = await join("Sari", "editor");
    const { user: joko } = await join("Joko", "editor");
    const id = await as(newsroom, await newsroom.token("operator")).submit();
    const budi = await enter("Budi");
    await budi.get(`/submissions/${id}`);
    await budi.post(`/submissions/${id}/steps/claim`, { revision: "1" });
    const { text } = await budi.get(`/submissions/${id}`);
    expect(text).toContain(`<option value="${sari.id}">Sari</option>`);
    const step = `/submissions/${id}/steps/reassign`;
    const { location } = await budi.post(step, { revision: "1", assignee: sari.id });
    expect(location).toBe(`/submissions/${id}?done=handed`);
    const handed = await budi.get(`/submissions/${id}`);
    expect(handed.text).toMatch(/<strong>Budi<\/strong> menyerahkan naskah kepada Sari/);
    await changePerson(newsroom.place, joko.id, "suspend", newsroom.clock.now);
    const refused = await budi.post(step, { revision: "1", assignee: joko.id });
    expect([refused.status, refused.text.includes("tidak lagi meninjau")]).toEqual([422, true]);
  });
});
