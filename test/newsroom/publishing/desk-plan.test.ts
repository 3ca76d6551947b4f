import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { denied } from "../../../src/errors/errors.js";
import { explain } from "../../../src/language/explain.js";
import { loadMessages } from "../../../src/language/index.js";
import { factsOf } from "../../../src/publish/failure-facts.js";
import { deskOf } from "../desk/browser.js";
import { cibitung, jpeg, photo, uploadPhoto } from "../support/newsroom.js";
import { announce, granted, hour, kabupaten, minute, read, type Scene, setScene, site } from "./scene.js";

let scene: Scene;
let editor: Awaited<ReturnType<ReturnType<typeof deskOf>["enter"]>>;
let viewer: typeof editor;
const byX = "1583012345678901234";
const desk = deskOf(() => scene.newsroom);
/** Hours pass, after which people log in again. */
async function pass(ms: number) {
  scene.pass(ms);
  [editor, viewer] = [await desk.enter("Edi"), await desk.enter("Vina")];
}
beforeAll(async () => {
  scene = await setScene();
  for (const [name, role] of [
    ["Edi", "editor"],
    ["Vina", "viewer"],
  ] as const)
    await desk.join(name, role);
  [editor, viewer] = [await desk.enter("Edi"), await desk.enter("Vina")];
  const x = { label: "@kec.cibitung", destination: "kecamatan", kecamatan: cibitung, mode: "publish" };
  await scene.publisher.put(`/outlets/x/${byX}`, x);
}, 60_000);
afterAll(() => scene.remove());

const later = (ms: number) => new Date(scene.newsroom.clock.now.getTime() + ms);
/** As a browser sends it: WIB. */
const typed = (ms: number) => new Date(later(ms).getTime() + 7 * hour).toISOString().slice(0, 16);
const publications = async (id: string) =>
  (await scene.editor.get(`/submissions/${id}/publications`)).body.items;
/** The form's checkbox of an account. */
const boxOf = (text: string, key: string) =>
  text.match(`<input type="checkbox"[^>]*value="${key}"[^>]*>`)?.[0] ?? "";

