import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { limits } from "../../../src/contract/contract.js";
import { cibitung, setu } from "../support/newsroom.js";
import { announce, hour, kabupaten, type Scene, setScene, site, siteOfSetu, why } from "./scene.js";

let scene: Scene;
beforeAll(async () => {
  scene = await setScene();
}, 60_000);
afterAll(() => scene.remove());

const accounts = (answer: { body: { items: { account: string }[] } }) =>
  answer.body.items.map(({ account }) => account);

describe("an operator", () => {
  it("announces accounts of the own kecamatan, and again with another label or mode", async () => {
    const account = "baru.example:8443";
    const { status, body } = await announce(scene.operator, account, { label: "Baru" });
    expect([status, body]).toMatchObject([
      200,
      {
        channel: "web",
        account,
        label: "Baru",
        destination: "kecamatan",
        kecamatan: cibitung,
        mode: "publish",
      },
    ]);
    expect(body.seen_at).toBe(scene.newsroom.clock.now.toISOString());
    scene.pass(1000);
    const again = await announce(scene.colleague, account, { mode: "pending", kecamatan: cibitung });
    expect(again.body).toMatchObject({ mode: "pending", seen_at: scene.newsroom.clock.now.toISOString() });
    expect(again.body.by.name).not.toBe(body.by.name);
  });

  it("announces no one else's, and takes over none", async () => {
    for (const more of [{ destination: "kabupaten" }, { kecamatan: setu }]) {
      expect((await announce(scene.operator, "asing.example", more)).status).toBe(403);
    }
    for (const account of [kabupaten, siteOfSetu]) {
      expect(why(await announce(scene.operator, account))).toEqual([409, "account-taken"]);
    }
    expect((await scene.editor.get("/outlets")).body.items).toContainEqual(
      expect.objectContaining({ account: kabupaten, destination: "kabupaten", kecamatan: null }),
    );
  });

  it("sees the own kecamatan's only; editors and publishers see all, page by page", async () => {
    expect(accounts(await scene.neighbour.get("/outlets"))).toEqual([siteOfSetu]);
    expect(accounts(await scene.operator.get("/outlets"))).toContain(site);
    expect(accounts(await scene.operator.get("/outlets"))).not.toContain(kabupaten);
    const all = accounts(await scene.publisher.get("/outlets"));
    expect(all).toEqual(expect.arrayContaining([site, kabupaten, siteOfSetu]));
    await announce(scene.editor, "akun dengan spasi", { kecamatan: cibitung });
    await scene.editor.put("/outlets/x/1234", {
      label: "@bekasi",
      destination: "kabupaten",
      mode: "publish",
    });
    const whole = accounts(await scene.editor.get("/outlets"));
    const paged: string[] = [];
    for (let cursor: string | null = ""; cursor !== null; ) {
      const page = await scene.editor.get(
        `/outlets?limit=1${cursor && `&cursor=${encodeURIComponent(cursor)}`}`,
      );
      expect(page.status).toBe(200);
      paged.push(...accounts(page));
      cursor = page.body.next_cursor;
    }
    expect(paged).toEqual(whole);
    expect(paged.at(-1)).toBe("1234");
    expect((await scene.editor.get("/outlets?cursor=eA")).status).toBe(422);
  });
});

describe("an editor or publisher", () => {
  it("says whose account it is", async () => {
    for (const client of [scene.editor, scene.publisher]) {
      const bare = await announce(client, "tanpa.example");
      expect([bare.status, bare.body.errors[0].pointer]).toEqual([422, "/kecamatan"]);
      expect((await announce(client, "tanpa.example", { kecamatan: "32.16.99" })).status).toBe(422);
      const both = await announce(client, "tanpa.example", { destination: "kabupaten", kecamatan: setu });
      expect(both.status).toBe(422);
      expect((await announce(client, "setu2.example", { kecamatan: setu })).status).toBe(200);
    }
  });
});

