import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { renderChannels } from "../../../src/channels/render.js";
import { createByteCache } from "../../../src/newsroom/texts/byte-cache.js";
import { createTexts, type Texts, type TextsOptions } from "../../../src/newsroom/texts/texts.js";
import { content, textsFile } from "../support/newsroom.js";

let folder: string;
/** A thread that never answers. */
let hangingFile: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "kominfo-texts-"));
  hangingFile = path.join(folder, "hanging.mjs");
  await writeFile(
    hangingFile,
    `import { parentPort } from "node:worker_threads"; parentPort.on("message", () => { for (;;); });`,
  );
});
afterAll(() => rm(folder, { recursive: true, force: true }));

let texts: Texts | undefined;
const open = (options: TextsOptions = {}): Texts => {
  texts = createTexts({ file: textsFile, ...options });
  return texts;
};
afterEach(() => texts?.close());

const pair = { before: "Satu.\nCamat membuka acara.\n", after: "Satu.\nBupati membuka acara.\n" };
const byParagraph = [
  { kind: "same", text: "Satu.\n" },
  { kind: "removed", text: "Camat membuka acara.\n" },
  { kind: "added", text: "Bupati membuka acara.\n" },
];

/** Two texts of one letter words in another order: the dearest to compare. */
function scrambled(seed: number, words: number): string {
  let state = seed;
  return Array.from({ length: words }, () => {
    state = (state * 1103515245 + 12345) & 0x7fffffff;
    return "abcdefgh"[(state >> 16) % 8];
  }).join(" ");
}

describe("a comparison", () => {
  it("is by word", async () => {
    const [comparison] = await open().compare([pair]);
    expect(comparison).toMatchObject({ byWord: true });
    expect(comparison!.pieces).toContainEqual({ kind: "removed", text: "Camat" });
  });

  it("is by paragraph where a text has too many changes, and by word in the others", async () => {
    const hard = { before: scrambled(1, 100_000), after: scrambled(9, 100_000) };
    const comparisons = await open().compare([pair, hard]);
    expect(comparisons.map(({ byWord }) => byWord)).toEqual([true, false]);
  });

  it("is by paragraph when its deadline ends the thread", async () => {
    const [comparison] = await open({ file: hangingFile, deadlineMs: 300 }).compare([pair]);
    expect(comparison).toEqual({ pieces: byParagraph, byWord: false });
  });

  it("is by paragraph when the thread cannot start", async () => {
    const [comparison] = await open({ file: path.join(folder, "missing.mjs") }).compare([pair]);
    expect(comparison).toEqual({ pieces: byParagraph, byWord: false });
  });

  it("is refused while too many others wait", async () => {
    const busy = open({ file: hangingFile, deadlineMs: 60_000, maxWaiting: 1 });
    const [running, waiting] = ["1", "2"].map((after) => busy.compare([{ before: "", after }]));
    await expect(busy.compare([{ before: "", after: "3" }])).rejects.toMatchObject({
      problem: "too-many-requests",
    });
    await busy.close();
    // What waited is answered without the thread.
    expect((await Promise.all([running, waiting])).flat().map((comparison) => comparison!.byWord)).toEqual([
      false,
      false,
    ]);
  });

  it("is made once of the same texts, also for those who ask at the same moment", async () => {
    const compare = open().compare;
    const [first, second] = await Promise.all([compare([pair]), compare([pair])]);
    const third = await compare([{ ...pair }]);
    expect(second[0]!.pieces).toBe(first[0]!.pieces);
    expect(third[0]!.pieces).toBe(first[0]!.pieces);
  });

  it("of other texts is another one", async () => {
    const { compare } = open();
    await compare([pair]);
    const [other] = await compare([{ before: "[dihapus]", after: pair.after }]);
    expect(JSON.stringify(other)).not.toContain("Camat");
  });
});

describe("an article", () => {
  it("is rendered in the thread, in blocks", async () => {
    const { blocks, shown } = await open().article("# Satu\n\nDua *tiga*.");
    expect(shown).toBe("whole");
    expect(blocks.map(({ html }) => html.html)).toEqual(["<h3>Satu</h3>\n", "<p>Dua <em>tiga</em>.</p>\n"]);
  });

  it("that was stored before bodies had a limit of lines is cut after as many lines as a new one may have", async () => {
    const { blocks, shown } = await open({ deadlineMs: 60_000 }).article("# a\n".repeat(49_900));
    expect([blocks.length, shown]).toEqual([4000, "cut"]);
  });

  it("is shown as it was typed when rendering takes too long, escaped", async () => {
    const { blocks, shown } = await open({ file: hangingFile, deadlineMs: 300 }).article("# <b>\u202esatu");
    expect([shown, blocks.map(({ html }) => html.html)]).toEqual(["plain", ["<pre># &lt;b&gt;satu</pre>"]]);
  });
});

