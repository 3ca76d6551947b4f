import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { addPerson, changePerson, listPeople } from "../../../src/newsroom/local-people.js";
import { as, cibitung, startNewsroom, type TestNewsroom } from "../support/newsroom.js";

let newsroom: TestNewsroom;
beforeEach(async () => {
  newsroom = await startNewsroom({ token_per_minute: 60, activations_per_minute: 5 });
});
afterEach(() => newsroom.remove());

const hour = 3600_000;
const later = (ms: number) => {
  newsroom.clock.now = new Date(newsroom.clock.now.getTime() + ms);
};
const siti = { name: "Siti", role: "operator", kecamatan: cibitung } as const;

describe("an activation code", () => {
  test("gives a token for one device, once", async () => {
    const { activation_code } = await addPerson(newsroom.place, siti, newsroom.clock.now);
    expect(activation_code).toMatch(/^[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){2}$/);
    const given = await as(newsroom).post("/activations", { code: activation_code, device: "laptop" });
    expect(given.status).toBe(201);
    expect(given.body.user).toMatchObject({ ...siti, active: true });
    const me = await as(newsroom, given.body.token).get("/me");
    expect(me.body).toMatchObject({ user: { name: "Siti" }, token: { label: "laptop" } });
    const again = await as(newsroom).post("/activations", { code: activation_code, device: "lain" });
    expect([again.status, again.body.type]).toEqual([422, "urn:kominfo:problem:activation-invalid"]);
  });

  test("may be typed in small letters, without dashes, with the letters that are misread", async () => {
    const { activation_code } = await addPerson(newsroom.place, siti, newsroom.clock.now);
    const code = activation_code!
      .toLowerCase()
      .replaceAll("-", " ")
      .replaceAll("1", "l")
      .replaceAll("0", "o");
    expect((await as(newsroom).post("/activations", { code, device: "laptop" })).status).toBe(201);
  });

  test("is worth nothing after 72 hours", async () => {
    const { activation_code } = await addPerson(newsroom.place, siti, newsroom.clock.now);
    later(72 * hour + 1);
    const answer = await as(newsroom).post("/activations", { code: activation_code, device: "laptop" });
    expect(answer.status).toBe(422);
  });

  test("cannot be guessed at speed, even when the right one comes", async () => {
    const { activation_code } = await addPerson(newsroom.place, siti, newsroom.clock.now);
    for (let i = 0; i < 5; i += 1) {
      const code = `AAAA-AAAA-AAA${i}`;
      expect((await as(newsroom).post("/activations", { code, device: "x" })).status).toBe(422);
    }
    const answer = await as(newsroom).post("/activations", { code: activation_code, device: "x" });
    expect([answer.status, answer.body.type]).toEqual([429, "urn:kominfo:problem:too-many-requests"]);
    expect(Number(answer.headers.get("retry-after"))).toBeGreaterThan(0);
  });

  test("of someone whose access has ended gives nothing", async () => {
    const { activation_code, user } = await addPerson(newsroom.place, siti, newsroom.clock.now);
    await changePerson(newsroom.place, user.id, "revoke", newsroom.clock.now);
    const answer = await as(newsroom).post("/activations", { code: activation_code, device: "laptop" });
    expect(answer.status).toBe(422);
  });
});

describe("a token", () => {
  test("that is missing, unknown or malformed is answered alike", async () => {
    const answers = await Promise.all(
      [undefined, "kominfo_tidakada", "a b", ""].map((token) => as(newsroom, token).get("/me")),
    );
    for (const answer of answers) {
      expect(answer.status).toBe(401);
      expect(answer.headers.get("www-authenticate")).toMatch(/^Bearer/);
      expect(answer.body).toEqual(answers[0]?.body);
    }
  });

  test("ends with its expiry", async () => {
    const expires_at = new Date(newsroom.clock.now.getTime() + hour).toISOString();
    const added = await addPerson(newsroom.place, { ...siti, token: true, expires_at }, newsroom.clock.now);
    expect(added.expires_at).toBe(expires_at);
    expect((await as(newsroom, added.token).get("/me")).status).toBe(200);
    later(hour);
    expect((await as(newsroom, added.token).get("/me")).status).toBe(401);
  });

  test("ends when its owner is revoked, in the running service too", async () => {
    const { token, user } = await addPerson(newsroom.place, { ...siti, token: true }, newsroom.clock.now);
    expect((await as(newsroom, token).get("/me")).status).toBe(200);
    await changePerson(newsroom.place, "siti", "revoke", newsroom.clock.now);
    expect((await as(newsroom, token).get("/me")).status).toBe(401);
    const [listed] = await listPeople(newsroom.place, newsroom.clock.now);
    expect(listed).toMatchObject({ id: user.id, active: false });
  });

  test("is ended by its own holder, and no other with it", async () => {
    const { user, token } = await addPerson(newsroom.place, { ...siti, token: true }, newsroom.clock.now);
    const other = await newsroom.token("operator");
    const ended = await as(newsroom, token).delete("/me/token");
    expect(ended.status).toBe(204);
    expect((await as(newsroom, token).get("/me")).status).toBe(401);
    expect((await as(newsroom, token).delete("/me/token")).status).toBe(401);
    expect((await as(newsroom, other).get("/me")).status).toBe(200);
    const people = await listPeople(newsroom.place, newsroom.clock.now);
    expect(people.find(({ id }) => id === user.id)).toMatchObject({ active: true });
  });

  test("notes its last use at most once a minute", async () => {
    const token = await newsroom.token("operator");
    const lastUsed = async () => (await as(newsroom, token).get("/me")).body.user.last_used_at;
    const first = await lastUsed();
    later(59_000);
    expect(await lastUsed()).toBe(first);
    later(1_000);
    expect(await lastUsed()).toBe(newsroom.clock.now.toISOString());
  });

  test("that asks too much has to wait, and nobody else with it", async () => {
    const busy = as(newsroom, await newsroom.token("operator"));
    for (let i = 0; i < 60; i += 1) await busy.get("/me");
    const answer = await busy.get("/me");
    expect([answer.status, answer.body.type]).toEqual([429, "urn:kominfo:problem:too-many-requests"]);
    expect(Number(answer.headers.get("retry-after"))).toBeGreaterThan(0);
    expect((await as(newsroom, await newsroom.token("operator")).get("/me")).status).toBe(200);
  });

  test("and a code are in no file of the newsroom", async () => {
    const { token } = await addPerson(newsroom.place, { ...siti, token: true }, newsroom.clock.now);
    const { activation_code } = await addPerson(newsroom.place, siti, newsroom.clock.now);
    await as(newsroom, token).submit();
    for (const name of await readdir(newsroom.folder, { recursive: true, withFileTypes: true })) {
      if (!name.isFile()) continue;
      const bytes = await readFile(path.join(name.parentPath, name.name), "latin1");
      expect(bytes).not.toContain(token);
      expect(bytes).not.toContain(activation_code);
      expect(bytes).not.toContain(activation_code?.replaceAll("-", ""));
    }
  });
});