describe("an account of somebody else", () => {
  const shared = "bersama.example.go.id";

  it("is refused with whose it is, since when, and by whom as far as one may know", async () => {
    await announce(scene.operator, shared);
    const since = scene.newsroom.clock.now.toISOString();
    scene.pass(hour);
    // Another machine of the kecamatan, later: the claim stays the first one's.
    await announce(scene.colleague, shared);
    const refused = await announce(scene.neighbour, shared);
    expect(why(refused)).toEqual([409, "account-taken"]);
    expect(refused.body.outlet).toEqual({ kecamatan: cibitung, name: "Cibitung", by: null, since });
    const ofKabupaten = (await announce(scene.neighbour, kabupaten)).body.outlet;
    expect(ofKabupaten).toMatchObject({ kecamatan: null, name: null });
    expect(ofKabupaten.by).toEqual(expect.any(String));
  });

  it("is moved by an editor, whose word stays", async () => {
    const decision = `/outlets/web/${shared}/decision`;
    for (const client of [scene.operator, scene.neighbour, scene.publisher]) {
      const refused = await client.post(decision, { destination: null, reason: "Milik kami" });
      expect(refused.status).toBe(403);
    }
    const wrong = [{ destination: "kecamatan" }, { destination: "kecamatan", kecamatan: "32.16.99" }];
    for (const body of [
      ...wrong,
      { destination: null, kecamatan: setu },
      { destination: "kabupaten", reason: " " },
    ]) {
      expect((await scene.editor.post(decision, { reason: "Keliru", ...body })).status).toBe(422);
    }
    expect(
      (await scene.editor.post("/outlets/web/tak.ada/decision", { destination: null, reason: "x" })).status,
    ).toBe(404);
    const moved = await scene.editor.post(decision, {
      destination: "kecamatan",
      kecamatan: setu,
      reason: "Situs Setu",
    });
    expect([moved.status, moved.body]).toMatchObject([
      200,
      { kecamatan: setu, decided: { reason: "Situs Setu" } },
    ]);
    const again = await announce(scene.operator, shared);
    expect(why(again)).toEqual([409, "account-taken"]);
    expect(again.body.outlet).toMatchObject({ kecamatan: setu, by: moved.body.decided.by.name });
    expect((await announce(scene.neighbour, shared, { label: "Setu" })).body.kecamatan).toBe(setu);
    const other = await announce(scene.publisher, shared, { destination: "kabupaten" });
    expect(why(other)).toEqual([409, "account-decided"]);
    expect((await announce(scene.publisher, shared, { kecamatan: setu })).status).toBe(200);
    const [entry] = (await scene.admin.get("/audit?limit=1")).body.items;
    expect(entry).toMatchObject({
      event: "account-decided",
      object: `web ${shared}`,
      detail: { what: "moved", kecamatan: setu },
    });
  });

  it("whose claim an editor has removed is nobody's, and not the old owner's again", async () => {
    const decision = `/outlets/web/${shared}/decision`;
    const removed = await scene.editor.post(decision, { destination: null, reason: "Bukan akun Setu" });
    expect(removed.body.removed_at).toBe(scene.newsroom.clock.now.toISOString());
    expect(accounts(await scene.editor.get("/outlets"))).not.toContain(shared);
    for (const client of [scene.neighbour, scene.publisher, scene.editor]) {
      const refused = await announce(client, shared, client === scene.neighbour ? {} : { kecamatan: setu });
      expect(why(refused)).toEqual([409, "account-removed"]);
    }
    expect(
      why(
        await scene.editor.post(`/submissions/${await scene.approved()}/publications`, {
          channel: "web",
          account: shared,
          state: "planned",
        }),
      )[0],
    ).toBe(201);
    const claimed = await announce(scene.operator, shared);
    expect([claimed.status, claimed.body]).toMatchObject([
      200,
      { kecamatan: cibitung, removed_at: null, decided: null },
    ]);
    expect(why(await announce(scene.neighbour, shared))).toEqual([409, "account-taken"]);
  });
});

describe("an account whose login is refused", () => {
  const dead = "mati.example.go.id";
  const paused = { paused: { code: "channel-refused" } };

  it("is paused since it was met first, and until a machine's login works again", async () => {
    const before = (await announce(scene.operator, dead)).body;
    expect(before.paused).toBeNull();
    scene.pass(hour);
    const told = (await announce(scene.colleague, dead, paused)).body;
    const since = scene.newsroom.clock.now.toISOString();
    expect(told).toMatchObject({ paused: { code: "channel-refused", since }, seen_at: before.seen_at });
    expect(told.paused.by.name).not.toBe(before.by.name);
    scene.pass(hour);
    expect((await announce(scene.operator, dead, paused)).body.paused).toEqual(told.paused);
    expect((await announce(scene.operator, dead)).body.paused, "nothing is said").toEqual(told.paused);
    expect((await announce(scene.operator, dead, { paused: null })).body.paused).toBeNull();
    expect(why(await announce(scene.neighbour, dead, paused))[0], "of others").toBe(409);
  });

  it("is not one that a publisher is seen with", async () => {
    const at = { kecamatan: cibitung };
    expect((await announce(scene.publisher, dead, { ...at, ...paused })).body.publisher_seen_at).toBeNull();
    const seen = (await announce(scene.publisher, dead, { ...at, paused: null })).body;
    expect(seen.publisher_seen_at).toBe(scene.newsroom.clock.now.toISOString());
    scene.pass(hour);
    expect((await announce(scene.operator, dead)).body.publisher_seen_at).toBe(seen.publisher_seen_at);
  });
});

