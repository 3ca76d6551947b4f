import { appendFile, readFile, truncate, writeFile } from "node:fs/promises";
import path from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Fact, openJournal, readJournal } from "../../src/upload/journal.js";
import { photoFolder } from "../support/photos.js";

const hash = "a".repeat(64);
const facts: Fact[] = [
  {
    fact: "begun",
    at: "2026-11-24T03:00:00.000Z",
    target: { kind: "event", kecamatan: "32.16.07", slug: "hut-ri", title: "HUT RI" },
    origin: "https://redaksi.example.go.id",
  },
  { fact: "source", source: "/foto/é\n.jpg", words: { caption: "Camat “membuka”" } },
  {
    fact: "made",
    source: "/foto/é\n.jpg",
    source_sha256: hash,
    sha256: hash,
    bytes: 5,
    path: "/r",
    told: {},
  },
  { fact: "address", sha256: hash, url: "https://redaksi.example.go.id/1" },
  { fact: "stored", sha256: hash },
  { fact: "attached", photos: [[hash, "m"]] },
  { fact: "ended", at: "2026-11-24T03:10:00.000Z" },
];

async function written(some: readonly Fact[]): Promise<string> {
  const file = path.join(await photoFolder(), "baru", "journal.jsonl");
  const journal = await openJournal(file);
  for (const fact of some) await journal.add(fact);
  await journal.sync();
  await journal.close();
  return file;
}

describe("a journal", () => {
  it("returns the facts that were added, one line per fact", async () => {
    const file = await written(facts);
    const state = await readJournal(file);
    expect(state).toMatchObject({ begun: facts[0], ended: true });
    expect([...state.sources]).toEqual([["/foto/é\n.jpg", { caption: "Camat “membuka”" }]]);
    expect([...state.attached]).toEqual([[hash, "m"]]);
    expect([...state.addresses]).toEqual([]);
    expect((await readFile(file, "utf8")).trim().split("\n")).toHaveLength(facts.length);
  });

  it("that does not exist is empty, and a batch that continues has not ended", async () => {
    expect((await readJournal("/nirgends/journal.jsonl")).sources.size).toBe(0);
    const file = await written([...facts, facts[1]!]);
    expect((await readJournal(file)).ended).toBe(false);
  });

  it("of another newsroom keeps the photos to send, and forgets what the first newsroom has", async () => {
    const file = await written([...facts, { ...facts[0], origin: "https://lain.example.go.id" } as Fact]);
    const state = await readJournal(file);
    expect([state.sources.size, state.attached.size, state.ended]).toEqual([1, 0, false]);
  });

  it("cut off anywhere is read up to its last whole line, and continues after it", async () => {
    const whole = await readFile(await written(facts));
    const file = path.join(await photoFolder(), "journal.jsonl");
    // The second line holds the source. It is whole also when only its line break was cut off.
    const sourceEnd = whole.indexOf("\n", whole.indexOf("\n") + 1);
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: whole.length }), async (length) => {
        await writeFile(file, whole);
        await truncate(file, length);
        const journal = await openJournal(file);
        await journal.add({ fact: "failed", source: "/foto/2.jpg", code: "photo-damaged" });
        await journal.close();
        const state = await readJournal(file);
        expect(state.failed.get("/foto/2.jpg")).toBe("photo-damaged");
        expect(state.sources.size).toBe(length >= sourceEnd ? 1 : 0);
      }),
      { numRuns: 60, examples: [[sourceEnd - 1], [sourceEnd], [sourceEnd + 1]] },
    );
  });

  it("skips lines that are not facts", async () => {
    const file = await written(facts);
    await appendFile(file, '{"fact":"lain"}\n{"fact":"stored","sha256":"x"}\nnull\n[]\n');
    expect((await readJournal(file)).ended).toBe(true);
  });

  it("keeps facts that are added concurrently on separate lines", async () => {
    const file = path.join(await photoFolder(), "journal.jsonl");
    const journal = await openJournal(file);
    const many = Array.from({ length: 200 }, (_, i) => `/foto/${i}.jpg`);
    await Promise.all(many.map((source) => journal.add({ fact: "source", source, words: {} })));
    await journal.close();
    expect([...(await readJournal(file)).sources.keys()]).toEqual(many);
  });
});
