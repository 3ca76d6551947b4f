import { describe, expect, it } from "vitest";
import { wordDifference } from "../../src/terminal/difference.js";
import { createInk } from "../../src/terminal/style.js";

const plain = createInk(false);

describe("a difference by words", () => {
  it("marks what went and what came, and shows little of the rest", () => {
    const long = "kata ".repeat(40).trim();
    expect(wordDifference(`Camat buka acara. ${long}`, `Camat tutup acara. ${long}`, plain)).toMatch(
      /^Camat \[-buka-\]\{\+tutup\+\} acara\. (kata )+…$/,
    );
    expect(wordDifference(`${long}\n`, `${long}\n\nBaru.\n`, plain)).toMatch(
      /^… (kata )*kata\s+\{\+Baru\.\+\}\s*$/,
    );
    const coloured = createInk(true);
    expect(wordDifference("", "Baru", coloured)).toBe(coloured.good("{+Baru+}"));
  });

  it("lets nothing through that moves the cursor or hides text", () => {
    expect(wordDifference("Aman", "\u001b[2J\u202eJahat\u0007", plain)).toBe("[-Aman-]{+Jahat+}");
  });
});
