import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { loadMessages } from "../../../src/language/index.js";
import { localPath } from "../../../src/newsroom/desk/http/forms.js";
import { hashPassword, isPassword } from "../../../src/newsroom/desk/login/password.js";
import { isTotpSecret, newTotpSecret, totpAddress, totpStep } from "../../../src/newsroom/desk/login/totp.js";
import { changedParts } from "../../../src/newsroom/desk/models/compare.js";
import { contentOfFields, fieldsOfContent } from "../../../src/newsroom/desk/models/edit.js";
import { instantOf, localTime } from "../../../src/newsroom/desk/models/format.js";
import { parseQueueQuery, queueAddress } from "../../../src/newsroom/desk/models/queue.js";
import { weekAt, weekModel } from "../../../src/newsroom/desk/models/week.js";
import { createViews } from "../../../src/newsroom/desk/pages/render.js";
import { blocksOf } from "../../../src/newsroom/texts/article.js";
import { Html } from "../../../src/text/html.js";
import { content, photo } from "../support/newsroom.js";

const messages = await loadMessages("id");
const htmlOf = (body: string) =>
  blocksOf(body)
    .map((block) => block.html.html)
    .join("");

describe("an article", () => {
  it("is split into blocks, numbered from 1", () => {
    const blocks = blocksOf("Satu.\n\n## Dua\n\n- tiga\n- empat\n\n> lima");
    expect(blocks.map(({ number, start }) => [number, start])).toEqual([
      [1, "Satu."],
      [2, "Dua"],
      [3, "tiga empat"],
      [4, "lima"],
    ]);
  });

  it("has headings below those of the page", () => {
    expect(htmlOf("# a\n\n## b\n\n###### c")).toBe("<h3>a</h3>\n<h3>b</h3>\n<h6>c</h6>\n");
  });

  it.each([
    ["HTML", '<script>alert(1)</script>\n\n<img src=x onerror="x">'],
    ["a script address", "[a](javascript:alert(1)) [b](data:text/html,x) [c](vbscript:x)"],
    [
      "a hidden script address",
      "[a](java\u0000script:alert(1)) [b](&#106;avascript:alert(1)) <javascript:alert(1)>",
    ],
    ["a remote image", "![x](https://evil.example/pixel.png)"],
    ["an attribute", '[a](https://a.example/"onmouseover="alert(1))'],
  ])("lets no %s through", (_what, body) => {
    const html = htmlOf(body);
    expect(html).not.toMatch(
      /<(script|img|iframe|svg|style)|javascript:[^<]*"|href="(?!https?:|mailto:)|<[^>]*\son\w+=/i,
    );
  });

  it("aligns the columns of a table by class, because the pages allow no style attribute", () => {
    const html = htmlOf("| a | b | c | d |\n|:--|:-:|--:|---|\n| 1 | 2 | 3 | 4 |");
    expect(html).toContain('<th class="align-left">a</th>\n<th class="align-center">b</th>');
    expect(html).toContain('<td class="align-right">3</td>\n<td>4</td>');
    expect(html).not.toContain("style");
  });

  it("sends no referrer with its links", () => {
    expect(htmlOf("[a](https://a.example)")).toContain('rel="nofollow noopener noreferrer"');
  });

  it("contains no control or bidi character and only allowed tags, for any text", () => {
    const allowed =
      /^(p|h[3-6]|ul|ol|li|blockquote|hr|pre|code|em|strong|s|a|br|table|thead|tbody|tr|th|td)$/;
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 300 }), (body) => {
        const html = htmlOf(body);
        expect(html).not.toMatch(/[\u0000-\u0008\u202a-\u202e\u2066-\u2069\u200b-\u200f]/);
        for (const [, tag] of html.matchAll(/<\/?([a-z0-9]+)/g)) expect(tag).toMatch(allowed);
      }),
    );
  });
});

describe("views", () => {
  const engine = createViews();
  const render = (template: string, model: object) => engine.parseAndRenderSync(template, model);

  it("escape and clean all output", () => {
    expect(render("{{ a }}", { a: '<b title="x">\u202eevil\u0007</b>' })).toBe(
      "&lt;b title=&quot;x&quot;&gt;evil&lt;/b&gt;",
    );
  });

  it("accept unescaped HTML only as Html", () => {
    expect(render("{{ a | html }}", { a: new Html("<p>") })).toBe("<p>");
    expect(() => render("{{ a | html }}", { a: "<p>" })).toThrow(/html/);
    expect(() => render("{{ a | html }}", { a: { html: "<p>" } })).toThrow(/html/);
  });

  it("give typed text back to a form escaped but unchanged", () => {
    expect(render("{{ a | field }}", { a: "a\u200db</textarea>" })).toBe("a\u200db&lt;/textarea&gt;");
  });

  it("fail on an undefined variable", () => {
    expect(() => render("{{ missing }}", {})).toThrow(/undefined variable/);
  });
});

