import { randomUUID } from "node:crypto";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import { sql } from "kysely";
import Libsql from "libsql";
import sharp from "sharp";
import { afterAll, beforeAll, beforeEach, describe, expect, it, test } from "vitest";
import {
  albumPhoto,
  approvalRequest,
  createComment,
  createSubmission,
  photoReference,
  requestTakeDown,
  reviseSubmission,
  transitionRequest,
  updateAttempt,
  uploadMetadata,
} from "../../../src/contract/contract.js";
import { sha256 } from "../../../src/files/hash.js";
import { openObjects } from "../../../src/newsroom/blobs/objects.js";
import { createTurns } from "../../../src/newsroom/http/turns.js";
import { databaseFile, openStore } from "../../../src/newsroom/store/database/open.js";
import { findUpload } from "../../../src/newsroom/store/photos/uploads.js";
import { backUp } from "../../../src/newsroom/transfer/backup.js";
import { restoreNewsroom } from "../../../src/newsroom/transfer/move.js";
import { removeRedacted } from "../../../src/newsroom/uploads/redacted.js";
import { makePhoto } from "../../../src/newsroom/uploads/uploads.js";
import { marked, newMark } from "../support/markers.js";
import {
  as,
  cibitung,
  content,
  images,
  jpeg,
  photo,
  setu,
  startNewsroom,
  type TestNewsroom,
} from "../support/newsroom.js";
import { onSqlite, ownStores, type Stores } from "../support/stores.js";

// What a redaction has taken away is in no file, no row, no object, no backup and no log line.

let newsroom: TestNewsroom;
let token: string;
let operator: ReturnType<typeof as>;
let editor: ReturnType<typeof as>;
let admin: ReturnType<typeof as>;
let parent: string;
beforeAll(async () => {
  newsroom = await startNewsroom();
  token = await newsroom.token("operator", cibitung);
  operator = as(newsroom, token);
  editor = as(newsroom, await newsroom.token("editor"));
  admin = as(newsroom, await newsroom.token("admin"));
  parent = await mkdtemp(path.join(tmpdir(), "kominfo-residue-"));
});
afterAll(async () => {
  await newsroom.remove();
  await rm(parent, { recursive: true, force: true });
});

type Marks = Map<string, string>;

/** SQLite deletes its log when the last connection is collected, which may be while a folder is read. */
async function readIfThere(file: string): Promise<Buffer | undefined> {
  return readFile(file).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== "ENOENT") throw error;
    return undefined;
  });
}

/** Everything that these stores hold, as raw bytes by a name of its place. */
async function* bytesOf(folder: string, stores: Stores): AsyncGenerator<[string, Buffer]> {
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    const file = path.join(entry.parentPath, entry.name);
    const bytes = entry.isFile() ? await readIfThere(file) : undefined;
    if (bytes) yield [path.relative(folder, file), bytes];
  }
  if (stores.database) yield* rowsOf(stores.database);
  if (stores.blobs) {
    const objects = await openObjects(stores.blobs);
    for await (const key of objects.list("")) yield [key, await buffer((await objects.get(key))!)];
  }
}

/** The rows of a PostgreSQL database, and, where they can be read, the files of its tables, indexes and TOAST tables. */
async function* rowsOf(database: NonNullable<Stores["database"]>): AsyncGenerator<[string, Buffer]> {
  const store = await openStore(database, newsroom.clock.now);
  try {
    const { rows: tables } = await sql<{ name: string }>`
      select tablename as name from pg_tables where schemaname = current_schema()`.execute(store);
    for (const { name } of tables) {
      const { rows } = await sql<{ row: string }>`select t::text as row from ${sql.table(name)} t`.execute(
        store,
      );
      yield [`rows of ${name}`, Buffer.from(rows.map(({ row }) => row).join("\n"))];
    }
    await sql`checkpoint`.execute(store);
    const { rows: files } = await sql<{ name: string; file: string }>`
      select c.relname as name, current_setting('data_directory') || '/' || pg_relation_filepath(c.oid) as file
      from pg_class c left join pg_class owner on owner.reltoastrelid = c.oid
      where coalesce(owner.relnamespace, c.relnamespace) = current_schema()::regnamespace
        and c.relkind in ('r', 'i', 't')`.execute(store);
    for (const { name, file } of files) yield [`file of ${name}`, await readFile(file)];
  } finally {
    await store.destroy();
  }
}

