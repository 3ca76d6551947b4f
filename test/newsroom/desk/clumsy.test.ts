import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { granted, type Scene, setScene, site } from "../publishing/scene.js";
import { rowsOf } from "../support/rows.js";
import { deskOf } from "./browser.js";

/*
 * The forms about publishing in clumsy hands: dates that are none, too much text, a button pressed twice, the way back, a page that is
 * older than what a colleague has done. Each is refused in its own sentence, and nothing that was typed is lost.
 */

let scene: Scene;
let editor: Awaited<ReturnType<ReturnType<typeof deskOf>["enter"]>>;
let siti: typeof editor;
beforeAll(async () => {
  scene = await setScene();
  const desk = deskOf(() => scene.newsroom);
  await desk.join("Edi", "editor");
  await desk.join("Siti", "operator");
  [editor, siti] = [await desk.enter("Edi"), await desk.enter("Siti")];
}, 60_000);
afterAll(() => scene.remove());

const url = "https://cibitung.bekasikab.go.id/berita/1";
const alertOf = (text: string) => /role="alert"[^>]*>\s*<p>([^<]*)/.exec(text)?.[1];
const publications = async (id: string) =>
  (await scene.editor.get(`/submissions/${id}/publications`)).body.items;

/** Opens a page and sends one of its forms. */
async function send(
  browser: typeof editor,
  page: string,
  form: string,
  fields: Record<string, string | string[]>,
) {
  await browser.get(page);
  return browser.post(form, fields);
}

async function unclear() {
  const id = await scene.approved();
  const address = await scene.planned(id);
  const attempt = await granted(scene.publisher, address);
  await attempt.intend();
  await attempt.tell("unclear");
  return { id, page: `/submissions/${id}`, address };
}

describe("a time", () => {
  it.each([
    "2026-02-31T10:00",
    "2026-11-17T25:00",
    "31.02.2027 25.00",
    "0026-11-17T10:00",
    "999999-01-01T00:00",
    "kemarin",
  ])("that is none (%s) is said to be unreadable, and given back, in every form", async (time) => {
    const id = await scene.approved();
    const page = `/submissions/${id}`;
    const answers = [
      await send(editor, page, `${page}/publications`, { channel: "web", url, published_at: time }),
      await send(editor, page, `${page}/plan`, { account: `web ${site}`, at: time }),
      await send(siti, `/ready/${id}`, `/ready/${id}/web/publications`, { url, published_at: time }),
    ];
    for (const { status, text } of answers) {
      expect([status, alertOf(text)]).toEqual([422, "Waktunya tidak terbaca."]);
      expect(text).toContain(`value="${time}"`);
    }
    expect(await publications(id)).toEqual([]);
  });

  it("to come is no time at which something was published", async () => {
    const id = await scene.approved();
    const page = `/submissions/${id}`;
    const fields = { channel: "web", url, published_at: "2027-01-01T09:00" };
    const { status, text } = await send(editor, page, `${page}/publications`, fields);
    expect([status, alertOf(text)]).toEqual([422, "Waktu terbitnya belum tiba."]);
  });
});

describe("a reason", () => {
  it("that is too long is not said to be missing, and is given back", async () => {
    const { page, address } = await unclear();
    const long = "panjang ".repeat(600);
    const answers = [
      await send(editor, page, `${address}/decide`, { decision: "failed", reason: long }),
      await send(editor, "/accounts", "/accounts/decide", {
        ...{ channel: "web", account: site, owner: "kabupaten", reason: long },
      }),
    ];
    for (const { status, text } of answers) {
      expect(status).toBe(422);
      expect(alertOf(text)).toMatch(/^Ada yang perlu diperbaiki sebelum disimpan: Terlalu besar/);
      expect(text).toContain(long);
    }
    for (const reason of ["", " \n "]) {
      const { text } = await send(editor, page, `${address}/decide`, { decision: "failed", reason });
      expect(alertOf(text)).toBe("Tulis alasannya.");
    }
  });

  it("without a decision asks for one, in words", async () => {
    const { page, address } = await unclear();
    for (const decision of ["", "unpublished", "planned", "nirwana"]) {
      const { status, text } = await send(editor, page, `${address}/decide`, { decision, reason: "Ada." });
      expect([status, alertOf(text)]).toEqual([422, "Pilih dahulu: sudah terbit, atau tidak."]);
    }
  });
});

describe("a button that is pressed twice, and the way back", () => {
  it("count once; what was changed since is refused", async () => {
    const { id, page, address } = await unclear();
    const plan = await scene.approved();
    const ready = await scene.approved();
    const forms: [typeof editor, string, string, Record<string, string>, string][] = [
      [editor, page, `${address}/decide`, { decision: "published", url, reason: "Ada." }, "reason"],
      [editor, page, `${address}/unpublish`, { reason: "Keliru." }, "reason"],
      [editor, page, `${page}/publications`, { channel: "x", url: "https://x.com/a/status/1" }, "url"],
      [editor, `/submissions/${plan}`, `/submissions/${plan}/plan`, { account: `web ${site}` }, "at"],
      [siti, `/ready/${ready}`, `/ready/${ready}/x/publications`, { url: "https://x.com/a/status/1" }, "url"],
    ];
    for (const [browser, from, form, fields, changed] of forms) {
      await browser.get(from);
      const { csrf = "", form: token = "" } = browser.hidden();
      const sent = { csrf, form: token, ...fields };
      const first = await browser.post(form, sent);
      expect(first.status, form).toBe(303);
      expect((await browser.post(form, sent)).location, form).toBe(first.location);
      const again = await browser.post(form, { ...sent, [changed]: "https://x.com/a/status/2" });
      expect(alertOf(again.text), form).toContain("sudah pernah dikirim dengan isi lain");
    }
    for (const one of [id, plan, ready]) {
      const channels = (await publications(one)).map(({ channel }: { channel: string }) => channel);
      expect(new Set(channels).size, "each is there once").toBe(channels.length);
    }
  });
});

