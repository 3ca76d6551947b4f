import { describe, expect, it } from "vitest";
import { internalInPublic } from "../../src/post/internal-in-public.js";
import type { Post } from "../../src/post/types.js";

const post = (internal: Post["internal"], more: Partial<Post> = {}): Post => ({
  ...{ kind: "berita-kegiatan", title: "Posyandu Digelar", category: "kesehatan", priority: "normal" },
  ...{ tags: [], channel_texts: {}, photos: [], answers: {}, internal },
  ...more,
});

describe("what is for the newsroom only", () => {
  it.each([
    [
      "a sentence",
      "Narasumber minta namanya jangan disebut",
      "Kata dia, narasumber minta namanya  jangan\ndisebut.",
    ],
    ["a telephone number, however it is written", "Bu Siti 0812-3456-7890", "Hubungi 0812 3456 7890."],
    ["an e-mail address", "siti@example.com", "Surel: Siti@example.com"],
    ["a web address", "di https://hoaks.example/a?b=1", "Lihat https://hoaks.example/a?b=1"],
  ])("must not be public: %s", (_what, note, body) => {
    expect(internalInPublic(post({ catatan: note }), body)).toEqual([{ key: "internal.catatan", where: "" }]);
    expect(internalInPublic(post({ a: { b: [note] } }, { summary: body }), "Isi")).toEqual([
      { key: "internal.a.b.0", where: "ringkasan" },
    ]);
    const channel_texts = { facebook: body };
    expect(internalInPublic(post({ catatan: note }, { channel_texts }), "Isi")[0]?.where).toBe(
      "teks_kanal.facebook",
    );
    expect(internalInPublic(post({ catatan: note }), "Isi yang lain")).toEqual([]);
  });

  it("may name an office or a person who is in the text too", () => {
    const internal = { narasumber: "Siti Aminah", kantor: "Kepala Desa Wanajaya", jumlah: "150", kosong: "" };
    expect(
      internalInPublic(post(internal), "Siti Aminah dan Kepala Desa Wanajaya menimbang 150 balita."),
    ).toEqual([]);
  });
});