/** "field in place", for each mark that stands somewhere. */
async function found(marks: Marks, places: AsyncIterable<[string, Buffer]>): Promise<string[]> {
  const hits: string[] = [];
  for await (const [place, bytes] of places) {
    for (const [field, mark] of marks) if (bytes.includes(mark)) hits.push(`${field} in ${place}`);
  }
  return hits;
}

/** Looks into the stores, the log, a new backup, and a copy that is restored from it. */
async function* everywhere(): AsyncGenerator<[string, Buffer]> {
  yield* bytesOf(newsroom.folder, newsroom.kept);
  yield ["log", Buffer.from(newsroom.log.join(""))];
  const [backup, data] = [path.join(parent, randomUUID()), path.join(parent, randomUUID())];
  await backUp({ data: newsroom.folder, ...newsroom.kept }, backup, "0.1.0", newsroom.clock.now);
  for await (const [place, bytes] of bytesOf(backup, {})) yield [`backup: ${place}`, bytes];
  const copy = await ownStores();
  await restoreNewsroom(backup, { data, ...copy }, newsroom.clock.now);
  for await (const [place, bytes] of bytesOf(data, copy)) yield [`copy: ${place}`, bytes];
}

/** The fields of which none is found. */
async function missing(marks: Marks): Promise<string[]> {
  const hits = await found(marks, bytesOf(newsroom.folder, newsroom.kept));
  return [...marks.keys()].filter((field) => !hits.some((hit) => hit.startsWith(`${field} in `)));
}

const key = () => ({ "idempotency-key": randomUUID() });
const why = { reason: "Diminta yang bersangkutan", legal_basis: "UU 27/2022" };

async function redact(target: object): Promise<void> {
  const answer = await admin.post("/redactions", { ...target, ...why });
  expect(answer.status, JSON.stringify(answer.body)).toBe(201);
}

/** Takes a step, and fails unless it was taken. */
async function step(id: string, request: object, by = editor): Promise<void> {
  const headers = { ...key(), "if-match": `"r${(await by.get(`/submissions/${id}`)).body.revision}"` };
  const answer = await by.post(`/submissions/${id}/transitions`, request, headers);
  expect(answer.status, JSON.stringify(answer.body)).toBe(200);
}

let seed = 500;
async function upload(bytes: Buffer, metadata: Record<string, unknown>, sent = bytes.length, login = token) {
  const encoded = Object.entries(metadata).map(([name, value]) => `${name} ${btoa(String(value))}`);
  const response = await fetch(`${newsroom.url}/api/v1/uploads`, {
    method: "POST",
    headers: {
      authorization: `Bearer ${login}`,
      "tus-resumable": "1.0.0",
      "content-type": "application/offset+octet-stream",
      "upload-length": String(bytes.length),
      "upload-metadata": encoded.join(","),
    },
    body: new Uint8Array(bytes.subarray(0, sent)),
  });
  expect(response.status).toBe(201);
  return response.headers.get("location")!;
}

async function uploadedPhoto(): Promise<string> {
  const { bytes, hash } = await jpeg(seed++);
  await upload(bytes, { sha256: hash, filename: "a.jpg", type: "image/jpeg" });
  return hash;
}

/** The template's name stays: the reports count by it. */
const kind = "berita-kegiatan";

async function markedManuscript(schema: typeof createSubmission | typeof reviseSubmission, more = {}) {
  const { value, marks } = marked(schema, {
    "/content/kind": kind,
    "/content/photos/0/sha256": await uploadedPhoto(),
    ...more,
  });
  // Longer than a page of the database.
  value.content.body += `\n\n${"Panen raya. ".repeat(2000)}`;
  return { value, marks };
}

interface Case {
  marks: Marks;
  target: object;
}

async function newest(more = {}): Promise<Case> {
  const { value, marks } = await markedManuscript(createSubmission, more);
  const { body } = await operator.post("/submissions", value, key());
  await operator.put(`/submissions/${body.id}`, value, { ...key(), "if-match": '"r1"' });
  return { marks, target: { submission: body.id, revision: 1 } };
}

async function older(): Promise<Case> {
  const made = await newest();
  const { submission } = made.target as { submission: string };
  const changed = { content: content({ slug: "diperbaiki" }) };
  const answer = await operator.put(`/submissions/${submission}`, changed, { ...key(), "if-match": '"r1"' });
  expect(answer.status).toBe(200);
  return made;
}

