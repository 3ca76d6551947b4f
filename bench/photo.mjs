// Batch preparation of event photos, side by side: web + instagram + x of the same photos by kominfo, vipsthumbnail,
// ImageMagick, GraphicsMagick (Debian's) and plain sharp; the floor of decoding and encoding alone; what a HEIC
// takes; how near the pixels come; whether memory stays flat.
//
// Run: npm run bench:photo -- [--photos <folder>] [--rounds 3] [--only kominfo,vips,…] [--count 60]
//      parts, instead of the race: --psnr, --heic, --memory
// Needs: apt-get install libvips-tools imagemagick graphicsmagick libjpeg-turbo-progs libheif-examples
import { spawn } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { psnrTable } from "./photo-psnr.mjs";

const here = (name) => fileURLToPath(new URL(name, import.meta.url));
const shared = here("../../shared/photos/event");
const { values: asked } = parseArgs({
  options: {
    photos: { type: "string", default: shared },
    rounds: { type: "string", default: "3" },
    count: { type: "string", default: "60" },
    only: { type: "string", default: "" },
    psnr: { type: "boolean", default: false },
    heic: { type: "boolean", default: false },
    memory: { type: "boolean", default: false },
  },
});
const kominfo = `'${process.execPath}' '${here("../bin/kominfo.js")}' photo resize`;
const work = mkdtempSync(path.join(tmpdir(), "kominfo-bench-"));
process.on("exit", () => rmSync(work, { recursive: true, force: true }));

/** Copies of photos under new bytes: a comment behind a JPEG's first two, a `free` box behind a HEIC's last. */
function copies(folder, ending, count) {
  const names = readdirSync(asked.photos).filter((name) => ending.test(name));
  if (names.length === 0) throw new Error(`no ${ending} in ${asked.photos}`);
  mkdirSync(folder, { recursive: true });
  for (let i = 0; i < count; i++) {
    const name = names[i % names.length];
    const bytes = readFileSync(path.join(asked.photos, name));
    const mark = Buffer.from(String(i).padStart(6, "0"));
    const isJpeg = bytes[0] === 0xff;
    const copy = isJpeg
      ? [bytes.subarray(0, 2), Buffer.from([0xff, 0xfe, 0, 2 + mark.length]), mark, bytes.subarray(2)]
      : [bytes, Buffer.from([0, 0, 0, 8 + mark.length]), Buffer.from("free"), mark];
    writeFileSync(path.join(folder, `${String(i).padStart(4, "0")}-${name}`), Buffer.concat(copy));
  }
}

/** Runs a line of shell in `cwd`: wall and CPU seconds, and the peak of the memory of all its processes, MB. */
async function measure(line, cwd, env = {}) {
  const script = `TIMEFORMAT='%3R %3U %3S'; time { ${line}\n} >out.txt 2>err.txt`;
  const child = spawn("bash", ["-c", script], {
    cwd,
    detached: true,
    env: { ...process.env, LC_ALL: "C", ...env },
  });
  let said = "";
  child.stderr.on("data", (text) => {
    said += text;
  });
  let peak = 0;
  const timer = setInterval(() => {
    peak = Math.max(peak, memoryOf(child.pid));
  }, 40);
  const code = await new Promise((resolve) => child.on("close", resolve));
  clearInterval(timer);
  if (code !== 0)
    throw new Error(`${line}\n${readFileSync(path.join(cwd, "err.txt"), "utf8").slice(0, 2000)}`);
  const [wall, user, system] = said.trim().split("\n").at(-1).split(" ").map(Number);
  return { wall, cpu: user + system, peak };
}

/** MB in memory of a process group, pages that several share counted once for each. */
function memoryOf(group) {
  let pages = 0;
  for (const pid of readdirSync("/proc").filter((name) => /^\d+$/.test(name))) {
    try {
      const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ").at(-1).split(" ");
      if (Number(fields[2]) === group) pages += Number(fields[21]);
    } catch {
      // It has ended meanwhile.
    }
  }
  return (pages * 4096) / 1e6;
}

