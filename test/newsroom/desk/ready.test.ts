import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Rendering } from "../../../src/contract/contract.js";
import { announce, granted, hour, kabupaten, type Scene, setScene, site } from "../publishing/scene.js";
import { cibitung, jpeg, photo, uploadPhoto } from "../support/newsroom.js";
import { deskOf } from "./browser.js";

let scene: Scene;
const { join, enter } = deskOf(() => scene.newsroom);
beforeEach(async () => {
  scene = await setScene();
  await join("Siti", "operator");
});
afterEach(() => scene.remove());

const all = { destinations: ["kecamatan"], channels: ["web", "facebook", "instagram", "x"] };
const link = "https://cibitung.bekasikab.go.id/berita/posyandu";

async function renderingsOf(id: string): Promise<Rendering[]> {
  return (await scene.editor.get(`/submissions/${id}/renderings`)).body.channels;
}

const entities: Record<string, string> = {
  "&amp;": "&",
  "&lt;": "<",
  "&gt;": ">",
  "&quot;": '"',
  "&#39;": "'",
  "&#13;": "\r",
};

/** What stands in a text area as a browser has it: it drops the first line feed, and reads entities. */
function textIn(page: string, id: string): string | undefined {
  const [, raw] = new RegExp(`<textarea id="${id}"[^>]*>([^<]*)</textarea>`).exec(page) ?? [];
  return raw?.replace(/^\n/, "").replace(/&\w+;|&#\d+;/g, (entity) => entities[entity]!);
}

const publications = async (id: string) =>
  (await scene.editor.get(`/submissions/${id}/publications`)).body.items;

describe("the list", () => {
  it("says of each approved post on which channels it is not out yet, newest first", async () => {
    const older = await scene.approved({ title: "Yang Lama" }, all);
    await scene.approved({ title: "Yang Baru" }, { ...all, channels: ["x"] });
    await scene.operator.submit({ title: "Belum Disetujui" });
    await scene.operator.post(`/submissions/${older}/publications`, {
      channel: "web",
      state: "published",
      url: link,
    });
    const { text } = await (await enter("Siti")).get("/ready");
    expect(text).not.toContain("Belum Disetujui");
    expect(text.indexOf("Yang Baru")).toBeLessThan(text.indexOf("Yang Lama"));
    expect(text.match(/Belum terbit di \d dari \d kanal/g)).toEqual([
      "Belum terbit di 1 dari 1 kanal",
      "Belum terbit di 3 dari 4 kanal",
    ]);
    expect(text).toMatch(/Web<\/span> <span class="tag tag-published">/);
    const x = { channel: "x", state: "published", url: "https://x.com/a/status/1" };
    await scene.operator.post(`/submissions/${older}/publications`, x);
    for (const channel of ["facebook", "instagram"])
      await scene.operator.post(`/submissions/${older}/publications`, { channel, state: "published" });
    const browser = await enter("Siti");
    expect((await browser.get("/ready")).text).not.toContain("Yang Lama");
    const { text: out } = await browser.get("/ready?view=out");
    expect(out).toContain("Sudah terbit di semua kanalnya:");
    expect([out.includes("Yang Lama"), out.includes("Yang Baru")]).toEqual([true, false]);
  });

  it("has pages, in which each post stands once", async () => {
    for (let n = 1; n <= 31; n++)
      await scene.approved({ title: `Naskah nomor ${n}.` }, { channels: ["web"] });
    const browser = await enter("Siti");
    const start = (await browser.get("/ready")).text;
    const [, next = ""] = /class="button" href="(\/ready\?after=[0-9a-f-]+)"/.exec(start) ?? [];
    const rest = (await browser.get(next)).text;
    const titles = [start, rest].map((page) => page.match(/Naskah nomor \d+\./g)!);
    expect(titles.map(({ length }) => length)).toEqual([30, 1]);
    expect(new Set(titles.flat()).size).toBe(31);
    expect(titles[1]).toEqual(["Naskah nomor 1."]);
    expect(rest).not.toContain(`href="/ready?after=`);
    for (const odd of ["?after=x", "?after=a&after=b", "?kecamatan=%00", "?kecamatan=32.16.07'"])
      expect((await browser.get(`/ready${odd}`)).text.match(/Naskah nomor \d+\./g)).toHaveLength(30);
  });
});

describe("the page of a post", () => {
  it("gives each channel's text as it was approved, byte for byte", async () => {
    const facebook =
      "\n  Baris </textarea><script>alert(1)</script>\r\n“kutip” & 'petik' \u200c👩‍👩‍👧 ujung  ";
    const id = await scene.approved(
      { title: "Lurah Ahmad, S.Ag Dilantik", channel_texts: { facebook, instagram: "Satu\n\nDua" } },
      all,
    );
    const { text: page } = await (await enter("Siti")).get(`/ready/${id}`);
    expect(page).not.toContain("<script>alert");
    const renderings = await renderingsOf(id);
    expect(renderings.map(({ channel }) => channel)).toEqual(all.channels);
    for (const { channel, text } of renderings.filter(({ article }) => !article)) {
      expect(textIn(page, `text-${channel}`), channel).toBe(text.join(""));
    }
    const web = renderings.find(({ channel }) => channel === "web")!;
    expect(textIn(page, "text-web-title")).toBe(web.article!.title);
    expect(textIn(page, "text-web-summary")).toBe(web.article!.summary);
    expect(textIn(page, "text-web-blocks")).toBe(web.text.join(""));
    expect(textIn(page, "text-web")).toBe("Kegiatan berlangsung tertib.");
  });

  it("puts the article's address into the text of Facebook, once it is out, and asks for the article before", async () => {
    const id = await scene.approved({}, all);
    const browser = await enter("Siti");
    expect((await browser.get(`/ready/${id}`)).text).toContain("Terbitkan dahulu artikel webnya");
    await browser.post(`/ready/${id}/web/publications`, { url: link });
    const { text } = await browser.get(`/ready/${id}`);
    expect(text).not.toContain("Terbitkan dahulu artikel webnya");
    expect(textIn(text, "text-facebook")).toContain(link);
    expect(textIn(text, "text-x")).not.toContain(link);
  });

  it("says of each channel what has become of it", async () => {
    const id = await scene.approved({}, all);
    const url = `/submissions/${id}/publications`;
    const scheduled = {
      channel: "x",
      account: "1",
      state: "scheduled",
      scheduled_for: "2026-11-18T00:00:00Z",
    };
    await scene.operator.post(url, scheduled);
    await scene.operator.post(url, { channel: "facebook", state: "failed", reason: "Token kedaluwarsa" });
    const address = await scene.planned(id);
    await scene.operator.post(`${address}/attempts`, {});
    const { text } = await (await enter("Siti")).get(`/ready/${id}`);
    for (const state of ["scheduled", "failed", "publishing", "open"]) expect(text).toContain(`tag-${state}`);
    for (const fact of [
      "18 November 2026 07.00 WIB",
      "Token kedaluwarsa",
      "Sedang dikirim komputer lain",
      "Tidak terkirim. Anda dapat menerbitkannya sendiri",
    ])
      expect(text).toContain(fact);
  });

  it("warns of what the office's machine will send, and of what was handed over", async () => {
    const id = await scene.approved({}, all);
    const scheduled = { state: "scheduled", scheduled_for: "2026-11-18T00:00:00Z" };
    const address = await scene.planned(id, scheduled);
    const browser = await enter("Siti");
    const sends = "Mesin kantor akan mengirimnya pada 18 November 2026 07.00 WIB";
    expect((await browser.get(`/ready/${id}`)).text).toContain(sends);
    await scene.editor.put(address, { state: "planned" });
    const planned = (await browser.get(`/ready/${id}`)).text;
    expect(planned).not.toContain(sends);
    expect(planned).toContain("Sudah direncanakan untuk dikirim lewat kominfo");
    const attempt = await granted(scene.operator, address);
    await attempt.intend();
    await attempt.tell("handed_over", { remote_id: "7" });
    expect((await browser.get(`/ready/${id}`)).text).toContain(
      "bila sudah tayang, tempel tautannya di bawah",
    );
  });

  it("says of what an editor has cancelled that it is, in words", async () => {
    const id = await scene.approved({}, { ...all, channels: ["web"] });
    const address = await scene.planned(id);
    await scene.editor.put(address, { state: "failed", reason: "cancelled" });
    const browser = await enter("Siti");
    const { text } = await browser.get(`/ready/${id}`);
    expect(text).toContain('<span class="tag tag-failed">dibatalkan</span>');
    expect(text).toContain("Rencananya dibatalkan sebelum dikirim.");
    expect(text).not.toMatch(/>cancelled|>gagal/);
    expect((await browser.get("/ready")).text).toContain('<span class="tag tag-open">');
    await scene.editor.put(address, { state: "planned" });
    await scene.editor.put(address, { state: "failed", reason: "abandoned" });
    const stopped = (await browser.get(`/ready/${id}`)).text;
    expect(stopped).toContain("Komputernya berhenti sebelum mengirim");
    expect(stopped).not.toContain("abandoned");
  });

  it("of a correction says what to correct", async () => {
    const id = await scene.approved({}, { channels: ["web"] });
    await scene.operator.post(`/submissions/${id}/publications`, {
      channel: "web",
      state: "published",
      url: link,
    });
    const { content } = (await scene.operator.get(`/submissions/${id}`)).body;
    const corrected = { content: { ...content, body: "Ralat.", correction_note: "Jumlahnya keliru." } };
    await scene.operator.put(`/submissions/${id}`, corrected, { "if-match": '"r1"' });
    await scene.editor.post(`/submissions/${id}/transitions`, { step: "claim" });
    const approval = { destinations: ["kecamatan"], channels: ["web"] };
    await scene.editor.post(
      `/submissions/${id}/transitions`,
      { step: "approve", approval },
      { "if-match": '"r2"' },
    );
    const { text } = await (await enter("Siti")).get(`/ready/${id}`);
    expect(text).toContain(`Perbaiki yang sudah tayang: <a href="${link}"`);
    expect(text).toContain("tag-open");
  });
});

describe("a link", () => {
  it("that is pasted records the publication, once", async () => {
    const id = await scene.approved({}, all);
    const browser = await enter("Siti");
    await browser.get(`/ready/${id}`);
    const typed = {
      url: " https://www.instagram.com/p/Cxyz/?igsh=1 ",
      account: "",
      published_at: "2026-11-17T09:30",
    };
    for (let time = 0; time < 2; time++) {
      const answer = await browser.post(`/ready/${id}/instagram/publications`, typed);
      expect([answer.status, answer.location]).toEqual([303, `/ready/${id}?done=publish#on-instagram`]);
    }
    expect(await publications(id)).toMatchObject([
      {
        channel: "instagram",
        account: "",
        state: "published",
        url: "https://www.instagram.com/p/Cxyz/?igsh=1",
        by: { name: "Siti" },
        published_at: "2026-11-17T02:30:00.000Z",
      },
    ]);
    const { text } = await browser.get(`/ready/${id}?done=publish`);
    expect(text).toContain("Publikasi dicatat.");
    expect(text).toContain('href="https://www.instagram.com/p/Cxyz/?igsh=1"');
  });

  it("names its account by choosing it: what is planned there is not sent again", async () => {
    const id = await scene.approved({}, all);
    await scene.planned(id);
    const browser = await enter("Siti");
    const { text } = await browser.get(`/ready/${id}`);
    expect(text).toMatch(`<select id="account-web" name="account"><option value="">`);
    expect(text).toContain(`<option value="${site}" selected>`);
    expect(text, "not the approval's destination").not.toContain(kabupaten);
    expect(text, "none is announced").toContain('<input id="account-x" name="account"');
    await browser.post(`/ready/${id}/web/publications`, { url: link, account: site });
    expect(await publications(id)).toMatchObject([{ account: site, state: "published", url: link }]);
  });

  it.each([
    ["facebook", "https://www.instagram.com/p/Cxyz/", "Itu tautan Instagram"],
    ["web", "https://x.com/a/status/1", "Itu tautan X"],
    ["x", "https://example.com/a/status/1", "example.com bukan alamat X"],
    ["x", "https://notx.com/a/status/1", "notx.com bukan alamat X"],
    ["instagram", "https://www.instagram.com/kec.cibitung/", "bukan kirimannya"],
    ["web", "https://cibitung.bekasikab.go.id/", "bukan kirimannya"],
    ["x", "javascript:alert(1)", "dimulai dengan https://"],
    ["web", "https://siti:rahasia@cibitung.bekasikab.go.id/a", "dimulai dengan https://"],
    ["web", "", "dimulai dengan https://"],
  ])("on %s that is none of it is refused in one sentence: %s", async (channel, url, sentence) => {
    const id = await scene.approved({}, all);
    const browser = await enter("Siti");
    await browser.get(`/ready/${id}`);
    const { status, text } = await browser.post(`/ready/${id}/${channel}/publications`, { url });
    expect(status).toBe(422);
    expect(/role="alert"[^>]*>\s*<p>([^<]*)/.exec(text)?.[1]).toContain(sentence);
    expect(text).toContain(`<a href="#url-${channel}">`);
    expect(text).toMatch(new RegExp(`id="url-${channel}"[^>]*aria-invalid="true"`));
    expect(await publications(id)).toEqual([]);
  });

  it("of what was handed over to the kabupaten's site is an editor's to record, and stays on the page", async () => {
    const origin = "https://bekasikab.example.go.id";
    await announce(scene.editor, origin, { destination: "kabupaten", mode: "pending" });
    const id = await scene.approved();
    const attempt = await granted(scene.editor, await scene.planned(id, { account: origin }));
    await attempt.intend();
    await attempt.tell("handed_over", { remote_id: "7" });
    const browser = await enter("Siti");
    await browser.get(`/ready/${id}`);
    const url = `${origin}/berita/7`;
    const { status, text } = await browser.post(`/ready/${id}/web/publications`, { url });
    expect([status, text]).toEqual([422, expect.stringContaining(`Kirim tautan ini kepada editor: ${url}`)]);
    expect(await publications(id)).toMatchObject([{ state: "handed_over" }]);
  });

  it("of a channel that was not approved, in the future, or while another machine sends is refused", async () => {
    const id = await scene.approved({}, { channels: ["web"] });
    const browser = await enter("Siti");
    await browser.get(`/ready/${id}`);
    const send = async (channel: string, fields: Record<string, string>) => {
      const { status, text } = await browser.post(`/ready/${id}/${channel}/publications`, fields);
      return [status, /role="alert"[^>]*>\s*<p>([^<]*)/.exec(text)?.[1]];
    };
    expect(await send("x", { url: "https://x.com/a/status/1" })).toEqual([
      422,
      "Kanal itu tidak ada dalam persetujuannya.",
    ]);
    await browser.get(`/ready/${id}`);
    expect(await send("web", { url: link, published_at: "2027-01-01T00:00" })).toEqual([
      422,
      "Waktu terbitnya belum tiba.",
    ]);
    expect((await browser.post(`/ready/${id}/nirwana/publications`, { url: link })).status).toBe(404);
    expect(await publications(id)).toEqual([]);
    const address = await scene.planned(id);
    await scene.operator.post(`${address}/attempts`, {});
    await browser.get(`/ready/${id}`);
    const account = "cibitung.example.go.id:8443";
    expect((await send("web", { url: link, account }))[0]).toBe(422);
    expect(await publications(id)).toMatchObject([{ state: "publishing", url: null }]);
  });
});

describe("before its time", () => {
  it.each([
    ["embargo", { embargo: "2026-11-18T00:00:00Z" }, {}],
    ["the editor's time", {}, { not_before: "2026-11-18T00:00:00Z" }],
  ])(
    "(%s) it says when, and has no form; a form sent anyway is refused",
    async (_name, content, approval) => {
      const id = await scene.approved(content, { ...all, ...approval });
      const browser = await enter("Siti");
      expect((await browser.get("/ready")).text).toContain("terbit mulai 18 November 2026 07.00 WIB");
      const early = (await browser.get(`/ready/${id}`)).text;
      expect(early).toContain("Belum boleh terbit sebelum 18 November 2026 07.00 WIB");
      expect(early).not.toContain('name="url"');
      const refused = await browser.post(`/ready/${id}/web/publications`, { url: link });
      expect([refused.status, refused.text.includes("Belum boleh terbit sebelum")]).toEqual([422, true]);
      expect(await publications(id)).toEqual([]);
      scene.pass(22 * hour);
      const later = await enter("Siti");
      expect((await later.get(`/ready/${id}`)).text).toContain('name="url"');
      expect((await later.post(`/ready/${id}/web/publications`, { url: link })).status).toBe(303);
    },
  );
});

describe("whoever may not publish it", () => {
  it("reads it, with the reason and without tools: kabupaten's only, and not theirs", async () => {
    const id = await scene.approved({}, { destinations: ["kabupaten"], channels: ["web", "x"] });
    const browser = await enter("Siti");
    const { status, text } = await browser.get(`/ready/${id}`);
    expect(status).toBe(200);
    expect(text).toContain("yang menerbitkan editor");
    expect(text).toContain("<textarea");
    for (const tool of ["data-copy", "data-share", 'name="url"', "download"])
      expect(text).not.toContain(tool);
    expect((await browser.post(`/ready/${id}/web/publications`, { url: link })).status).toBe(403);
    expect((await browser.post(`/ready/${id}/freeze`)).status).toBe(403);
    expect(await publications(id)).toEqual([]);
    await join("Edi", "editor");
    expect((await (await enter("Edi")).get(`/ready/${id}`)).text).toContain('name="url"');
  });

  it("does not find what is another kecamatan's, and a viewer is not admitted", async () => {
    const id = await scene.approved({}, all);
    await join("Sutarjo", "operator", "32.16.18");
    await join("Vina", "viewer");
    const neighbour = await enter("Sutarjo");
    expect((await neighbour.get(`/ready/${id}`)).status).toBe(404);
    expect((await neighbour.post(`/ready/${id}/web/publications`, { url: link })).status).toBe(404);
    const viewer = await enter("Vina");
    for (const path of ["/ready", `/ready/${id}`, `/ready/${id}/web/photos.zip`])
      expect((await viewer.get(path)).status).toBe(403);
    expect((await viewer.get("/")).text).not.toContain('href="/ready"');
    expect((await viewer.get(`/submissions/${id}`)).text).not.toContain("/ready/");
  });
});

describe("what cannot be published from here says so", () => {
  const forget = (id: string) =>
    scene.newsroom.stores(({ store }) =>
      store.updateTable("approvals").set({ renderings: null }).where("submission_id", "=", id).execute(),
    );

  it("an approval that is older than frozen renderings, which one press prepares", async () => {
    const id = await scene.approved({}, all);
    const before = await renderingsOf(id);
    await forget(id);
    const browser = await enter("Siti");
    const { text } = await browser.get(`/ready/${id}`);
    expect(text).toContain("lebih lama daripada Siap terbit");
    expect(text).not.toContain("data-copy");
    expect((await browser.post(`/ready/${id}/freeze`)).location).toBe(`/ready/${id}`);
    expect((await browser.get(`/ready/${id}`)).text).toContain("data-copy");
    const { frozen, channels } = (await scene.editor.get(`/submissions/${id}/renderings`)).body;
    expect([frozen, channels]).toEqual([true, before]);
  });

  it("a redacted revision, and a redacted photo", async () => {
    const hash = await uploadPhoto(scene.newsroom, scene.operatorToken, await jpeg(9));
    const why = { reason: "Diminta", legal_basis: "UU 27/2022" };
    const withPhoto = await scene.approved({ photos: [photo(hash)] }, all);
    const id = await scene.approved({ body: "Nama korban." }, all);
    const browser = await enter("Siti");
    expect((await browser.get(`/ready/${withPhoto}/web/photos/1.jpg`)).status).toBe(200);
    await scene.admin.post("/redactions", { sha256: hash, ...why });
    await scene.admin.post("/redactions", { submission: id, revision: 1, ...why });
    const photoGone = (await browser.get(`/ready/${withPhoto}`)).text;
    expect(photoGone).toContain("Ada foto naskah ini yang sudah dihapus untuk selamanya");
    const textGone = (await browser.get(`/ready/${id}`)).text;
    expect(textGone).toContain("Isi revisi ini sudah dihapus untuk selamanya");
    for (const page of [photoGone, textGone]) {
      expect(page).not.toContain("<textarea");
      expect(page).not.toContain("Nama korban");
      expect(page).not.toContain("/freeze");
    }
    expect((await browser.get(`/ready/${withPhoto}/web/photos/1.jpg`)).status).toBe(404);
    expect((await browser.get(`/ready/${withPhoto}/web/photos.zip`)).status).toBe(404);
    // A form from before: nothing is rendered without the photo.
    expect((await browser.post(`/ready/${withPhoto}/freeze`)).status).toBe(200);
    expect((await browser.get(`/ready/${withPhoto}`)).text).toContain("Ada foto naskah ini");
  });

  it("what was stopped before it came out is called so, with its account's name, and offers no failure's remedy", async () => {
    await announce(
      scene.publisher,
      "1490000000000000000",
      { kecamatan: cibitung, label: "@kec_cibitung" },
      "x",
    );
    const id = await scene.approved({}, all);
    const address = await scene.planned(id, { channel: "x", account: "1490000000000000000" });
    const asked = { cause: "child", reason: "Orang tua meminta." };
    expect((await scene.operator.post(`${address}/take-down`, asked)).body.state).toBe("failed");
    const { text } = await (await enter("Siti")).get(`/ready/${id}`);
    // Each of four channels, and the one that was planned.
    expect(text.match(/tag-stopped">dihentikan/g)).toHaveLength(5);
    expect(text).toContain("<strong>@kec_cibitung</strong>");
    expect(text).not.toContain("Tidak terkirim");
    await join("Edi", "editor");
    const desk = (await (await enter("Edi")).get(`/submissions/${id}`)).text;
    expect(desk).toContain('tag-stopped">dihentikan');
    expect(desk).toContain("Hanya bila memang boleh tayang");
    expect(desk).not.toContain("Coba lagi");
  });

  it("what was asked to be taken down: nothing to take, but a link that is out is recorded, and goes too", async () => {
    const id = await scene.approved({}, all);
    const address = await scene.planned(id);
    await scene.operator.post(`${address}/take-down`, { cause: "child", reason: "Orang tua meminta." });
    const browser = await enter("Siti");
    const { text } = await browser.get(`/ready/${id}`);
    expect(text).toContain("Sebagian naskah ini diminta turun. Jangan terbitkan di mana pun");
    expect(text).not.toContain("<textarea");
    expect((await browser.get(`/ready/${id}/web/photos.zip`)).status).toBe(404);
    await join("Edi", "editor");
    const seen = (await (await enter("Edi")).get(`/ready/${id}`)).text;
    expect(seen).toContain("Operator tidak dapat menerbitkan sisanya");
    expect(seen).toContain("<textarea");
    const posted = await browser.post(`/ready/${id}/web/publications`, { url: link, account: site });
    expect(posted.status).toBe(303);
    expect(await publications(id)).toMatchObject([{ state: "published", take_down: { cause: "child" } }]);
  });

  it("an approval that was revoked", async () => {
    const id = await scene.approved({}, all);
    await scene.editor.post(`/submissions/${id}/transitions`, { step: "revoke", reason: "Keliru" });
    const browser = await enter("Siti");
    const { text } = await browser.get(`/ready/${id}`);
    expect(text).toContain("Persetujuan naskah ini sudah tidak berlaku");
    expect(text).not.toContain("<textarea");
    expect(text).not.toContain('name="url"');
    expect((await browser.get("/ready")).text).not.toContain(`/ready/${id}`);
    const refused = await browser.post(`/ready/${id}/web/publications`, { url: link });
    expect([refused.status, await publications(id)]).toEqual([422, []]);
    expect((await browser.get(`/ready/${cibitung}`)).status).toBe(404);
  });
});
