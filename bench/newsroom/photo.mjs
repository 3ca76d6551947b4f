// Photos as the client uploads them: 2048 px, about 350 kB. Each is another file, and decodes to the same picture.
import { createHash } from "node:crypto";
import sharp from "sharp";

export async function photoMaker(width = 2048) {
  const height = width * 0.75;
  const noise = { type: "gaussian", mean: 128, sigma: 18 };
  const grain = await sharp({ create: { width, height, channels: 3, noise } })
    .png()
    .toBuffer();
  const shade = Buffer.from(
    `<svg width="${width}" height="${height}"><linearGradient id="g" x2="1" y2="1"><stop stop-color="#204060"/><stop offset="1" stop-color="#e0c080"/></linearGradient><rect width="100%" height="100%" fill="url(#g)" opacity=".6"/></svg>`,
  );
  const jpeg = await sharp(grain)
    .composite([{ input: shade }])
    .jpeg({ quality: 82, mozjpeg: false })
    .toBuffer();
  let made = 0;
  return () => {
    // A comment (COM, ITU-T T.81 B.2.4.5) after the start of the image: 4 bytes of marker and length, 16 of text.
    const text = `bench ${process.pid.toString(36)} ${made++}`.padEnd(16).slice(0, 16);
    const comment = Buffer.concat([Buffer.from([0xff, 0xfe, 0, 18]), Buffer.from(text)]);
    const bytes = Buffer.concat([jpeg.subarray(0, 2), comment, jpeg.subarray(2)]);
    return { bytes, number: made, sha256: createHash("sha256").update(bytes).digest("hex") };
  };
}
