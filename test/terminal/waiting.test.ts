import { describe, expect, it } from "vitest";
import { temporary } from "../../src/errors/errors.js";
import { loadMessages } from "../../src/language/index.js";
import type { Output } from "../../src/terminal/output.js";
import { createProgress } from "../../src/terminal/progress.js";
import { transferFormat } from "../../src/terminal/transfer.js";
import { tellWaits, waitingText } from "../../src/terminal/waiting.js";

const messages = await loadMessages("id");
const down = temporary("server-unreachable", {
  origin: "https://redaksi.example.go.id",
  path: "/api/v1/me",
  reason: "ECONNREFUSED",
});
const said = (next: number) =>
  `Dicoba lagi dalam 2 detik (percobaan ${next}/3): https://redaksi.example.go.id tidak dapat dihubungi (tidak ada yang menjawab di alamat itu: ECONNREFUSED).`;

function screen(live: boolean) {
  const written: string[] = [];
  const write = (text: string) => written.push(text);
  const output = { live, columns: 80, progress: write, note: write, log: write };
  return { written, output: output as unknown as Output };
}

describe("a wait for the next try", () => {
  it("is told in a terminal once for requests that fail together, with how many tries are left", () => {
    const { written, output } = screen(true);
    const tell = tellWaits(output, messages);
    for (const next of [2, 2, 2, 3]) tell(down, 1200, { next, of: 3 });
    expect(written.filter(Boolean)).toEqual([said(2), said(3)]);
  });

  it("is told to nobody where nobody watches", () => {
    const { written, output } = screen(false);
    tellWaits(output, messages)(down, 1200, { next: 2, of: 3 });
    expect(written).toEqual([]);
  });

  it("stands in the line of the transfer at once, although that has just been drawn", () => {
    const { written, output } = screen(true);
    const format = transferFormat(output, messages.upload, "id", false);
    const progress = createProgress(output, format, () => 0);
    const step = { step: "asking", label: "Bertanya ke ruang redaksi" };
    progress.update(step);
    progress.update({ ...step, waiting: waitingText(messages, { error: down, ms: 1200, next: 2, of: 8 }) });
    expect(written.at(-1)).toMatch(
      /^Bertanya ke ruang redaksi {2}Dicoba lagi dalam 2 detik \(percobaan 2\/8\):/,
    );
  });
});
