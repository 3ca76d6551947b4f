import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { deskOf } from "../desk/browser.js";
import { cibitung } from "../support/newsroom.js";
import { announce, granted, read, type Scene, setScene } from "./scene.js";

/* One place judges links, whoever records them: the API, the editors' forms, and the page of what is ready. */

const site = "https://cibitung.example.go.id";
let scene: Scene;
let editor: Awaited<ReturnType<ReturnType<typeof deskOf>["enter"]>>;
beforeAll(async () => {
  scene = await setScene();
  await announce(scene.publisher, site, { kecamatan: cibitung });
  await announce(scene.publisher, "1583012345678901234", { kecamatan: cibitung }, "x");
  const desk = deskOf(() => scene.newsroom);
  await desk.join("Edi", "editor");
  editor = await desk.enter("Edi");
}, 60_000);
afterAll(() => scene.remove());

/** Links that are none of a publication on an account; how the API names it, and what the desk says of it. */
const wrong = [
  ["web", site, `${site}/`, "front-page", "bukan kirimannya"],
  ["web", site, "https://setu.example.go.id/berita/7", "other-site", "bukan situs cibitung.example.go.id"],
  ["web", site, "https://x.com/a/status/1", "other-channel", "Itu tautan X"],
  ["web", site, "http://cibitung.example.go.id/berita/7", "https", "dimulai dengan https://"],
  ["web", site, "https://siti:rahasia@cibitung.example.go.id/berita/7", "https", "dimulai dengan https://"],
  ["x", "1583012345678901234", "https://notx.com/a/status/1", "not-there", "notx.com bukan alamat X"],
  ["x", "1583012345678901234", "https://x.com/kec_cibitung", "front-page", "bukan kirimannya"],
] as const;
const right = { web: `${site}/berita/7`, x: "https://x.com/kec_cibitung/status/1" };

async function unclear(channel: "web" | "x", account: string) {
  const id = await scene.approved();
  const address = await scene.planned(id, { channel, account });
  const attempt = await granted(scene.editor, address);
  await attempt.intend();
  expect((await attempt.tell("unclear")).status).toBe(200);
  return { id, address };
}

const alertOf = (text: string) => /role="alert"[^>]*>\s*<p>([^<]*)/.exec(text)?.[1];

describe.each(wrong)("on %s (%s) the link %s", (channel, account, url, detail, sentence) => {
  it("decides nothing, by the API and at the desk, which keeps what was typed", async () => {
    const { id, address } = await unclear(channel, account);
    const told = { state: "published", reason: "Saya lihat.", url };
    const answer = await scene.editor.put(address, told);
    expect([answer.status, answer.body.errors]).toEqual([422, [{ pointer: "/url", detail }]]);
    await editor.get(`/submissions/${id}`);
    const form = { decision: "published", reason: "Saya lihat.", url };
    const refused = await editor.post(`${address}/decide`, form);
    expect([refused.status, alertOf(refused.text)]).toEqual([422, expect.stringContaining(sentence)]);
    const [publication] = address.split("/").slice(-1);
    expect(refused.text).toContain(`<a href="#url-${publication}">`);
    expect(refused.text).toContain(`value="${url}"`);
    expect((await read(scene.editor, address)).state).toBe("unclear");
    const good = await editor.post(`${address}/decide`, { ...form, url: right[channel] });
    expect(good.status).toBe(303);
  });

  it("is not recorded, by the API, in the editors' form and on the page of what is ready", async () => {
    const id = await scene.approved();
    const at = `/submissions/${id}/publications`;
    const answer = await scene.operator.post(at, { channel, account, state: "published", url });
    expect([answer.status, answer.body.errors]).toEqual([422, [{ pointer: "/url", detail }]]);
    for (const [page, action, form] of [
      [`/ready/${id}`, `/ready/${id}/${channel}/publications`, { account, url }],
      // This form names no account, so that another website's link is one of its own.
      ...(detail === "other-site" ? [] : [[`/submissions/${id}`, at, { channel, url }] as const]),
    ] as const) {
      await editor.get(page);
      const refused = await editor.post(action, form);
      expect([refused.status, alertOf(refused.text)]).toEqual([422, expect.stringContaining(sentence)]);
    }
    expect((await scene.editor.get(at)).body.items).toEqual([]);
  });
});

it("a website's link may have www or not, and any port", async () => {
  const { address } = await unclear("web", site);
  const url = "https://www.cibitung.example.go.id:8443/?p=7";
  const told = { state: "published", reason: "Saya lihat.", url };
  expect((await scene.editor.put(address, told)).body).toMatchObject({ state: "published", url });
});
