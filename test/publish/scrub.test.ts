import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { journalPath, openPublicationJournal, readPublicationJournal } from "../../src/publish/journal.js";
import { scrubPublication } from "../../src/publish/scrub.js";

// What was redacted is in none of the bytes that a machine keeps of a publication.

const publication = "019a0000-0000-7000-8000-000000000002";
const shown = "a".repeat(64);
const other = "b".repeat(64);
/** A slug is made of the words of a title. */
const address = (name: string) => `https://cibitung.example.go.id/wp-content/uploads/rafa-canari-${name}.jpg`;
const nothing = { revision: false, photos: new Set<string>() };
const wholeRevision = { ...nothing, revision: true };

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "kominfo-scrub-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** The journal of a publication that was sent with two photos. @param isTold the newsroom has its outcome */
async function journal({
  isTold,
  outcome,
}: {
  isTold: boolean;
  outcome: "unclear" | "failed" | "handed_over";
}) {
  const kept = await openPublicationJournal(journalPath(folder, publication));
  const ids = { origin: "https://redaksi.example.go.id", submission: "019a0000-0000-7000-8000-000000000001" };
  await kept.note({ fact: "asked", ...ids, key: "key", again: false });
  await kept.note({ fact: "attempt", ...ids, number: 1, kind: "send", fence: "fence" });
  for (const [hash, name] of [
    [shown, "1"],
    [other, "2"],
  ] as const) {
    await kept.note({ fact: "begun", key: `media ${hash}` });
    const value = { id: 7, url: address(name) };
    await kept.note({ fact: "done", key: `media ${hash}`, at: "2026-11-30T00:00:00.000Z", value });
  }
  await kept.note({ fact: "commit", number: 1 });
  const told = { state: outcome, code: "canari-code", reason: "“Rafa Canari” is a duplicate" };
  const link = { url: "https://cibitung.example.go.id/rafa-canari", remote_id: "41" };
  await kept.note({ fact: "outcome", number: 1, outcome: { ...told, ...link } });
  if (isTold) await kept.note({ fact: "told", number: 1 });
  await kept.close();
}

/** The bytes of all that lies there. */
async function bytes(): Promise<string> {
  const names = await readdir(folder);
  return (await Promise.all(names.map((name) => readFile(path.join(folder, name), "latin1")))).join("\n");
}
const scrub = (redacted: Parameters<typeof scrubPublication>[2], isOpen: boolean) =>
  scrubPublication(folder, publication, redacted, isOpen);

it("pictures that were stored at a website for Instagram are named too, and no other text", async () => {
  const kept = await openPublicationJournal(journalPath(folder, publication));
  const ids = { origin: "https://redaksi.example.go.id", submission: "019a0000-0000-7000-8000-000000000001" };
  await kept.note({ fact: "attempt", ...ids, number: 1, kind: "send", fence: "fence" });
  const at = "2026-11-30T00:00:00.000Z";
  const effects = {
    [`picture ${shown}`]: address("1"),
    [`picture ${shown} 2`]: address("2"),
    container: "17",
  };
  for (const [key, value] of Object.entries(effects)) await kept.note({ fact: "done", key, at, value });
  await kept.note({ fact: "told", number: 1 });
  await kept.close();
  const ofPhoto = { revision: false, photos: new Set([shown]) };
  expect(await scrub(ofPhoto, false)).toEqual({ left: [address("1"), address("2")] });
  expect(await bytes()).toBe("");
});

describe("a journal of a redacted revision", () => {
  it("holds none of its words any more, and still knows of the attempt", async () => {
    await journal({ isTold: true, outcome: "unclear" });
    expect(await bytes()).toMatch(/canari/i);
    expect(await scrub(wholeRevision, true)).toEqual({ left: [address("1"), address("2")] });
    expect(await bytes()).not.toMatch(/canari/i);
    const { attempt, effects } = await readPublicationJournal(journalPath(folder, publication));
    expect(attempt).toMatchObject({ number: 1, fence: "fence", committed: true, told: true });
    expect(effects.size).toBe(0);
    // Once is enough.
    expect(await scrub(wholeRevision, true)).toBeUndefined();
  });

  it("keeps a link that the newsroom has not been told yet, and nothing else", async () => {
    await journal({ isTold: false, outcome: "handed_over" });
    await scrub(wholeRevision, true);
    const { attempt } = await readPublicationJournal(journalPath(folder, publication));
    const link = { url: "https://cibitung.example.go.id/rafa-canari", remote_id: "41" };
    expect(attempt?.outcome).toEqual({ state: "handed_over", ...link });
    expect((await bytes()).match(/canari/gi)).toHaveLength(1);
  });

  it("is deleted where there is nothing to find out any more", async () => {
    await journal({ isTold: true, outcome: "failed" });
    expect(await scrub(wholeRevision, false)).toEqual({ left: [address("1"), address("2")] });
    expect(await readdir(folder)).toEqual([]);
  });
});

describe("a journal of a take-down", () => {
  const photos = [{ id: 7, date: "2026-11-29T08:00:00", addresses: [address("1")] }];
  beforeEach(async () => {
    await journal({ isTold: true, outcome: "unclear" });
    const kept = await openPublicationJournal(journalPath(folder, publication));
    const { origin, submission } = kept.state.attempt!;
    const ids = { origin, submission, number: 2, kind: "take_down" as const, fence: "fence-2" };
    await kept.note({ fact: "attempt", ...ids });
    await kept.note({ fact: "begun", key: "photos" });
    await kept.note({ fact: "done", key: "photos", at: "2026-11-30T00:00:00.000Z", value: photos });
    const reason = "Rafa Canari is still there";
    const outcome = { state: "failed" as const, code: "web-photos-visible", reason };
    await kept.note({ fact: "outcome", number: 2, outcome });
    await kept.note({ fact: "told", number: 2 });
    await kept.close();
  });

  it("keeps where the photos are as long as it is open, and nothing else of the text", async () => {
    await scrub(wholeRevision, true);
    const { effects } = await readPublicationJournal(journalPath(folder, publication));
    expect([...effects].map(([key, { value }]) => [key, value])).toEqual([["photos", photos]]);
    expect((await bytes()).match(/canari/gi)).toHaveLength(1);
    expect(await scrub(wholeRevision, true)).toBeUndefined();
  });

  it("is deleted when it is over", async () => {
    await scrub(wholeRevision, false);
    expect(await readdir(folder)).toEqual([]);
  });
});

describe("a journal of a redacted photo", () => {
  it("loses its effects, and names where it was stored", async () => {
    await journal({ isTold: true, outcome: "unclear" });
    const redacted = { ...nothing, photos: new Set([shown]) };
    expect(await scrub(redacted, true)).toEqual({ left: [address("1")] });
    const left = await bytes();
    expect(left).not.toContain(shown);
    expect(left).not.toMatch(/canari/i);
  });

  it("that it does not have is left as it is", async () => {
    await journal({ isTold: true, outcome: "unclear" });
    const before = await bytes();
    expect(await scrub({ ...nothing, photos: new Set(["c".repeat(64)]) }, true)).toBeUndefined();
    expect(await scrub(nothing, false)).toBeUndefined();
    expect(await bytes()).toBe(before);
  });
});
