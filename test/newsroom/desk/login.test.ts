import { randomUUID } from "node:crypto";
import { TOTP } from "otpauth";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { changePerson, linkPerson } from "../../../src/newsroom/local-people.js";
import { hashQuickly } from "../../support/hashing.js";
import { startNewsroom, type TestNewsroom } from "../support/newsroom.js";
import { deskOf, minute, rates } from "./browser.js";

hashQuickly();

let newsroom: TestNewsroom;
beforeEach(async () => {
  newsroom = await startNewsroom(rates);
});
afterEach(() => newsroom.remove());
const { later, join, browse, enter } = deskOf(() => newsroom);

describe("a login link", () => {
  it("works only by its button, once, within 15 minutes", async () => {
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

  it("is invalid after 15 minutes, after a newer one is made, and for a person without access", async () => {
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

  it("logs in although the button is pressed twice in the same browser", async () => {
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

  it("leads an operator to what is ready, and back there when the button is pressed twice", async () => {
    await join("Siti", "operator");
    const { path } = await linkPerson(newsroom.place, "Siti", newsroom.clock.now);
    const key = new URL(path, "http://a").searchParams.get("key")!;
    const browser = browse();
    await browser.get(path);
    expect((await browser.post("/login/link", { key })).location).toBe("/ready");
    expect((await browser.get("/login")).location).toBe("/ready");
    const { status, text } = await browser.get("/ready");
    expect(status).toBe(200);
    expect(text).toContain('href="/ready" aria-current="page"');
    expect(text).not.toContain('href="/week"');
    expect((await browser.get("/week")).status).toBe(403);
    expect((await browser.get("/week")).text).toContain('class="button" href="/ready"');
    expect((await browser.post("/login/link", { key })).location).toBe("/ready");
  });

  it("asks first where somebody else is logged in, and leaves them there until the button is pressed", async () => {
    await join("Siti", "operator");
    const siti = await enter("Siti");
    await join("Budi", "editor");
    const { path } = await linkPerson(newsroom.place, "Budi", newsroom.clock.now);
    const key = new URL(path, "http://a").searchParams.get("key")!;
    const asked = await siti.get(path);
    expect(asked.headers.get("referrer-policy")).toBe("no-referrer");
    expect(asked.text).toContain("Di peramban ini Siti sedang masuk. <strong>Masuk sebagai Budi?</strong>");
    expect(asked.text).toContain('<a href="/ready">Tetap sebagai Siti</a>');
    const stayed = await siti.get("/account");
    expect(stayed.text).toContain("<dd>Siti</dd>");
    await siti.get(path);
    expect((await siti.post("/login/link", { key })).location).toBe("/");
    expect((await siti.get("/account")).text).toContain("<dd>Budi</dd>");
    const events = await newsroom.stores(({ store }) =>
      store.selectFrom("audit_entries").select(["event"]).orderBy("seq").execute(),
    );
    expect(events.slice(-2).map(({ event }) => event)).toEqual(["logged-out", "logged-in"]);
    // Who is logged in by their own link is not asked, and neither is nobody.
    const own = await linkPerson(newsroom.place, "Budi", newsroom.clock.now);
    for (const browser of [siti, browse()])
      expect((await browser.get(own.path)).text).not.toContain("sedang masuk");
  });

  it.each(["expired", "used"] as const)(
    "asks nobody whether a link that is %s may replace them, and says so",
    async (how) => {
      await join("Siti", "operator");
      const siti = await enter("Siti");
      await join("Budi", "editor");
      const { path } = await linkPerson(newsroom.place, "Budi", newsroom.clock.now);
      const key = new URL(path, "http://a").searchParams.get("key")!;
      if (how === "expired") newsroom.clock.now = new Date(newsroom.clock.now.getTime() + 16 * 60_000);
      else {
        const budi = browse();
        await budi.get(path);
        expect((await budi.post("/login/link", { key })).status).toBe(303);
      }
      const opened = await siti.get(path);
      expect(opened.status).toBe(422);
      expect(opened.text).toContain("Tautan ini tidak berlaku");
      expect(opened.text).not.toContain("Masuk sebagai Budi?");
      expect(opened.text).toContain('<a href="/ready">Tetap sebagai Siti</a>');
      expect((await siti.get("/account")).text).toContain("<dd>Siti</dd>");
    },
  );

  it("to nobody says so to who is logged in, and changes nothing", async () => {
    await join("Siti", "operator");
    const siti = await enter("Siti");
    const other = await join("Budi", "editor");
    const { path } = await linkPerson(newsroom.place, "Budi", newsroom.clock.now);
    const key = new URL(path, "http://a").searchParams.get("key")!;
    await siti.get(path);
    await linkPerson(newsroom.place, other.user.id, newsroom.clock.now);
    const late = await siti.post("/login/link", { key });
    const opened = await siti.get(path);
    for (const { status, text } of [late, opened]) {
      expect(status).toBe(422);
      expect(text).toContain("Tautan ini tidak berlaku");
      expect(text).toContain("Di peramban ini Siti sedang masuk.");
      expect(text).not.toContain("Budi");
      expect(text).not.toContain('action="/login/link"');
    }
    expect((await siti.get("/account")).text).toContain("<dd>Siti</dd>");
  });

  it("cannot be made for a publisher", async () => {
    await join("Skrip", "publisher");
    await expect(linkPerson(newsroom.place, "Skrip", newsroom.clock.now)).rejects.toMatchObject({
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

  it("is set up with an activation code, which is spent only when the setup succeeds", async () => {
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

  it("logs in with name, password and a fresh code; a code works once", async () => {
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

  it("makes guesses for one name wait, and the right password too, but no other name", async () => {
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

  it("no longer logs in a person whose access was revoked", async () => {
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

  it("is an HttpOnly, SameSite cookie whose value is not in the database", async () => {
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

  it("gets a new cookie at login, so a planted cookie opens nothing", async () => {
    const browser = browse();
    await browser.get("/login");
    const planted = browser.cookie;
    const { path } = await linkPerson(newsroom.place, "Budi", newsroom.clock.now);
    await browser.post("/login/link", { key: new URL(path, "http://a").searchParams.get("key")! });
    const thief = browse();
    thief.cookie = planted;
    expect((await thief.get("/")).location).toBe("/login");
  });

  it("ends two hours after its last use, and polling for news does not count as use", async () => {
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

  it("ends twelve hours after it began, however active it is", async () => {
    const desk = await enter("Budi");
    for (let i = 0; i < 12; i += 1) {
      expect((await desk.get("/")).status).toBe(200);
      later(60 * minute);
    }
    expect((await desk.get("/week")).location).toBe("/login?next=%2Fweek");
  });

  it("ends in every browser by the button that logs out everywhere", async () => {
    const [office, phone] = [await enter("Budi"), await enter("Budi")];
    await office.get("/account");
    await office.post("/logout/everywhere");
    expect((await phone.get("/")).location).toBe("/login");
  });

  it("gives typed text back if it ended in the meantime", async () => {
    const desk = await enter("Budi");
    later(3 * 60 * minute);
    const typed = "Catatan panjang yang tidak boleh hilang.";
    const answer = await desk.post(`/submissions/${randomUUID()}/comments`, { body: typed });
    expect([answer.status, answer.text.includes(typed)]).toEqual([401, true]);
  });
});
