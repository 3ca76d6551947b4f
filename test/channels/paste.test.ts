import { parse } from "@wordpress/block-serialization-default-parser";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { pastedBody } from "../../src/channels/paste.js";
import { renderChannels } from "../../src/channels/render.js";
import { anyRevision, photo, renderOn, revision, sizes } from "./revision.js";

const threePhotos = {
  photos: ["a", "b", "c"].map((name) => photo(name, { lead: name === "a" })),
};
const present = sizes({ a: [1600, 1200], b: [1600, 1200], c: [1600, 1200] });
const topLevel = (blocks: string) => parse(blocks).filter(({ blockName }) => blockName);

describe("an article that a person pastes", () => {
  it.each([
    ["a gallery", ["a", "b", "c"]],
    ["one more photo", ["a", "b"]],
    ["no photo", []],
  ])("is its body as blocks, without %s, whose addresses nobody knows yet", async (_name, names) => {
    const body = "## Usulan\n\nCamat membuka *musyawarah*.\n\n1. Jalan\n2. Jembatan\n\n> Kutipan";
    const photos = names.map((name) => photo(name, { lead: name === "a" }));
    const rendering = await renderOn("web", revision({ body, photos }), present);
    const { blocks } = pastedBody(rendering);
    const whole = rendering.text.map((part) => (typeof part === "string" ? part : "47")).join("");
    expect(topLevel(blocks)).toEqual(
      topLevel(whole).filter(({ blockName }) => !/image|gallery/.test(blockName!)),
    );
    expect(topLevel(blocks).map(({ blockName }) => blockName)).toEqual([
      "core/heading",
      "core/paragraph",
      "core/list",
      "core/quote",
    ]);
    expect(whole.startsWith(blocks)).toBe(true);
  });

  it("keeps what a body says about blocks", async () => {
    const body = "Tulis `<!-- wp:gallery -->` begini:\n\n```\n<!-- wp:image {} -->\n```\n\nSelesai.";
    const { blocks, plain } = pastedBody(await renderOn("web", revision({ body, ...threePhotos }), present));
    expect(topLevel(blocks).map(({ blockName }) => blockName)).toEqual([
      "core/paragraph",
      "core/code",
      "core/paragraph",
    ]);
    expect(plain).toBe("Tulis <!-- wp:gallery --> begini:\n\n<!-- wp:image {} -->\n\nSelesai.");
  });

  it("has a version without formatting, as a reader sees it", async () => {
    const body =
      "Camat & lurah: **hadir**.  \nBaris.\n\n- satu\n- dua\n\n| A | B |\n|---|---|\n| 1 | 2 |\n\nAkhir.";
    const rendering = await renderOn("web", revision({ body, correction_note: "Jumlahnya 42." }));
    expect(pastedBody(rendering).plain).toBe(
      "Ralat: Jumlahnya 42.\n\nCamat & lurah: hadir.\nBaris.\n\n- satu\n- dua\n\nA | B\n1 | 2\n\nAkhir.",
    );
  });

  it("of any post has every block whole, and no image", async () => {
    await fc.assert(
      fc.asyncProperty(anyRevision, async (input) => {
        const [rendering] = await renderChannels(input, ["web"]);
        const { blocks } = pastedBody(rendering!);
        const whole = rendering!.text.map((part) => (typeof part === "string" ? part : "47")).join("");
        const wanted = topLevel(whole).filter(({ blockName }) => !/^core\/(image|gallery)$/.test(blockName!));
        expect(topLevel(blocks)).toEqual(wanted);
      }),
      { seed: 47, numRuns: 100 },
    );
  });
});