describe("people", () => {
  test("are added, listed and revoked by an admin", async () => {
    const admin = as(newsroom, await newsroom.token("admin"));
    const added = await admin.post("/users", siti);
    expect(added.status).toBe(201);
    expect(added.body).toMatchObject({ user: siti, activation_code: expect.any(String) });
    expect((await admin.post("/users", { ...siti, token: true })).body.token).toMatch(/^kominfo_/);
    const revoked = await admin.post(`/users/${added.body.user.id}/revoke`, {});
    expect([revoked.status, revoked.body.active]).toEqual([200, false]);
    const { items } = (await admin.get("/users")).body;
    expect(items.map((user: { active: boolean }) => user.active)).toEqual([true, false, true]);
    expect((await admin.post("/users/tidak-ada/revoke", {})).status).toBe(404);
  });

  test("are listed in pages, each once, in the order in which they were added", async () => {
    const admin = as(newsroom, await newsroom.token("admin"));
    const names = ["Ani", "Budi", "Citra", "Dewi"];
    for (const name of names) await addPerson(newsroom.place, { ...siti, name }, newsroom.clock.now);
    const seen: string[] = [];
    let cursor: string | null = "";
    while (cursor !== null) {
      const more: string = cursor && `&cursor=${cursor}`;
      const { body } = await admin.get(`/users?limit=2${more}`);
      seen.push(...body.items.map((user: { name: string }) => user.name));
      cursor = body.next_cursor;
    }
    expect(seen.slice(1)).toEqual(names);
    expect((await admin.get("/users?cursor=tidakada")).status).toBe(422);
  });

  test.each(["operator", "editor"] as const)("are not an %s's business", async (role) => {
    const someone = as(newsroom, await newsroom.token(role));
    expect((await someone.get("/users")).status).toBe(403);
    expect((await someone.post("/users", siti)).status).toBe(403);
    expect((await someone.post("/users/x/revoke", {})).status).toBe(403);
  });

  test.each([
    [{ role: "operator" }, "required"],
    [{ role: "operator", kecamatan: "32.75.01" }, "unknown"],
    [{ role: "editor", kecamatan: cibitung }, "unwanted"],
  ])("with %o are refused: kecamatan %s", async (wanted, detail) => {
    const admin = as(newsroom, await newsroom.token("admin"));
    const { status, body } = await admin.post("/users", { name: "Siti", ...wanted });
    expect([status, body.errors]).toEqual([422, [{ pointer: "/kecamatan", detail }]]);
    const person = { name: "Siti", ...wanted } as Parameters<typeof addPerson>[1];
    await expect(addPerson(newsroom.place, person, newsroom.clock.now)).rejects.toMatchObject({
      code: "newsroom-user-kecamatan",
    });
  });

  test("always keep an admin who can work", async () => {
    const first = await newsroom.token("admin");
    const admin = as(newsroom, first);
    const me = (await admin.get("/me")).body.user;
    expect((await admin.post(`/users/${me.id}/revoke`, {})).status).toBe(409);
    await expect(changePerson(newsroom.place, me.id, "revoke", newsroom.clock.now)).rejects.toMatchObject({
      code: "newsroom-last-admin",
    });
    await newsroom.token("admin");
    expect((await admin.post(`/users/${me.id}/revoke`, {})).status).toBe(200);
  });

  test("of one name are told apart by id", async () => {
    const { user } = await addPerson(newsroom.place, siti, newsroom.clock.now);
    await addPerson(newsroom.place, siti, newsroom.clock.now);
    const revoke = (wanted: string) => changePerson(newsroom.place, wanted, "revoke", newsroom.clock.now);
    await expect(revoke("Siti")).rejects.toMatchObject({
      code: "newsroom-user-ambiguous",
      params: {
        people: [{ id: user.id, created_at: newsroom.clock.now.toISOString() }, { role: "operator" }],
      },
    });
    await expect(revoke("Budi")).rejects.toMatchObject({ code: "newsroom-user-unknown" });
    await revoke(user.id);
    expect((await revoke("Siti")).active).toBe(false);
  });
});
