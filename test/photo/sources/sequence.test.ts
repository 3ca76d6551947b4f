import sharp from "sharp";
import { expect, it } from "vitest";
import { framesOfPng, sequenceAsPicture } from "../../../src/photo/sources/sequence.js";

const box = (name: string, ...content: Buffer[]) => {
  const head = Buffer.alloc(8);
  head.writeUInt32BE(8 + content.reduce((sum, { length }) => sum + length, 0));
  head.write(name, 4, "latin1");
  return Buffer.concat([head, ...content]);
};
const ftyp = (text: string) => box("ftyp", Buffer.from(text, "latin1"));

it("shows an AVIF animation by the picture that it holds as well, and counts its pictures", async () => {
  const still = await sharp({ create: { width: 8, height: 8, channels: 3, background: "#808080" } })
    .avif()
    .toBuffer();
  still.write("avis", 8, "latin1");
  await expect(sharp(still).metadata()).rejects.toThrow("unsupported image format");
  expect(await sharp(sequenceAsPicture(still).bytes).metadata()).toMatchObject({ width: 8, height: 8 });
  expect(still.toString("latin1", 8, 12), "what was given stays").toBe("avis");
  const sizes = Buffer.alloc(12);
  sizes.writeUInt32BE(5, 8);
  const film = box("moov", box("trak", box("mdia", box("minf", box("stbl", box("stsz", sizes))))));
  expect(sequenceAsPicture(Buffer.concat([still, film])).frames).toBe(5);
});

it("leaves other files, and animations without a picture, as they are", () => {
  for (const bytes of [
    ftyp("avif\0\0\0\0mif1"),
    ftyp("avis\0\0\0\0msf1"),
    Buffer.concat([ftyp("avis\0\0\0\0avif"), box("moov")]),
    Buffer.from("\0\0\0\x10ftypavis", "latin1"),
    Buffer.alloc(3),
  ]) {
    expect(sequenceAsPicture(bytes)).toEqual({ bytes });
  }
});

it("counts the pictures of an animated PNG", async () => {
  const still = await sharp({ create: { width: 8, height: 8, channels: 3, background: "#808080" } })
    .png()
    .toBuffer();
  const control = Buffer.alloc(20);
  control.writeUInt32BE(8);
  control.write("acTL", 4, "latin1");
  control.writeUInt32BE(7, 8);
  expect(framesOfPng(still)).toBe(1);
  expect(framesOfPng(Buffer.concat([still.subarray(0, 33), control, still.subarray(33)]))).toBe(7);
  expect(framesOfPng(Buffer.concat([still.subarray(0, 33), still.subarray(33), control]))).toBe(1);
  expect(framesOfPng(Buffer.alloc(3))).toBe(1);
});
