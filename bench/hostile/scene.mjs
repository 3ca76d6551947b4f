// A newsroom of many submissions, and in it the one submission, album and photo that cost the most to show.
import { randomUUID } from "node:crypto";
import { v7 as uuid } from "uuid";
import { limits } from "../../dist/contract/contract.js";
import { addPerson, linkPerson } from "../../dist/newsroom/local-people.js";
import { openStore } from "../../dist/newsroom/store/database/open.js";
import { insertRevision } from "../../dist/newsroom/store/submissions/revisions.js";
import { fill } from "../newsroom/fill.mjs";
import { bodies, contentOf, largeContent, oldBodies } from "./texts.mjs";

export const cibitung = "32.16.07";
/** Steps of one submission: nothing limits them, but nobody takes more. */
const steps = 1000;
const merged = 500;
/** Revisions with the photos that are redacted, each in its turn. */
const photoRevisions = 30;

/** @param place the data folder, or the address of the database @param count submissions */
export async function setScene(place, count) {
  const now = new Date();
  const add = async (role, more = {}) => {
    const added = await addPerson(
      place,
      { name: `${role} ${randomUUID()}`, role, token: true, ...more },
      now,
    );
    return { id: added.user.id, token: added.token };
  };
  const operators = [];
  for (let i = 0; i < 8; i += 1) operators.push(await add("operator", { kecamatan: cibitung }));
  const editors = [await add("editor"), await add("editor")];
  const admins = [await add("admin"), await add("admin")];
  const store = await openStore(place, now);
  try {
    await fill(store, typeof place !== "string", count, now);
    const scene = { now, operators, editors, admins, store, author: operators[0].id, editor: editors[0].id };
    const photos = await manyPhotos(scene);
    return {
      operators,
      editors,
      admins,
      photos,
      large: await largeSubmission(scene),
      bodies: await submissionsOfBodies(scene),
      redacted: await submissionOfPhotos(scene, photos.slice(-12)),
    };
  } finally {
    await store.destroy();
  }
}

async function newSubmission({ store, now, author, editor }, contents, changes = {}) {
  const id = uuid();
  const at = now.toISOString();
  const row = {
    ...{
      id,
      kecamatan: cibitung,
      state: "in_review",
      author_id: author,
      claimed_by: editor,
      contributors: "[]",
    },
    ...{
      merged_into: null,
      asked: null,
      revision: contents.length,
      kind: "berita-kegiatan",
      title: "Posyandu",
    },
    ...{ priority: "normal", needed_by: null, embargo: null, photos: 0, received_at: at, updated_at: at },
    ...{ first_claimed_at: at, decided_at: null, first_published_at: null, ...changes },
  };
  await store.insertInto("submissions").values(row).execute();
  for (const [index, content] of contents.entries()) {
    const revision = { submission_id: id, number: index + 1, author_id: author, at, message: null };
    await insertRevision(store, revision, content);
  }
  return id;
}

async function inBatches(store, table, rows, size = 50) {
  for (let from = 0; from < rows.length; from += size)
    await store
      .insertInto(table)
      .values(rows.slice(from, from + size))
      .execute();
}

/** Two revisions with hardly a word in its place, and as many comments, steps and publications as it can have. */
async function largeSubmission(scene) {
  const { store, now, author, editor } = scene;
  const at = now.toISOString();
  const id = await newSubmission(scene, [largeContent(1), largeContent(5000), largeContent(9000)]);
  const text = "&<".repeat(2000);
  const of = { submission_id: id, at };
  const comments = Array.from({ length: limits.comments_per_submission }, () => ({
    ...{
      ...of,
      id: uuid(),
      author_id: editor,
      body: text,
      revision: 3,
      anchor: JSON.stringify({ paragraph: 1 }),
    },
  }));
  await inBatches(store, "comments", comments);
  const transitions = Array.from({ length: steps }, (_, i) => ({
    ...{ ...of, id: uuid(), by_id: editor, step: i % 2 ? "claim" : "return", from_state: "submitted" },
    ...{ to_state: "in_review", reason: text, revision: 1, assignee_id: null },
  }));
  await inBatches(store, "transitions", transitions);
  const publications = Array.from({ length: limits.publications_per_submission }, (_, i) => ({
    ...{ id: uuid(), submission_id: id, revision: 1, channel: "web", account: `akun ${i}`, state: "planned" },
    ...{ by_id: editor, correction: 0, created_at: at, scheduled_for: null, published_at: null },
    ...{ unpublished_at: null, url: `https://a.example/${"x".repeat(1900)}`, remote_id: null, reason: text },
  }));
  await inBatches(store, "publications", publications);
  for (let i = 0; i < merged; i += 1) {
    const other = await newSubmission(scene, [contentOf()], { state: "merged", merged_into: id });
    await store.insertInto("related_submissions").values({ submission_id: id, related_id: other }).execute();
  }
  return {
    id,
    comments: comments.map((row) => row.id),
    transitions: transitions.map((row) => row.id),
    author,
  };
}

