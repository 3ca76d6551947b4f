import { beforeAll, describe, expect, it } from "vitest";
import { ownCodes } from "../../src/contract/failure-codes.js";
import { explainOutcome, explainReason } from "../../src/language/explain-reason.js";
import { loadMessages, type Messages } from "../../src/language/index.js";

let catalogues: Messages[];
beforeAll(async () => {
  catalogues = await Promise.all((["id", "en"] as const).map((language) => loadMessages(language)));
});
const x = { channel: "x", account: "1583012345678901234", name: "X" };
const site = { channel: "web", account: "cibitung.example.go.id", name: "Web" };
const explain = (reason: string, about = x) => explainReason(catalogues[0]!, reason, about);

describe("a publication's stored reason", () => {
  it("has a sentence wherever it is a code of kominfo's own", () => {
    for (const messages of catalogues) {
      const codes = [...ownCodes, ...Object.keys(messages.errors), ...Object.keys(messages.reasons.codes)];
      for (const code of codes) {
        for (const about of [x, site]) {
          const sentence = explainReason(messages, code, about) ?? code;
          // More words than the code, and none of facts that nobody has.
          expect(sentence.trim().split(" ").length, code).toBeGreaterThan(1);
          expect(sentence, code).not.toBe(code);
          expect(sentence, code).not.toMatch(/undefined|NaN/);
        }
      }
    }
  });

  it.each([
    ["ECONNRESET", "Sambungan ke X terputus sebelum jawabannya tiba (ECONNRESET)."],
    ["ENOTFOUND", "Sambungan ke X tidak berhasil dibuat (ENOTFOUND)."],
    ["ETIMEDOUT", "X terlalu lama menjawab (ETIMEDOUT)."],
    ["503", "X menjawab dengan kode 503."],
    ["http-500", "X menjawab dengan kode 500."],
    ["100/1366051", "X menjawab dengan kode 100/1366051."],
    ["text/html", "Yang menjawab bukan X sendiri, melainkan halaman lain (text/html)."],
    ["channel-rejects", "Meta tidak menerima naskah atau fotonya."],
    ["rest_cannot_edit", 'Sebabnya hanya tercatat sebagai "rest_cannot_edit".'],
    ["some-code-to-come", 'Sebabnya hanya tercatat sebagai "some-code-to-come".'],
  ])("%s is said as a sentence", (reason, sentence) => expect(explain(reason)).toBe(sentence));

  it("calls the service by its name, and a website by its address", () => {
    expect(explain("channel-refused")).toMatch(/^X menolak akun x ini/);
    expect(explain("channel-refused", site)).toMatch(/^cibitung\.example\.go\.id menolak akun web ini/);
  });

  it.each([
    "Batal karena hujan.",
    "duplikat",
    "Malformed access token",
    "EDITOR",
    "dan/atau",
    "(#200) Denied",
  ])("%j stays as it is: somebody's words", (reason) => expect(explain(reason)).toBeUndefined());
});

describe("what an attempt has told", () => {
  it("is one sentence, the more exact one, and the channel's own words where it has said some", () => {
    const [id] = catalogues;
    const told = (outcome: object) => explainOutcome(id!, outcome, x);
    expect(told({ code: "server-unreachable", reason: "ECONNREFUSED" })).toEqual([
      "Sambungan ke X tidak berhasil dibuat (ECONNREFUSED).",
    ]);
    expect(told({ code: "503", reason: "Over capacity" })).toEqual([
      "X menjawab dengan kode 503.",
      "Over capacity",
    ]);
    expect(told({ code: "too-late", reason: "too-late" })).toEqual([explain("too-late")]);
    const facts = { service: "facebook", code: "100", reason: "Bad" };
    expect(told({ code: "channel-rejects", reason: "channel-rejects", facts })).toEqual([
      "Facebook tidak menerima naskah atau fotonya (100).",
    ]);
    expect(told({})).toEqual([]);
  });
});