describe("the difference between revisions", () => {
  it("names only the parts that changed, and follows a photo that changes position", () => {
    const [a, b] = [photo("a".repeat(64)), { ...photo("b".repeat(64)), caption: "Lain." }];
    const changed = changedParts(
      content({ photos: [a, b], summary: "s" }),
      content({ photos: [b], title: "Baru" }),
      { messages, language: "id" },
    );
    expect(changed.map(({ name }) => name)).toEqual(["Judul", "Ringkasan", "Foto 1 (posyandu.jpg)"]);
  });
});

describe("the editing form", () => {
  const base = content({
    photos: [photo("a".repeat(64))],
    embargo: "2026-11-20T10:00:30+09:00",
    body: "Baris satu.\r\n\r\nKeluarga 👨‍👩‍👧.  ",
    summary: " tepi ",
  });

  it("changes nothing when it is opened and saved", () => {
    const fields = Object.fromEntries(
      Object.entries(fieldsOfContent(base)).map(([name, value]) => [name, value.replace(/\r\n?/g, "\n")]),
    );
    expect(JSON.parse(JSON.stringify(contentOfFields(base, fields)))).toEqual(
      JSON.parse(JSON.stringify(base)),
    );
  });

  it("applies typed values, and keeps content that has no field", () => {
    const typed = {
      ...fieldsOfContent(base),
      title: " Judul baru ",
      tags: "a, b ,",
      embargo: "",
      [`alt-${"a".repeat(64)}`]: "Baru",
    };
    const revised = contentOfFields(base, typed) as unknown as typeof base;
    expect(revised).toMatchObject({
      title: "Judul baru",
      tags: ["a", "b"],
      answers: base.answers,
      internal: base.internal,
    });
    expect(revised.embargo).toBeUndefined();
    expect(revised.photos[0]?.alt).toBe("Baru");
  });

  it("reads times in WIB, to the same instant", () => {
    expect(instantOf("2026-11-24T16:00")).toBe("2026-11-24T09:00:00.000Z");
    expect(localTime("2026-11-24T09:00:00.000Z")).toBe("2026-11-24T16:00");
    expect([instantOf(""), instantOf("besok")]).toEqual([undefined, null]);
    expect(instantOf("2028-02-29T23:59:59")).toBe("2028-02-29T16:59:59.000Z");
    for (const none of ["2027-02-29T10:00", "2026-11-31T10:00", "2026-11-30T24:00", "0026-11-24T16:00"])
      expect(instantOf(none), none).toBeNull();
  });
});

describe("the queue's address", () => {
  it("contains every choice, and parses back to it", () => {
    const query = parseQueueQuery({
      view: "returned",
      kecamatan: "32.16.07",
      kind: "agenda",
      q: " jalan & air ",
      urgent: "1",
      after: "1.01a20e21-ed6a-75e9-8147-1c6dd7fc0202",
    });
    const address = queueAddress(query);
    expect(parseQueueQuery(Object.fromEntries(new URL(address, "http://a").searchParams))).toEqual(query);
  });

  it("parses whatever it contains", () => {
    fc.assert(
      fc.property(
        fc.dictionary(
          fc.constantFrom("view", "q", "kecamatan", "kind", "urgent", "after"),
          fc.oneof(fc.string({ unit: "binary" }), fc.array(fc.string())),
        ),
        (query) => {
          const read = parseQueueQuery(query);
          expect(queueAddress(read).startsWith("/")).toBe(true);
          expect(read.q.isWellFormed()).toBe(true);
        },
      ),
    );
  });
});

describe("a redirect target", () => {
  it.each([
    "//evil.example",
    "https://evil.example",
    "/\\evil.example",
    "javascript:alert(1)",
    "",
    "/a\r\nb",
    undefined,
  ])("is the queue instead of %j", (text) => expect(localPath(text)).toBe("/"));
  it("is a path of the desk", () => {
    expect(localPath("/submissions/1?revision=2")).toBe("/submissions/1?revision=2");
  });
});