async function resubmitted(): Promise<Case> {
  const id = await operator.submit();
  await step(id, { step: "claim" });
  await step(id, { step: "return", reason: "Lengkapi." });
  const { value, marks } = await markedManuscript(reviseSubmission, { "/submit": true });
  const answer = await operator.put(`/submissions/${id}`, value, { ...key(), "if-match": '"r1"' });
  expect(answer.status, JSON.stringify(answer.body)).toBe(200);
  return { marks, target: { submission: id, revision: 2 } };
}

async function comment(): Promise<Case> {
  const { value, marks } = marked(createComment, { "/anchor": { paragraph: 1 } });
  const id = await operator.submit();
  const { body } = await editor.post(`/submissions/${id}/comments`, value, key());
  return { marks, target: { submission: id, comment: body.id } };
}

const channels = ["web"];

/** An approval with a mark in all that it says of a photo, and of the rest. */
function markedApproval(hash: string, more: Record<string, unknown> = {}) {
  return marked(approvalRequest, {
    ...{ "/destinations": ["kabupaten"], "/channels": channels },
    ...{ "/photos/0/sha256": hash, "/photos/0/children": "consented" },
    ...more,
  });
}

/** What an approved revision says, what was said about it, and what each channel was to show of it. */
async function approvedRevision(): Promise<Case> {
  const { marks, target } = await newest();
  const { submission } = target as { submission: string };
  const { sha256 } = (await operator.get(`/submissions/${submission}`)).body.content.photos[0];
  // A note is redacted with its step.
  const said = markedApproval(sha256, { "/note": undefined });
  for (const [field, mark] of said.marks) marks.set(`approval${field}`, mark);
  await step(submission, { step: "claim" });
  await step(submission, { step: "approve", approval: said.value });
  return { marks, target };
}

const site = "cibitung.example.go.id";
/** Of a manuscript that may be sent at once. */
const free = { "/content/embargo": undefined };

/** A publication of an approved submission that a machine may send; its address. */
async function planned(submission: string): Promise<string> {
  const outlet = { label: site, destination: "kecamatan", kecamatan: cibitung, mode: "publish" };
  expect((await editor.put(`/outlets/web/${site}`, outlet)).status).toBe(200);
  await step(submission, { step: "claim" });
  const { content } = (await editor.get(`/submissions/${submission}`)).body;
  const photos = content.photos.map(({ sha256 }: { sha256: string }) => ({ sha256, children: "none" }));
  await step(submission, { step: "approve", approval: { destinations: ["kecamatan"], channels, photos } });
  const wanted = { channel: "web", account: site, state: "planned" };
  const { body } = await editor.post(`/submissions/${submission}/publications`, wanted, key());
  return `/submissions/${submission}/publications/${body.id}`;
}

/** An outcome with a mark in each of its texts, its link included. */
function markedOutcome(state: "failed" | "unclear" | "published") {
  const inLink = newMark();
  const fixed = { "/state": state, "/url": `https://${site}/${inLink}` };
  const told = marked(updateAttempt.shape.outcome.unwrap(), fixed);
  told.marks.set("/url", inLink);
  return told;
}

/** Announces to send with marks in what it is looked up by, and tells this of it, with marks as well. */
async function attempted(address: string, state: "failed" | "unclear" | "published"): Promise<Marks> {
  const { status, body } = await editor.post(`${address}/attempts`, {}, key());
  expect(status, JSON.stringify(body)).toBe(201);
  const inIntent = newMark();
  const intent = { text: inIntent, titles: [inIntent] };
  const at = `${address}/attempts/${body.number}`;
  expect((await editor.put(at, { fence: body.fence, intent })).status).toBe(200);
  const told = markedOutcome(state);
  const answer = await editor.put(at, { fence: body.fence, outcome: told.value });
  expect(answer.status, JSON.stringify(answer.body)).toBe(200);
  return new Map([
    ["intent", inIntent],
    ...[...told.marks].map(([field, mark]) => [`told${field}`, mark] as const),
  ]);
}

/** What a channel has said of a revision, and what it is found by there. */
const attemptedRevision = (state: "failed" | "unclear") => async (): Promise<Case> => {
  const { marks, target } = await newest(free);
  const said = await attempted(await planned((target as { submission: string }).submission), state);
  // The link of what may be out is kept: nobody would find it otherwise.
  const kept = state === "unclear" ? ["told/url", "told/remote_id"] : [];
  for (const [field, mark] of said) if (!kept.includes(field)) marks.set(field, mark);
  return { marks, target };
};

