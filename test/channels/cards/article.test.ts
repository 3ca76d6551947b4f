import { describe, expect, it } from "vitest";
import { showArticle } from "../../../src/channels/cards/article.js";
import { Html } from "../../../src/text/html.js";

const hash = "a".repeat(64);
const show = (source: string) => showArticle(source, (sha256) => new Html(`[${sha256.slice(0, 2)}]`), 5);
const htmlOf = (source: string) => show(source).html.html;

describe("an article's blocks", () => {
  it("are shown without their comments, classes and attributes, with headings on one level", () => {
    const source =
      '<!-- wp:heading {"level":3} -->\n<h3 class="wp-block-heading" id="x">Usulan</h3>\n<!-- /wp:heading -->\n' +
      "<!-- wp:paragraph -->\n<p>Satu <strong>dua</strong><br />tiga &amp; &#091;empat]</p>\n<!-- /wp:paragraph -->";
    expect(htmlOf(source).replace(/\n/g, "")).toBe(
      "<h5>Usulan</h5><p>Satu <strong>dua</strong><br>tiga &amp; [empat]</p>",
    );
  });

  it("show the photos whose place they hold, and no other picture", () => {
    expect(htmlOf(`<figure><img src="photo:${hash}" alt="x" /></figure>`)).toBe("<figure>[aa]</figure>");
    expect(htmlOf('<img src="https://evil.example/x.png"><img src="photo:abc">')).toBe("");
  });

  it("give a plain text to copy, one paragraph each", () => {
    const source =
      "<!-- wp:list --><ul><li>Satu</li><li>Dua &lt;3</li></ul><!-- /wp:list -->\n\n<p>Tiga</p><p>Empat</p>";
    expect(show(source).text).toBe("Satu\nDua <3\n\nTiga\n\nEmpat");
  });
});

describe("whatever a newsroom answers", () => {
  it.each([
    ["<script>alert(1)</script>", "alert(1)"],
    ['<p onclick="x()">a</p>', "<p>a</p>"],
    ['<a href="javascript:alert(1)">a</a>', "a"],
    ['<a href="&#106;avascript:alert(1)">a</a>', "a"],
    ['<iframe src="https://evil.example"></iframe>b', "b"],
    ["<style>p{}</style>", "p{}"],
    ["a < b <3 <p", "a &lt; b &lt;3 &lt;p"],
    ["&lt;script&gt;", "&lt;script&gt;"],
    ["&#x3c;script&#62;", "&lt;script&gt;"],
    ["a\u202eb&#x202e;c", "abc"],
    ["<strong><em>a</strong>b", "<strong><em>a</em></strong>b"],
    ["</p></div>a", "a"],
    ["<!-- open", ""],
  ])("nothing of it runs, loads or breaks out: %s", (source, shown) => {
    expect(htmlOf(source)).toBe(shown);
  });

  it("keeps links to the web, to mail and to telephones, without telling them where the reader comes from", () => {
    expect(htmlOf('<a target="_blank" href="https://a.example/?a=1&amp;b=2">a</a>')).toBe(
      '<a href="https://a.example/?a=1&amp;b=2" rel="nofollow noopener noreferrer">a</a>',
    );
  });

  it("is read once, however many tags never end", () => {
    const source = '<a href="'.repeat(60_000) + "<!--".repeat(60_000);
    expect(show(source).html.html.length).toBeGreaterThan(1000);
  });
});
