import { describe, expect, it } from "vitest";
import { loadMessages } from "../../src/language/index.js";
import type { Output } from "../../src/terminal/output.js";
import { createProgress } from "../../src/terminal/progress.js";
import { transferFormat } from "../../src/terminal/transfer.js";

const { upload } = await loadMessages("id");

/** A transfer of 24 photos, told at 0 and at 10 seconds, half of it done. What was written, last. */
function told(terminal: { live: boolean; columns: number }, json = false): string {
  const written: string[] = [];
  let now = 0;
  const output = {
    ...terminal,
    progress: (text: string) => written.push(text),
    note: (text: string) => written.push(text),
    log: (text: string) => written.push(text),
  } as unknown as Output;
  const transfer = createProgress(output, transferFormat(output, upload, "id", json), () => now);
  const step = { step: "uploading", label: "Mengunggah foto", total: 24, size: 12_000_000 };
  transfer.update({ ...step, done: 0, sent: 0, current: ["IMG_1.jpg"] });
  now = 10_000;
  transfer.update({ ...step, done: 12, sent: 6_000_000, current: ["IMG_12.jpg\u001b[2J"] });
  return written.at(-1)!;
}

describe("a transfer", () => {
  it("shows a person a bar, the numbers, the speed, the time left and what is on its way, cleaned", () => {
    expect(told({ live: true, columns: 120 })).toMatch(
      /^Mengunggah foto {2}█{8}░{8} {2}12\/24 {2}6 MB dari 12 MB {2}.*00:10.* {2}IMG_12\.jpg/,
    );
    expect(told({ live: true, columns: 120 })).not.toContain("\u001b");
  });

  it("leaves the bar away on a narrow terminal, never the time left", () => {
    const line = told({ live: true, columns: 60 });
    expect(line).toContain("00:10");
    expect(line).not.toContain("█");
  });

  it("is cut to the terminal's width", () => {
    expect(told({ live: true, columns: 30 })).toHaveLength(29);
  });

  it("is a plain line now and then where nobody watches", () => {
    expect(told({ live: false, columns: 80 })).toMatch(/^Mengunggah foto {2}12\/24 {2}6 MB dari 12 MB/);
  });

  it("is JSON for a script", () => {
    expect(JSON.parse(told({ live: true, columns: 80 }, true))).toEqual({
      progress: "uploading",
      photos: { done: 12, total: 24 },
      bytes: { sent: 6_000_000, total: 12_000_000 },
      bytes_per_second: 600_000,
      seconds_left: 10,
      current: [expect.stringMatching(/^IMG_12\.jpg/)],
      waiting: null,
    });
  });
});
