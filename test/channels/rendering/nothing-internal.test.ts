import fc from "fast-check";
import { expect, it } from "vitest";
import { renderChannels } from "../../../src/channels/render.js";
import type { Content } from "../../../src/contract/contract.js";
import { photo, revision, sizes } from "../revision.js";

const channels = ["web", "facebook", "instagram", "x"] as const;
const words = fc.string({ unit: "grapheme", minLength: 1, maxLength: 40 });
const answers: fc.Arbitrary<Content["internal"]> = fc.dictionary(
  fc.stringMatching(/^[a-z]{1,8}$/),
  fc.oneof(
    words,
    fc.array(fc.dictionary(fc.stringMatching(/^[a-z]{1,8}$/), words, { maxKeys: 2 }), { maxLength: 2 }),
  ),
  { maxKeys: 3 },
);

it("makes the same of a revision whatever its internal block, its answers and its consents hold", async () => {
  const photos = sizes({ a: [1600, 1200] });
  const bare = revision({
    photos: [photo("a", { lead: true })],
    summary: "Ringkasan.",
    tags: ["musrenbang"],
  });
  const expected = await renderChannels({ content: bare, photos }, channels);
  await fc.assert(
    fc.asyncProperty(answers, answers, words, async (internal, answered, by) => {
      const consent = { by, date: "2026-11-22", scope: by };
      const content: Content = {
        ...bare,
        ...{ internal, answers: answered },
        photos: bare.photos.map((each) => ({ ...each, children: "consented", consent })),
      };
      expect(await renderChannels({ content, photos }, channels)).toEqual(expected);
    }),
    { seed: 14, numRuns: 40 },
  );
});
