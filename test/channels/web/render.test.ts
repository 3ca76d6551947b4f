import { parse } from "@wordpress/block-serialization-default-parser";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { renderChannels } from "../../../src/channels/render.js";
import type { Rendering } from "../../../src/contract/contract.js";
import { anyRevision, hashOf, photo, renderOn, revision, sizes } from "../revision.js";

type ParsedBlock = ReturnType<typeof parse>[number];

/** The article as a site gets it, each place filled as the site would. */
function articleOf({ text }: Rendering): string {
  return text
    .map((part) => (typeof part === "string" ? part : part.as === "id" ? "47" : "https://site.example/a.jpg"))
    .join("");
}

async function blocksOf(body: string): Promise<ParsedBlock[]> {
  return parse(articleOf(await renderOn("web", revision({ body })))).filter(({ blockName }) => blockName);
}

const htmlOf = async (body: string) =>
  (await blocksOf(body)).map(({ innerHTML }) => innerHTML.trim()).join("\n");
const names = (blocks: readonly ParsedBlock[]): unknown[] =>
  blocks.map(({ blockName, innerBlocks }) =>
    innerBlocks.length === 0 ? blockName : [blockName, ...names(innerBlocks)],
  );

describe("the body of an article", () => {
  it("is blocks of WordPress's editor", async () => {
    const body = [
      "Pembuka.\n\n## Usulan\n\n1. satu\n2. dua\n   - a\n\n> kutipan\n\n---\n",
      "| a | b |\n|---|--:|\n| 1 | 2 |\n\n```\nkode\n```",
    ].join("\n");
    expect(names(await blocksOf(body))).toEqual([
      "core/paragraph",
      "core/heading",
      ["core/list", "core/list-item", ["core/list-item", ["core/list", "core/list-item"]]],
      ["core/quote", "core/paragraph"],
      "core/separator",
      "core/table",
      "core/code",
    ]);
  });

  it("has its headings below the title, which the site shows as the first level", async () => {
    const blocks = await blocksOf("# Satu\n\n## Dua\n\n### Tiga");
    expect(blocks.map(({ attrs }) => attrs)).toEqual([{}, {}, { level: 3 }]);
    expect(await htmlOf("# Satu\n\n### Tiga")).toBe(
      '<h2 class="wp-block-heading">Satu</h2>\n<h3 class="wp-block-heading">Tiga</h3>',
    );
  });

  it("has emphasis, links, code and line breaks within its lines", async () => {
    expect(await htmlOf("**tebal** _miring_ ~~coret~~ `a<b` satu  \ndua")).toBe(
      "<p><strong>tebal</strong> <em>miring</em> <s>coret</s> <code>a&lt;b</code> satu<br>dua</p>",
    );
    expect(
      await htmlOf("[a](https://b.example/?c=1&d=2) [s](mailto:a@b.id) [t](tel:+6221) https://e.example."),
    ).toBe(
      '<p><a href="https://b.example/?c=1&amp;d=2">a</a> <a href="mailto:a@b.id">s</a> <a href="tel:+6221">t</a> ' +
        '<a href="https://e.example">https://e.example</a>.</p>',
    );
  });

  it("keeps the number a list starts with, and the sides of a table's columns", async () => {
    const [list] = await blocksOf("3. tiga\n4. empat");
    expect([list?.attrs, list?.innerContent[0]?.trim()]).toEqual([
      { ordered: true, start: 3 },
      '<ol start="3">',
    ]);
    expect(await htmlOf("| a |\n|--:|\n| 1 |")).toBe(
      '<figure class="wp-block-table"><table>' +
        '<thead><tr><th class="has-text-align-right" data-align="right">a</th></tr></thead>' +
        '<tbody><tr><td class="has-text-align-right" data-align="right">1</td></tr></tbody></table></figure>',
    );
  });

  it("writes empty elements as WordPress's filter does, so that saving changes nothing", async () => {
    expect(await htmlOf("---")).toBe('<hr class="wp-block-separator has-alpha-channel-opacity" />');
  });

  it("makes lines of what a list item cannot hold", async () => {
    const [list] = await blocksOf("- satu\n\n  dua\n\n  > tiga\n\n  ```\n  empat\n  lima\n  ```");
    expect(list?.innerBlocks[0]?.innerHTML.trim()).toBe("<li>satu<br>dua<br>tiga<br>empat<br>lima</li>");
  });

  it("shows HTML as it was typed, and lets nothing end a block or begin one", async () => {
    const typed = '<script>a()</script> <!-- /wp:paragraph --> <!-- wp:html {"a":1} --> -->';
    expect(names(await blocksOf(typed))).toEqual(["core/paragraph"]);
    expect(await htmlOf(typed)).toBe(
      "<p>&lt;script&gt;a()&lt;/script&gt; &lt;!-- /wp:paragraph --&gt; " +
        '&lt;!-- wp:html {"a":1} --&gt; --&gt;</p>',
    );
  });

  it("runs no shortcode, and embeds no player", async () => {
    expect(await htmlOf("Usulan [gallery ids=1] [1]")).toBe("<p>Usulan &#091;gallery ids=1] &#091;1]</p>");
    expect(await htmlOf("```\nhttps://video.example/1\n```")).toContain(
      "<code>https:&#047;&#047;video.example/1</code>",
    );
    expect(await htmlOf("https:\\//video.example/1")).toBe("<p>https:&#047;&#047;video.example/1</p>");
  });

  it("keeps the text of a link that leads nowhere good, and says so once", async () => {
    const rendering = await renderOn(
      "web",
      revision({ body: "[klik](javascript:alert(1)) [klik](javascript:alert(1))" }),
    );
    expect(articleOf(rendering)).toContain("<p>klik klik</p>");
    expect(rendering.warnings).toEqual([
      { code: "link-dropped", params: { address: "javascript:alert(1)" } },
    ]);
  });

  it("shows no picture of another site, and says so", async () => {
    const rendering = await renderOn(
      "web",
      revision({ body: "Lihat ![peta](https://peta.example/a.png) ini" }),
    );
    expect(articleOf(rendering)).not.toContain("peta");
    expect(rendering.warnings).toEqual([
      { code: "picture-left-out", params: { address: "https://peta.example/a.png" } },
    ]);
  });

  it("names at most 20 things that it does not show", async () => {
    const body = Array.from({ length: 50 }, (_, i) => `[a](javascript:${i})`).join(" ");
    expect((await renderOn("web", revision({ body }))).warnings).toHaveLength(20);
  });

  it("begins with what a correction mends", async () => {
    const content = revision({ body: "Isi.", correction_note: "Ralat: usulannya 42 & bukan <24>." });
    expect(articleOf(await renderOn("web", content))).toBe(
      "<!-- wp:paragraph -->\n<p><strong>Ralat:</strong> usulannya 42 &amp; bukan &lt;24&gt;.</p>\n<!-- /wp:paragraph -->\n\n" +
        "<!-- wp:paragraph -->\n<p>Isi.</p>\n<!-- /wp:paragraph -->",
    );
  });
});