/** The words with which somebody wanted it taken down, and the step that repeats them. */
async function takeDownReason(): Promise<Case> {
  const id = await operator.submit();
  const address = await planned(id);
  await attempted(address, "published");
  // What is stopped with it repeats the words.
  const wanted = { channel: "web", account: "bekasikab.example.go.id", state: "planned" };
  expect((await editor.post(`/submissions/${id}/publications`, wanted, key())).status).toBe(201);
  const { value, marks } = marked(requestTakeDown);
  expect((await editor.post(`${address}/take-down`, value)).status).toBe(200);
  const { items } = (await editor.get(`/submissions/${id}/transitions`)).body;
  return { marks, target: { submission: id, transition: items.at(-1).id } };
}

/** A photo, and what its decided publication is found by. */
async function attemptedPhoto(): Promise<Case> {
  const hash = await uploadedPhoto();
  const id = await operator.submit({ photos: [{ ...photo(hash), children: "none" }] });
  const said = await attempted(await planned(id), "failed");
  return { marks: new Map([["intent", said.get("intent")!]]), target: { sha256: hash } };
}

/** Takes `name` as its last step, with a mark in every text that the step takes. */
const reasonOf =
  (name: string, before: object[], by: () => ReturnType<typeof as> = () => editor) =>
  async (): Promise<Case> => {
    const hash = await uploadedPhoto();
    const id = await operator.submit({ photos: [{ ...photo(hash), children: "none" }] });
    for (const request of before) await step(id, request);
    const said = name === "approve" ? markedApproval(hash) : undefined;
    const { value, marks } = marked(transitionRequest, {
      ...{ "/step": name, "/to": undefined, "/assignee": undefined, "/merged_into": undefined },
      "/approval": said?.value,
    });
    for (const [field, mark] of said?.marks ?? []) marks.set(`/approval${field}`, mark);
    if (name === "unpublish") {
      await editor.post(`/submissions/${id}/publications`, { channel: "web", state: "published" }, key());
    }
    await step(id, value, by());
    const { items } = (await editor.get(`/submissions/${id}/transitions`)).body;
    return { marks, target: { submission: id, transition: items.at(-1).id } };
  };

const approve = { step: "approve", approval: { destinations: ["kabupaten"], channels } };

async function wholePhoto(): Promise<Case> {
  const inBytes = newMark();
  const bytes = await sharp({ create: { width: 900, height: 600, channels: 3, background: "#7a3" } })
    .jpeg()
    .withExif({ IFD0: { ImageDescription: inBytes } })
    .toBuffer();
  const hash = sha256(bytes);
  const marks: Marks = new Map([["/bytes", inBytes]]);
  const all = (place: string, { marks: some }: { marks: Marks }) => {
    for (const [field, mark] of some) marks.set(place + field, mark);
  };
  const fixed = { "/sha256": hash, "/type": "image/jpeg" };
  const metadata = [marked(uploadMetadata, fixed), marked(uploadMetadata, fixed)] as const;
  await upload(bytes, metadata[0].value);
  // Others are about to send the same photo: hardly begun, and all but the last byte.
  const others = await newsroom.token("operator", setu);
  await upload(bytes, metadata[1].value, bytes.length - 1, others);
  await upload(bytes, metadata[1].value, 20, others);
  const inAlbum = marked(albumPhoto, fixed);
  const inContent = marked(photoReference, fixed);
  await operator.put(`/albums/${cibitung}/panen`, { photos: [inAlbum.value] }, key());
  const id = (await operator.post("/submissions", { content: content({ photos: [inContent.value] }) }, key()))
    .body.id;
  const second = content({ photos: [inContent.value], body: "Revisi." });
  await operator.put(`/submissions/${id}`, { content: second }, { ...key(), "if-match": '"r1"' });
  // The override is about the photo.
  const said = markedApproval(hash, { "/note": undefined, "/overrides/0/key": "foto.0.takarir" });
  await step(id, { step: "claim" });
  await step(id, { step: "approve", approval: said.value });
  all("approval", said);
  all("album", inAlbum);
  all("content", inContent);
  all("upload", metadata[0]);
  all("other upload", metadata[1]);
  return { marks, target: { sha256: hash } };
}