describe("a page that is older than what has happened since", () => {
  it("about what a colleague has decided: nothing is changed, and what was written is kept", async () => {
    const { page, address } = await unclear();
    await editor.get(page);
    const decided = { state: "published", url, reason: "Ada di situs." };
    expect((await scene.editor.put(address, decided)).status).toBe(200);
    const reason = "Saya cari di situsnya, tidak ada sama sekali.";
    const { status, text } = await editor.post(`${address}/decide`, { decision: "failed", reason });
    expect([status, alertOf(text)]).toEqual([
      422,
      "Keadaan publikasi ini sudah berubah. Tidak ada yang disimpan; keadaan sekarang ada di bawah.",
    ]);
    expect(text).toContain('<a href="#body">Tulisan Anda ada di kotak catatan</a>');
    expect(/<textarea id="body"[^>]*>\s*([^<]*)/.exec(text)?.[1]).toBe(reason);
  });

  it("of an approval that was revoked: the link is not lost, and an operator is told why", async () => {
    const id = await scene.approved();
    await editor.get(`/submissions/${id}`);
    await siti.get(`/ready/${id}`);
    await scene.editor.post(`/submissions/${id}/transitions`, { step: "revoke", reason: "Keliru" });
    const ofEditor = await editor.post(`/submissions/${id}/publications`, { channel: "web", url });
    expect(ofEditor.status).toBe(422);
    expect(/<textarea id="body"[^>]*>\s*([^<]*)/.exec(ofEditor.text)?.[1]).toBe(url);
    const ofOperator = await siti.post(`/ready/${id}/web/publications`, { url });
    expect(ofOperator.status).toBe(422);
    expect(alertOf(ofOperator.text)).toContain("Persetujuan naskah ini sudah tidak berlaku");
    expect(alertOf(ofOperator.text)).toContain(`Tautan ini belum dicatat: ${url}`);
    expect(ofOperator.text).not.toContain('href="#url-web"');
    expect(await publications(id)).toEqual([]);
  });

  it("of the text before a correction: its link is not recorded as the correction's", async () => {
    const id = await scene.approved();
    await scene.operator.post(`/submissions/${id}/publications`, { channel: "web", state: "published", url });
    await siti.get(`/ready/${id}`);
    const { revision = "" } = siti.hidden();
    expect(revision).toBe("1");
    await scene.correct(id, 2);
    const link = "https://x.com/a/status/1";
    const stale = await siti.post(`/ready/${id}/x/publications`, { url: link, revision });
    expect(stale.status).toBe(422);
    expect(alertOf(stale.text)).toContain("Sejak halaman ini dibuka, revisi 2 disetujui");
    expect(stale.text).toContain(`value="${link}"`);
    expect((await publications(id)).length).toBe(1);
    const again = await siti.post(`/ready/${id}/x/publications`, { url: link, revision: "2" });
    expect(again.status).toBe(303);
    expect((await publications(id)).at(-1)).toMatchObject({ channel: "x", revision: 2, url: link });
  });
});

describe("whoever may not", () => {
  it("without the form's token, or from another kecamatan, changes nothing", async () => {
    const { id, page, address } = await unclear();
    const other = deskOf(() => scene.newsroom);
    await other.join("Sutarjo", "operator", "32.16.18");
    const neighbour = await other.enter("Sutarjo");
    const forms: [string, Record<string, string>][] = [
      [`${address}/decide`, { decision: "failed", reason: "x" }],
      [`${address}/unpublish`, { reason: "x" }],
      [`${address}/cancel`, {}],
      [`${page}/publications`, { channel: "x", url: "https://x.com/a/status/1" }],
      [`${page}/plan`, { account: `web ${site}` }],
      [`/ready/${id}/x/publications`, { url: "https://x.com/a/status/1" }],
      [`/ready/${id}/freeze`, {}],
      ["/accounts/decide", { channel: "web", account: site, owner: "kabupaten", reason: "x" }],
    ];
    const kept = ["publications", "publication_attempts", "outlets", "approvals"];
    const rows = async () => {
      const all = await scene.newsroom.stores(({ store }) => rowsOf(store));
      return kept.map((name) => all[name]);
    };
    const before = await rows();
    expect(before.every((text) => text !== undefined)).toBe(true);
    for (const [form, fields] of forms) {
      await editor.get(page);
      for (const csrf of ["", "x".repeat(86)]) {
        const answer = await editor.post(form, { csrf, ...fields });
        expect([answer.status, answer.text.includes("Formulir ini tidak berlaku lagi")], form).toEqual([
          403,
          true,
        ]);
      }
      await neighbour.get("/account");
      expect([403, 404], form).toContain((await neighbour.post(form, fields)).status);
    }
    expect(await rows()).toEqual(before);
  });
});
