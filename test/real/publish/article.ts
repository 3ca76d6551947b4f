import { createHash } from "node:crypto";
import sharp from "sharp";
import type { Picture } from "../../../src/channels/publishing.js";
import { renderChannels } from "../../../src/channels/render.js";
import type { Rendering } from "../../../src/contract/contract.js";
import { photo, revision } from "../../channels/revision.js";

/** A photo of a test: its bytes and what is told about it. */
export interface TestPhoto {
  bytes: Buffer;
  sha256: string;
  alt: string;
  caption: string;
  credit: string;
}

/** A real JPEG of coloured fields; another `shade` gives another picture. */
export async function testPhoto(shade: number, text: Partial<TestPhoto> = {}): Promise<TestPhoto> {
  let state = shade;
  const raw = Buffer.from(
    Array.from({ length: 12 * 8 * 3 }, () => {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
      return state >>> 24;
    }),
  );
  const fields = sharp(raw, { raw: { width: 12, height: 8, channels: 3 } });
  const bytes = await fields.resize(1600, 1067, { kernel: "nearest", fit: "fill" }).jpeg().toBuffer();
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  return {
    bytes,
    sha256,
    alt: `Warga & "relawan" mengangkat karung, foto ${shade}`,
    caption: `Kerja bakti di Desa Wanasari, ${shade}.`,
    credit: "Diskominfo Bekasi",
    ...text,
  };
}

/** As a picture of its own, which Instagram would fetch. */
export function pictureOf({ bytes, sha256, alt, caption, credit }: TestPhoto): Picture {
  const photo = { sha256, alt, caption, credit, lead: false, crop: null, width: 1600, height: 1067 };
  return { bytes: async () => bytes, photo, alt, caption, credit };
}

/** What one article of a test says. */
export interface TestArticle {
  title: string;
  slug: string;
  category: string;
  tags: string[];
  photos: TestPhoto[];
  /** Markdown. */
  body: string;
  /** The public sentence of a correction. */
  correction?: string;
}

/** A body with each kind of block that posts have, and with what HTML and kses could stumble over. */
export const everyBlock = [
  '**Camat** berkata, "mari & ayo", lalu [pulang](https://bekasikab.go.id/a?b=1&c=2). 3 < 4 > 2; `a && b`.',
  "## Jadwal & tempat\n\n1. Senin – 08.00 WIB\n2. Selasa\n   - pagi\n   - sore",
  "> Kutipan 'warga' Rp10.000,- …",
  "---",
  "| Desa | KK |\n|---|--:|\n| Wanasari | 12 |",
  '```\nif (a < b && c) { x = "y"; }\n```',
  "Surel: [humas](mailto:humas@bekasikab.go.id), telepon [kantor](tel:+62218900000).  \nBaris kedua. 👍🏽",
].join("\n\n");

/** The rendering for the web that the newsroom makes and approves. */
export async function articleRendering({ photos, correction, ...about }: TestArticle): Promise<Rendering> {
  const content = revision({
    ...about,
    ...(correction !== undefined && { correction_note: correction }),
    photos: photos.map(({ bytes: _, ...text }, index) => ({
      ...photo("a", { ...text, source: "agency", lead: index === 0 }),
      filename: `IMG_${index + 1}.jpg`,
    })),
  });
  const size = { width: 1600, height: 1067 };
  const sizes = new Map(photos.map(({ sha256 }) => [sha256, size]));
  const [rendering] = await renderChannels({ content, photos: sizes }, ["web"]);
  return rendering!;
}