describe("an editor plans at the desk", () => {
  it("on the accounts that fit the approval; the only one of a channel is chosen already", async () => {
    const id = await scene.approved({}, { destinations: ["kecamatan"] });
    const { text } = await editor.get(`/submissions/${id}`);
    expect(text).toContain(`action="/submissions/${id}/plan"`);
    expect(boxOf(text, `web ${site}`)).toContain(" checked");
    expect(boxOf(text, `x ${byX}`)).toContain(" checked");
    expect(text, "of the other destination").not.toContain(`web ${kabupaten}`);
    const both = await scene.approved();
    const page = (await editor.get(`/submissions/${both}`)).text;
    expect([boxOf(page, `web ${site}`), boxOf(page, `web ${kabupaten}`)].join()).not.toContain("checked");
    expect(boxOf(page, `web ${kabupaten}`)).not.toBe("");
    expect((await viewer.get(`/submissions/${id}`)).text).not.toContain("/plan");
    expect((await viewer.post(`/submissions/${id}/plan`, { account: `web ${site}` })).status).toBe(403);
  });

  it("for now: the publisher finds it at once", async () => {
    const id = await scene.approved();
    await editor.get(`/submissions/${id}`);
    const done = await editor.post(`/submissions/${id}/plan`, { account: `x ${byX}`, at: "" });
    expect([done.status, done.location]).toEqual([303, `/submissions/${id}?done=plan#publications`]);
    const due = await scene.publisher.get("/publications?state=scheduled&due=true");
    expect(due.body.items).toContainEqual(expect.objectContaining({ account: byX, channel: "x" }));
    const { text } = await editor.get(done.location!);
    expect(text).toContain("Dijadwalkan.");
    expect(text, "by its name, not by its number").toContain("X · @kec.cibitung");
    expect(text).toContain("Waktunya sudah tiba");
  });

  it("that was changed on the way back is not answered as if it were the first", async () => {
    const id = await scene.approved();
    const plan = `/submissions/${id}/plan`;
    await editor.get(`/submissions/${id}`);
    const first = { account: [`web ${site}`, `x ${byX}`] };
    for (let time = 0; time < 2; time++) expect((await editor.post(plan, first)).status).toBe(303);
    const changed = await editor.post(plan, { account: [`web ${kabupaten}`, `x ${byX}`] });
    expect(changed.status).not.toBe(303);
    expect((await publications(id)).map(({ account }: { account: string }) => account).sort()).toEqual(
      [site, byX].sort(),
    );
  });

  it("for a time in WIB that is to come, and not before the approval allows", async () => {
    const not_before = later(3 * hour).toISOString();
    const id = await scene.approved({}, { not_before });
    const plan = `/submissions/${id}/plan`;
    const { text } = await editor.get(`/submissions/${id}`);
    expect(text).toContain("kosong berarti begitu boleh terbit");
    const early = await editor.post(plan, { account: `web ${site}`, at: typed(2 * hour) });
    expect(early.status).toBe(409);
    expect(early.text).toContain("Belum boleh terbit sebelum");
    expect(early.text, "what was typed stays").toContain(`value="${typed(2 * hour)}"`);
    await editor.get(`/submissions/${id}`);
    const past = await editor.post(plan, { account: `web ${site}`, at: typed(-hour) });
    expect([past.status, past.text.includes("sudah lewat")]).toEqual([422, true]);
    expect((await editor.post(plan, { at: typed(4 * hour) })).status, "no account").toBe(422);
    expect(await publications(id)).toEqual([]);
    await editor.get(`/submissions/${id}`);
    expect((await editor.post(plan, { account: `web ${site}` })).status).toBe(303);
    expect(await publications(id)).toMatchObject([{ state: "scheduled", scheduled_for: not_before }]);
    await editor.get(`/submissions/${id}`);
    expect((await editor.post(plan, { account: `web ${site}`, at: typed(5 * hour) })).status).toBe(303);
    const at = new Date(Date.parse(`${typed(5 * hour)}:00+07:00`)).toISOString();
    expect(await publications(id), "the same row, another time").toMatchObject([{ scheduled_for: at }]);
  });

  it("not where no publisher has the account, nor where the channel would not take it", async () => {
    const lonely = "sendiri.example.go.id";
    await announce(scene.operator, lonely);
    const id = await scene.approved();
    const page = `/submissions/${id}`;
    const { text } = await editor.get(page);
    expect(boxOf(text, `web ${lonely}`)).toContain(" disabled");
    expect(text).toContain("jalankan kominfo publisher di mesin kantor");
    const refused = await editor.post(`${page}/plan`, { account: `web ${lonely}` });
    expect([refused.status, refused.text.includes("Belum pernah ada penerbit")]).toEqual([409, true]);
    await editor.get(page);
    expect((await editor.post(`${page}/plan`, { account: "web tak.dikenal" })).status).toBe(409);
    await editor.get(page);
    expect((await editor.post(`${page}/plan`, { account: "facebook 12" })).status).toBe(422);
    const long = await scene.approved({ channel_texts: { x: "Sangat panjang. ".repeat(30) } });
    const shown = (await editor.get(`/submissions/${long}`)).text;
    expect(boxOf(shown, `x ${byX}`)).toContain(" disabled");
    const unfit = await editor.post(`/submissions/${long}/plan`, { account: `x ${byX}` });
    expect([unfit.status, unfit.text.includes("tidak muat di kanal")]).toEqual([409, true]);
    // Its link would cost, and at its time nobody is asked.
    const domain = await scene.approved({ channel_texts: { x: "Lihat bekasikab.go.id" } });
    expect(boxOf((await editor.get(`/submissions/${domain}`)).text, `x ${byX}`)).toContain(" disabled");
    expect([...(await publications(id)), ...(await publications(long))]).toEqual([]);
  });

  it("not where somebody has recorded a link there without its account, nor of what was redacted", async () => {
    const url = "https://x.com/kec/status/12";
    for (const account of ["", "Akun kecamatan"]) {
      const id = await scene.approved();
      const link = { channel: "x", account, state: "published", url };
      await scene.operator.post(`/submissions/${id}/publications`, link);
      const { text } = await editor.get(`/submissions/${id}`);
      expect(boxOf(text, `x ${byX}`)).toContain(" disabled");
      expect(boxOf(text, `x ${byX}`)).not.toContain("checked");
      const refused = await editor.post(`/submissions/${id}/plan`, { account: `x ${byX}` });
      expect([refused.status, refused.text.includes("sudah tercatat terbit di kanal itu")]).toEqual([
        409,
        true,
      ]);
      expect(await publications(id)).toMatchObject([{ state: "published" }]);
    }
    const hash = await uploadPhoto(scene.newsroom, scene.operatorToken, await jpeg(17));
    const withPhoto = await scene.approved({ photos: [photo(hash)] });
    await editor.get(`/submissions/${withPhoto}`);
    await scene.admin.post("/redactions", { sha256: hash, reason: "Diminta", legal_basis: "UU 27/2022" });
    const redacted = await editor.post(`/submissions/${withPhoto}/plan`, { account: `x ${byX}` });
    expect([redacted.status, redacted.text.includes("sudah dihapus untuk selamanya")]).toEqual([409, true]);
    expect(await publications(withPhoto)).toEqual([]);
  });

  it("not what is approved no more: the state that is named is its own", async () => {
    const id = await scene.approved();
    await editor.get(`/submissions/${id}`);
    await scene.editor.post(`/submissions/${id}/transitions`, { step: "revoke", reason: "Keliru" });
    await scene.operator.post(`/submissions/${id}/transitions`, { step: "withdraw", reason: "Keliru" });
    const refused = await editor.post(`/submissions/${id}/plan`, { account: `x ${byX}` });
    expect([refused.status, refused.text.includes("naskah ini sekarang dibatalkan pengirim")]).toEqual([
      409,
      true,
    ]);
  });

  it("together with the approval, or not at all", async () => {
    const id = await scene.operator.submit();
    const page = `/submissions/${id}`;
    await scene.editor.post(`${page}/transitions`, { step: "claim" });
    const { text } = await editor.get(page);
    expect(boxOf(text, `x ${byX}`), "nothing is chosen before the approval").not.toContain("checked");
    const approval = { revision: "1", destination: "kecamatan", channel: "web", account: `x ${byX}` };
    const refused = await editor.post(`${page}/steps/approve`, approval);
    expect([refused.status, refused.text.includes("tidak ada dalam persetujuannya")]).toEqual([422, true]);
    expect(boxOf(refused.text, `x ${byX}`), "what was chosen stays").toContain("checked");
    expect((await scene.editor.get(page)).body.state).toBe("in_review");
    await editor.get(page);
    const wrong = await editor.post(`${page}/steps/approve`, { ...approval, account: `web ${kabupaten}` });
    expect([wrong.status, wrong.text.includes("bukan tujuan")]).toEqual([409, true]);
    await editor.get(page);
    const done = await editor.post(`${page}/steps/approve`, {
      ...{ ...approval, account: `web ${site}`, at: typed(20 * hour) },
    });
    expect([done.status, done.location]).toEqual([303, `${page}?done=approvePlan#publications`]);
    expect((await scene.editor.get(page)).body).toMatchObject({
      state: "approved",
      publications: [{ channel: "web", account: site, state: "scheduled" }],
    });
  });

  it("after an approval: the form stands open", async () => {
    const id = await scene.approved();
    expect((await editor.get(`/submissions/${id}?done=approve`)).text).toMatch(/id="plan" open/);
    expect((await editor.get(`/submissions/${id}`)).text).not.toMatch(/id="plan" open/);
  });
});

