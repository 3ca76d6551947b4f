import { readdir } from "node:fs/promises";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { journalPath, openPublicationJournal } from "../../src/publish/journal.js";
import { userPaths } from "../../src/workspace/paths.js";
import { granted, type Scene, setScene } from "../newsroom/publishing/scene.js";
import { jpeg, photo, uploadPhoto } from "../newsroom/support/newsroom.js";
import { type Laptop, openLaptop } from "../support/laptop.js";

let scene: Scene;
let laptop: Laptop;
beforeAll(async () => {
  scene = await setScene();
  laptop = await openLaptop(scene.newsroom.url);
});
afterAll(async () => {
  await scene.remove();
  await laptop.remove();
});

const folder = () => path.join(userPaths({}, laptop.home, process.platform).state, "publish");

/** A publication that has failed, and what this laptop remembers of it; the ids of both. */
async function failed(mark: string, hash: string): Promise<{ submission: string; publication: string }> {
  const submission = await scene.approved({ photos: [photo(hash)] });
  const address = await scene.planned(submission);
  const publication = address.split("/").at(-1)!;
  const attempt = await granted(scene.operator, address);
  const journal = await openPublicationJournal(journalPath(folder(), publication));
  const { number, kind, fence } = attempt;
  const origin = scene.newsroom.url;
  await journal.note({ fact: "attempt", origin, submission, number, kind, fence });
  const value = { id: 7, url: `https://cibitung.example.go.id/${mark}.jpg` };
  await journal.note({ fact: "done", key: `media ${hash}`, at: "2026-11-17T03:00:00.000Z", value });
  await attempt.tell("failed", { code: "refused" });
  await journal.note({ fact: "outcome", number, outcome: { state: "failed", reason: mark } });
  await journal.note({ fact: "told", number });
  await journal.close();
  return { submission, publication };
}

const command = (argv: string[], token = scene.operatorToken) =>
  laptop.json<{ redacted: object[] }>(argv, {
    env: { KOMINFO_NEWSROOM_TOKEN: token },
    now: () => scene.newsroom.clock.now,
  });
const redact = async (part: object) => {
  const why = { reason: "Diminta", legal_basis: "UU 27/2022" };
  expect((await scene.admin.post("/redactions", { ...part, ...why })).status).toBe(201);
};
const newPhoto = async (seed: number) => uploadPhoto(scene.newsroom, scene.operatorToken, await jpeg(seed));

describe("sync", () => {
  it("forgets what was redacted of publications, and says which photos are still at the website", async () => {
    const [first, second] = [await newPhoto(2700), await newPhoto(2701)];
    const revision = await failed("kenari-satu", first);
    const picture = await failed("kenari-dua", second);
    const kept = await failed("kenari-tiga", await newPhoto(2702));
    expect((await command(["sync"])).redacted).toEqual([]);
    await redact({ submission: revision.submission, revision: 1 });
    await redact({ sha256: second });
    expect((await command(["sync"])).redacted).toEqual(
      expect.arrayContaining([
        { ...revision, left: ["https://cibitung.example.go.id/kenari-satu.jpg"] },
        { ...picture, left: ["https://cibitung.example.go.id/kenari-dua.jpg"] },
      ]),
    );
    for (const mark of ["kenari-satu", "kenari-dua"]) expect(await laptop.filesWith(mark)).toEqual([]);
    expect(await readdir(folder())).toEqual([`${kept.publication}.jsonl`]);
    expect((await command(["sync"])).redacted).toEqual([]);
  });
});

describe("publisher", () => {
  it("forgets it too, and is not told why it was redacted", async () => {
    const hash = await newPhoto(2703);
    const { submission } = await failed("kenari-empat", hash);
    await redact({ sha256: hash });
    await command(["publisher", "--once"], await scene.newsroom.token("publisher"));
    expect(await laptop.filesWith("kenari-empat")).toEqual([]);
    const { body } = await scene.publisher.get(`/submissions/${submission}/redactions`);
    expect(body.items).toMatchObject([{ sha256: hash, reason: "", legal_basis: "" }]);
    const read = await scene.operator.get(`/submissions/${submission}/redactions`);
    expect(read.body.items).toMatchObject([{ reason: "Diminta" }]);
  });
});
