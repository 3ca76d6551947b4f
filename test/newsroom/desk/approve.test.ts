import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Content } from "../../../src/contract/contract.js";
import {
  as,
  content,
  jpeg,
  photo,
  startNewsroom,
  type TestNewsroom,
  uploadPhoto,
} from "../support/newsroom.js";
import { deskOf, rates } from "./browser.js";

let newsroom: TestNewsroom;
let operator: ReturnType<typeof as>;
let editor: ReturnType<typeof as>;
let id: string;
/** Hashes of three photos: one that was looked at, and two that nobody has. */
let hashes: [string, string, string];
const { join, enter } = deskOf(() => newsroom);
let desk: Awaited<ReturnType<typeof enter>>;

beforeEach(async () => {
  newsroom = await startNewsroom(rates);
  const token = await newsroom.token("operator");
  operator = as(newsroom, token);
  editor = as(newsroom, await newsroom.token("editor"));
  hashes = [
    await uploadPhoto(newsroom, token, await jpeg(1)),
    await uploadPhoto(newsroom, token, await jpeg(2)),
    await uploadPhoto(newsroom, token, await jpeg(3)),
  ];
  const unchecked = (hash: string): Content["photos"][number] => ({
    ...photo(hash),
    children: "unchecked",
    lead: false,
    caption: `Keterangan ${hash.slice(0, 6)}`,
  });
  id = await operator.submit({
    photos: [{ ...photo(hashes[0]), children: "none" }, unchecked(hashes[1]), unchecked(hashes[2])],
  });
  await editor.post(`/submissions/${id}/transitions`, { step: "claim" });
  await join("Budi", "editor");
  desk = await enter("Budi");
});
afterEach(() => newsroom.remove());

const page = () => `/submissions/${id}`;
const consent = (hash: string, typed: { by?: string; date?: string; scope?: string } = {}) => {
  const { by = "Ibu Ratna", date = "2026-11-15", scope = "laman kecamatan" } = typed;
  return {
    [`consent-by-${hash}`]: by,
    [`consent-date-${hash}`]: date,
    [`consent-scope-${hash}`]: scope,
  };
};
async function approve(fields: Record<string, string>) {
  await desk.get(page());
  const form = { revision: "1", destination: "kecamatan", channel: "web", note: "Bagus & rapi", ...fields };
  return desk.post(`${page()}/steps/approve`, form);
}
const state = async () => (await editor.get(page())).body.state;

