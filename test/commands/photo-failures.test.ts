import { describe, expect, it } from "vitest";
import { warnOfFailures } from "../../src/commands/photo/failures.js";
import type { Context } from "../../src/context.js";
import { failed, temporary } from "../../src/errors/errors.js";
import { loadMessages } from "../../src/language/index.js";
import { lineOf } from "../../src/terminal/progress.js";
import { formatMinutes } from "../../src/text/instant.js";

const messages = await loadMessages("id");

function warned(failures: Parameters<typeof warnOfFailures>[1]): string[] {
  const lines: string[] = [];
  const output = { warn: (text: string) => lines.push(text), note: (text: string) => lines.push(text) };
  warnOfFailures({ messages, output } as unknown as Context, failures);
  return lines.filter((line) => !line.startsWith("    "));
}

const offline = () =>
  temporary("server-unreachable", { origin: "https://a.example", path: "/x", reason: "ECONNREFUSED" });

describe("failures of photos", () => {
  it("that are equal are one sentence with their names", () => {
    const names = ["a.jpg", "b.jpg", "c.jpg", "d.jpg"];
    const lines = warned(names.map((name) => ({ source: `/foto/${name}`, error: offline() })));
    expect(lines).toEqual([
      expect.stringMatching(/tidak dapat dihubungi.*\(4 foto: a\.jpg, b\.jpg, c\.jpg, d\.jpg\)$/),
    ]);
  });

  it("name their photo once, where the sentence does not", () => {
    expect(
      warned([
        { source: "/foto/a.jpg", error: offline() },
        { source: "/foto/b.jpg", error: failed("photo-damaged", { path: "/foto/b.jpg" }) },
      ]),
    ).toEqual([expect.stringMatching(/^a\.jpg: /), expect.not.stringMatching(/^b\.jpg: /)]);
  });
});

describe("a bar", () => {
  it("counts failures apart", () => {
    const failures = { count: 2, text: "2 gagal" };
    expect(lineOf({ label: "Foto", done: 5, failures, total: 12 }, 0)).toMatch(/ {2}3\/12 {2}2 gagal/);
  });
});

describe("a duration", () => {
  it.each([
    [7, "7 menit"],
    [180, "3 jam"],
    [1_530_077, "1.062 hari"],
  ])("of %d minutes is in its largest unit", (minutes, text) => {
    expect(formatMinutes(minutes, "id")).toBe(text);
  });
});