const kinds: Record<string, () => Promise<Case>> = {
  "the newest revision": () => newest(),
  "an older revision": older,
  "a revision that was approved": approvedRevision,
  "a revision that was sent again": resubmitted,
  "a comment": comment,
  "the reason of a return": reasonOf("return", [{ step: "claim" }]),
  "the reason of a rejection": reasonOf("reject", [{ step: "claim" }]),
  "the reason and the note of an approval": reasonOf("approve", [{ step: "claim" }]),
  "the reason for taking it down": reasonOf("unpublish", [{ step: "claim" }, approve]),
  "a photo": wholePhoto,
  "a revision that a channel has refused": attemptedRevision("failed"),
  "a revision of which nobody knows whether it is out": attemptedRevision("unclear"),
  "the reason of a request to take it down": takeDownReason,
  "a photo that a channel has refused": attemptedPhoto,
};

/** Fields that are checked and not stored, so that they are found nowhere even before. */
const unstored = /^(other )?upload\//;

describe("the redaction of", () => {
  it.each(Object.entries(kinds))("%s leaves none of its words and bytes anywhere", async (_name, make) => {
    const { marks, target } = await make();
    expect(marks.size).toBeGreaterThan(0);
    expect(
      (await missing(marks)).filter((field) => !unstored.test(field)),
      "before",
    ).toEqual([]);
    await redact(target);
    expect(await found(marks, everywhere())).toEqual([]);
  });
});

describe("a revision that was redacted", () => {
  it("gets no words from a channel any more, and loses its links when it is out no more", async () => {
    const { target } = await newest(free);
    const { submission } = target as { submission: string };
    const address = await planned(submission);
    const { body } = await editor.post(`${address}/attempts`, {}, key());
    const at = `${address}/attempts/${body.number}`;
    await editor.put(at, { fence: body.fence, intent: { post: "7" } });
    await redact(target);
    const told = markedOutcome("published");
    expect((await editor.put(at, { fence: body.fence, outcome: told.value })).status).toBe(200);
    const words: Marks = new Map([...told.marks].filter(([field]) => /reason|code/.test(field)));
    expect(words.size).toBe(2);
    expect(await found(words, everywhere())).toEqual([]);
    const row = async () => (await editor.get(`/submissions/${submission}/publications`)).body.items[0];
    expect((await row()).url).toContain(told.marks.get("/url"));

    expect((await editor.post(`${address}/take-down`, { cause: "personal_data" })).status).toBe(200);
    const removal = (await editor.post(`${address}/attempts`, {}, key())).body;
    const gone = { fence: removal.fence, outcome: { state: "unpublished" } };
    expect((await editor.put(`${address}/attempts/${removal.number}`, gone)).status).toBe(200);
    expect(await row()).toMatchObject({ state: "unpublished", url: null, remote_id: null });
  });
});

describe("a photo that was redacted", () => {
  let bytes: Buffer;
  let hash: string;
  let metadata: Record<string, string>;
  beforeEach(async () => {
    ({ bytes, hash } = await jpeg(seed++, 300));
    metadata = { sha256: hash, filename: "a.jpg", type: "image/jpeg" };
    await upload(bytes, metadata);
  });

  it("cannot be finished by an upload that had begun before", async () => {
    const address = await upload(bytes, metadata, bytes.length - 1);
    await redact({ sha256: hash });
    const answer = await fetch(new URL(address, newsroom.url), {
      method: "PATCH",
      headers: {
        authorization: `Bearer ${token}`,
        "tus-resumable": "1.0.0",
        "content-type": "application/offset+octet-stream",
        "upload-offset": String(bytes.length - 1),
      },
      body: new Uint8Array(bytes.subarray(-1)),
    });
    expect(answer.status).toBe(404);
    expect(await newsroom.unfinished()).toEqual([]);
  });

  it("is not stored again by an upload that is decoded meanwhile", async () => {
    const address = await upload(bytes, metadata, bytes.length - 1);
    const id = address.split("/").at(-1)!;
    await newsroom.stores(async ({ store, ...storage }) => {
      // The last byte arrives as it does in a request, but the photo is redacted while it is decoded.
      const deps = { store, ...storage, now: () => newsroom.clock.now };
      await storage.staging.datastore.write(Readable.from([bytes.subarray(-1)]), id, bytes.length - 1);
      const finishing = makePhoto(
        {
          ...deps,
          turns: createTurns({ perPerson: 1, inAll: 1 }),
          removeRedacted: async () => void (await removeRedacted(deps, newsroom.clock.now)),
          images: {
            async verify(file, admission) {
              const facts = await images.verify(file, admission);
              await admin.post("/redactions", { sha256: hash, ...why });
              return facts;
            },
          },
        },
        (await findUpload(store, id))!,
        (work) => store.transaction().execute(work),
      );
      await expect(finishing).rejects.toThrow();
      expect(await storage.blobs.has(hash)).toBe(false);
    });
    expect(await newsroom.unfinished()).toEqual([]);
  });

  it("whose blob an interrupted upload has stored again loses it at the next start", async () => {
    await redact({ sha256: hash });
    await newsroom.stores(async ({ blobs }) => {
      const file = path.join(newsroom.folder, "uploads", "copy");
      await sharp(bytes).toFile(file);
      await blobs.put(hash, file);
      expect(await blobs.has(hash)).toBe(true);
    });
    await newsroom.restart();
    await newsroom.stores(async ({ blobs }) => expect(await blobs.has(hash)).toBe(false));
  });
});