describe("a plan", () => {
  const scheduled = async () => {
    const id = await scene.approved();
    const address = await scene.planned(id, { state: "scheduled", scheduled_for: later(hour).toISOString() });
    return { page: `/submissions/${id}`, address };
  };

  it("is cancelled by an editor, and may be made again", async () => {
    const { page, address } = await scheduled();
    const { text } = await editor.get(page);
    expect(text).toContain(`action="${address}/cancel"`);
    expect((await viewer.post(`${address}/cancel`)).status).toBe(403);
    expect((await editor.post(`${address}/cancel`)).status).toBe(303);
    expect(await read(scene.editor, address)).toMatchObject({ state: "failed", reason: "cancelled" });
    const shown = (await editor.get(page)).text;
    expect(shown).toContain("dibatalkan");
    expect(shown).not.toContain(">cancelled<");
    expect((await editor.post(`${page}/plan`, { account: `web ${site}` })).status).toBe(303);
    expect(await read(scene.editor, address)).toMatchObject({ state: "scheduled", reason: null });
  });

  it("is not cancelled once a machine sends it", async () => {
    const { page, address } = await scheduled();
    await pass(hour);
    await editor.get(page);
    const attempt = await granted(scene.publisher, address);
    const refused = await editor.post(`${address}/cancel`);
    expect([refused.status, refused.text.includes("sudah berubah")]).toEqual([409, true]);
    await attempt.intend();
    await attempt.tell("unclear");
    await editor.get(page);
    expect((await editor.post(`${address}/cancel`)).status, "nobody knows whether it is out").toBe(409);
    expect((await read(scene.editor, address)).state).toBe("unclear");
  });

  it("that is more than three hours late says what to do, and is sent now if an editor wants it", async () => {
    const { page, address } = await scheduled();
    await pass(3 * hour);
    expect((await editor.get(page)).text).not.toContain("lewat lebih dari 3 jam");
    await pass(2 * hour);
    const { text } = await editor.get(page);
    expect(text).toContain("Jadwalnya sudah lewat lebih dari 3 jam");
    expect(text).toContain("Jadwalkan sekarang");
    expect((await editor.post(`${page}/plan`, { account: `web ${site}` })).status).toBe(303);
    await granted(scene.publisher, address);
  });
});

