import { describe, expect, it } from "vitest";
import { channelCards } from "../../../src/channels/cards/cards.js";
import { foldText } from "../../../src/channels/cards/fold.js";
import { previewPage } from "../../../src/channels/cards/page.js";
import type { Cards } from "../../../src/channels/cards/types.js";
import type { Rendering } from "../../../src/contract/contract.js";
import { loadMessages } from "../../../src/language/index.js";
import { renderingWarning } from "../../../src/language/rendering-warning.js";
import { hashOf, renderedPhoto, sampleRenderings } from "./renderings.js";

const messages = await loadMessages("id");
const rest = {
  name: "Kecamatan Cibitung",
  warningText: (warning: Rendering["warnings"][number]) => renderingWarning(warning, messages),
  messages: messages.preview,
  language: "id",
} as const;
const pictures: Cards["pictures"] = new Map(
  [1, 2, 3, 4, 5, 6].map((n) => [hashOf(n), { width: 1600, height: 1200, address: `/photos/${hashOf(n)}` }]),
);
const draw = (renderings: readonly Rendering[], changes: Partial<Cards> = {}) =>
  channelCards({ ...rest, pictures, heading: 3, renderings, ...changes }).html;
const only = (channel: Rendering["channel"], changes: Partial<Rendering> = {}): Rendering => ({
  ...sampleRenderings().find((rendering) => rendering.channel === channel)!,
  ...changes,
});
const copied = (html: string) => /<textarea[^>]*>\n([\s\S]*?)<\/textarea>/.exec(html)?.[1];

describe("a card", () => {
  it("says how long the text is, how long it may be, and what it costs", () => {
    expect(draw([only("x")])).toContain("<span>140 dari 280 karakter</span>");
    expect(draw([only("x")])).toContain("US$0.035 (dengan tautan US$0.220)");
    expect(draw([only("facebook")])).toContain("dari 5.000 karakter");
    expect(draw([only("facebook")])).toContain("tanpa biaya");
  });

  it("gives exactly the text that is sent, with the character that keeps a title from being a link", () => {
    const text = "Camat, M.\u200cSi, & “warga”\n\n#Cibitung 👨\u200d👩\u200d👧";
    expect(copied(draw([only("x", { text: [text] })]))).toBe(text.replace("&", "&amp;"));
  });

  it("shows where the article's address will be, and puts it there once it is known", () => {
    expect(draw([only("facebook")])).toContain("‹alamat berita di situs web›");
    expect(copied(draw([only("facebook")]))).toContain("Berita lengkap: \n");
    const known = draw([only("facebook")], { link: "https://cibitung.example.go.id/musrenbang" });
    expect(copied(known)).toContain("Berita lengkap: https://cibitung.example.go.id/musrenbang\n");
  });

  it("crops a photo to what the channel shows, by attributes that every policy admits", () => {
    const html = draw([only("instagram")]);
    expect(html).toContain('viewBox="320 0 960 1200"');
    expect(html).toContain(`<image href="/photos/${hashOf(1)}" width="1600" height="1200"`);
    expect(html).not.toMatch(/\sstyle=|<script|<style/);
  });

  it("shows every alt text, and says where one is missing", () => {
    const html = draw([only("x", { photos: [renderedPhoto(1), renderedPhoto(2, { alt: "" })] })]);
    expect(html).toContain('<span lang="id">Warga duduk menghadap meja musyawarah, foto 1</span>');
    expect(html).toContain("<em>Belum ada teks alternatif</em>");
  });

  it("says the renderer's remarks in the reader's language, and names what a newer newsroom says by its code", () => {
    expect(draw([only("instagram")])).toContain("Foto foto-1.jpg terpotong 40 persen");
    expect(draw([only("x", { warnings: [{ code: "from-2030", params: {} }] })])).toContain(
      "<li>from-2030</li>",
    );
  });

  it("says how many photos it cannot show", () => {
    const html = draw([only("x")], { pictures: new Map([...pictures].slice(0, 3)) });
    expect(html).toContain("1 foto tidak dapat ditampilkan di sini.");
    expect(html).toContain("foto tidak ada di sini");
  });

  it("counts the photos of a Facebook post that are seen only when it is opened", () => {
    expect(draw([only("facebook")])).toContain('<span class="card-more">+2</span>');
  });

  it("lets nothing out of its text, whoever wrote it", () => {
    const bad = `"><img src=x onerror=alert(1)><script>alert(2)</script>\u202e`;
    const photo = renderedPhoto(1, { alt: bad, caption: bad, credit: bad });
    const hostile = sampleRenderings().map((rendering) => ({
      ...rendering,
      text: [bad],
      photos: [photo],
      warnings: [{ code: bad, params: {} }],
      article: rendering.article && {
        ...rendering.article,
        title: bad,
        category: bad,
        summary: bad,
        tags: [bad],
      },
    }));
    const html = draw(hostile, { name: bad });
    expect(html).not.toMatch(/<img src=x|<script|onerror=alert\(1\)>(?!&)|\u202e/);
    expect(html).toContain("&lt;script&gt;");
  });
});

describe("the fold", () => {
  it("is after 125 characters on Instagram, between two words", () => {
    const text = "kata ".repeat(60).trim();
    const { start, rest: folded } = foldText("instagram", text);
    expect(start.length).toBeLessThanOrEqual(125);
    expect(start.length).toBeGreaterThan(115);
    expect(start + folded).toBe(text);
  });

  it("is after 480 characters or five lines on Facebook, and nowhere on X", () => {
    expect(foldText("facebook", "a".repeat(480)).rest).toBe("");
    expect(foldText("facebook", "a".repeat(481)).start).toHaveLength(480);
    expect(foldText("facebook", "1\n2\n3\n4\n5\n6").start).toBe("1\n2\n3\n4\n5");
    expect(foldText("x", "a".repeat(4000)).rest).toBe("");
  });

  it("never divides a character", () => {
    expect(foldText("instagram", "😀".repeat(200)).start.isWellFormed()).toBe(true);
  });
});

describe("a preview's page", () => {
  const jpeg = Buffer.from([0xff, 0xd8, 0xff, 0xd9]);
  const page = previewPage({
    ...rest,
    title: "Musrenbang <b>",
    about: ["Revisi 2"],
    renderings: sampleRenderings(),
    pictures: new Map([1, 2, 3, 4, 5, 6].map((n) => [hashOf(n), { width: 1600, height: 1200, jpeg }])),
  });

  it("embeds every picture once, and names no address that a browser would load", () => {
    expect(page.match(/data:image\/jpeg;base64,/g)).toHaveLength(6);
    expect(page.match(/(?:src|href)="(?!#|data:image\/jpeg;)/g)).toBeNull();
  });

  it("forbids itself everything but its pictures and its one style", () => {
    expect(page).toContain("default-src 'none'; img-src data:; style-src 'sha256-");
    expect(page).not.toMatch(/<script|\sstyle=/);
    expect(page).toContain("Musrenbang &lt;b&gt;");
  });
});