test("the names of files are stored only where they are shown", async () => {
  const { bytes, hash } = await jpeg(seed++);
  const { value, marks } = marked(uploadMetadata, { "/sha256": hash, "/type": "image/jpeg" });
  await upload(bytes, value);
  await upload(bytes, value, 10);
  expect(await found(marks, bytesOf(newsroom.folder, newsroom.kept))).toEqual([]);
  await operator.submit({ photos: [photo(hash)] });
});

describe.runIf(onSqlite)("a database file", () => {
  const file = () => path.join(newsroom.folder, databaseFile);

  it("that another process is reading is cleared as soon as it can be", async () => {
    newsroom.expectLogged(/what was redacted is still in the files of a store, until the next sweep/);
    const { marks, target } = await newest();
    const reader = new Libsql(file());
    reader.exec("begin");
    reader.prepare("select count(*) from submissions").all();
    await redact(target);
    expect(await found(marks, bytesOf(newsroom.folder, {}))).not.toEqual([]);
    reader.exec("commit");
    reader.close();
    await newsroom.stores((stores) => removeRedacted(stores, newsroom.clock.now));
    expect(await found(marks, bytesOf(newsroom.folder, {}))).toEqual([]);
  });

  it("from before removed text was overwritten is rewritten once, at the next start", async () => {
    await newsroom.close();
    const marks: Marks = new Map([["old", newMark()]]);
    const old = new Libsql(file());
    old.exec("pragma secure_delete = off");
    old.prepare("insert into settings values (?, ?)").run("lama", marks.get("old")!.repeat(400));
    old.exec("delete from settings where name = 'lama'");
    old.exec("insert or replace into residue values ('pages', 'migration')");
    old.prepare("pragma wal_checkpoint(truncate)").all();
    old.close();
    expect(await found(marks, bytesOf(newsroom.folder, {}))).toEqual([`old in ${databaseFile}`]);
    await newsroom.restart();
    expect(await found(marks, bytesOf(newsroom.folder, {}))).toEqual([]);
    await newsroom.stores(async ({ store }) =>
      expect(await store.selectFrom("residue").selectAll().execute()).toEqual([]),
    );
  });
});

describe.runIf(!onSqlite)("a PostgreSQL database", () => {
  it("that still has a snapshot from before the redaction is cleared as soon as nobody has", async () => {
    newsroom.expectLogged(/what was redacted is still in the files of a store, until the next sweep/);
    const { marks, target } = await reasonOf("approve", [{ step: "claim" }])();
    const reader = await openStore(newsroom.place, newsroom.clock.now);
    await reader
      .transaction()
      .setIsolationLevel("repeatable read")
      .setAccessMode("read only")
      .execute(async (snapshot) => {
        // A table that is not rewritten, so that no lock is in the way.
        await snapshot.selectFrom("settings").select("name").execute();
        await redact(target);
        expect(await newsroom.stores((stores) => removeRedacted(stores, newsroom.clock.now))).toBe(false);
      });
    await reader.destroy();
    expect(await newsroom.stores((stores) => removeRedacted(stores, newsroom.clock.now))).toBe(true);
    expect(await found(marks, everywhere())).toEqual([]);
  });
});