describe("what became of it", () => {
  const attempted = async () => {
    const id = await scene.approved();
    const address = await scene.planned(id);
    return { page: `/submissions/${id}`, address, attempt: await granted(scene.publisher, address) };
  };

  it("who sends, since when, and which attempt it is", async () => {
    const { page, attempt } = await attempted();
    const { text } = await editor.get(page);
    expect(text).toContain("Percobaan ke-1, mulai");
    expect(text).toContain(`Sedang dikerjakan ${attempt.by.name}`);
  });

  it("a failure in the words of the machine that met it, with its remedy and another try", async () => {
    const { page, address, attempt } = await attempted();
    const error = denied("web-role", {
      origin: "https://cibitung.example.go.id",
      account: "siti",
      lacks: "upload_files",
    });
    await attempt.tell("failed", { code: error.code, reason: error.code, ...factsOf(error) });
    const { message, hints } = explain(error, await loadMessages("id"));
    const { text } = await editor.get(page);
    for (const line of [message, ...hints]) expect(text).toContain(line);
    expect(text, "not the bare code").not.toContain(">web-role<");
    expect(text).toContain("Coba lagi");
    expect((await viewer.get(page)).text).not.toContain("Coba lagi<");
    expect((await editor.post(`${page}/plan`, { account: `web ${site}` })).status).toBe(303);
    expect(await read(scene.editor, address)).toMatchObject({ state: "scheduled" });
    await granted(scene.publisher, address);
  });

  it.each([
    ["a code that nobody knows", { code: "constructor" }, "dengan kode &quot;constructor&quot;"],
    [
      "facts that fit no sentence",
      { code: "no-channel-account", facts: { channels: 7 } },
      "hanya tercatat sebagai",
    ],
    ["a sentence without its facts", { code: "web-role", facts: {} }, "Peran akun itu di situs belum cukup."],
    [
      "Meta's code of a dead login",
      { code: "190/463", reason: "Error validating" },
      "kominfo auth login web",
    ],
    [
      "markup in a fact",
      { code: "web-refused", facts: { reason: "<b>x</b>", origin: "https://a" } },
      "&lt;b&gt;x",
    ],
    ["a machine that stopped", { code: "interrupted" }, "kominfo sync"],
  ])("%s is safe", async (_, told, expected) => {
    const { page, attempt } = await attempted();
    expect((await attempt.tell("failed", { reason: told.code, ...told })).status).toBe(200);
    const answer = await editor.get(page);
    expect([answer.status, answer.text.includes(expected)], answer.text.slice(0, 0)).toEqual([200, true]);
    expect(answer.text).not.toContain("undefined");
  });

  it("in a person's words where a person has decided since", async () => {
    const { page, address, attempt } = await attempted();
    await attempt.intend();
    await attempt.tell("unclear", { code: "server-unreachable", reason: "ECONNRESET" });
    const before = (await editor.get(page)).text;
    expect(before).toContain("Percobaan ke-1 oleh");
    expect(before).toContain("ECONNRESET");
    await editor.post(`${address}/decide`, { decision: "failed", reason: "Tidak ada di situs." });
    const after = (await editor.get(page)).text;
    expect(after).toContain("Tidak ada di situs.");
    expect(after).not.toContain("Percobaan ke-1 oleh");
  });

  it("unclear, because a machine stopped after it had announced to send", async () => {
    const { page, address, attempt } = await attempted();
    await attempt.intend();
    await pass(11 * minute);
    const look = await granted(scene.publisher, address);
    expect(look.kind).toBe("look");
    await look.tell("unclear");
    expect((await editor.get(page)).text).toContain("belum jelas");
  });

  it("is news on the open page", async () => {
    const { page, attempt } = await attempted();
    const { text } = await editor.get(page);
    const news = /data-news="([^"]+)"/.exec(text)![1]!.replaceAll("&amp;", "&");
    await attempt.tell("failed", { code: "interrupted", reason: "interrupted" });
    expect(JSON.parse((await editor.get(news)).text).text).toContain("Terbitannya berubah:");
  });
});

