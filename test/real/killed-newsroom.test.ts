import { randomUUID } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import Database from "libsql";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createNewsroomClient } from "../../src/newsroom/client/client.js";
import type { NewsroomClient } from "../../src/newsroom/client/types.js";
import { seeded } from "../files/compiled.js";
import { content, jpeg } from "../newsroom/support/newsroom.js";
import { type ServedNewsroom, startNewsroom } from "../support/kominfo.js";

const random = seeded(1117);

/** What the newsroom said it has done. */
interface Acknowledged {
  submissions: { key: string; id: string; slug: string }[];
  revisions: { id: string; revision: number }[];
  steps: { id: string; state: string }[];
  comments: { id: string; body: string }[];
  photos: string[];
}

let newsroom: ServedNewsroom;
let operatorToken: string;
let editorToken: string;
let folder: string;
const said: Acknowledged = { submissions: [], revisions: [], steps: [], comments: [], photos: [] };

beforeAll(async () => {
  newsroom = await startNewsroom();
  operatorToken = await newsroom.token("operator");
  editorToken = await newsroom.token("editor");
  folder = await mkdtemp(path.join(tmpdir(), "kominfo-load-"));
});
afterAll(async () => {
  await newsroom?.remove();
  await rm(folder, { recursive: true, force: true });
});

function clientOf(token: string, signal: AbortSignal): NewsroomClient {
  return createNewsroomClient({ origin: newsroom.url, token, version: "0.1.0", language: "id", signal });
}

let posts = 0;

/** One post from its photo to a return, each step noted once it is answered. */
async function work(operator: NewsroomClient, editor: NewsroomClient): Promise<void> {
  const n = ++posts;
  const { bytes, hash } = await jpeg(n, 400 + n);
  const file = path.join(folder, `${hash}.jpg`);
  await writeFile(file, bytes);
  const nothing = { get: () => undefined, set: async () => {}, remove: async () => {} };
  const photo = { path: file, bytes: bytes.length, sha256: hash, source_sha256: hash, filename: "IMG.jpg" };
  await operator.upload(photo, nothing);
  said.photos.push(hash);

  const key = randomUUID();
  const slug = `naskah-${n}`;
  const wanted = content({ slug });
  const { id } = await operator.send({ key, content: wanted });
  said.submissions.push({ key, id, slug });
  const update = { id, revision: 1, resubmit: false };
  await operator.send({ key: randomUUID(), update, content: { ...wanted, body: `Revisi kedua ${n}.` } });
  said.revisions.push({ id, revision: 2 });
  await editor.step(id, { to: "in_review" });
  said.steps.push({ id, state: "in_review" });
  await editor.comment(id, `Catatan ${n}`, randomUUID());
  said.comments.push({ id, body: `Catatan ${n}` });
  await editor.step(id, { to: "returned", reason: "Lengkapi" }, 2);
  said.steps.push({ id, state: "returned" });
}

/** Four at a time, until the newsroom is gone. */
async function load(until: AbortSignal): Promise<void> {
  const [operator, editor] = [clientOf(operatorToken, until), clientOf(editorToken, until)];
  const busy = async () => {
    while (!until.aborted) await work(operator, editor);
  };
  await Promise.allSettled([busy(), busy(), busy(), busy()]);
}

describe("a newsroom that is killed while it works", () => {
  it.each([1, 2, 3, 4, 5])("has all that it acknowledged when it starts again (%i)", async () => {
    const before = said.submissions.length;
    const controller = new AbortController();
    let isOver = false;
    const loading = load(controller.signal).finally(() => {
      isOver = true;
    });
    while (said.submissions.length < before + 3 && !isOver) await pause(5);
    expect(isOver, "the load ended before the newsroom").toBe(false);
    await pause(random() * 400);
    newsroom.process.kill("SIGKILL");
    await pause(20);
    controller.abort();
    await loading;
    await newsroom.restart();

    const operator = clientOf(operatorToken, new AbortController().signal);
    for (const { key, id, slug } of said.submissions) {
      expect(await operator.submission(id)).toMatchObject({ id, content: { slug } });
      // The key gives the same submission still.
      expect(await operator.send({ key, content: content({ slug }) })).toMatchObject({ id });
    }
    for (const { id, revision } of said.revisions) {
      expect((await operator.submission(id)).revision).toBeGreaterThanOrEqual(revision);
    }
    for (const { id, state } of said.steps) {
      expect((await operator.history(id)).map((step) => step.to)).toContain(state);
    }
    for (const { id, body } of said.comments) {
      expect((await operator.comments(id)).map((comment) => comment.body)).toContain(body);
    }
    expect(await operator.known(said.photos)).toEqual(new Set(said.photos));
    // Each blob is checked against its hash there.
    expect(await newsroom.photos()).toEqual(expect.arrayContaining(said.photos));
  });

  it("keeps a sound database, and ends with 0", async () => {
    expect(said.submissions.length).toBeGreaterThan(15);
    expect(await newsroom.stop()).toBe(0);
    const database = new Database(path.join(newsroom.folder, "newsroom.db"), { readonly: true });
    expect(database.prepare("PRAGMA integrity_check").all()).toEqual([{ integrity_check: "ok" }]);
    expect(database.prepare("PRAGMA foreign_key_check").all()).toEqual([]);
    database.close();
  });
});
