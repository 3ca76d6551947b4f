// What one person can do to all others: the most expensive request of every route of the API and of the desk, at a newsroom
// of 10,000 submissions, and how long the service's event loop stood still for it; then a mixture of them by one operator for
// two minutes, and beside it the answers to another operator and to /healthz, the memory, and the growth of the disk.
//
// Run: npm run bench:hostile -- [--submissions 10000] [--rounds 3] [--seconds 120] [--only listSubmissions,"GET /week"]
// Other stores: --database postgres://… --blobs s3://… (empty ones; passwords as for `kominfo newsroom serve`)
// Exits with 1 when a goal is missed. A stop is the median of its rounds: on a busy machine, single ones say nothing.
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import { everyEndpoint } from "../dist/contract/endpoints/endpoints.js";
import { postgresAddress } from "../dist/newsroom/addresses.js";
import { hostileRequests, uploadOf } from "./hostile/api.mjs";
import { deskRoutes, hostilePages } from "./hostile/desk.mjs";
import { measureLoad } from "./hostile/load.mjs";
import { enterDesk, setScene } from "./hostile/scene.mjs";
import { sizeOf, startWatchedService } from "./hostile/service.mjs";
import { contentOf } from "./hostile/texts.mjs";
import { photoMaker } from "./newsroom/photo.mjs";

const { values: flags } = parseArgs({
  options: {
    submissions: { type: "string", default: "10000" },
    rounds: { type: "string", default: "3" },
    seconds: { type: "string", default: "120" },
    only: { type: "string" },
    database: { type: "string" },
    blobs: { type: "string" },
  },
});
const goals = { stopMs: 100, healthMs: 100, times: 5, memoryMb: 700 };
const only = flags.only?.split(",");
const rounds = Number(flags.rounds);
const missed = [];
const check = (what, value, most) => {
  if (!(value <= most)) missed.push(`${what}: ${value.toFixed(0)}, at most ${most}`);
};

const folder = await mkdtemp(path.join(tmpdir(), "kominfo-bench-hostile-"));
const data = path.join(folder, "data");
const stores = ["database", "blobs"].flatMap((name) => (flags[name] ? [`--${name}`, flags[name]] : []));
const place = postgresAddress(flags.database, process.env) ?? data;
let service;
try {
  process.stdout.write(`filling ${flags.submissions} submissions …\n`);
  const scene = await setScene(place, Number(flags.submissions));
  service = await startWatchedService(data, stores);
  const api = askerOf(service.url);
  const newPhoto = await photoMaker();
  const photo = storedPhoto(scene, api, newPhoto);
  const requests = hostileRequests(scene, api.json, newPhoto, photo);
  await tryRoutes(
    "API",
    everyEndpoint.map(([name]) => name),
    requests,
    api.send,
  );
  const desk = await deskOf(scene, api, photo);
  await tryRoutes("desk", deskRoutes(), desk.pages, desk.send);
  if (Number(flags.seconds) > 0) await tryLoad(scene);
} finally {
  await service?.stop();
  await rm(folder, { recursive: true, force: true });
}
for (const line of missed) process.stdout.write(`missed: ${line}\n`);
process.exitCode = missed.length > 0 ? 1 : 0;

/** Sends requests to the API. A request that the service refuses is as good as one that it takes; no answer is not. */
function askerOf(url) {
  const send = async ({ as, path: address, method = "GET", headers = {}, body, bytes }) => {
    const isJson = body !== undefined;
    return fetch(`${url}/api/v1${address}`, {
      method,
      redirect: "manual",
      headers: {
        ...(as ? { authorization: `Bearer ${as.token}` } : {}),
        ...(isJson ? { "content-type": "application/json" } : {}),
        ...headers,
      },
      ...(isJson ? { body: body.raw ?? JSON.stringify(body) } : {}),
      ...(bytes ? { body: bytes } : {}),
    });
  };
  return {
    send,
    async json(request, part) {
      const answer = await send(request);
      const text = await answer.text();
      if (!answer.ok)
        throw new Error(`${request.method} ${request.path}: ${answer.status} ${text.slice(0, 300)}`);
      return part === "headers" ? Object.fromEntries(answer.headers) : JSON.parse(text);
    },
  };
}

/** Gives the SHA-256 of a photo that is stored with its bytes; those of the scene have none. */
function storedPhoto({ operators }, api, newPhoto) {
  let sha256;
  return async () => {
    if (!sha256) {
      const made = newPhoto();
      await api.json(uploadOf(operators[0], made), "headers");
      sha256 = made.sha256;
    }
    return sha256;
  };
}

