import type { RenderedPhoto, Rendering } from "../../../src/contract/contract.js";

/** Hash of the nth photo of a fixture. */
export const hashOf = (n: number) => n.toString(16).padStart(64, "0");

/** A photo of 1600 x 1200, of which all is shown. */
export function renderedPhoto(n: number, changes: Partial<RenderedPhoto> = {}): RenderedPhoto {
  return {
    sha256: hashOf(n),
    lead: n === 1,
    alt: `Warga duduk menghadap meja musyawarah, foto ${n}`,
    caption: `Musrenbang Kecamatan Cibitung, foto ${n}.`,
    credit: "Foto: Kecamatan Cibitung",
    crop: null,
    width: 1440,
    height: 1080,
    ...changes,
  };
}

const rest = { link: null, limit: null, left_out: [], article: null, warnings: [] };
const title = "Musrenbang Kecamatan Cibitung Bahas Drainase dan Jalan Lingkungan";
const lead =
  "CIBITUNG – Kecamatan Cibitung menggelar Musyawarah Perencanaan Pembangunan di aula kecamatan, Selasa (24/11/2026). " +
  "Usulan warga dari tujuh desa dan kelurahan dihimpun untuk rencana kerja tahun 2028, dengan perbaikan drainase sebagai usulan terbanyak.";

/** What a newsroom's renderer gives for a post with four photos. */
export function sampleRenderings(): Rendering[] {
  const photos = [1, 2, 3, 4].map((n) => renderedPhoto(n));
  const facebook = `${title}\n\n${lead}\n\nCamat Cibitung, Drs. Encun Sunarto, M.Si, meminta setiap desa menyusun usulan menurut kebutuhan warga, bukan menurut keinginan pengurus.\n\nBerita lengkap: \n\nFoto: Kecamatan Cibitung\n\n#KabupatenBekasi #Cibitung`;
  const x = `Musrenbang Cibitung: 7 desa usulkan drainase dan jalan lingkungan. Camat Encun Sunarto, M.\u200cSi: usulan disusun menurut kebutuhan warga.`;
  const instagram = `${title}\n\n${lead}\n\nFoto: Kecamatan Cibitung\n\n#KabupatenBekasi #Cibitung`;
  const crop = { left: 320, top: 0, width: 960, height: 1200 };
  return [
    {
      ...rest,
      channel: "web",
      text: [
        `<!-- wp:paragraph -->\n<p>${lead}</p>\n<!-- /wp:paragraph -->\n\n<!-- wp:heading -->\n<h2 class="wp-block-heading">Usulan warga</h2>\n<!-- /wp:heading -->\n\n`,
        `<!-- wp:list -->\n<ul class="wp-block-list"><!-- wp:list-item -->\n<li>Drainase di <strong>Wanasari</strong> &amp; Wanajaya</li>\n<!-- /wp:list-item --></ul>\n<!-- /wp:list -->\n\n`,
        `<!-- wp:image {"id":`,
        { photo: hashOf(2), as: "id" },
        `} -->\n<figure class="wp-block-image"><img src="`,
        { photo: hashOf(2), as: "url" },
        `" alt="Foto 2" class="wp-image-`,
        { photo: hashOf(2), as: "id" },
        `"/><figcaption class="wp-element-caption">Musrenbang Kecamatan Cibitung, foto 2.</figcaption></figure>\n<!-- /wp:image -->`,
      ],
      length: 900,
      photos,
      article: {
        title,
        slug: "musrenbang",
        summary: "Musrenbang Cibitung menghimpun usulan warga dari tujuh desa dan kelurahan.",
        category: "pembangunan",
        tags: ["musrenbang", "cibitung"],
      },
    },
    {
      ...rest,
      channel: "facebook",
      text: [facebook],
      link: { when: "known", at: facebook.indexOf("Berita lengkap: ") + 16, before: "" },
      length: facebook.length,
      limit: 5000,
      photos: [1, 2, 3, 4, 5, 6].map((n) => renderedPhoto(n)),
    },
    {
      ...rest,
      channel: "instagram",
      text: [instagram],
      length: instagram.length,
      limit: 2200,
      photos: photos.map((photo) => ({ ...photo, crop, width: 1152, height: 1440 })),
      warnings: [{ code: "crop", params: { photo: "foto-1.jpg", percent: 40 } }],
    },
    {
      ...rest,
      channel: "x",
      text: [x],
      link: { when: "asked", at: x.length, before: " " },
      length: 140,
      limit: 280,
      photos,
    },
  ];
}
