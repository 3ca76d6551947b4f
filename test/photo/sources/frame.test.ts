import fc from "fast-check";
import sharp from "sharp";
import { describe, expect, it } from "vitest";
import { isDecodedWhole, readFrame } from "../../../src/photo/sources/frame.js";
import { pictureKinds, pictureOf } from "../../support/photos.js";

/** What the decoder reads in the header. */
async function frameOfDecoder(bytes: Buffer) {
  const { format, width, height, isProgressive } = await sharp(bytes).metadata();
  return { format, width, height, progressive: isProgressive };
}

describe("the frame that a header announces", () => {
  it.each(pictureKinds)("is what the decoder reads of it: $kind", async ({ kind }) => {
    const bytes = await pictureOf(kind, 61, 43);
    expect(readFrame(bytes)).toEqual(await frameOfDecoder(bytes));
  });

  it.each(pictureKinds)("says whether the picture is decoded whole: $kind", async ({ kind, whole }) => {
    expect(isDecodedWhole(readFrame(await pictureOf(kind, 61, 43))!)).toBe(whole);
  });

  it("is found behind 64 kB of other segments and fill bytes", async () => {
    const bytes = await pictureOf("jpeg", 61, 43);
    const segment = Buffer.alloc(2 + 0xffff);
    segment.writeUInt32BE(0xffe1ffff);
    const long = Buffer.concat([bytes.subarray(0, 2), segment, Buffer.from([0xff, 0xff]), bytes.subarray(2)]);
    expect(readFrame(long)).toMatchObject({ width: 61, height: 43 });
  });

  it("is none of a file that ends within its header, or is something else", async () => {
    for (const { kind } of pictureKinds) {
      const bytes = await pictureOf(kind, 61, 43);
      expect(readFrame(bytes.subarray(0, 15)), kind).toBeUndefined();
    }
    for (const text of ["", "\xff\xd8", "\xff\xd8\xff\xd9", "GIF89a", "RIFF    WEBPVP9 ------------------"]) {
      expect(readFrame(Buffer.from(text, "latin1"))).toBeUndefined();
    }
  });

  it("is read of any bytes without a failure, and in one pass", async () => {
    const starts = await Promise.all(pictureKinds.map(({ kind }) => pictureOf(kind, 61, 43)));
    const anyBytes = fc.uint8Array({ maxLength: 400 });
    const broken = fc
      .tuple(fc.constantFrom(...starts), fc.nat(200), anyBytes)
      .map(([start, at, rest]) => Buffer.concat([start.subarray(0, at), rest]));
    // Segments of length zero, over which a careless reader would stand still.
    expect(readFrame(Buffer.from(`ffd8${"ffe00000".repeat(50_000)}`, "hex"))).toBeUndefined();
    fc.assert(
      fc.property(fc.oneof(anyBytes.map(Buffer.from), broken), (bytes) => {
        readFrame(bytes);
      }),
      { numRuns: 2000 },
    );
  });
});
