// The main job, for real, on this machine: a newsroom of its own in a temporary folder, an operator and an editor.
// npm run demo [-- <folder of photos>] [--keep] [--lang en]
// Every command is printed as it would be typed, followed by what it really said.
import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";

const { values: flags, positionals } = parseArgs({
  allowPositionals: true,
  options: { keep: { type: "boolean", default: false }, lang: { type: "string", default: "id" } },
});
const isEnglish = flags.lang === "en";
const say = (id, en) => process.stdout.write(`\n\u2014 ${isEnglish ? en : id}\n`);

const root = path.resolve(import.meta.dirname, "..");
const kominfo = path.join(root, "bin", "kominfo.js");
const given = positionals[0] === undefined ? undefined : path.resolve(positionals[0]);
const started = performance.now();
const folder = mkdtempSync(path.join(tmpdir(), "kominfo-demo-"));
const data = path.join(folder, "newsroom");
let server;

for (const signal of ["SIGINT", "SIGTERM"]) {
  process.on(signal, () => {
    server?.kill("SIGTERM");
    rmSync(folder, { recursive: true, force: true });
    process.exit(130);
  });
}

const operator = person("operator");
const editor = person("editor");
const office = person("office");

try {
  await story();
  process.exitCode = 0;
} catch (error) {
  process.stderr.write(`\n${error.message}\n`);
  process.exitCode = 1;
}
if (!flags.keep || process.exitCode !== 0) await cleanUp();

async function story() {
  say("Di kantor kabupaten: ruang redaksi disiapkan", "At the regency: a newsroom is set up");
  await run(office, [
    "newsroom",
    "user",
    "add",
    "--name",
    "Admin Redaksi",
    "--role",
    "admin",
    "--data",
    data,
  ]);
  const siti = await newToken("Siti Aminah", ["--role", "operator", "--kecamatan", "Cibitung"]);
  const budi = await newToken("Budi Santoso", ["--role", "editor"]);
  const url = await serve();

  say("Di Kecamatan Cibitung: ruang kerja operator", "In Kecamatan Cibitung: the operator's workspace");
  await run(operator, ["init", "--kecamatan", "Cibitung", "--newsroom", url]);
  await run(operator, ["auth", "login", "newsroom", "--with-token"], { stdin: siti, shown: "< token.txt" });

  say("Kegiatan selesai: naskah dan fotonya", "After the event: the post and its photos");
  const photos = given ?? (await samplePhotos());
  writeFileSync(path.join(operator.cwd, "jawaban.json"), JSON.stringify(answers(photos), null, 2));
  // Exit 3: some photos could not be used (each is named), and the post was made with the others.
  const created = await run(operator, ["post", "new", "berita-kegiatan", "--from", "jawaban.json"], {
    codes: [0, 3],
  });
  const post = /\d{4}-\d\d-\d\d-[a-z0-9-]+/.exec(created)[0];
  await run(operator, ["post", "check", "musrenbang"]);
  await run(operator, ["post", "submit", "musrenbang"]);

  say("Editor membaca, dan meminta perbaikan", "The editor reads it, and asks for a correction");
  await run(editor, ["auth", "login", "newsroom", "--url", url, "--with-token"], {
    stdin: budi,
    shown: "< token.txt",
  });
  const address = ["--url", url];
  await run(editor, ["review", "list", ...address]);
  const id = (await submission(post)).id;
  await run(editor, ["review", "claim", id, ...address]);
  await run(editor, ["review", "return", id, ...address, "--reason", "Siapa nama camat yang membuka acara?"]);

  say(
    "Operator melihat catatan, memperbaiki index.md, mengirim lagi",
    "The operator sees the remark, mends index.md, submits again",
  );
  await run(operator, ["post", "status", "musrenbang"]);
  const index = path.join(operator.cwd, "posts", post, "index.md");
  writeFileSync(
    index,
    readFileSync(index, "utf8").replaceAll("Camat Cibitung membuka", "Camat Cibitung Ahmad Fauzi membuka"),
  );
  await run(operator, ["post", "submit", "musrenbang", "--message", "Nama camat sudah dilengkapi"]);

  say("Editor menyetujui revisi kedua", "The editor approves the second revision");
  await run(editor, ["review", "claim", id, ...address]);
  await run(editor, ["review", "show", id, ...address]);
  const approval = [
    "--revision",
    "2",
    "--destination",
    "kabupaten",
    "--channel",
    "web",
    "--channel",
    "instagram",
  ];
  await run(editor, ["review", "approve", id, ...address, ...approval]);

  say(
    "Operator melihat hasilnya, dan menyiapkan foto Instagram",
    "The operator sees the result, and prepares the Instagram photos",
  );
  await run(operator, ["post", "status", "musrenbang"]);
  await run(operator, [
    "photo",
    "resize",
    `posts/${post}/foto`,
    "--preset",
    "instagram",
    "--out",
    "instagram",
  ]);

  const { state } = await submission(post);
  if (state !== "approved") throw new Error(`The story ended with the submission ${state}, not approved.`);
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  say(
    `Selesai dalam ${seconds} detik: naskah disetujui.`,
    `Done in ${seconds} seconds: the submission is approved.`,
  );
  if (flags.keep) keep(url);
}

async function cleanUp() {
  if (server?.exitCode === null) {
    const ended = new Promise((resolve) => server.once("close", resolve));
    server.kill("SIGTERM");
    await ended;
  }
  rmSync(folder, { recursive: true, force: true });
}