const median = (numbers) => [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)];
const inTwo = (count) => `xargs -0 -P 2 -n ${Math.ceil(count / 2)}`;
const list = (glob) => `printf '%s\\0' ${glob}`;

/** Each makes web, instagram and x of in/*.jpg in out/. `{}` in names is the stem. */
function contenders(count) {
  const vips = (crop) =>
    [
      ["web", "'2048x2048>'"],
      ["instagram", `1080x1350 --smartcrop ${crop}`],
      ["x", `1600x900 --smartcrop ${crop}`],
    ]
      .map(([name, size]) => {
        const out = `-o '${"$PWD"}/../out/%s.${name}.jpg[Q=80,strip]'`.replace("'$PWD", `"$PWD"'`);
        return `(cd in; ${list("*.jpg")} | VIPS_CONCURRENCY=1 ${inTwo(count)} vipsthumbnail --eprofile srgb -s ${size} ${out})`;
      })
      .join("\n");
  const magick = (mogrify, parallel) =>
    [
      ["web", "-resize '2048x2048>'"],
      ["instagram", "-resize '1080x1350^' -gravity center -extent 1080x1350"],
      ["x", "-resize '1600x900^' -gravity center -extent 1600x900"],
    ]
      .map(([name, size]) => {
        // In their folder: gm would put the path of a photo below its output directory.
        const command = `${mogrify(`../out/${name}`)} -auto-orient ${size} -quality 80 -strip`;
        const run = parallel ? `${list("*.jpg")} | ${inTwo(count)} ${command}` : `${command} *.jpg`;
        return `mkdir -p out/${name}; (cd in; ${run})`;
      })
      .join("\n");
  return {
    "kominfo, centre": `${kominfo} in --preset web,instagram,x --position centre --out out`,
    "kominfo, attention": `${kominfo} in --preset web,instagram,x --out out`,
    "vipsthumbnail, centre": vips("centre"),
    "vipsthumbnail, attention": vips("attention"),
    "plain sharp, centre": `'${process.execPath}' '${here("photo-plain-sharp.mjs")}' in out`,
    "graphicsmagick, centre": magick((out) => `gm mogrify -output-directory ${out}`, true),
    "imagemagick, centre": magick((out) => `mogrify -path ${out}`, false),
    "floor: djpeg, cjpeg": `mkdir -p out; ${list("in/*.jpg")} | xargs -0 -P 2 -I {} djpeg -ppm -outfile /dev/null {}
${list("ppm/*.ppm")} | xargs -0 -P 2 -I {} cjpeg -quality 80 -outfile /dev/null {}`,
  };
}

async function race(count) {
  copies(path.join(work, "in"), /\.jpe?g$/i, count);
  writeFileSync(
    path.join(work, "kominfo.yaml"),
    'kecamatan: "32.16.07"\nphotos: { credit: "Foto: Kecamatan Cibitung" }\n',
  );
  const all = contenders(count);
  const wanted = asked.only ? asked.only.split(",") : [""];
  const names = Object.keys(all).filter((name) => wanted.some((part) => name.includes(part)));
  if (names.some((name) => name.startsWith("floor"))) await pixelsToEncode();
  const results = Object.fromEntries(names.map((name) => [name, []]));
  // In turn, so that what else the machine does falls on all of them.
  for (let round = 0; round < Number(asked.rounds); round++) {
    for (const name of names) {
      rmSync(path.join(work, "out"), { recursive: true, force: true });
      mkdirSync(path.join(work, "out"));
      results[name].push(await measure(all[name], work));
    }
  }
  const of = (name, key) => (results[name] ? median(results[name].map((one) => one[key])) : Number.NaN);
  const ratio = (name, to, key) => (of(name, key) / of(to, key)).toFixed(2);
  console.log(
    `${count} photos to web + instagram + x, ${availableParallelism()} cores, medians of ${asked.rounds}`,
  );
  console.log("                             wall s    cpu s   peak MB");
  for (const name of names) {
    const numbers = [of(name, "wall").toFixed(2), of(name, "cpu").toFixed(2), of(name, "peak").toFixed(0)];
    console.log(name.padEnd(26) + numbers.map((one) => one.padStart(9)).join(""));
  }
  for (const [ours, theirs, goal] of [
    ["kominfo, centre", "vipsthumbnail, centre", 0.35],
    ["kominfo, centre", "imagemagick, centre", 0.1],
    ["kominfo, attention", "vipsthumbnail, attention", 0.45],
    ["kominfo, centre", "plain sharp, centre", ""],
    ["kominfo, centre", "graphicsmagick, centre", ""],
    ["kominfo, centre", "floor: djpeg, cjpeg", ""],
  ]) {
    if (!results[ours] || !results[theirs]) continue;
    const goals = goal ? ` (goal: at most ${goal})` : "";
    console.log(
      `${ours} / ${theirs}: wall ${ratio(ours, theirs, "wall")}, cpu ${ratio(ours, theirs, "cpu")}${goals}`,
    );
  }
}

