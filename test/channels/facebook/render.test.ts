import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { renderChannels } from "../../../src/channels/render.js";
import { anyRevision, codesOf, photo, renderOn, revision, sizes, textOf } from "../revision.js";

describe("a proposal for Facebook", () => {
  it("has title, lead, the place of the link, credit and hashtags", async () => {
    const content = revision({
      body: "Camat **membuka** [musyawarah](https://a.example).\n\nUsulannya:\n\n- jalan\n- jembatan",
      hashtags: ["KabupatenBekasi"],
      tags: ["bantuan sosial", "kabupatenbekasi", "2027", "RW 3"],
      photos: [photo("a"), photo("b", { source: "citizen", credit: "Foto: Budi" })],
    });
    const rendering = await renderOn("facebook", content, sizes({ a: [800, 600], b: [800, 600] }));
    const text = textOf(rendering);
    expect(text).toBe(
      [
        "Musrenbang Kecamatan Cibitung Bahas 42 Usulan",
        "Camat membuka musyawarah.",
        "Usulannya:",
        "• jalan\n• jembatan",
        "Foto: Budi",
        "#KabupatenBekasi #BantuanSosial #RW3",
      ].join("\n\n"),
    );
    expect(rendering.link).toEqual({ when: "known", at: text.indexOf("\n\nFoto"), before: "\n\n" });
    expect([rendering.length, rendering.limit]).toEqual([text.length, 5000]);
    expect(rendering.warnings).toEqual([]);
  });

  it("begins with the correction", async () => {
    const text = textOf(await renderOn("facebook", revision({ correction_note: "Usulannya 42, bukan 24." })));
    expect(text).toMatch(/^RALAT: Usulannya 42, bukan 24\.\n\nMusrenbang/);
  });

  it("ends its lead with a sentence, and not with what announces something else", async () => {
    const long = "Kalimat yang cukup panjang untuk diulang berkali-kali di sini. ".repeat(12).trim();
    const lead = async (body: string) =>
      textOf(await renderOn("facebook", revision({ body })))
        .split("\n\n")
        .slice(1)
        .join("\n\n");
    expect(await lead(`${long} ${long}`)).toMatch(/^(Kalimat [^.]*\. ?){12,16}$/);
    expect(await lead(`${long}\n\n## Syarat\n\n${"x".repeat(1000)}`)).toBe(long);
    expect(await lead(`${long} Syaratnya sebagai berikut:\n\n- ${"x".repeat(1000)}`)).toBe(long);
  });

  it("leaves out tables and code, which are nothing without their form", async () => {
    const text = textOf(
      await renderOn("facebook", revision({ body: "Isi.\n\n| a |\n|---|\n| 1 |\n\n```\nkode\n```" })),
    );
    expect(text).toMatch(/Usulan\n\nIsi\.$/);
  });

  it("names no hashtag twice, and at most five", async () => {
    const content = revision({ title: "Ayo #Bersih desa", tags: ["bersih", "a1", "b1", "c1", "d1", "e1"] });
    expect(textOf(await renderOn("facebook", content))).toMatch(/\n\n#a1 #b1 #c1 #d1$/);
  });
});

describe("an own text for Facebook", () => {
  const own = (facebook: string, changes = {}) => revision({ channel_texts: { facebook }, ...changes });

  it("is kept as it was written; the article's address has a place at its end", async () => {
    const rendering = await renderOn(
      "facebook",
      own("Halo, warga!\nAyo hadir #musrenbang", { tags: ["lain"] }),
    );
    expect(textOf(rendering)).toBe("Halo, warga!\nAyo hadir #musrenbang");
    expect(rendering.link).toEqual({ when: "known", at: textOf(rendering).length, before: "\n\n" });
  });

  it("has no place for another address where it has one", async () => {
    expect((await renderOn("facebook", own("Lihat https://bekasikab.go.id/a"))).link).toBeNull();
  });

  it("gets the credit that it does not name, and the correction that it does not begin with", async () => {
    const photos = [photo("a", { source: "citizen", credit: "Budi" })];
    const text = async (facebook: string) =>
      textOf(
        await renderOn(
          "facebook",
          own(facebook, { photos, correction_note: "Salah tanggal." }),
          sizes({ a: [800, 600] }),
        ),
      );
    expect(await text("Halo")).toBe("RALAT: Salah tanggal.\n\nHalo\n\nFoto: Budi");
    expect(await text("Ralat: tanggalnya. Foto Budi")).toBe("Ralat: tanggalnya. Foto Budi");
  });

  it("that is too long stays whole, and is refused", async () => {
    const rendering = await renderOn("facebook", own("a".repeat(4990), { correction_note: "Salah." }));
    expect(textOf(rendering)).toHaveLength(5005);
    expect(rendering.warnings).toContainEqual({ code: "too-long", params: { length: 5005, limit: 5000 } });
  });

  it("that leaves no room for an address says so", async () => {
    const rendering = await renderOn("facebook", own("a".repeat(4900)));
    expect([rendering.link, codesOf(rendering)]).toEqual([null, ["link-left-out"]]);
  });
});

describe("the photos on Facebook", () => {
  it("are ten at most, uncropped, the lead first", async () => {
    const names = [..."0123456789ab"];
    const photos = names.map((name) => photo(name, { lead: name === "b" }));
    const rendering = await renderOn(
      "facebook",
      revision({ photos }),
      sizes(Object.fromEntries(names.map((name) => [name, [4096, 1024] as const]))),
    );
    expect(rendering.photos.map(({ sha256 }) => sha256[0]).join("")).toBe("b012345678");
    expect(rendering.photos[0]).toMatchObject({ crop: null, width: 2048, height: 512, lead: true });
    expect(rendering.left_out.map(({ sha256, reason }) => sha256[0] + reason)).toEqual([
      "9too-many",
      "atoo-many",
    ]);
    expect(rendering.warnings).toEqual([{ code: "photos-left-out", params: { count: 2, limit: 10 } }]);
  });

  it("that lack a text for the blind, or the name of who made them, are remarked on", async () => {
    const photos = [photo("a", { alt: " " }), photo("b", { source: "agency", credit: "Foto:" })];
    const rendering = await renderOn(
      "facebook",
      revision({ photos }),
      sizes({ a: [800, 600], b: [800, 600] }),
    );
    expect(rendering.warnings).toEqual([
      { code: "alt-missing", params: { photo: "a.jpg" } },
      { code: "credit-missing", params: { photo: "b.jpg" } },
    ]);
  });
});

it("never proposes what is too long, with the link's room; and places the link between two paragraphs", async () => {
  await fc.assert(
    fc.asyncProperty(anyRevision, async (input) => {
      const [rendering] = await renderChannels(input, ["facebook"]);
      const text = textOf(rendering!);
      expect(text.length).toBeLessThanOrEqual(4800);
      expect(text.isWellFormed()).toBe(true);
      expect(text.slice(rendering!.link?.at)).toMatch(/^(\n\n|$)/);
    }),
    { seed: 16, numRuns: 100, endOnFailure: true },
  );
});
