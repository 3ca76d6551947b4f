import { randomUUID } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { buffer } from "node:stream/consumers";
import { setTimeout as pause } from "node:timers/promises";
import Database from "libsql";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { sha256 } from "../../src/files/hash.js";
import { persist } from "../../src/http/retry.js";
import { s3Address } from "../../src/newsroom/addresses.js";
import { openObjects } from "../../src/newsroom/blobs/objects.js";
import { s3Blobs } from "../../src/newsroom/blobs/s3.js";
import { createNewsroomClient } from "../../src/newsroom-client/client.js";
import type { NewsroomClient } from "../../src/newsroom-client/types.js";
import { seeded } from "../files/compiled.js";
import { content, jpeg } from "../newsroom/support/newsroom.js";
import { type OtherStores, type ServedNewsroom, startNewsroom } from "../support/kominfo.js";
import { startPostgres } from "./servers/postgres.js";
import { startSwift } from "./servers/swift.js";

// Twenty kills of each newsroom, or as many as KOMINFO_NEWSROOM_KILLS says (npm run test:kills:newsroom: a hundred).
const kills = Number(process.env.KOMINFO_NEWSROOM_KILLS ?? 20);

/** What the newsroom said it has done. */
interface Acknowledged {
  submissions: { key: string; id: string; title: string }[];
  revisions: { id: string; revision: number }[];
  steps: { id: string; state: string }[];
  comments: { id: string; body: string }[];
  photos: string[];
}

/** Where the newsroom keeps what it has, and how that is looked at behind its back. */
interface Kept {
  stores?: OtherStores;
  photos?: () => Promise<string[]>;
  stop(): Promise<void>;
}

async function largeStores(): Promise<Kept> {
  const [postgres, swift] = await Promise.all([startPostgres(), startSwift()]);
  const blobs = s3Blobs(await openObjects(s3Address(swift.url, swift.env)!));
  return {
    stores: {
      argv: ["--blobs", swift.url],
      env: { ...swift.env, KOMINFO_NEWSROOM_DATABASE: postgres.url },
    },
    async photos() {
      const found: string[] = [];
      for await (const hash of blobs.list()) {
        expect(sha256(await buffer((await blobs.read(hash))!))).toBe(hash);
        found.push(hash);
      }
      return found;
    },
    async stop() {
      await Promise.all([postgres.stop(), swift.stop()]);
    },
  };
}

describe.each([
  ["on SQLite and the disk", async (): Promise<Kept> => ({ stop: async () => {} })],
  ["on PostgreSQL and S3", largeStores],
])("a newsroom that is killed while it works, %s,", (_where, keep) => {
  const random = seeded(1117);
  let kept: Kept;
  let newsroom: ServedNewsroom;
  let operatorToken: string;
  let editorToken: string;
  let folder: string;
  let posts = 0;
  const said: Acknowledged = { submissions: [], revisions: [], steps: [], comments: [], photos: [] };

  beforeAll(async () => {
    kept = await keep();
    newsroom = await startNewsroom(kept.stores);
    operatorToken = await newsroom.token("operator");
    editorToken = await newsroom.token("editor");
    folder = await mkdtemp(path.join(tmpdir(), "kominfo-load-"));
  });
  afterAll(async () => {
    await newsroom?.remove();
    await kept?.stop();
    await rm(folder, { recursive: true, force: true });
  });

  function clientOf(token: string, signal: AbortSignal): NewsroomClient {
    return createNewsroomClient({ origin: newsroom.url, token, version: "0.1.0", language: "id", signal });
  }

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
    const wanted = content({ slug: `naskah-${n}`, title: `Naskah ke-${n}` });
    const { id } = await operator.send({ key, content: wanted });
    said.submissions.push({ key, id, title: wanted.title });
    const update = { id, revision: 1, resubmit: false };
    await operator.send({
      key: randomUUID(),
      update,
      content: { ...wanted, body: `Revisi kedua ${n}.` },
    });
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

  /** All that was acknowledged is there, from each of these lists' `from` on; and nothing is there twice. */
  async function check(from: number): Promise<void> {
    const { signal } = new AbortController();
    const operator = clientOf(operatorToken, signal);
    // A hundred kills leave more to ask for than a login may ask in a minute.
    const ask = <T>(what: () => Promise<T>) => persist(what, { signal });
    for (const { key, id, title } of said.submissions.slice(from)) {
      const slug = title.replace("Naskah ke-", "naskah-");
      expect(await ask(() => operator.submission(id))).toMatchObject({ id, content: { title } });
      // The key gives the same submission still.
      const again = await ask(() => operator.send({ key, content: content({ slug, title }) }));
      expect(again).toMatchObject({ id });
    }
    for (const { id, revision } of said.revisions.slice(from)) {
      expect((await ask(() => operator.submission(id))).revision).toBe(revision);
    }
    for (const { id, state } of said.steps.slice(from * 2)) {
      const history = await ask(() => operator.history(id));
      expect(history.filter((step) => step.to === state)).toHaveLength(1);
    }
    for (const { id, body } of said.comments.slice(from)) {
      const comments = await ask(() => operator.comments(id));
      expect(comments.map((comment) => comment.body)).toEqual([body]);
    }
    expect(await ask(() => operator.findKnownPhotos(said.photos))).toEqual(new Set(said.photos));
    // Each blob is checked against its hash there.
    expect(await (kept.photos ?? newsroom.photos)()).toEqual(expect.arrayContaining(said.photos));
  }

  /** Titles of all submissions; each is of one. */
  async function titles(): Promise<string[]> {
    const found: string[] = [];
    for (let cursor: string | null = ""; cursor !== null; ) {
      const page = await newsroom.get(`/submissions?limit=100${cursor && `&cursor=${cursor}`}`, editorToken);
      found.push(...page.items.map((one: { title: string }) => one.title));
      cursor = page.next_cursor;
    }
    return found;
  }

  it.each(Array.from({ length: kills }, (_, n) => n + 1))(
    "has all that it acknowledged when it starts again, once (%i)",
    async () => {
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
      await check(Math.max(0, before - 5));
      const all = await titles();
      expect(new Set(all).size).toBe(all.length);
      if (!kept.stores) requireSound(newsroom.folder);
    },
  );

  it("has kept everything to the end, and ends with 0", async () => {
    expect(said.submissions.length).toBeGreaterThanOrEqual(kills * 3);
    await check(0);
    expect(await newsroom.stop()).toBe(0);
    if (!kept.stores) requireSound(newsroom.folder);
  });
});

function requireSound(folder: string): void {
  const database = new Database(path.join(folder, "newsroom.db"), { readonly: true });
  expect(database.prepare("PRAGMA integrity_check").all()).toEqual([{ integrity_check: "ok" }]);
  expect(database.prepare("PRAGMA foreign_key_check").all()).toEqual([]);
  database.close();
}