describe("approving at the desk", () => {
  it("asks beside each picture that nobody has looked at, and beside no other", async () => {
    const { text } = await desk.get(page());
    const fieldsets = [
      ...text.matchAll(/<fieldset class="ask-photo" id="ask-([0-9a-f]+)">(.*?)<\/fieldset>/gs),
    ];
    expect(fieldsets.map(([, hash]) => hash)).toEqual([hashes[1], hashes[2]]);
    for (const [n, [, hash, inside = ""]] of fieldsets.entries()) {
      expect(inside).toContain(`<legend>Foto ${n + 2}: Ada anak di foto ini?</legend>`);
      expect(inside).toContain(`src="/photos/${hash}" alt="Seorang kader menimbang balita"`);
      expect(inside).toContain(`Keterangan ${hash!.slice(0, 6)}`);
      const radios = [...inside.matchAll(/<input type="radio" id="([^"]+)"[^>]* required>/g)];
      expect(radios).toHaveLength(4);
      // Each input has its label, with and without the script.
      for (const [, input] of inside.matchAll(/<input[^>]* ?id="([^"]+)"/g))
        expect(inside, input).toContain(`<label for="${input}">`);
      expect(inside).not.toContain(" checked");
    }
    const ids = [...text.matchAll(/ id="([^"]+)"/g)].map(([, name]) => name);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it("keeps what was chosen and typed when a photo is left out, and leads to it", async () => {
    const { status, text } = await approve({
      [`children-${hashes[1]}`]: "consented",
      ...consent(hashes[1], { by: 'Ibu "Ratna"' }),
    });
    expect([status, await state()]).toEqual([409, "in_review"]);
    expect(text).toContain("Ada foto yang belum diperiksa.");
    expect(text).toContain(`href="#ask-${hashes[2]}"`);
    expect(text).toMatch(new RegExp(`value="consented" required checked><label for="children-${hashes[1]}`));
    expect(text).toMatch(/value="Ibu &(#34|quot);Ratna&(#34|quot);"/);
    expect(text).toContain('value="laman kecamatan"');
    expect(text).toContain("Bagus &amp; rapi</textarea>");
    expect(text).toMatch(/<details class="step step-approve"[^>]* open>/);
  });

  it.each([{ by: " " }, { date: "" }, { scope: "" }, { date: "kemarin" }, { by: "x".repeat(201) }])(
    "does not take a consent that is incomplete: %j",
    async (typed) => {
      const { status, text } = await approve({
        [`children-${hashes[1]}`]: "consented",
        ...consent(hashes[1], typed),
        [`children-${hashes[2]}`]: "none",
      });
      expect([status, await state()]).toEqual([422, "in_review"]);
      expect(text).toContain("isi dari siapa, tanggal, dan untuk apa izinnya");
    },
  );

  it("approves with the answers, and shows them with the checks that were set aside", async () => {
    const { status, location } = await approve({
      [`children-${hashes[1]}`]: "consented",
      ...consent(hashes[1]),
      [`children-${hashes[2]}`]: "unrecognisable",
      // Typed before another answer was chosen: nobody's name is kept for nothing.
      ...consent(hashes[2], { by: "Pak Dedi" }),
    });
    expect([status, location]).toEqual([303, `${page()}?done=approve#plan`]);
    expect((await editor.get(page())).body.approval.photos).toEqual([
      {
        sha256: hashes[1],
        children: "consented",
        consent: { by: "Ibu Ratna", date: "2026-11-15", scope: "laman kecamatan" },
      },
      { sha256: hashes[2], children: "unrecognisable" },
    ]);
    const { text } = await desk.get(page());
    expect(text).toContain(
      "Foto 2: ada, dengan izin orang tua; Ibu Ratna, 15 November 2026, untuk laman kecamatan",
    );
    expect(text).toContain("Foto 3: ada, tidak dapat dikenali");
    expect(text).not.toContain("Pak Dedi");
    await join("Vina", "viewer");
    const seen = (await (await enter("Vina")).get(page())).text;
    expect(seen).toContain("Foto 2: ada, dengan izin orang tua");
    expect(seen).not.toContain("Ibu Ratna");
  });

  it("shows the overrides that a command gave", async () => {
    const photos = [1, 2].map((n) => ({ sha256: hashes[n], children: "none" }));
    const overrides = [
      { rule: "judul.panjang", key: "judul", quote: "<b>Digelar</b>", reason: "Nama acara" },
    ];
    const approval = { destinations: ["kecamatan"], channels: ["web"], photos, overrides };
    const step = { step: "approve", approval };
    await editor.post(`${page()}/transitions`, step, { "if-match": '"r1"' });
    const { text } = await desk.get(page());
    expect(text).toContain(
      "<strong>judul.panjang (judul)</strong> “&lt;b&gt;Digelar&lt;/b&gt;”: Nama acara</li>",
    );
  });
});

describe("revising at the desk", () => {
  const edit = async (fields: Record<string, string>) => {
    await desk.get(`${page()}/edit`);
    const { revision } = (await editor.get(page())).body;
    return desk.post(`${page()}/edit`, { revision: String(revision), ...fields });
  };

  it("removes the consent with the answer that it belongs to, and with no other", async () => {
    const consented = { by: "Ibu Ratna", date: "2026-11-15", scope: "laman" };
    const photos = [{ ...photo(hashes[0]), consent: consented }];
    await editor.put(page(), { content: content({ photos }) }, { "if-match": '"r1"' });
    await edit({ [`caption-${hashes[0]}`]: "Lain." });
    expect((await editor.get(page())).body.content.photos[0].consent).toEqual(consented);
    await edit({ [`children-${hashes[0]}`]: "masked" });
    const [after] = (await editor.get(page())).body.content.photos;
    expect(after).toMatchObject({ children: "masked", caption: "Lain." });
    expect(after).not.toHaveProperty("consent");
  });

  it("asks what a correction corrects, and asks for nothing where nothing changed", async () => {
    expect((await desk.get(`${page()}/edit`)).text).not.toContain("f-correction_note");
    const answers = { [`children-${hashes[1]}`]: "none", [`children-${hashes[2]}`]: "none" };
    expect((await approve(answers)).status).toBe(303);
    await editor.post(`${page()}/publications`, { channel: "web", state: "published" });
    expect((await desk.get(`${page()}/edit`)).text).toMatch(/name="correction_note"[^>]* required/);
    const refused = await edit({ title: "Judul yang benar" });
    expect(refused.status).toBe(422);
    expect(refused.text).toContain("tulis satu kalimat tentang apa yang diralat");
    expect(refused.text).toContain("Judul yang benar");
    expect((await edit({})).location).toBe(`${page()}?done=unchanged`);
    const corrected = await edit({ title: "Judul yang benar", correction_note: "Judulnya." });
    expect(corrected.location).toBe(`${page()}?done=edit`);
    const { body } = await editor.get(page());
    expect([body.state, body.content.correction_note]).toEqual(["in_review", "Judulnya."]);
    expect((await desk.get(page())).text).toContain("<strong>Ralat</strong>: Judulnya.");
  });
});
