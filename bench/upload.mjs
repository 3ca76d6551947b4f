// 500 ready web renditions of about 400 KB to a newsroom on this machine, against Debian's rclone and curl with
// rclone's WebDAV server. Ratios of runs in turn; our server hashes, decodes and syncs each photo, theirs does not.
// Usage: npm run bench:upload [-- --photos 500] [--rounds 3] [--memory]
import { execFileSync, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import sharp from "sharp";
import { addPerson } from "../dist/newsroom/local-people.js";

const { values } = parseArgs({
  options: {
    photos: { type: "string", default: "500" },
    rounds: { type: "string", default: "3" },
    memory: { type: "boolean", default: false },
  },
});
const count = Number(values.photos);
const rounds = Number(values.rounds);
const root = path.resolve(import.meta.dirname, "..");
const folder = mkdtempSync(path.join(tmpdir(), "kominfo-bench-upload-"));
const children = [];
process.on("exit", () => {
  for (const child of children) child.kill();
  rmSync(folder, { recursive: true, force: true });
});

for (const tool of ["rclone", "curl"]) {
  if (spawnSync("sh", ["-c", `command -v ${tool}`]).status === 0) continue;
  execFileSync("apt-get", ["-qq", "install", "-y", "--no-install-recommends", tool], { stdio: "ignore" });
}

/** Photos as an event gives them, of 2048 x 1536: their web renditions weigh about 400 KB. */
async function makePhotos(target, many, size = { width: 2048, height: 1536 }) {
  mkdirSync(target, { recursive: true });
  const coarse = 5;
  for (let n = 0; n < many; n++) {
    let grain = (n + 1) * 2654435761;
    const small = { width: Math.ceil(size.width / coarse), height: Math.ceil(size.height / coarse) };
    const data = Buffer.alloc(small.width * small.height * 3);
    for (let at = 0; at < data.length; at++) {
      grain ^= grain << 13;
      grain ^= grain >>> 17;
      grain ^= grain << 5;
      data[at] = 90 + (at % 60) + ((grain >>> 0) % 40);
    }
    const image = sharp(data, { raw: { ...small, channels: 3 } }).resize({
      ...size,
      fit: "fill",
      kernel: "cubic",
    });
    writeFileSync(path.join(target, `IMG_${n}.jpg`), await image.jpeg({ quality: 80 }).toBuffer());
  }
}

/** As an office runs it: photos are decoded in a process of their own. */
async function serveNewsroom(name) {
  const data = path.join(folder, name);
  const serve = ["newsroom", "serve", "--data", data, "--port", "0", "--json"];
  const child = spawn(process.execPath, [path.join(root, "bin/kominfo.js"), ...serve], {
    stdio: ["ignore", "pipe", "ignore"],
    env: { PATH: process.env.PATH, HOME: folder },
  });
  children.push(child);
  const [line] = await once(child.stdout, "data");
  const person = await addPerson(
    data,
    { name: "Bench", role: "operator", kecamatan: "32.16.07", token: true },
    new Date(),
  );
  return { url: JSON.parse(line).url, token: person.token, child };
}

function workspaceAt(name, url, photos) {
  const workspace = path.join(folder, name);
  mkdirSync(workspace, { recursive: true });
  writeFileSync(
    path.join(workspace, "kominfo.yaml"),
    `kecamatan: "32.16.07"\nnewsroom: { kind: kominfo, url: "${url}" }\n`,
  );
  cpSync(photos, path.join(workspace, "foto"), { recursive: true });
  return workspace;
}

/** Told at the end by the process itself (Linux): what the system tells of a child begins with its parent's memory. */
const tellPeak = `data:text/javascript,
  import { readFileSync } from "node:fs";
  process.on("exit", () => process.stderr.write(/VmHWM.*/.exec(readFileSync("/proc/self/status", "utf8"))[0]));`;

/** Runs kominfo; seconds, peak memory in MB, and what it said. */
function kominfo(workspace, token, argv) {
  const started = performance.now();
  const ran = spawnSync(
    process.execPath,
    ["--import", tellPeak, path.join(root, "bin/kominfo.js"), ...argv],
    {
      cwd: workspace,
      env: { PATH: process.env.PATH, HOME: folder, KOMINFO_NEWSROOM_TOKEN: token },
      encoding: "utf8",
      maxBuffer: 1e9,
    },
  );
  const seconds = (performance.now() - started) / 1000;
  const peak = Number(/VmHWM:\s+(\d+)/.exec(ran.stderr)[1]) / 1024;
  if (ran.status !== 0)
    throw new Error(`${ran.status} ${ran.stdout.slice(0, 300)} ${ran.stderr.slice(0, 500)}`);
  return { seconds, peak, said: ran.stdout };
}

const upload = ["photo", "upload", "foto", "--event", "Bench", "--json"];

async function prepare(workspace) {
  const { resizePhotos } = await import("../dist/photo/renditions/resize.js");
  const { createSharpEngine } = await import("../dist/photo/engine/sharp-engine.js");
  const { findPreset } = await import("../dist/photo/renditions/presets.js");
  const foto = path.join(workspace, "foto");
  const started = performance.now();
  const files = readdirSync(foto).map((name) => path.join(foto, name));
  const renditions = path.join(workspace, ".kominfo", "renditions");
  await resizePhotos(createSharpEngine(), {
    files,
    presets: [findPreset("web")],
    folder: renditions,
    naming: "key",
  });
  return (performance.now() - started) / 1000;
}

async function throughput() {
  const photos = path.join(folder, "photos");
  await makePhotos(photos, count);
  const times = { kominfo: [], rclone: [], curl: [] };
  let megabytes = 0;
  let again;
  let renditions;
  for (let round = 0; round < rounds; round++) {
    const newsroom = await serveNewsroom(`newsroom-${round}`);
    const workspace = workspaceAt(`workspace-${round}`, newsroom.url, photos);
    const preparing = await prepare(workspace);
    renditions = path.join(workspace, ".kominfo", "renditions");
    const ran = kominfo(workspace, newsroom.token, upload);
    const { photos: sent, summary } = JSON.parse(ran.said);
    if (summary.uploaded !== count) throw new Error(ran.said.slice(0, 500));
    megabytes = sent.reduce((sum, one) => sum + one.bytes, 0) / 1e6;
    times.kominfo.push(ran.seconds);
    again = kominfo(workspace, newsroom.token, upload);
    newsroom.child.kill("SIGTERM");
    await once(newsroom.child, "exit");

    const dav = path.join(folder, `dav-${round}`);
    mkdirSync(dav);
    const port = 18000 + Math.floor(Math.random() * 2000);
    const server = spawn("rclone", ["serve", "webdav", "--addr", `127.0.0.1:${port}`, dav], {
      stdio: "ignore",
    });
    children.push(server);
    const config = path.join(folder, "rclone.conf");
    writeFileSync(config, `[dav]\ntype = webdav\nurl = http://127.0.0.1:${port}\nvendor = other\n`);
    while (spawnSync("curl", ["-s", "-o", "/dev/null", `http://127.0.0.1:${port}/`]).status !== 0);
    const ready = path.join(folder, `ready-${round}`);
    mkdirSync(ready);
    for (const name of readdirSync(renditions)) {
      if (name.endsWith(".jpg")) cpSync(path.join(renditions, name), path.join(ready, name));
    }
    const timed = (command, argv) => {
      const started = performance.now();
      const ended = spawnSync(command, argv, { stdio: "inherit" });
      if (ended.status !== 0) throw new Error(`${command}: ${ended.status}`);
      return (performance.now() - started) / 1000;
    };
    times.rclone.push(timed("rclone", ["--config", config, "copy", "--transfers", "4", ready, "dav:rclone"]));
    const loop = `for f in "${ready}"/*.jpg; do curl -s -o /dev/null -T "$f" "http://127.0.0.1:${port}/$(basename "$f")"; done`;
    times.curl.push(timed("sh", ["-c", loop]));
    server.kill();
    await once(server, "exit");
    console.log(
      `round ${round + 1}: kominfo ${times.kominfo.at(-1).toFixed(2)} s, rclone ${times.rclone.at(-1).toFixed(2)} s, ` +
        `curl ${times.curl.at(-1).toFixed(2)} s (preparing apart: ${preparing.toFixed(1)} s)`,
    );
  }
  const median = (list) => [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)];
  const [ours, theirs, loops] = [times.kominfo, times.rclone, times.curl].map(median);
  console.log(`${count} photos, ${megabytes.toFixed(0)} MB, medians of ${rounds}:`);
  console.log(`  kominfo photo upload         ${ours.toFixed(2)} s  ${(megabytes / ours).toFixed(0)} MB/s`);
  console.log(
    `  rclone copy --transfers 4    ${theirs.toFixed(2)} s  ${(megabytes / theirs).toFixed(0)} MB/s`,
  );
  console.log(`  curl in a loop               ${loops.toFixed(2)} s  ${(megabytes / loops).toFixed(0)} MB/s`);
  console.log(
    `  throughput against rclone ${(theirs / ours).toFixed(2)}, against curl ${(loops / ours).toFixed(2)}`,
  );
  console.log(
    `  a second run with nothing to do: ${again.seconds.toFixed(2)} s, ${again.peak.toFixed(0)} MB`,
  );
}

/** Small photos: what is measured is what grows with their number. */
async function memory() {
  for (const many of [100, 5000]) {
    const photos = path.join(folder, `small-${many}`);
    await makePhotos(photos, many, { width: 160, height: 120 });
    const newsroom = await serveNewsroom(`memory-${many}`);
    const workspace = workspaceAt(`memory-workspace-${many}`, newsroom.url, photos);
    const first = kominfo(workspace, newsroom.token, upload);
    const second = kominfo(workspace, newsroom.token, upload);
    console.log(
      `${many} photos: ${first.peak.toFixed(0)} MB at the peak, ${first.seconds.toFixed(1)} s; ` +
        `again ${second.peak.toFixed(0)} MB, ${second.seconds.toFixed(2)} s`,
    );
    newsroom.child.kill("SIGTERM");
    await once(newsroom.child, "exit");
  }
}

if (values.memory) await memory();
else await throughput();
process.exit(0);