async function submissionsOfBodies(scene) {
  const made = {};
  for (const [name, body] of Object.entries({ ...bodies, ...oldBodies })) {
    made[name] = await newSubmission(scene, [contentOf({ body: "a" }), contentOf({ body })]);
  }
  return made;
}

/** As many photos as an album holds; their bytes are missing, which no list notices. */
async function manyPhotos({ store, now, author }) {
  const at = now.toISOString();
  const hashes = Array.from({ length: limits.album_photos }, (_, i) =>
    (i + 1).toString(16).padStart(64, "0"),
  );
  const photo = { type: "image/jpeg", width: 10, height: 10, bytes: 100, created_at: at, removed_at: null };
  await inBatches(
    store,
    "photos",
    hashes.map((sha256) => ({ sha256, ...photo })),
  );
  const owner = { kecamatan: cibitung, user_id: author, at };
  await inBatches(
    store,
    "photo_owners",
    hashes.map((sha256) => ({ sha256, ...owner })),
  );
  const album = { id: uuid(), kecamatan: cibitung, slug: "panen", title: "Panen", event_date: null };
  await store
    .insertInto("albums")
    .values({ ...album, photos: hashes.length, created_at: at, updated_at: at })
    .execute();
  const text = {
    filename: "a".repeat(255),
    caption: "k".repeat(2000),
    alt: "l".repeat(1000),
    credit: "c".repeat(255),
  };
  const inAlbum = hashes.map((sha256, i) => ({
    album_id: album.id,
    sha256,
    position: i + 1,
    source_sha256: null,
    ...text,
  }));
  await inBatches(store, "album_photos", inAlbum);
  return hashes;
}

export const photoOf = (sha256, lead = false) => ({
  ...{
    sha256,
    filename: "f".repeat(255),
    caption: "k".repeat(2000),
    alt: "a".repeat(1000),
    credit: "c".repeat(255),
  },
  ...{ source: "own", children: "none", lead },
});

async function submissionOfPhotos(scene, hashes) {
  const contents = Array.from({ length: photoRevisions }, (_, i) =>
    largeContent(i * 50, { photos: hashes.map((sha256) => photoOf(sha256)) }),
  );
  return { id: await newSubmission(scene, contents), photos: hashes };
}

/** Lets an editor or admin into the desk. Returns what fetches its pages as they do. */
export async function enterDesk(place, url, id) {
  const { path: link } = await linkPerson(place, id, new Date());
  const first = await fetch(url + link);
  const cookieOf = (answer) => answer.headers.getSetCookie()[0].split(";")[0];
  const csrf = csrfOf(await first.text());
  const answer = await fetch(`${url}/login/link`, {
    method: "POST",
    body: new URLSearchParams({ csrf, key: new URL(link, url).searchParams.get("key") }),
    headers: { cookie: cookieOf(first) },
    redirect: "manual",
  });
  const cookie = cookieOf(answer);
  const account = await (await fetch(`${url}/account`, { headers: { cookie } })).text();
  return { cookie, csrf: csrfOf(account) };
}

const csrfOf = (html) => /name="csrf" value="([^"]+)"/.exec(html)[1];
