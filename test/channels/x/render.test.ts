import fc from "fast-check";
import twitter from "twitter-text";
import { describe, expect, it } from "vitest";
import { costOf } from "../../../src/channels/cost.js";
import { renderChannels } from "../../../src/channels/render.js";
import { keepTitles } from "../../../src/channels/x/links.js";
import { anyRevision, codesOf, photo, renderOn, revision, sizes, textOf } from "../revision.js";

const ownText = (x: string, changes = {}) => renderOn("x", revision({ channel_texts: { x }, ...changes }));

describe("a post on X", () => {
  it("has title and lead, and a place for the link only if it is asked for", async () => {
    const rendering = await renderOn("x", revision({ tags: ["jalan"], body: "Satu.\n\n## Judul\n\nDua." }));
    const text = textOf(rendering);
    expect(text).toBe("Musrenbang Kecamatan Cibitung Bahas 42 Usulan\n\nSatu.\n\nDua.");
    expect(rendering.link).toEqual({ when: "asked", at: text.length, before: "\n\n" });
    expect([rendering.length, rendering.limit]).toEqual([text.length, 280]);
  });

  it("is cut at a sentence, so that title, credit and an address have room", async () => {
    const body = "Camat membuka musyawarah di aula kantor kecamatan pada hari Senin. ".repeat(6);
    const photos = [photo("a", { source: "citizen", credit: "Budi" })];
    const rendering = await renderOn("x", revision({ body, photos }), sizes({ a: [800, 600] }));
    expect(textOf(rendering)).toMatch(/Senin\.\n\nFoto: Budi$/);
    expect(rendering.length).toBeGreaterThan(150);
    expect(rendering.length).toBeLessThanOrEqual(255);
  });

  it("shows no lists, and no label or number without the sentence that follows", async () => {
    const bodyOf = async (body: string) =>
      textOf(await renderOn("x", revision({ body })))
        .split("\n\n")
        .slice(1);
    const sentence = "Camat membuka layanan di aula kantor kecamatan setiap hari Sabtu. ".repeat(3).trim();
    expect(await bodyOf("Isi.\n\n- satu\n- dua")).toEqual(["Isi."]);
    expect(await bodyOf("Label: HOAKS\n\nKabar itu hoaks.")).toEqual(["Label: HOAKS", "Kabar itu hoaks."]);
    expect(await bodyOf(`Siaran Pers Nomor ${"4".repeat(140)}\n\n${sentence}`)).toEqual([sentence]);
  });

  it("shows no few words of a sentence that has no room", async () => {
    const title = "Judul yang sangat panjang ".repeat(8).trim();
    expect(textOf(await renderOn("x", revision({ title, body: "Warga desa hadir ".repeat(20) })))).toBe(
      title,
    );
  });

  it("counts an emoji as two, whatever it is made of", async () => {
    expect((await ownText("👨‍👩‍👧‍👦")).length).toBe(2);
  });

  it("begins with the correction", async () => {
    const text = textOf(await renderOn("x", revision({ correction_note: "Usulannya 42." })));
    expect(text).toMatch(/^RALAT: Usulannya 42\.\n\nMusrenbang/);
  });

  it("shows four photos at most, uncropped", async () => {
    const names = [..."01234"];
    const rendering = await renderOn(
      "x",
      revision({ photos: names.map((name) => photo(name)) }),
      sizes(Object.fromEntries(names.map((name) => [name, [500, 5000] as const]))),
    );
    expect(rendering.photos.map(({ crop, width, height }) => [crop, width, height])).toEqual(
      Array(4).fill([null, 410, 4096]),
    );
    expect(rendering.left_out).toHaveLength(1);
  });

  it("of the operator's own that is too long stays whole, and is refused", async () => {
    const rendering = await ownText("kata ".repeat(60));
    expect(textOf(rendering)).toHaveLength(299);
    expect(rendering.warnings).toContainEqual({ code: "too-long", params: { length: 299, limit: 280 } });
  });

  it("of the operator's own without room for the credit says so", async () => {
    const photos = [photo("a", { source: "citizen", credit: "Budi" })];
    const content = revision({ channel_texts: { x: "a".repeat(275) }, photos });
    const rendering = await renderOn("x", content, sizes({ a: [800, 600] }));
    expect(codesOf(rendering)).toEqual(["credit-left-out", "link-left-out"]);
  });
});

describe("titles that end like a domain", () => {
  it.each(["M.Si", "S.Ag", "A.Md", "M.Kn", "S.Sn", "Lc.MA"])("%s does not become a link", async (title) => {
    const rendering = await ownText(`Budi, ${title}., hadir`);
    expect(twitter.extractUrls(`Budi, ${title}., hadir`)).toEqual([title]);
    expect(twitter.extractUrls(textOf(rendering))).toEqual([]);
    expect(textOf(rendering)).toBe(`Budi, ${title.replaceAll(".", ".\u200c")}., hadir`);
    expect(rendering.warnings).toEqual([{ code: "title-kept", params: { title } }]);
    // The invisible character counts as one, a link as 23.
    expect(rendering.length).toBe(`Budi, ${title}., hadir`.length + 1);
  });

  it.each(["bekasikab.go.id", "https://a.example.id/b", "t.co", "Bekasi.Id", "m.si"])(
    "%s is no title: it stays, and is remarked on",
    async (domain) => {
      const rendering = await ownText(`Lihat ${domain} ya`);
      expect(textOf(rendering)).toBe(`Lihat ${domain} ya`);
      expect(rendering.warnings).toEqual([{ code: "domain", params: { domain } }]);
    },
  );
});

describe("the price of a post", () => {
  const withPhotos = async (body: string) =>
    renderOn(
      "x",
      revision({ body, photos: [photo("a"), photo("b"), photo("c", { alt: "" })] }),
      sizes({ a: [800, 600], b: [800, 600], c: [800, 600] }),
    );

  it("is US$0.015, with an address US$0.200, and US$0.005 for each text for the blind", async () => {
    const rendering = await withPhotos("Isi.");
    expect(costOf(rendering, { link: false })).toBe(15 + 10);
    expect(costOf(rendering, { link: true })).toBe(200 + 10);
  });

  it("is that of an address where the text has one, or none can be inserted", async () => {
    expect(costOf(await withPhotos("Lihat bekasikab.go.id."), { link: false })).toBe(210);
    expect(costOf({ ...(await withPhotos("Isi.")), link: null }, { link: true })).toBe(25);
  });

  it("is nothing elsewhere", async () => {
    for (const channel of ["web", "facebook", "instagram"] as const)
      expect(costOf(await renderOn(channel, revision()), { link: true })).toBe(0);
  });
});

it("never exceeds what X counts, with an address in its place; and no title is left to become a link", async () => {
  await fc.assert(
    fc.asyncProperty(anyRevision, async (input) => {
      const [rendering] = await renderChannels(input, ["x"]);
      const { link, length } = rendering!;
      const text = textOf(rendering!);
      expect(twitter.parseTweet(text).weightedLength).toBe(length);
      const address = "https://kecamatan.bekasikab.go.id/2026/11/musrenbang";
      const linked = text.slice(0, link!.at) + link!.before + address + text.slice(link!.at);
      expect(twitter.parseTweet(linked).weightedLength).toBeLessThanOrEqual(280);
      expect(twitter.extractUrls(linked)).toContain(address);
      expect(keepTitles(text).text).toBe(text);
    }),
    { seed: 18, numRuns: 50, endOnFailure: true },
  );
});
