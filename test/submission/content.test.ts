import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Post } from "../../src/post/types.js";
import { contentOf } from "../../src/submission/content.js";

const post: Post = {
  kind: "berita-kegiatan",
  title: "Posyandu Digelar",
  category: "kesehatan",
  priority: "normal",
  tags: [],
  channel_texts: {},
  photos: [],
  answers: {},
  internal: { catatan: "NARASUMBER-RAHASIA 0812-0000-0000, jangan disebut sama sekali" },
};
const content = (more: Partial<Post>, body = "Isi") => contentOf("a", { ...post, ...more }, body, new Map());
const refusal = (reason: string, key: string) =>
  expect.objectContaining({ code: "content-unsafe", exit: 2, params: { reason, key } });

describe("the content that is sent, however the post was read", () => {
  it("holds nothing of internal in what is public", () => {
    expect(content({}).internal).toEqual(post.internal);
    const note = String(post.internal.catatan);
    expect(() => content({}, `Isi\n\n${note}\n`)).toThrow(refusal("internal", "internal.catatan"));
    expect(() => content({ summary: "Hubungi 081200000000" })).toThrow(
      refusal("internal", "internal.catatan"),
    );
  });

  it("holds no sentence of internal in any text that readers see", () => {
    const word = fc.stringMatching(/^[a-z]{3,9}$/);
    const places: ((text: string) => [Partial<Post>, string?])[] = [
      (text) => [{}, `Isi. ${text}. Lagi.`],
      (text) => [{ title: text }],
      (text) => [{ summary: text }],
      (text) => [{ correction_note: text }],
      (text) => [{ tags: [text] }],
      (text) => [{ channel_texts: { x: `Baru: ${text}` } }],
      ...(["caption", "alt", "credit"] as const).map((key) => (text: string): [Partial<Post>] => [
        { photos: [{ file: "foto/a.jpg", source: "own", children: "none", lead: true, [key]: text }] },
      ]),
    ];
    fc.assert(
      fc.property(
        fc.array(word, { minLength: 5, maxLength: 9 }),
        fc.constantFrom(" ", "  ", ", ", "\n"),
        fc.constantFrom(...places),
        (sentence, gap, place) => {
          const [more, body] = place(sentence.join(gap).toUpperCase());
          expect(() => content({ ...more, internal: { a: [{ b: sentence.join(" ") }] } }, body)).toThrow(
            refusal("internal", "internal.a.0.b"),
          );
        },
      ),
      { seed: 14 },
    );
  });

  it("holds no front matter in the body", () => {
    expect(() => content({ internal: {} }, "internal:\n  catatan: x\n---\nIsi")).toThrow(refusal("keys", ""));
  });

  it("holds no letter that was lost or cannot be stored", () => {
    expect(() => content({ title: "Caf\ufffd" })).toThrow(refusal("letters", "title"));
    expect(() => content({ answers: { a: ["x", "y\u0000"] } })).toThrow(refusal("letters", "answers.a.1"));
    expect(() => content({}, "Isi \ud800")).toThrow(refusal("letters", "body"));
  });

  it("names a photo by a name that can be stored", () => {
    const photo = { file: "foto/a.jpg", source: "own", children: "none", lead: false } as const;
    const rendered = new Map([["foto/a.jpg", { sha256: "0".repeat(64), filename: "Caf\ufffd.jpg" }]]);
    expect(contentOf("a", { ...post, photos: [photo] }, "Isi", rendered).photos[0]?.filename).toBe(
      "Caf_.jpg",
    );
  });
});
