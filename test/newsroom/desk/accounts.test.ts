import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { announce, type Scene, setScene, site } from "../publishing/scene.js";
import { cibitung, setu } from "../support/newsroom.js";
import { deskOf } from "./browser.js";

let scene: Scene;
let editor: Awaited<ReturnType<ReturnType<typeof deskOf>["enter"]>>;
let viewer: typeof editor;
beforeAll(async () => {
  scene = await setScene();
  const desk = deskOf(() => scene.newsroom);
  await desk.join("Edi", "editor");
  await desk.join("Vina", "viewer");
  [editor, viewer] = [await desk.enter("Edi"), await desk.enter("Vina")];
}, 60_000);
afterAll(() => scene.remove());

describe("the page of channel accounts", () => {
  it("is for editors, who find it in the navigation", async () => {
    const { status, text } = await editor.get("/accounts");
    expect([status, text.includes(site)]).toEqual([200, true]);
    expect((await editor.get("/")).text).toContain('href="/accounts"');
    expect((await viewer.get("/accounts")).status).toBe(403);
    expect((await viewer.get("/")).text).not.toContain('href="/accounts"');
  });

  it("shows whose an account is, who announced it, and whether a publisher has it", async () => {
    await announce(scene.operator, "baru.example", { label: "Situs <Baru>" });
    const { text } = await editor.get("/accounts");
    expect(text).toContain("Situs &lt;Baru&gt;");
    expect(text).toMatch(
      /Cibitung<\/td><td[^>]*>operator [0-9a-f]{8}, 17 November 2026[^<]*<\/td><td[^>]*>belum pernah/,
    );
    await announce(scene.publisher, "baru.example", { kecamatan: cibitung });
    expect((await editor.get("/accounts")).text).not.toMatch(
      /Cibitung<\/td><td[^>]*>operator[^<]*<\/td><td[^>]*>belum pernah/,
    );
  });

  it("moves a wrong claim with a reason, and takes it away", async () => {
    const wrong = "salah.example";
    await announce(scene.operator, wrong);
    const decide = (fields: Record<string, string>) =>
      editor.post("/accounts/decide", { channel: "web", account: wrong, ...fields });
    await editor.get("/accounts");
    const bare = await decide({ owner: setu, reason: " " });
    expect([bare.status, bare.text.includes("Tulis alasannya.")]).toEqual([422, true]);
    await editor.get("/accounts");
    expect((await decide({ owner: "32.16.99", reason: "Pindah" })).status).toBe(422);
    await editor.get("/accounts");
    const done = await decide({ owner: setu, reason: "Situs Setu <b>" });
    expect([done.status, done.location]).toEqual([303, "/accounts?done=decideAccount"]);
    const moved = (await editor.get(done.location!)).text;
    expect(moved).toContain("Keputusan tentang akun itu dicatat.");
    expect(moved).toContain("Diputuskan Edi");
    expect(moved).toContain("Situs Setu &lt;b&gt;");
    expect((await announce(scene.operator, wrong)).status).toBe(409);
    expect((await announce(scene.neighbour, wrong)).status).toBe(200);
    expect((await decide({ owner: "remove", reason: "Bukan akun kita" })).status).toBe(303);
    expect((await editor.get("/accounts")).text).toContain("klaim Setu dicabut");
    expect(
      (await scene.editor.get("/outlets")).body.items.map(({ account }: { account: string }) => account),
    ).not.toContain(wrong);
    await editor.get("/accounts");
    const unknown = await editor.post("/accounts/decide", {
      channel: "web",
      account: "tak.ada",
      owner: setu,
      reason: "x",
    });
    expect(unknown.status).toBe(404);
  });
});
