import { describe, expect, it } from "vitest";
import { wrap } from "../../src/terminal/table.js";

describe("a command in a narrow terminal", () => {
  it.each([
    [
      "Belum jelas. Periksa dulu di kanalnya, lalu dilanjutkan dengan kominfo post publish musrenbang --to web,x --again x, satu per satu.",
      "kominfo post publish musrenbang --to web,x --again x,",
    ],
    [
      "Terbitan itu dicatat (kominfo post record <naskah> --url <alamat>), dan yang diturunkan ditandai.",
      "(kominfo post record <naskah> --url <alamat>),",
    ],
    [
      "  → Belum siap. Perbaiki, lalu: kominfo post submit 2026-11-22-camat-cibitung-buka-musrenbang-tingkat-kecamatan",
      "kominfo post submit 2026-11-22-camat-cibitung-buka-musrenbang-tingkat-kecamatan",
    ],
    [
      "  → npm ci --omit=dev --ignore-scripts --prefix /opt/kominfo/versi-yang-baru",
      "npm ci --omit=dev --ignore-scripts --prefix /opt/kominfo/versi-yang-baru",
    ],
  ])("stays on one line: %s", (text, command) => {
    for (const columns of [60, 40]) {
      const lines = wrap(text, columns).split("\n");
      expect(lines.filter((line) => line.includes(command))).toHaveLength(1);
      expect(lines.join(" ").replace(/\s+/g, " ")).toBe(text.replace(/\s+/g, " "));
    }
  });
});

describe("a long line", () => {
  it("keeps its blanks, and hangs behind a sign", () => {
    expect(wrap("✓ a  b c", 6)).toBe("✓ a  b\n  c");
  });

  it("gives a long name a line of its own, at its beginning where only that holds it", () => {
    expect(wrap("✓ Disalin dari 2026-11-24-rapat", 20)).toBe("✓ Disalin dari\n  2026-11-24-rapat");
    expect(wrap("✓ Di https://redaksi.go.id", 21)).toBe("✓ Di\nhttps://redaksi.go.id");
  });
});