describe("the photos of an article", () => {
  const three = [photo("a"), photo("b", { lead: true }), photo("c", { credit: "", alt: 'Peta "RW 3"' })];
  const measured = sizes({ a: [800, 600], b: [4000, 3000], c: [600, 800] });

  it("are the lead, which the site features, and a gallery of the others", async () => {
    const rendering = await renderOn("web", revision({ body: "Isi.", photos: three }), measured);
    const [, gallery] = parse(articleOf(rendering)).filter(({ blockName }) => blockName);
    expect(names([gallery!])).toEqual([["core/gallery", "core/image", "core/image"]]);
    expect(rendering.photos.map(({ sha256, width, height }) => [sha256[0], width, height])).toEqual([
      ["b", 2560, 1920],
      ["a", 800, 600],
      ["c", 600, 800],
    ]);
    expect(gallery!.innerBlocks.map(({ attrs, innerHTML }) => [attrs, innerHTML.trim()])).toEqual([
      [
        { id: 47, sizeSlug: "large", linkDestination: "none" },
        '<figure class="wp-block-image size-large"><img src="https://site.example/a.jpg" alt="Alt a" class="wp-image-47" />' +
          '<figcaption class="wp-element-caption">Takarir a. (Foto: Humas Kecamatan Cibitung)</figcaption></figure>',
      ],
      [
        { id: 47, sizeSlug: "large", linkDestination: "none" },
        '<figure class="wp-block-image size-large"><img src="https://site.example/a.jpg" alt="Peta &quot;RW 3&quot;" ' +
          'class="wp-image-47" /><figcaption class="wp-element-caption">Takarir c.</figcaption></figure>',
      ],
    ]);
  });

  it("leave places for what only the sending machine learns: once the address, twice the id", async () => {
    const { text } = await renderOn("web", revision({ photos: three.slice(0, 2) }), measured);
    expect(text.filter((part) => typeof part !== "string")).toEqual(
      ["id", "url", "id"].map((as) => ({ photo: hashOf("a"), as })),
    );
  });

  it("need no gallery where there is one beside the lead, and no block where there is none", async () => {
    const nameFor = async (photos: typeof three) =>
      names(parse(articleOf(await renderOn("web", revision({ photos }), measured))).slice(1)).filter(Boolean);
    expect(await nameFor(three.slice(0, 2))).toEqual(["core/image"]);
    expect(await nameFor(three.slice(1, 2))).toEqual([]);
  });

  it("that were removed are left out", async () => {
    const rendering = await renderOn("web", revision({ photos: three }), sizes({ a: [800, 600] }));
    expect(rendering.left_out).toEqual(
      ["b", "c"].map((name) => ({ sha256: hashOf(name), reason: "removed" })),
    );
  });
});

