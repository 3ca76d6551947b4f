import { parse } from "@wordpress/block-serialization-default-parser";
import { describe, expect, it } from "vitest";
import { block, escapeAttribute, stack } from "../../../src/channels/web/blocks.js";

describe("a block", () => {
  it("keeps an attribute's text in its comment, whatever it is", () => {
    const text = '--> <!-- wp:html --> "a" & \\"b\\" \\\\ c';
    const [comment] = block("note", { text }, ["isi"]);
    expect(parse(String(comment))).toMatchObject([
      { blockName: "core/note", attrs: { text }, innerHTML: "\nisi\n" },
    ]);
  });

  it("writes its attributes as WordPress's own serializer does", () => {
    expect(block("note", { text: '--<>&"\\' }, [])).toEqual([
      '<!-- wp:note {"text":"\\u002d\\u002d\\u003c\\u003e\\u0026\\u0022\\u005c"} -->\n\n<!-- /wp:note -->',
    ]);
  });

  it("joins the text around places, and leaves none empty", () => {
    const place = { photo: "a".repeat(64), as: "id" } as const;
    expect(stack([["a", ""], [place], ["b", "c"]])).toEqual(["a\n\n", place, "\n\nbc"]);
  });

  it("escapes quotes in attributes", () => {
    expect(escapeAttribute('"a" <b> & [c]')).toBe("&quot;a&quot; &lt;b&gt; &amp; &#091;c]");
  });
});
