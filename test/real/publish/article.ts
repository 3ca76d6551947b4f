import { createHash } from "node:crypto";
import sharp from "sharp";
import type { Rendering } from "../../../src/contract/contract.js";

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

/** What one article of a test says. */
export interface TestArticle {
  title: string;
  slug: string;
  category: string;
  tags: string[];
  photos: TestPhoto[];
  /** First paragraph, as HTML. */
  first: string;
}

const paragraph = (html: string) => `<!-- wp:paragraph -->\n<p>${html}</p>\n<!-- /wp:paragraph -->\n\n`;

/** A rendering for the web with each kind of block that posts have. */
export function articleRendering({ title, slug, category, tags, photos, first }: TestArticle): Rendering {
  const text: Rendering["text"] = [
    paragraph(first),
    paragraph(
      '<strong>Camat</strong> berkata, "mari &amp; ayo", lalu <a href="https://bekasikab.go.id/a?b=1&amp;c=2">pulang</a>.',
    ),
    '<!-- wp:heading -->\n<h2 class="wp-block-heading">Jadwal</h2>\n<!-- /wp:heading -->\n\n',
    "<!-- wp:list -->\n<ul><!-- wp:list-item -->\n<li>Senin – 08.00 WIB</li>\n<!-- /wp:list-item --></ul>\n<!-- /wp:list -->\n\n",
    '<!-- wp:separator -->\n<hr class="wp-block-separator has-alpha-channel-opacity" />\n<!-- /wp:separator -->\n\n',
  ];
  const [, ...rest] = photos;
  if (rest.length > 0) {
    text.push(
      '<!-- wp:gallery {"linkTo":"none"} -->\n<figure class="wp-block-gallery has-nested-images columns-default is-cropped">',
    );
    for (const { sha256, alt, caption, credit } of rest) {
      const escaped = alt.replace(/&/g, "&amp;").replace(/"/g, "&quot;");
      text.push(
        '<!-- wp:image {"id":',
        { photo: sha256, as: "id" },
        ',"sizeSlug":"large","linkDestination":"none"} -->\n',
      );
      text.push('<figure class="wp-block-image size-large"><img src="', { photo: sha256, as: "url" });
      text.push(`" alt="${escaped}" class="wp-image-`, { photo: sha256, as: "id" });
      text.push(
        `" /><figcaption class="wp-element-caption">${caption} Foto: ${credit}</figcaption></figure>\n<!-- /wp:image -->`,
      );
    }
    text.push("</figure>\n<!-- /wp:gallery -->\n\n");
  }
  return {
    channel: "web",
    text,
    link: null,
    length: 0,
    limit: null,
    photos: photos.map(({ bytes: _, ...photo }, index) => ({
      ...photo,
      lead: index === 0,
      crop: null,
      width: 1600,
      height: 1067,
    })),
    left_out: [],
    article: { title, slug, summary: `Ringkasan ${slug}: "mari" & <ayo>.`, category, tags },
    warnings: [],
  };
}