describe("renderings", () => {
  const input = { content: content({ body: "Camat membuka *musrenbang*." }), photos: new Map() };
  const all = ["web", "x"] as const;
  const refusal = { problem: "conflict", facts: { detail: "unrenderable" } };

  it("are made in the thread, as they are made anywhere", async () => {
    const { render } = open({ deadlineMs: 60_000 });
    expect(await render(input, all)).toEqual(await renderChannels(input, all));
    // Of each channel once, whoever asks.
    expect((await render(input, ["x"]))[0]).toBe((await render(input, all))[1]);
    const other = { ...input, content: { ...input.content, title: "Lain" } };
    expect((await render(other, ["x"]))[0]!.text).not.toEqual((await render(input, ["x"]))[0]!.text);
  });

  it("are forgotten when something was redacted, also those that are being made", async () => {
    const { render, forget } = open({ deadlineMs: 60_000 });
    const [first] = await render(input, ["x"]);
    expect((await render(input, ["x"]))[0]).toBe(first);
    forget();
    const making = render(input, ["x"]);
    forget();
    const [second] = await making;
    const [third] = await render(input, ["x"]);
    expect(second).toEqual(first);
    expect([second === first, third === second]).toEqual([false, false]);
  });

  it("that take too long, or break the thread, are refused for good; the next text has a thread again", async () => {
    await expect(open({ file: hangingFile, deadlineMs: 300 }).render(input, all)).rejects.toMatchObject(
      refusal,
    );
    const breaking = path.join(folder, "breaking.mjs");
    const jobs = pathToFileURL(path.join(path.dirname(textsFile), "jobs.js"));
    await writeFile(
      breaking,
      `import { parentPort } from "node:worker_threads"; import { perform } from ${JSON.stringify(jobs)};
      parentPort.on("message", async (job) => {
        if (JSON.stringify(job).includes("putus")) process.exit(1);
        parentPort.postMessage(await perform(job));
      });`,
    );
    const { render } = open({ file: breaking, deadlineMs: 60_000 });
    const bad = { ...input, content: { ...input.content, title: "putus" } };
    await expect(render(bad, all)).rejects.toMatchObject(refusal);
    expect(await render(input, all)).toEqual(await renderChannels(input, all));
  });

  it("are refused for now while too many others wait, and when the service ends", async () => {
    const busy = open({ file: hangingFile, deadlineMs: 60_000, maxWaiting: 1 });
    const titled = (title: string) => ({ ...input, content: { ...input.content, title } });
    const pending = Promise.allSettled(["1", "2"].map((title) => busy.render(titled(title), ["web"])));
    const refused = { problem: "too-many-requests", facts: { status: 503, retry_after: 5 } };
    await expect(busy.render(titled("3"), ["web"])).rejects.toMatchObject(refused);
    await busy.close();
    for (const one of await pending) expect(one).toMatchObject({ reason: refused });
  });
});

describe("the cards of a submission", () => {
  const body = `${"Paragraf tentang *musrenbang*. ".repeat(60)}\n\n`.repeat(100);
  const source = {
    source: { input: { content: content({ body }), photos: new Map() }, channels: ["web", "x"] as const },
    pictures: new Map(),
    name: "Kecamatan Cibitung",
    quoting: ["x"],
    language: "id" as const,
  };

  it("are drawn in the thread, of a long text too", async () => {
    const cards = await open({ deadlineMs: 60_000 }).cards(source);
    expect(cards?.html).toContain('id="card-web"');
    expect(cards?.html).toContain('id="card-x"');
    expect(cards?.html).toContain("<em>musrenbang</em>");
  });

  it("are left out when that takes too long, or cannot be", async () => {
    expect(await open({ file: hangingFile, deadlineMs: 300 }).cards(source)).toBeNull();
    expect(await open({ file: path.join(folder, "missing.mjs") }).cards(source)).toBeNull();
  });

  it("are others for another text, another language and other photos", async () => {
    const { cards } = open({ deadlineMs: 60_000 });
    const first = await cards(source);
    const again = await cards({ ...source });
    const english = await cards({ ...source, language: "en" });
    const other = await cards({ ...source, source: { ...source.source, channels: ["x"] } });
    expect(again?.html).toBe(first?.html);
    expect(english?.html).toContain("Text to copy");
    expect(other?.html).not.toContain("card-web");
  });
});

describe("the cache of results", () => {
  it("forgets what was not used for longest when it is full", () => {
    const cache = createByteCache<string>(100);
    cache.set("a", "A", 40);
    cache.set("b", "B", 40);
    cache.get("a");
    cache.set("c", "C", 40);
    expect(["a", "b", "c"].map((key) => cache.get(key))).toEqual(["A", undefined, "C"]);
  });

  it("keeps nothing that is larger than itself", () => {
    const cache = createByteCache<string>(100);
    cache.set("a", "A", 40);
    cache.set("b", "B", 101);
    expect([cache.get("a"), cache.get("b")]).toEqual(["A", undefined]);
  });
});