describe("a refused login", () => {
  it("stands above the queue, at its account, and on the plans that need it, with what to type", async () => {
    const id = await scene.approved();
    await scene.planned(id, {
      channel: "x",
      account: byX,
      state: "scheduled",
      scheduled_for: later(hour).toISOString(),
    });
    const x = { label: "@kec.cibitung", destination: "kecamatan", kecamatan: cibitung, mode: "publish" };
    await scene.publisher.put(`/outlets/x/${byX}`, { ...x, paused: { code: "channel-refused" } });
    const remedy = "kominfo auth login x";
    const queue = (await editor.get("/")).text;
    expect(queue).toContain("X @kec.cibitung tidak dapat terbit");
    expect(queue).toContain(remedy);
    expect((await viewer.get("/")).text).not.toContain("tidak dapat terbit");
    for (const page of ["/accounts", `/submissions/${id}`])
      expect((await editor.get(page)).text).toContain(remedy);
    await scene.publisher.put(`/outlets/x/${byX}`, { ...x, paused: null });
    expect((await editor.get("/")).text).not.toContain("tidak dapat terbit");
  });

  it("of many accounts is counted whole, and the first of them are named", async () => {
    const names = Array.from({ length: 7 }, (_, n) => `situs-${n}.example.go.id`);
    const tell = async (paused: { code: string } | null) => {
      for (const name of names) await announce(scene.publisher, name, { kecamatan: cibitung, paused });
    };
    await tell({ code: "channel-refused" });
    const { text } = await editor.get("/");
    expect(text).toContain("7 akun tidak dapat terbit");
    expect(text).toContain("situs-4.example.go.id, dan 2 lainnya.");
    expect(text).not.toContain("situs-5.example.go.id");
    await tell(null);
  });
});
