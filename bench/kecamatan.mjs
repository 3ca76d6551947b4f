// All kecamatan send their photos at once, as after a holiday: how many photos a second the newsroom takes, each hashed,
// decoded and synced, and how long an editor waits for the list meanwhile. Beside another build, both in turn.
//
// Run: npm run bench:kecamatan -- [--kecamatan 23] [--photos 300] [--jobs 2] [--rounds 1] [--stores sqlite|postgres]
//   [--beside <folder of another checkout, built>]
// By default 60 photos each, which shows the same rates in a fifth of the time.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { agent, json, send } from "./newsroom/http.mjs";
import { photoMaker } from "./newsroom/photo.mjs";
import { startPostgres } from "./postgres.mjs";

const { values: flags } = parseArgs({
  options: {
    kecamatan: { type: "string", default: "23" },
    photos: { type: "string", default: "60" },
    jobs: { type: "string", default: "2" },
    rounds: { type: "string", default: "1" },
    stores: { type: "string", default: "sqlite" },
    beside: { type: "string" },
  },
});
const [kecamatan, photos, jobs, rounds] = ["kecamatan", "photos", "jobs", "rounds"].map((name) =>
  Number(flags[name]),
);
/** How often the editor asks, in ms. */
const listEveryMs = 200;
const builds = { "this build": path.resolve(import.meta.dirname, ".."), ...besides() };

function besides() {
  return flags.beside ? { "the other build": path.resolve(flags.beside) } : {};
}