/** The pixels of all renditions as PPM, which the floor encodes. */
async function pixelsToEncode() {
  mkdirSync(path.join(work, "ppm"));
  const line = `${kominfo} in --preset web,instagram,x --position centre --out made
for one in made/*.jpg; do djpeg -ppm -outfile ppm/$(basename "$one").ppm "$one"; done`;
  await measure(line, work);
}

async function heicRace(count) {
  copies(path.join(work, "in"), /\.hei[cf]$/i, count);
  const debian = `mkdir -p png out
${list("in/*.heic")} | xargs -0 -P 2 -I {} sh -c 'heif-convert -q 95 "{}" png/$(basename "{}").jpg >/dev/null'
(cd png; ${list("*.jpg")} | VIPS_CONCURRENCY=1 ${inTwo(count)} vipsthumbnail --eprofile srgb -s '2048x2048>' -o "$PWD"'/../out/%s.web.jpg[Q=80,strip]')`;
  const lines = {
    "kominfo, 1 at a time": `${kominfo} in --preset web --jobs 1 --out out`,
    "kominfo, 2 at a time": `${kominfo} in --preset web --jobs 2 --out out`,
    "heif-convert + vipsthumbnail": debian,
  };
  console.log(`${count} HEIC to web, medians of ${asked.rounds}; start of the program included`);
  const results = Object.fromEntries(Object.keys(lines).map((name) => [name, []]));
  for (let round = 0; round < Number(asked.rounds); round++) {
    for (const [name, line] of Object.entries(lines)) {
      for (const folder of ["out", "png"]) rmSync(path.join(work, folder), { recursive: true, force: true });
      results[name].push(await measure(line, work));
    }
  }
  for (const [name, all] of Object.entries(results)) {
    const [wall, peak] = [median(all.map((one) => one.wall)), median(all.map((one) => one.peak))];
    console.log(`${name.padEnd(30)} ${(count / wall).toFixed(2)} photos/s, peak ${peak.toFixed(0)} MB`);
  }
}

async function memory() {
  const peaks = [];
  for (const count of [60, 600]) {
    const folder = path.join(work, String(count));
    copies(path.join(folder, "in"), /\.jpe?g$/i, count);
    const line = `${kominfo} in --preset web,instagram,x --out out`;
    const { wall, peak } = await measure(line, folder);
    const again = await measure(line, folder);
    peaks.push(peak);
    console.log(
      `${count} photos: ${wall.toFixed(1)} s, peak ${peak.toFixed(0)} MB; again ${again.wall.toFixed(2)} s (${again.cpu.toFixed(2)} s of a processor)`,
    );
    rmSync(folder, { recursive: true, force: true });
  }
  console.log(`600 / 60: ${(peaks[1] / peaks[0]).toFixed(3)}`);
}

if (!existsSync(asked.photos))
  throw new Error(`${asked.photos} is missing: name a folder of photos with --photos`);
cpSync(here("../package.json"), path.join(work, "package.json"));
if (asked.psnr) await psnrTable(asked.photos);
else if (asked.heic) await heicRace(8);
else if (asked.memory) await memory();
else await race(Number(asked.count));
