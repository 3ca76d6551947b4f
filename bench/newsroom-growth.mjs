// What listing and reading cost as the store grows: the same questions, in turn, of newsrooms with 1,000, 100,000 and
// 1,000,000 submissions, on SQLite and on PostgreSQL. Run after `npm run build`: node bench/newsroom-growth.mjs [sizes]
// The store is asked as the routes ask it, without HTTP, which would only hide the growth.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { sql } from "kysely";
import { listQueue } from "../dist/newsroom/services/submissions/read.js";
import { readSubmission } from "../dist/newsroom/services/submissions/view.js";
import { openStore } from "../dist/newsroom/store/database/open.js";
import { fill } from "./newsroom/fill.mjs";
import { startPostgres } from "./postgres.mjs";

const sizes = process.argv.slice(2).map(Number);
if (sizes.length === 0) sizes.push(1_000, 100_000, 1_000_000);
const rounds = 300;
const now = new Date("2026-11-17T03:00:00.000Z");

const editor = { id: "x", name: "Editor", role: "editor", kecamatan: null };
const operator = { ...editor, role: "operator", kecamatan: "32.16.07" };
const questions = {
  "list, newest": (store) => listQueue(store, editor, { limit: 50 }),
  "list, a page far back": (store, { middle }) =>
    listQueue(store, editor, { limit: 50, cursor: Buffer.from(middle).toString("base64url") }),
  "list, state=submitted": (store) => listQueue(store, editor, { limit: 50, state: "submitted" }),
  "list, one kecamatan, state, kind (10)": (store) =>
    listQueue(store, operator, { limit: 10, state: "approved", kind: "berita-kegiatan" }),
  "list, q=balita": (store) => listQueue(store, editor, { limit: 50, q: "balita" }),
  "list, q that nothing has": (store) => listQueue(store, editor, { limit: 50, q: "tidak ada" }),
  "list, since, nothing new": (store) =>
    listQueue(store, editor, { limit: 50, since: "2026-11-01T00:00:00.000Z" }),
  "list, since, everything": (store) =>
    listQueue(store, editor, { limit: 50, since: "2025-01-01T00:00:00.000Z" }),
  "read one": (store, { ids }) => readSubmission(store, editor, ids[Math.floor(Math.random() * ids.length)]),
};

async function sizeOf(store, isPostgres) {
  const { rows } = isPostgres
    ? await sql`select sum(pg_total_relation_size((quote_ident(tablename))::regclass))::bigint as bytes
        from pg_tables where schemaname = current_schema()`.execute(store)
    : await sql`select page_count * page_size as bytes from pragma_page_count, pragma_page_size`.execute(
        store,
      );
  return Number(rows[0].bytes);
}

async function measure(name, places, isPostgres) {
  const rooms = [];
  for (const [i, place] of places.entries()) {
    const store = await openStore(place, now);
    const began = performance.now();
    await fill(store, isPostgres, sizes[i], now);
    const bytes = await sizeOf(store, isPostgres);
    console.log(
      `${name}: ${sizes[i].toLocaleString("en")} submissions in ${((performance.now() - began) / 1000).toFixed(0)} s, ` +
        `${(bytes / 1e6).toFixed(0)} MB`,
    );
    const { rows } = await sql`select id from submissions order by id`.execute(store);
    const all = rows.map((row) => row.id);
    const ids = Array.from({ length: 1000 }, (_, n) => all[Math.floor((n * all.length) / 1000)]);
    rooms.push({ store, facts: { ids, middle: all[Math.floor(all.length / 2)] } });
  }
  console.log(
    `\n| ${name}: p50 / p99 in ms | ${sizes.map((n) => n.toLocaleString("en")).join(" | ")} | p50 of the last to the first |`,
  );
  console.log(`|---|${sizes.map(() => "---").join("|")}|---|`);
  for (const [question, ask] of Object.entries(questions)) {
    const times = sizes.map(() => []);
    for (let round = -20; round < rounds; round += 1) {
      for (const [i, { store, facts }] of rooms.entries()) {
        const began = performance.now();
        await ask(store, facts);
        if (round >= 0) times[i].push(performance.now() - began);
      }
    }
    const at = (list, part) => list.sort((a, b) => a - b)[Math.floor(list.length * part)];
    const shown = times.map((list) => `${at(list, 0.5).toFixed(2)} / ${at(list, 0.99).toFixed(2)}`);
    console.log(
      `| ${question} | ${shown.join(" | ")} | ${(at(times.at(-1), 0.5) / at(times[0], 0.5)).toFixed(2)} |`,
    );
  }
  for (const { store } of rooms) await store.destroy();
}

const folder = mkdtempSync(path.join(tmpdir(), "kominfo-growth-"));
try {
  await measure(
    "SQLite",
    sizes.map((size) => path.join(folder, String(size))),
    false,
  );
} finally {
  rmSync(folder, { recursive: true, force: true });
}
const postgres = await startPostgres();
if (postgres) {
  try {
    const { default: pg } = await import("pg");
    const places = [];
    for (const size of sizes) {
      const client = new pg.Client({ connectionString: postgres.url });
      await client.connect();
      await client.query(`create schema n${size}`);
      await client.end();
      places.push({ url: `${postgres.url}?options=-c%20search_path%3Dn${size}`, shown: "bench" });
    }
    console.log();
    await measure("PostgreSQL", places, true);
  } finally {
    await postgres.stop();
  }
} else console.log("\nPostgreSQL: not installed here (apt-get install postgresql-15)");