describe("an account that another owner gets", () => {
  const paused = { code: "channel-refused" };
  const unknown = { publisher_seen_at: null, paused: null };
  /** An account of Cibitung that a publisher has, with a login that another machine found dead. */
  async function ofCibitung(account: string) {
    await announce(scene.publisher, account, { kecamatan: cibitung });
    const told = (await announce(scene.operator, account, { paused })).body;
    expect(told).toMatchObject({ publisher_seen_at: expect.any(String), paused });
    return told;
  }

  it("by an editor's word has neither the old one's publisher nor its refused login", async () => {
    const account = "pindah-1.example.go.id";
    await ofCibitung(account);
    const decide = (kecamatan: string) =>
      scene.editor.post(`/outlets/web/${account}/decision`, {
        ...{ destination: "kecamatan", kecamatan, reason: "Keliru" },
      });
    expect((await decide(cibitung)).body, "the same owner").toMatchObject({ paused });
    expect((await decide(setu)).body).toMatchObject({ kecamatan: setu, ...unknown });
    const at = `/submissions/${await scene.approved()}/publications`;
    await decide(cibitung);
    const scheduled_for = new Date(scene.newsroom.clock.now.getTime() + hour).toISOString();
    const wanted = { channel: "web", account, state: "scheduled", scheduled_for };
    expect(why(await scene.operator.post(at, wanted))).toEqual([409, "no-publisher"]);
  });

  it("is nobody's by an announcement alone, whoever makes it", async () => {
    const account = "pindah-2.example.go.id";
    const before = await ofCibitung(account);
    for (const client of [scene.editor, scene.publisher, scene.neighbour]) {
      const own = client === scene.neighbour ? {} : { destination: "kabupaten" };
      expect(why(await announce(client, account, own))).toEqual([409, "account-taken"]);
    }
    expect((await announce(scene.operator, account, { paused })).body).toEqual(before);
  });
});

describe("a time for a publication", () => {
  it("needs a publisher that has the account", async () => {
    const account = "sepi.example.go.id";
    await announce(scene.operator, account);
    const at = `/submissions/${await scene.approved()}/publications`;
    const wanted = {
      channel: "web",
      account,
      state: "scheduled",
      scheduled_for: new Date(scene.newsroom.clock.now.getTime() + hour).toISOString(),
    };
    expect(why(await scene.operator.post(at, wanted))).toEqual([409, "no-publisher"]);
    const planned = await scene.operator.post(at, { channel: "web", account, state: "planned" });
    const change = { state: "scheduled", scheduled_for: wanted.scheduled_for };
    expect(why(await scene.operator.put(`${at}/${planned.body.id}`, change))).toEqual([409, "no-publisher"]);
    await announce(scene.publisher, account, { kecamatan: cibitung });
    expect((await scene.operator.put(`${at}/${planned.body.id}`, change)).status).toBe(200);
  });
});

it("an account is one of a channel that approvals name, with a name of its own", async () => {
  const outlet = { label: "a", destination: "kecamatan", mode: "publish" };
  expect((await scene.operator.put("/outlets/tiktok/a", outlet)).status).toBe(404);
  expect((await scene.operator.put("/outlets/web/a", { ...outlet, label: "" })).status).toBe(422);
  expect((await scene.operator.put("/outlets/web/a", { ...outlet, mode: "later" })).status).toBe(422);
});

it("there is a bounded number of them for each kecamatan", async () => {
  let last = 200;
  for (let n = 0; n <= limits.outlets_per_owner && last === 200; n++) {
    last = (await announce(scene.operator, `situs-${n}.example`)).status;
  }
  expect(last).toBe(422);
  expect((await announce(scene.operator, site, { label: "Tetap" })).status, "known").toBe(200);
  expect((await announce(scene.neighbour, "lain.example")).status).toBe(200);
});