/** Somebody with a laptop of their own: a home, a folder to work in, a vault. */
function person(name) {
  const home = path.join(folder, name);
  const cwd = path.join(home, "kerja");
  mkdirSync(cwd, { recursive: true });
  const passphrase = path.join(home, "frasa-sandi");
  writeFileSync(passphrase, `demo ${name} ${folder}`, { mode: 0o600 });
  const env = {
    ...Object.fromEntries(Object.entries(process.env).filter(([key]) => !/^(KOMINFO|XDG|npm)_/.test(key))),
    HOME: home,
    USERPROFILE: home,
    APPDATA: path.join(home, "AppData", "Roaming"),
    LOCALAPPDATA: path.join(home, "AppData", "Local"),
    KOMINFO_PASSPHRASE_FILE: passphrase,
    KOMINFO_LANG: isEnglish ? "en" : "id",
  };
  return { name, home, cwd, env };
}

/** Runs one command, shows it, and gives its stdout. */
async function run(who, words, { stdin = "", shown = "", codes = [0], quiet = false } = {}) {
  if (!quiet) {
    const typed = words
      .map((word) => (/^[\w./:=,<>@-]+$/.test(word) ? word : JSON.stringify(word)))
      .join(" ");
    process.stdout.write(`\n${who.name} $ kominfo ${typed}${shown && ` ${shown}`}\n`);
  }
  const child = spawn(process.execPath, [kominfo, ...words], { cwd: who.cwd, env: who.env });
  let stdout = "";
  const show = (chunk) =>
    quiet || process.stdout.write(chunk.toString().replaceAll(/kominfo_[\w-]{20,}/g, "kominfo_…"));
  child.stdout.on("data", (chunk) => {
    stdout += chunk;
    show(chunk);
  });
  child.stderr.on("data", show);
  child.stdin.on("error", () => {}).end(stdin);
  const code = await new Promise((resolve, reject) => child.on("error", reject).on("close", resolve));
  if (!codes.includes(code)) throw new Error(`kominfo ${words.join(" ")} ended with ${code}.`);
  return stdout;
}

async function newToken(name, words) {
  return run(office, ["newsroom", "user", "add", "--name", name, ...words, "--token", "--data", data]);
}

async function submission(post) {
  const said = await run(operator, ["post", "status", post, "--json"], { quiet: true });
  return JSON.parse(said).submission;
}

async function serve() {
  process.stdout.write("\noffice $ kominfo newsroom serve --port 0 --json\n");
  const words = [kominfo, "newsroom", "serve", "--port", "0", "--data", data, "--json"];
  server = spawn(process.execPath, words, {
    cwd: office.cwd,
    env: office.env,
    stdio: ["ignore", "pipe", "inherit"],
    detached: flags.keep,
  });
  const line = await new Promise((resolve, reject) => {
    server.stdout.once("data", (chunk) => resolve(chunk.toString()));
    server.once("close", (code) => reject(new Error(`The newsroom ended with ${code}.`)));
  });
  process.stdout.write(line);
  return JSON.parse(line).url;
}

/** Photos as a phone makes them: 12 megapixels, turned by EXIF, with the place in them. */
async function samplePhotos() {
  const { samplePhoto } = await import("./sample-photo.mjs");
  const photos = path.join(operator.home, "foto-kegiatan");
  mkdirSync(photos);
  const gps = { latitude: -6.2443, longitude: 107.0865 };
  for (const [i, orientation] of [1, 6, 3].entries()) {
    const [width, height] = orientation === 6 ? [3024, 4032] : [4032, 3024];
    writeFileSync(
      path.join(photos, `IMG_000${i + 1}.jpg`),
      await samplePhoto({ width, height, orientation, gps, seed: i }),
    );
  }
  return photos;
}

function answers(photos) {
  const names = readdirSync(photos)
    .filter((name) => /\.(jpe?g|png|webp|hei[cf])$/i.test(name))
    .sort();
  if (names.length === 0) throw new Error(`There are no photos in ${photos}.`);
  return {
    judul: "Camat Cibitung Buka Musrenbang Tingkat Kecamatan",
    kegiatan: "Musyawarah Perencanaan Pembangunan (Musrenbang) Tingkat Kecamatan",
    tanggal: "hari ini",
    lokasi: "Aula Kantor Kecamatan Cibitung",
    peserta: "150 perwakilan dari enam desa dan satu kelurahan",
    tujuan: "menyerap usulan warga untuk rencana kerja pemerintah daerah",
    uraian: "Camat Cibitung membuka musyawarah yang menetapkan 40 usulan prioritas.",
    tindak_lanjut: "Usulan prioritas itu akan dibahas dalam Musrenbang Kabupaten Bekasi.",
    foto: names.slice(0, 30).map((name, i) => ({
      berkas: path.join(photos, name),
      takarir: `Suasana Musrenbang Kecamatan Cibitung (${i + 1})`,
      alt: "Peserta duduk menghadap panggung di aula kantor kecamatan",
      kredit: "Foto: Kecamatan Cibitung",
      anak: "tidak-ada",
    })),
  };
}

function keep(url) {
  server.unref();
  server.stdout.destroy();
  const as = (who) =>
    `HOME=${who.home} KOMINFO_PASSPHRASE_FILE=${who.env.KOMINFO_PASSPHRASE_FILE} node ${kominfo}`;
  say("Ruang redaksi tetap berjalan", "The newsroom keeps running");
  process.stdout.write(`
  ${url} (pid ${server.pid}), ${data}
  ${as(editor)} review list --url ${url}
  ${as(operator)} -C ${operator.cwd} post status
  kill ${server.pid}; rm -r ${folder}
`);
}