/** The pages of the desk as an admin gets them, who holds the claims. */
async function deskOf(scene, api, photo) {
  const [admin] = scene.admins;
  const newSession = () => enterDesk(place, service.url, admin.id);
  const own = await newSession();
  const post = (as, address, body, headers = {}) =>
    api.json({ as, path: address, method: "POST", body, headers });
  const submit = async (content) =>
    (await post(scene.operators[1], "/submissions", { content }, { "idempotency-key": crypto.randomUUID() }))
      .id;
  const claim = (id) => post(admin, `/submissions/${id}/transitions`, { step: "claim" });
  const addPerson = () => post(admin, "/users", { name: "Baru", role: "editor" });
  const pages = hostilePages(scene, {
    submit,
    claim,
    photo,
    newPerson: async () => (await addPerson()).user.id,
    newSession,
    newCode: async () => (await addPerson()).activation_code,
    async inEdit() {
      const id = await submit(contentOf());
      await claim(id);
      return id;
    },
    async approve(content) {
      const id = await submit(content);
      await claim(id);
      const approval = { destinations: ["kabupaten"], channels: ["web"] };
      await post(
        admin,
        `/submissions/${id}/transitions`,
        { step: "approve", approval },
        { "if-match": '"r1"' },
      );
      return id;
    },
    publish: async (id, publication) =>
      (await post(admin, `/submissions/${id}/publications`, publication)).id,
  });
  return {
    pages,
    send({ path: address, form, session = own, body }) {
      const fields = body ?? (form && new URLSearchParams({ csrf: session.csrf, ...form }));
      return fetch(service.url + address, {
        method: fields ? "POST" : "GET",
        headers: { cookie: session.cookie },
        redirect: "manual",
        ...(fields ? { body: fields } : {}),
      });
    },
  };
}

/** Prints, of every route, the longest stop of the event loop, and by which request. */
async function tryRoutes(title, names, variants, send) {
  const missing = names.filter((name) => !variants[name]);
  if (missing.length > 0) throw new Error(`bench/hostile has no request of ${missing.join(", ")}`);
  process.stdout.write(
    `\n${title}: longest stop of the event loop in ms (median of ${rounds}), with its status\n`,
  );
  let longest = 0;
  for (const name of names.filter((name) => !only || only.includes(name))) {
    const stops = [];
    for (const variant of variants[name]) stops.push(await medianStop(variant, send));
    const worst = stops.reduce((a, b) => (b.ms > a.ms ? b : a));
    longest = Math.max(longest, worst.ms);
    const which = stops.length > 1 ? ` (request ${stops.indexOf(worst) + 1} of ${stops.length})` : "";
    const all = [...new Set(stops.map(({ status }) => status))].join(" ");
    process.stdout.write(`${name.padEnd(60)} ${worst.ms.toFixed(0).padStart(6)}  ${all}${which}\n`);
    check(`${name}${which}`, worst.ms, goals.stopMs);
  }
  process.stdout.write(`${"the longest".padEnd(60)} ${longest.toFixed(0).padStart(6)}\n`);
}

async function medianStop(variant, send) {
  const found = [];
  let status;
  for (let round = 0; round < rounds; round += 1) {
    const request = await variant();
    await service.longestStop();
    const answer = await send(request);
    await answer.arrayBuffer();
    status = answer.status;
    if (status >= 500) throw new Error(`${request.path}: ${status}`);
    found.push(await service.longestStop());
  }
  return { ms: found.sort((a, b) => a - b)[Math.floor(rounds / 2)], status };
}

async function tryLoad(scene) {
  const before = sizeOf(data);
  const found = await measureLoad(service, scene, Number(flags.seconds), await photoMaker());
  const { quiet, loaded, health, memoryMb, requests } = found;
  const ms = (value) => `${value.toFixed(0)} ms`;
  const times = loaded.p99 / quiet.p99;
  process.stdout.write(
    [
      `\n${flags.seconds} s of mixed load by one operator: ${requests.sent} requests, of them ${requests.refused} refused`,
      `another operator: p50 ${ms(quiet.p50)} quiet, ${ms(loaded.p50)} loaded; p99 ${ms(quiet.p99)} quiet, ${ms(loaded.p99)} loaded (${times.toFixed(1)} x)`,
      `/healthz: p99 ${ms(health.p99)}, longest ${ms(health.max)}`,
      `memory of service and decoder: at most ${memoryMb.toFixed(0)} MB`,
      `data folder: ${(before / 1e6).toFixed(0)} MB before, ${((sizeOf(data) - before) / 1e6).toFixed(0)} MB more after`,
      "",
    ].join("\n"),
  );
  check("another operator's p99 against quiet, times", times, goals.times);
  check("/healthz p99 in ms", health.p99, goals.healthMs);
  check("memory in MB", memoryMb, goals.memoryMb);
}
