import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createScrubber } from "../../src/terminal/scrubber.js";

const secret = 'kominfo_s3cret/+"\\ é&=rahasia';

describe("the scrubber", () => {
  const scrubber = createScrubber();
  scrubber.add(secret);

  it.each([
    ["as it is", secret],
    ["as base64", Buffer.from(secret).toString("base64")],
    ["as base64url", Buffer.from(secret).toString("base64url")],
    ["in a URL", encodeURIComponent(secret)],
    ["in a form", new URLSearchParams({ a: secret }).toString().slice(2)],
    ["in JSON", JSON.stringify(secret).slice(1, -1)],
  ])("hides a secret %s", (_form, shown) => {
    expect(scrubber.scrub(`sebelum ${shown} sesudah ${shown}`)).toBe("sebelum •••• sesudah ••••");
  });

  it("hides it in each text of a value of JSON", () => {
    expect(scrubber.scrubAll({ error: { [secret]: [secret, `a ${secret}`, 1, null, true] } })).toEqual({
      error: { "••••": ["••••", "a ••••", 1, null, true] },
    });
  });

  it.each(["siti", "admin", "redaksi", ""])("hides it in the HTTP Basic login of %s", (user) => {
    for (const after of ["", "\n", "\r\n"]) {
      for (const encoding of ["base64", "base64url"] as const) {
        const shown = scrubber.scrub(Buffer.from(`${user}:${secret}${after}`).toString(encoding));
        expect(shown).toContain("••••");
        // What is left holds no more of it than the bits that share a character with a neighbour.
        const rest = shown.split("••••").map((part) => Buffer.from(part, encoding).toString("latin1"));
        for (const part of rest) expect(part).not.toContain(secret.slice(0, 2));
        expect(shown.length).toBeLessThan(24);
      }
    }
  });

  it("takes a secret that is not well-formed text", () => {
    const odd = createScrubber();
    odd.add("rahasia\ud800");
    expect(odd.scrub("<rahasia\ud800>")).toBe("<••••>");
  });

  it("leaves everything else", () => {
    expect(scrubber.scrub("kominfo_s3cret")).toBe("kominfo_s3cret");
    expect(createScrubber().scrub(secret)).toBe(secret);
  });

  it("does not blank out words for a secret that is hardly one", () => {
    const mild = createScrubber();
    mild.add("admin");
    mild.add("");
    expect(mild.scrub("admin masuk")).toBe("admin masuk");
  });

  it("hides all of a secret that begins with another", () => {
    const two = createScrubber();
    two.add("rahasia");
    two.add("rahasia-panjang");
    expect(two.scrub("rahasia-panjang")).toBe("••••");
  });

  it("takes characters of patterns for what they are", () => {
    const odd = createScrubber();
    odd.add("$&.*+?^(){}|[]");
    expect(odd.scrub("<$&.*+?^(){}|[]>")).toBe("<••••>");
  });

  it("hides whatever it was told, wherever it stands", () => {
    const secrets = fc
      .string({ unit: "grapheme", minLength: 6, maxLength: 40 })
      .filter((text) => !text.includes("•"));
    fc.assert(
      fc.property(secrets, fc.string(), fc.string(), (hidden, before, after) => {
        const scrubber = createScrubber();
        scrubber.add(hidden);
        for (const form of [hidden, JSON.stringify(hidden), encodeURIComponent(hidden)])
          expect(scrubber.scrub(`${before}${form}${after}`)).not.toContain(hidden);
      }),
      { seed: 4, numRuns: 200 },
    );
  });
});
