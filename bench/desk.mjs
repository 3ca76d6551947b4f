// How long the newsroom needs for each page of the desk with 100 submissions and with 100,000: the p99 of the larger may
// be three times that of the smaller. npm run bench:desk [-- --large <n>] [--rounds <n>]
// Both services run in this process, one page of each in turn, so that a slow moment of the machine hits both.
import { randomUUID } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import { linkPerson } from "../dist/newsroom/local-people.js";
import { serve } from "../dist/newsroom/serve.js";
import { openStore } from "../dist/newsroom/store/database/open.js";
import { fillNewsroom, sampleNow } from "../scripts/desk-sample.mjs";

const { values: flags } = parseArgs({
  options: { large: { type: "string", default: "100000" }, rounds: { type: "string", default: "150" } },
});
const rounds = Number(flags.rounds);
const most = 3;
const kinds = ["berita-kegiatan", "pengumuman", "agenda", "layanan-publik", "pembangunan", "info-darurat"];
const kecamatan = Array.from({ length: 23 }, (_, i) => `32.16.${String(i + 1).padStart(2, "0")}`);
// One in twenty still waits or is at its sender's.
const states = [
  ...Array(38).fill("approved"),
  ...Array(14).fill("rejected"),
  ...Array(5).fill("withdrawn"),
  "submitted",
  "in_review",
  "returned",
];

const folder = await mkdtemp(path.join(tmpdir(), "kominfo-bench-desk-"));
try {
  const small = await newsroomOf("small", 100);
  const large = await newsroomOf("large", Number(flags.large));
  await compare(small, large);
  await small.close();
  await large.close();
} finally {
  await rm(folder, { recursive: true, force: true });
}

async function newsroomOf(name, size) {
  const data = path.join(folder, name);
  const sample = await fillNewsroom(data);
  await multiply(data, size, sample);
  const options = { host: "127.0.0.1", port: 0, data, images: { verify: async () => {} }, version: "0.0.0" };
  const service = await serve({
    ...options,
    now: () => sampleNow,
    rates: { token_per_minute: 1e9, activations_per_minute: 1e9 },
  });
  const cookie = await enter(service.url, data, sample.admin);
  return { ...service, cookie, sample };
}

/** Submissions with a revision, a step and a change each, in the past of the sample's. */
async function multiply(data, size, sample) {
  const store = await openStore(data, sampleNow);
  const author = sample.people["Siti Aminah"].id;
  const content = {
    ...JSON.parse((await store.selectFrom("revisions").select("content").executeTakeFirst()).content),
    photos: [],
  };
  const batch = 500;
  for (let done = 0; done < size; done += batch) {
    const rows = Array.from({ length: Math.min(batch, size - done) }, (_, i) =>
      submissionRow(done + i, size, author),
    );
    await store.transaction().execute(async (transaction) => {
      for (let from = 0; from < rows.length; from += 50) {
        const some = rows.slice(from, from + 50);
        await transaction.insertInto("submissions").values(some).execute();
        await transaction
          .insertInto("revisions")
          .values(
            some.map((row) => ({
              submission_id: row.id,
              number: 1,
              author_id: author,
              at: row.received_at,
              message: null,
              content: JSON.stringify({ ...content, title: row.title, kind: row.kind }),
            })),
          )
          .execute();
        await transaction
          .insertInto("transitions")
          .values(
            some.map((row) => ({
              id: randomUUID(),
              submission_id: row.id,
              at: row.decided_at ?? row.received_at,
              by_id: author,
              step: "submit",
              from_state: null,
              to_state: row.state,
              reason: null,
              revision: 1,
            })),
          )
          .execute();
        await transaction
          .insertInto("changes")
          .values(
            some.map((row) => ({
              at: row.received_at,
              submission_id: row.id,
              kecamatan: row.kecamatan,
              what: "submitted",
            })),
          )
          .execute();
      }
    });
  }
  await store.destroy();
}

