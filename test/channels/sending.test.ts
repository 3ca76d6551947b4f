import { describe, expect, it } from "vitest";
import { committed, nextLook } from "../../src/channels/sending/outcome.js";
import { textKey, textOf } from "../../src/channels/sending/text.js";
import type { Rendering } from "../../src/contract/contract.js";
import { cancelled, temporary } from "../../src/errors/errors.js";

const rendering = (text: string, at?: number): Rendering => ({
  ...{ channel: "facebook", text: [text], length: text.length, limit: null, photos: [] },
  ...{ left_out: [], article: null, warnings: [] },
  link: at === undefined ? null : { when: "known", at, before: "\n\n" },
});

describe("the text that is sent", () => {
  it("has the article's address only where the rendering has a place for it and there is one", () => {
    const link = "https://a.example/b";
    expect(textOf({ rendering: rendering("Judul #tag", 5), link })).toBe("Judul\n\nhttps://a.example/b #tag");
    expect(textOf({ rendering: rendering("Judul", 5), link: null })).toBe("Judul");
    expect(textOf({ rendering: rendering("Judul"), link })).toBe("Judul");
  });

  it("is found again with other line breaks, blanks and composed letters, and not with other words", () => {
    const key = textKey("Judul\n\nIsi café  \n");
    expect(textKey("Judul\r\n\r\nIsi cafe\u0301")).toBe(key);
    expect(textKey(" Judul Isi café")).toBe(key);
    expect(textKey("Judul\n\nIsi cafe")).not.toBe(key);
    expect(textKey("judul\n\nIsi café")).not.toBe(key);
  });
});

describe("a commit", () => {
  const unreachable = (reason: string) =>
    temporary("server-unreachable", { origin: "https://a.example", path: "/", reason });
  const outcomeOf = (error: unknown) =>
    committed(
      () => Promise.reject(error),
      () => undefined,
    );

  it.each(["ENOTFOUND", "EAI_AGAIN", "ECONNREFUSED", "CERT_HAS_EXPIRED", "SELF_SIGNED_CERT_IN_CHAIN"])(
    "has certainly not arrived where the connection never stood: %s",
    async (reason) => {
      expect(await outcomeOf(unreachable(reason))).toMatchObject({ state: "failed", reason });
    },
  );

  it.each([
    ["a reset", unreachable("ECONNRESET")],
    ["a broken pipe", unreachable("EPIPE")],
    ["a route that is gone", unreachable("EHOSTUNREACH")],
    ["an answer that is no HTTP", unreachable("HPE_INVALID_CONSTANT")],
    ["silence", temporary("server-slow", { origin: "https://a.example", path: "/", reason: "ETIMEDOUT" })],
    ["Ctrl-C", cancelled("cancelled")],
  ])("may have arrived after %s", async (_, error) => {
    expect(await outcomeOf(error)).toMatchObject({ state: "unclear" });
  });

  it("does not hide a bug", async () => {
    await expect(outcomeOf(new TypeError("x"))).rejects.toThrow(TypeError);
  });
});

it("the next look is the first moment that is still to come", () => {
  expect(nextLook(0, [1, 5])).toBe(60_000);
  expect(nextLook(60_000, [1, 5])).toBe(300_000);
  expect(nextLook(300_000, [1, 5])).toBeUndefined();
});