describe("the week of an instant", () => {
  it.each([
    ["2026-11-22T16:59:59.000Z", "2026-W47"],
    ["2026-11-22T17:00:00.000Z", "2026-W48"],
    ["2026-12-31T17:00:00.000Z", "2026-W53"],
    ["2027-01-03T17:00:00.000Z", "2027-W01"],
    ["2024-12-30T05:00:00.000Z", "2025-W01"],
  ])("%s is %s in WIB", (instant, week) => expect(weekAt(new Date(instant))).toBe(week));
});

describe("the page of a week", () => {
  const zero = {
    ...{ received: 0, returned: 0, approved: 0, rejected: 0, withdrawn: 0, merged: 0, published: 0 },
    median_wait_minutes: null,
  };
  const pageOf = (now: string, received: number) =>
    weekModel(
      { messages, language: "id", now: new Date(now) },
      {
        ...{ week: "2026-W47", from: "2026-11-16T00:00:00+07:00", until: "2026-11-23T00:00:00+07:00" },
        kecamatan: [{ ...zero, kecamatan: "32.16.07", name: "Cibitung", received }],
        ...{ kinds: [], channels: [], total: { ...zero, received } },
      },
    ) as { title: string; chart: { lines: { x: number; label: number }[]; bars: { received: number }[] } };

  it.each([
    ["2026-11-20T05:00:00Z", "Pekan ini"],
    ["2026-11-24T05:00:00Z", "Pekan ke-47 tahun 2026"],
  ])("at %s is called %s", (now, title) => expect(pageOf(now, 1).title).toBe(title));

  it.each([
    [0, [0, 1]],
    [2, [0, 1, 2]],
    [7, [0, 2, 4, 6, 8]],
  ])("with at most %d received has a scale of whole numbers that just fits", (received, labels) => {
    const { lines, bars } = pageOf("2026-11-24T05:00:00Z", received).chart;
    expect(lines.map((line) => line.label)).toEqual(labels);
    const unit = (lines[1]!.x - lines[0]!.x) / labels[1]!;
    expect(bars[0]!.received).toBeCloseTo(received * unit);
  });
});

describe("a code of the authenticator", () => {
  // RFC 6238, appendix B, SHA-1; the RFC shows eight digits, of which six are the last.
  const secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";
  it.each([
    [59, "287082"],
    [1111111109, "081804"],
    [1111111111, "050471"],
    [1234567890, "005924"],
    [2000000000, "279037"],
    [20000000000, "353130"],
  ])("is the RFC's at %i seconds", (seconds, code) => {
    expect(totpStep(secret, code, new Date(seconds * 1000))).toBe(Math.floor(seconds / 30));
  });

  it("is valid half a minute early or late, and no longer", () => {
    const at = (ms: number) => totpStep(secret, "050471", new Date(1111111111_000 + ms));
    expect([at(-30_000), at(0), at(30_000)]).toEqual([37037037, 37037037, 37037037]);
    expect([at(-61_000), at(90_000)]).toEqual([undefined, undefined]);
  });

  it("may be typed with spaces", () => {
    expect(totpStep(secret, " 050 471 ", new Date(1111111111_000))).toBe(37037037);
  });

  it.each(["", "05047", "0504711", "05047é", "०५०४७१", "-50471"])(
    "is not %j, which is refused without an error",
    (typed) => expect(totpStep(secret, typed, new Date(1111111111_000))).toBeUndefined(),
  );

  it("has an address that authenticator apps read", () => {
    expect(totpAddress(secret, "Ruang Redaksi", "budi")).toBe(
      `otpauth://totp/Ruang%20Redaksi:budi?issuer=Ruang%20Redaksi&secret=${secret}&algorithm=SHA1&digits=6&period=30`,
    );
  });

  it("belongs to a secret of 160 random bits", () => {
    const [secret, other] = [newTotpSecret(), newTotpSecret()];
    expect([isTotpSecret(secret), isTotpSecret(other)]).toEqual([true, true]);
    expect(secret).not.toBe(other);
  });
});

describe("a password", () => {
  it("is stored as a hash that only the password itself matches", async () => {
    const stored = await hashPassword("kuda baterai staples");
    expect(stored).toMatch(/^scrypt\$32768\$8\$3\$/);
    expect(await isPassword("kuda baterai staples", stored)).toBe(true);
    expect(await isPassword("kuda baterai stapler", stored)).toBe(false);
    expect(await isPassword("", undefined)).toBe(false);
  });

  it("matches however a keyboard composes its letters", async () => {
    expect(await isPassword("caf\u00e9 di pojok", await hashPassword("cafe\u0301 di pojok"))).toBe(true);
  });
});
