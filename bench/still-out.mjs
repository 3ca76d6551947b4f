// What it costs to ask where a photo or a submission is still out, in a newsroom with 100,000 publications, on SQLite and on PostgreSQL.
// Run after `npm run build`: node bench/still-out.mjs [submissions]
// The store is asked as the routes ask it, without HTTP.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { sql } from "kysely";
import { openStore } from "../dist/newsroom/store/database/open.js";
import { photosMadeOf } from "../dist/newsroom/store/submissions/originals.js";
import { countStillOut, findStillOut } from "../dist/newsroom/store/submissions/still-out.js";
import { fill } from "./newsroom/fill.mjs";
import { startPostgres } from "./postgres.mjs";

const submissions = Number(process.argv[2] ?? 50_000);
const rounds = 20;
const now = new Date("2026-11-17T03:00:00.000Z");
const all = { all: true };
const first = { after: undefined, limit: 101 };
/** A page shows as many. */
const many = 54;

/** Two publications of every submission, and one photo in each that some hundred share, so that the answers have something in them. */
async function publish(store) {
  const [user] = (await sql`select id from users limit 1`.execute(store)).rows;
  const { rows } = await sql`select submission_id as id, number from revisions where number = 1`.execute(
    store,
  );
  const chunk = 500;
  for (let at = 0; at < 500; at += 1) {
    const photo = { type: "image/jpeg", width: 1600, height: 1200, bytes: 1, created_at: now.toISOString() };
    await store
      .insertInto("photos")
      .values({ ...photo, sha256: hashOf(at) })
      .execute();
  }
  for (let at = 0; at < rows.length; at += chunk) {
    const some = rows.slice(at, at + chunk);
    const of = some.flatMap(({ id, number }, i) =>
      ["web", "x"].map((channel) => ({
        ...{ id: `${idOf(at + i)}${channel}`, submission_id: id, revision: number, channel, account: "" },
        ...{ state: i % 5 === 0 ? "failed" : "published", by_id: user.id, correction: 0, slot: null },
        ...{ created_at: now.toISOString(), published_at: now.toISOString(), remote_id: "1", url: null },
      })),
    );
    await store.insertInto("publications").values(of).execute();
    const references = some.map(({ id, number }, i) => ({
      ...{ submission_id: id, revision: number, position: 90 },
      sha256: hashOf(i % 500),
    }));
    await store.insertInto("photo_references").values(references).execute();
  }
  return rows;
}

const idOf = (n) => String(n).padStart(12, "0");
const hashOf = (n) => n.toString(16).padStart(64, "0");

const questions = {
  "a photo of 1 in 500": (store, { photo }) => findStillOut(store, { hashes: [photo] }, all, first, now),
  "54 photos": (store, { photos }) => findStillOut(store, { hashes: photos }, all, first, now),
  "a photo, one kecamatan": (store, { photo }) =>
    findStillOut(store, { hashes: [photo] }, { kecamatan: "32.16.07" }, first, now),
  "a photo that nobody used": (store) => findStillOut(store, { hashes: ["f".repeat(64)] }, all, first, now),
  "a submission": (store, { id }) => findStillOut(store, { submission: { id } }, all, first, now),
  "a revision and 54 photos": (store, { id, photos }) =>
    findStillOut(store, { submission: { id, revisions: [1] }, hashes: photos }, all, first, now),
  "count of 54 photos": (store, { photos }) => countStillOut(store, photos, all),
  "photos made of an original": (store) => photosMadeOf(store, "e".repeat(64), all),
};

async function measure(name, place, isPostgres) {
  const store = await openStore(place, now);
  await fill(store, isPostgres, submissions, now);
  const rows = await publish(store);
  await (isPostgres ? sql`analyze` : sql`pragma optimize`).execute(store);
  const { rows: counted } = await sql`select count(*) as n from publications`.execute(store);
  console.log(`\n${name}: ${Number(counted[0].n).toLocaleString("en")} publications\n`);
  console.log("| question | found | p50 in ms | p99 in ms |\n|---|---|---|---|");
  const facts = { id: rows[Math.floor(rows.length / 2) + 1].id, photo: hashOf(7) };
  facts.photos = Array.from({ length: many }, (_, n) => hashOf(n * 3));
  for (const [question, ask] of Object.entries(questions)) {
    const times = [];
    let found;
    for (let round = -2; round < (question.includes("original") ? 3 : rounds); round += 1) {
      const began = performance.now();
      found = await ask(store, facts);
      if (round >= 0) times.push(performance.now() - began);
    }
    times.sort((a, b) => a - b);
    const at = (part) => times[Math.floor(times.length * part)].toFixed(1);
    console.log(`| ${question} | ${found.length ?? found.size} | ${at(0.5)} | ${at(0.99)} |`);
  }
  await store.destroy();
}

const folder = mkdtempSync(path.join(tmpdir(), "kominfo-bench-"));
try {
  await measure("SQLite", path.join(folder, "bench.sqlite"), false);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
const postgres = await startPostgres();
if (postgres) {
  try {
    await measure("PostgreSQL", { url: postgres.url, ca: undefined }, true);
  } finally {
    await postgres.stop();
  }
} else console.log("PostgreSQL: not installed");
