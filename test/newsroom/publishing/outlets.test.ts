import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { limits } from "../../../src/contract/contract.js";
import { cibitung, setu } from "../support/newsroom.js";
import { announce, kabupaten, type Scene, setScene, site, siteOfSetu } from "./scene.js";

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
      expect((await announce(scene.operator, account)).status).toBe(403);
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
