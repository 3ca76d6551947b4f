import { describe, expect, it } from "vitest";
import { readPost } from "../../../src/post/front-matter/read.js";
import { strayKeys } from "../../../src/post/front-matter/stray-keys.js";

const front = "---\njudul: a\njenis: berita-kegiatan\n";

describe("a stray --- in front matter", () => {
  it.each([
    ["before internal", `${front}---\ninternal:\n  catatan: "rahasia"\n---\nIsi\n`, 4, 5, "internal"],
    [
      "before keys, with nothing that closes them",
      `${front}---\ninternal:\n  catatan: x\nIsi\n`,
      4,
      5,
      "internal",
    ],
    ["within a photo", `${front}foto:\n  - berkas: "foto/a.jpg"\n---\n    alt: "x"\n---\nIsi\n`, 6, 7, "alt"],
    [
      "between photos",
      `${front}foto:\n---\n  - berkas: "foto/a.jpg"\nisian:\n  a: b\n---\nIsi\n`,
      5,
      6,
      "berkas",
    ],
    ["within answers", `${front}isian:\n---\n  kegiatan: "Posyandu"\n---\nIsi\n`, 5, 6, "kegiatan"],
    ["below the first line", `---\n---\njudul: a\njenis: b\n---\nIsi\n`, 2, 3, "judul"],
    ["with blank lines and blanks behind it", `${front}---  \n\n\ntag: []\n---\nIsi\n`, 4, 7, "tag"],
    ["within internal, with nothing that closes it", `${front}---\n  catatan: "x"\nIsi\n`, 4, 5, "catatan"],
    ["below the text", `${front}---\nIsi\n\n---\ninternal:\n  catatan: x\n---\n`, 7, 8, "internal"],
  ])("is an error with its line: %s", (_what, text, line, at, name) => {
    for (const given of [text, text.replaceAll("\n", "\r\n"), `\ufeff${text}`]) {
      const { post, problems } = readPost(given);
      expect(post).toBeUndefined();
      expect(problems).toEqual([{ code: "stray-keys", severity: "error", line, params: { name, at } }]);
    }
  });

  it.each([
    ["internal in the middle of the text", "Satu\n\ninternal:\n  catatan: x\n", 3],
    ["internal on one line", 'Satu\ninternal: {catatan: "x"}\nDua\n', 2],
    ["internal with a capital and a space", "Satu\n\nInternal :\n  catatan: x\n", 3],
    ["internal in quotes", 'Satu\n"internal":\n  catatan: x\n', 2],
    ["internal on a plain line", "Satu\n\ninternal: jangan sebut Budi\n", 3],
    ["internal with hard spaces", "Satu\ninternal:\u00a0\n\u00a0\u00a0catatan: x\n", 2],
    ["internal with a wide colon", "Satu\ninternal\uff1a\n  catatan: x\n", 2],
    ["internal in bold", "Satu\n**internal:**\n  catatan: x\n", 2],
    ["internal in a quotation", "Satu\n> internal:\n>   catatan: x\n", 2],
    ["internal in a list", "Satu\n- internal:\n    catatan: x\n", 2],
    ["internal in a block of code", "Satu\n```yaml\ninternal:\n  catatan: x\n```\n", 3],
    ["internal in a comment", "Satu\n<!-- internal: x -->\n", 2],
    ["internal with a dot", "Satu\ninternal.catatan: x\n", 2],
    ["a heading with keys below it", "Satu\n\n## Internal\n\ncatatan: x\n", 3],
    ["answers", "Satu\nisian:\n  kegiatan: x\n", 2],
  ])("is not needed for %s", (_what, body, line) => {
    expect(strayKeys(body, 1)).toMatchObject({ code: "stray-keys", line });
  });

  it.each([
    "Satu\n---\nDua\n",
    "---\n\nLokasi: Balai Desa\nTanggal: 22 November\n\n---\nDua\n",
    "Tanggal: 22 November 2026\n\nLokasi: Aula\n",
    "Catatan: bawa KTP\n---\n",
    "- Lokasi: Aula\n- Waktu: 09.00\n\n---\n",
    "internal audit dilakukan oleh Inspektorat\n",
    "Rapat internal: Camat hadir\n",
    "Internal:\n- Camat\n- Sekcam\n",
    "Peserta:\n- internal: 12 pegawai\n- eksternal: 30 warga\n",
    "## Internal\n\nPembenahan dimulai tahun ini.\n",
    "**Internal**: pembenahan dimulai.\n",
    "Urusan internal, kata Camat.\n",
    "http://a.example\n---\nkata: kata\nlagi tanpa kunci\n---\n",
    "",
    "---\n---\n",
  ])("is not prose: %j", (body) => {
    expect(strayKeys(body, 1)).toBeUndefined();
  });
});
