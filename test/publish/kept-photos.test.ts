import { describe, expect, it } from "vitest";
import type { Content, Publication, Submission } from "../../src/contract/contract.js";
import { comparedRevisions, correctionRemarks, keptPhotos } from "../../src/contract/kept-photos.js";

const url = "https://www.facebook.com/1_2";
const row = (revision: number, changes: Partial<Publication> = {}) =>
  ({
    ...{ id: `${revision}`, revision, channel: "facebook", account: "1", state: "published" },
    ...{ url, remote_id: "1_2", take_down: null },
    ...changes,
  }) as Publication;
const approved = (revision: number, ...publications: Publication[]) => ({
  approval: { revision } as NonNullable<Submission["approval"]>,
  publications,
});
const photosOf = (...names: string[]) => ({
  photos: names.map((filename) => ({ sha256: filename.repeat(8), filename, lead: filename === "a" })),
});
const contents = (...photos: ReturnType<typeof photosOf>[]) =>
  new Map(photos.map((content, at) => [at + 1, content as unknown as Pick<Content, "photos">]));
const names = (...given: Parameters<typeof keptPhotos>) =>
  keptPhotos(...given).map(({ id, photos }) => [id, photos.map(({ filename }) => filename).join("")]);

describe("photos that are out and not approved any more", () => {
  it("are those with which the post came out, however often its text was corrected", () => {
    const shown = approved(3, row(1), row(2), row(3));
    expect(comparedRevisions(shown)).toEqual([1, 3]);
    expect(names(shown, contents(photosOf("a", "b"), photosOf("a", "c"), photosOf("a")))).toEqual([
      ["3", "b"],
    ]);
  });

  it("are there before the correction is sent, and gone with the post", () => {
    const both = contents(photosOf("a", "b"), photosOf("a"));
    expect(names(approved(2, row(1)), both)).toEqual([["1", "b"]]);
    const anew = row(2, { url: "https://www.facebook.com/1_3" });
    expect(names(approved(2, row(1, { state: "unpublished" }), anew), both)).toEqual([]);
    const { take_down } = { take_down: {} as NonNullable<Publication["take_down"]> };
    expect(names(approved(2, row(1, { take_down })), both), "asked for already").toEqual([]);
  });

  it("are on X in the post that the correction quotes; not on a website, whose article gets its photos", () => {
    const old = row(1, { channel: "x", url: "https://x.com/i/status/1" });
    const quoting = row(2, { channel: "x", url: "https://x.com/i/status/2" });
    const both = contents(photosOf("a", "b"), photosOf("a"));
    expect(names(approved(2, old, quoting), both)).toEqual([["1", "b"]]);
    expect(names(approved(2, row(1, { channel: "web" })), both)).toEqual([]);
  });

  it("are among those that the channel has shown", () => {
    const five = photosOf("b", "c", "d", "e", "a");
    const old = row(1, { channel: "x" });
    expect(names(approved(2, old), contents(five, photosOf("b", "c", "d")))).toEqual([["1", "a"]]);
  });

  it("are remarked on beside what the cards show, with the correction that keeps them", () => {
    const both = contents(photosOf("a", "b"), photosOf("a"));
    expect(correctionRemarks(approved(2, row(1)), both).get("facebook")).toEqual([
      { code: "corrected-in-place", params: {} },
      { code: "photos-kept", params: { photos: "b" } },
    ]);
    expect(correctionRemarks(approved(1, row(1)), both).size).toBe(0);
  });
});