/** The real program of a checkout in a process of its own, on stores of its own, with an operator for each kecamatan. */
async function startService(root) {
  const folder = mkdtempSync(path.join(tmpdir(), "kominfo-bench-kecamatan-"));
  const data = path.join(folder, "data");
  const postgres = flags.stores === "postgres" ? await startPostgres() : undefined;
  if (flags.stores === "postgres" && !postgres) throw new Error("PostgreSQL: apt-get install postgresql-15");
  const words = ["newsroom", "serve", "--port", "0", "--data", data, "--json"];
  const child = spawn(process.execPath, [path.join(root, "bin/kominfo.js"), ...words], {
    stdio: ["ignore", "pipe", "inherit"],
    cwd: folder,
    env: {
      PATH: process.env.PATH,
      HOME: folder,
      ...(postgres ? { KOMINFO_NEWSROOM_DATABASE: postgres.url } : {}),
    },
  });
  const [line] = await once(child.stdout.setEncoding("utf8"), "data");
  // Of the same checkout: another one may have other tables.
  const { addPerson } = await import(pathToFileURL(path.join(root, "dist/newsroom/local-people.js")).href);
  const place = postgres ? { url: postgres.url, displayUrl: "bench" } : data;
  const add = async (person) => (await addPerson(place, { ...person, token: true }, new Date())).token;
  const operators = [];
  for (let n = 1; n <= kecamatan; n++) {
    const code = `32.16.${String(((n - 1) % 23) + 1).padStart(2, "0")}`;
    const token = await add({ name: `Operator ${n}`, role: "operator", kecamatan: code });
    operators.push({ kecamatan: code, slug: `acara-${n}`, token });
  }
  return {
    api: `${JSON.parse(line).url}/api/v1`,
    operators,
    editor: await add({ name: "Editor", role: "editor" }),
    async stop() {
      child.kill("SIGTERM");
      if (child.exitCode === null) await once(child, "exit");
      await postgres?.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Sends one photo in one request, again when the newsroom says that too many wait; how often it said so. */
async function upload(api, token, { bytes, sha256 }) {
  const fields = { sha256, filename: "acara.jpg", type: "image/jpeg" };
  const metadata = Object.entries(fields).map(
    ([name, value]) => `${name} ${Buffer.from(value).toString("base64")}`,
  );
  for (let refused = 0; ; refused++) {
    const { status, headers } = await send(`${api}/uploads`, {
      method: "POST",
      headers: {
        authorization: `Bearer ${token}`,
        "tus-resumable": "1.0.0",
        "upload-length": bytes.length,
        "upload-metadata": metadata.join(","),
        "content-type": "application/offset+octet-stream",
      },
      body: bytes,
      expected: [201, 429],
    });
    if (status === 201) return refused;
    await pause(Number(headers["retry-after"] ?? 1) * 1000);
  }
}

/** As `kominfo photo upload`: which are known, each photo, then the album. */
async function sendEvent(api, operator, makers) {
  const { token } = operator;
  const authorization = { authorization: `Bearer ${token}` };
  const sent = [];
  let begun = 0;
  let refused = 0;
  const job = async () => {
    while (begun < photos) {
      const photo = makers[begun++ % makers.length]();
      refused += await upload(api, token, photo);
      sent.push({ sha256: photo.sha256, filename: "acara.jpg" });
    }
  };
  await Promise.all(Array.from({ length: jobs }, job));
  for (let from = 0; from < sent.length; from += 500) {
    const asked = json({ title: "Acara", photos: sent.slice(from, from + 500) });
    const url = `${api}/albums/${operator.kecamatan}/${operator.slug}`;
    await send(url, { method: "PUT", ...asked, headers: { ...asked.headers, ...authorization } });
  }
  return refused;
}

async function measure(root, makers) {
  const service = await startService(root);
  const { api, operators, editor } = service;
  const ended = new AbortController();
  const times = [];
  const reading = (async () => {
    const headers = { authorization: `Bearer ${editor}` };
    while (!ended.signal.aborted) {
      const started = performance.now();
      await send(`${api}/submissions?limit=50`, { headers });
      times.push(performance.now() - started);
      await pause(Math.max(0, listEveryMs - times.at(-1)));
    }
  })();
  try {
    const started = performance.now();
    const refused = await Promise.all(operators.map((operator) => sendEvent(api, operator, makers)));
    const seconds = (performance.now() - started) / 1000;
    ended.abort();
    await reading;
    return { seconds, times, refused: refused.reduce((sum, n) => sum + n, 0) };
  } finally {
    ended.abort();
    await reading.catch(() => {});
    await service.stop();
  }
}

const makers = await Promise.all([1024, 1600, 2048].map((width) => photoMaker(width)));
const weights = makers.map((make) => Math.round(make().bytes.length / 1000));
console.log(
  `${kecamatan} kecamatan x ${photos} photos at once, ${jobs} at a time each, of ${weights.join(", ")} kB, on ${flags.stores}; the list every ${listEveryMs} ms`,
);
const found = new Map(Object.keys(builds).map((name) => [name, { seconds: 0, times: [], refused: 0 }]));
try {
  for (let round = 0; round < rounds; round++) {
    for (const [name, root] of Object.entries(builds)) {
      const one = await measure(root, makers);
      const sum = found.get(name);
      sum.seconds += one.seconds;
      sum.refused += one.refused;
      for (const time of one.times) sum.times.push(time);
    }
  }
} finally {
  agent.destroy();
}
const rows = [...found].map(([name, { seconds, times, refused }]) => {
  const sorted = times.sort((a, b) => a - b);
  const at = (part) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))];
  return { name, perSecond: (kecamatan * photos * rounds) / seconds, p50: at(0.5), p99: at(0.99), refused };
});
console.log("build              photos/s   list p50 ms   list p99 ms   told to wait");
for (const { name, perSecond, p50, p99, refused } of rows) {
  const cells = [perSecond.toFixed(1).padStart(9), p50.toFixed(0).padStart(13), p99.toFixed(0).padStart(13)];
  console.log(`${name.padEnd(17)} ${cells.join(" ")} ${String(refused).padStart(14)}`);
}
const [ours, theirs] = rows;
if (theirs) {
  const times = (a, b) => `${(a / b).toFixed(2)} x`;
  console.log(
    `this to the other: photos/s ${times(ours.perSecond, theirs.perSecond)}, list p50 ${times(ours.p50, theirs.p50)}, p99 ${times(ours.p99, theirs.p99)}`,
  );
}