/** Spread over three years; an id begins with its time, as UUIDv7 does. */
function submissionRow(n, size, author) {
  const at = new Date(
    sampleNow.getTime() - (3 * 365 * 24 * 3600_000 * (size - n)) / size - 40 * 24 * 3600_000,
  );
  const hex = at.getTime().toString(16).padStart(12, "0");
  const id = `${hex.slice(0, 8)}-${hex.slice(8)}-7${randomUUID().slice(15)}`;
  const state = states[n % states.length];
  const decided = ["approved", "rejected"].includes(state)
    ? new Date(at.getTime() + 5 * 3600_000).toISOString()
    : null;
  return {
    id,
    kecamatan: kecamatan[n % 23],
    state,
    author_id: author,
    claimed_by: state === "in_review" ? author : null,
    contributors: "[]",
    merged_into: null,
    revision: 1,
    kind: kinds[n % kinds.length],
    title: `Kegiatan warga nomor ${n} di desa ${n % 187}`,
    priority: n % 40 === 0 ? "urgent" : "normal",
    needed_by: null,
    embargo: null,
    photos: 0,
    received_at: at.toISOString(),
    updated_at: at.toISOString(),
    first_claimed_at: null,
    decided_at: decided,
    first_published_at: null,
  };
}

async function enter(url, data, admin) {
  const { path: link } = await linkPerson(data, admin, sampleNow);
  const page = await fetch(url + link);
  let cookie = page.headers.getSetCookie()[0].split(";")[0];
  const [, csrf] = /name="csrf" value="([^"]+)"/.exec(await page.text());
  const body = new URLSearchParams({ csrf, key: new URL(link, url).searchParams.get("key") });
  const answer = await fetch(`${url}/login/link`, {
    method: "POST",
    body,
    headers: { cookie },
    redirect: "manual",
  });
  cookie = answer.headers.getSetCookie()[0].split(";")[0];
  return cookie;
}

async function compare(small, large) {
  const pages = {
    queue: () => "/",
    "queue, next page": ({ next }) => next,
    "queue, one kecamatan": () => "/?kecamatan=32.16.07",
    "queue, one kind": () => "/?kind=agenda",
    "queue, approved": () => "/?view=approved",
    "queue, all": () => "/?view=all",
    "search, waiting": () => "/?q=nomor",
    "search, nothing found": () => "/?q=tidakada",
    "search, all, nothing found": () => "/?view=all&q=tidakada",
    submission: ({ sample }) => `/submissions/${sample.submission}`,
    compare: ({ sample }) => `/submissions/${sample.submission}/compare`,
    edit: ({ sample }) => `/submissions/${sample.submission}/edit`,
    week: () => "/week",
    people: () => "/people",
    news: () => "/news?since=999999999",
  };
  for (const one of [small, large]) {
    const html = await (await fetch(one.url, { headers: { cookie: one.cookie } })).text();
    const last = [...html.matchAll(/\/submissions\/([0-9a-f-]{36})"/g)].at(-1)[1];
    one.next = `/?after=1.${last}`;
  }
  process.stdout.write(
    `${rounds} rounds; ms: median and p99 at 100, at ${flags.large}, and how many times the p99\n`,
  );
  const over = [];
  for (const [name, address] of Object.entries(pages)) {
    const times = { small: [], large: [] };
    for (let round = -10; round < rounds; round += 1) {
      for (const [which, one] of Object.entries({ small, large })) {
        const start = performance.now();
        const answer = await fetch(one.url + address(one), { headers: { cookie: one.cookie } });
        await answer.text();
        if (!answer.ok) throw new Error(`${name}: ${answer.status}`);
        if (round >= 0) times[which].push(performance.now() - start);
      }
    }
    const [a, b] = [times.small, times.large].map((all) => all.sort((x, y) => x - y));
    const at = (all, part) => all[Math.min(all.length - 1, Math.floor(all.length * part))];
    const ratio = at(b, 0.99) / at(a, 0.99);
    if (ratio > most) over.push(name);
    const shown = [at(a, 0.5), at(a, 0.99), at(b, 0.5), at(b, 0.99)]
      .map((ms) => ms.toFixed(1).padStart(7))
      .join(" ");
    process.stdout.write(`${name.padEnd(28)} ${shown}   ${ratio.toFixed(2)}x\n`);
  }
  if (over.length === 0) return;
  process.stdout.write(`more than ${most}x: ${over.join("; ")}\n`);
  process.exitCode = 1;
}