describe("the article's facts", () => {
  it("are what the site files it under", async () => {
    const content = revision({ tags: ["musrenbang", "musrenbang", ""], summary: "Ringkasnya." });
    expect((await renderOn("web", content)).article).toEqual({
      title: content.title,
      slug: "musrenbang-2027",
      summary: "Ringkasnya.",
      category: "pemerintahan",
      tags: ["musrenbang"],
    });
  });

  it("have a summary of the first paragraph, cut at a sentence, where the post has none", async () => {
    const body = `## Judul kecil\n\nSiaran Pers Nomor 4\n\n- Satu.\n\nKalimat **pertama** oleh Drs. H. Ahmad. ${"Kalimat kedua ".repeat(20)}.`;
    expect((await renderOn("web", revision({ body }))).article?.summary).toBe(
      "Kalimat pertama oleh Drs. H. Ahmad.",
    );
  });
});

it("is parsed back by WordPress's own parser unchanged, whatever was written", async () => {
  const serialize = (blocks: readonly ParsedBlock[]): string =>
    blocks
      .map(({ blockName, attrs, innerContent, innerBlocks }) => {
        const inner = [...innerBlocks];
        const html = innerContent.map((part: string | null) => part ?? serialize([inner.shift()!])).join("");
        if (blockName === null) return html;
        const name = blockName.replace(/^core\//, "");
        const json = Object.keys(attrs ?? {}).length > 0 ? `${JSON.stringify(attrs)} ` : "";
        return `<!-- wp:${name} ${json}-->${html}<!-- /wp:${name} -->`;
      })
      .join("");
  await fc.assert(
    fc.asyncProperty(anyRevision, async (input) => {
      const [rendering] = await renderChannels(input, ["web"]);
      const article = articleOf(rendering!);
      const blocks = parse(article);
      expect(serialize(blocks)).toBe(article);
      // Between blocks there is nothing that an editor would show as a block of its own.
      expect(
        blocks.filter(({ blockName, innerHTML }) => blockName === null && innerHTML.trim() !== ""),
      ).toEqual([]);
      const allowed =
        /<\/?(?:p|h[2-6]|ul|ol|li|blockquote|hr|figure|figcaption|img|table|thead|tbody|tr|th|td|pre|code|strong|em|s|a|br)(?: [a-z-]+="[^"<>]*")*(?: \/)?>/g;
      const rest = article.replace(/<!-- \/?wp:[a-z-]+ (?:\{[^<>]*?\} )?-->/g, "").replace(allowed, "");
      expect(rest).not.toMatch(/[<>[\u202e]/);
      const addresses = [...article.matchAll(/ href="([^"]*)"/g)].map(([, address]) => address);
      expect(addresses.filter((address) => !/^(https?:\/\/|mailto:|tel:)/.test(address!))).toEqual([]);
    }),
    { seed: 13, numRuns: 100, endOnFailure: true },
  );
});

it("shows every character that was typed", async () => {
  const decode = (html: string) =>
    html
      .replaceAll("&lt;", "<")
      .replaceAll("&gt;", ">")
      .replace(/&#0*(\d+);/g, (_, code) => String.fromCodePoint(Number(code)))
      .replaceAll("&amp;", "&");
  await fc.assert(
    fc.asyncProperty(fc.string({ unit: "grapheme", minLength: 1, maxLength: 60 }), async (typed) => {
      const text = `a${typed.replace(/\s+/g, " ").trim()}`;
      const html = await htmlOf(text.replace(/[!-/:-@[-`{-~]/g, "\\$&"));
      expect(decode(html)).toBe(`<p>${text}</p>`);
    }),
    { seed: 14, numRuns: 200, endOnFailure: true },
  );
});
