import { expect, it } from "vitest";
import { createChannelLine } from "../../src/commands/publish/out/channel-line.js";
import type { Context } from "../../src/context.js";
import { loadMessages } from "../../src/language/index.js";
import type { Sent } from "../../src/publish/send.js";

const messages = await loadMessages("id");
const published: Sent = {
  outcome: { state: "published", remote_id: "1", url: null },
  found: false,
  warnings: [],
};

/** What is written while three channels go out at once. */
function written(output: { live: boolean; columns?: number }, inPipe: boolean): string[] {
  const lines: string[] = [];
  const context = {
    messages,
    output: {
      columns: 80,
      ...output,
      note: (line: string) => lines.push(`note ${line}`),
      progress: (line: string) => lines.push(line),
    },
  } as unknown as Context;
  const line = createChannelLine(context, { inPipe });
  line.doing("facebook", { state: "article" });
  line.doing("web", { state: "preparing" });
  line.doing("web", { state: "preparing", done: 3, total: 5 });
  line.doing("instagram", { state: "processing" });
  line.doing("instagram", { state: "processing" });
  line.doing("x", { state: "sending" });
  line.ended("x", published);
  line.ended("facebook", undefined);
  line.clear();
  line.clear();
  return lines;
}

it("says on one line what each channel is doing, and says the same thing once", () => {
  expect(written({ live: true }, true)).toEqual([
    "Facebook menunggu berita",
    "Web disiapkan · Facebook menunggu berita",
    "Web disiapkan 3/5 · Facebook menunggu berita",
    "Web disiapkan 3/5 · Facebook menunggu berita · Instagram diproses",
    "Web disiapkan 3/5 · Facebook menunggu berita · Instagram diproses · X dikirim",
    "Web disiapkan 3/5 · Facebook menunggu berita · Instagram diproses · X terbit",
    "Web disiapkan 3/5 · Facebook berhenti · Instagram diproses · X terbit",
    "",
  ]);
});

it("stays within a narrow terminal", () => {
  for (const line of written({ live: true, columns: 40 }, true)) expect(line.length).toBeLessThan(40);
});

it("writes a line for each change of a state into a pipe, without counts, and nothing where nobody asked for it", () => {
  expect(written({ live: false }, true)).toEqual([
    "note Facebook: menunggu berita",
    "note Web: disiapkan",
    "note Instagram: diproses",
    "note X: dikirim",
    "note X: terbit",
    "note Facebook: berhenti",
  ]);
  expect(written({ live: false }, false)).toEqual([]);
});
