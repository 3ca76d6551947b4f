// The main job, for real, on this machine: a newsroom of its own in a temporary folder, an operator and an editor. Only the
// website and the platforms are stand-ins: no real account is touched.
// npm run demo [-- <folder of photos>] [--keep] [--lang en]
// Every command is printed as it would be typed, followed by what it really said.
import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import { answers, samplePhotos } from "./demo-event.mjs";
import { ledProgram, startStandIns } from "./demo-stand-ins.mjs";

const { values: flags, positionals } = parseArgs({
  allowPositionals: true,
  options: { keep: { type: "boolean", default: false }, lang: { type: "string", default: "id" } },
});
const channels = ["web", "facebook", "instagram", "x"];
const isEnglish = flags.lang === "en";
const say = (id, en) => process.stdout.write(`\n\u2014 ${isEnglish ? en : id}\n`);

const root = path.resolve(import.meta.dirname, "..");
const kominfo = path.join(root, "bin", "kominfo.js");
const given = positionals[0] === undefined ? undefined : path.resolve(positionals[0]);
const started = performance.now();
const folder = mkdtempSync(path.join(tmpdir(), "kominfo-demo-"));
const data = path.join(folder, "newsroom");
let server;
let standIns;
/** The command that is shown now. */
let running;
let isInterrupted = false;

for (const signal of ["SIGINT", "SIGTERM"]) {
  process.on(signal, async () => {
    isInterrupted = true;
    await Promise.all([end(running), cleanUp()]);
    // What was ended may have written until then.
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
  if (!isInterrupted) process.stderr.write(`\n${error.message}\n`);
  process.exitCode = 1;
}
await standIns?.stop();
if (!flags.keep || process.exitCode !== 0) await cleanUp();

async function story() {
  say("Di kantor kabupaten: ruang redaksi disiapkan", "At the regency: a newsroom is set up");
  await run(office, ["newsroom", "init", "--data", data]);
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
  const photos = given ?? (await samplePhotos(operator.home));
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
  const approval = ["--revision", "2", "--destination", "kecamatan"];
  for (const channel of channels) approval.push("--channel", channel);
  await run(editor, ["review", "approve", id, ...address, ...approval]);

  say(
    "Operator melihat hasilnya, dan naskah seperti pembaca akan melihatnya",
    "The operator sees the result, and the post as readers will see it",
  );
  await run(operator, ["post", "status", "musrenbang"]);
  await run(operator, ["post", "preview", "musrenbang"]);
  if (!readdirSync(path.dirname(index)).some((name) => name.endsWith(".html")))
    throw new Error("There is no preview beside the post.");

  await publish(post);

  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  say(
    `Selesai dalam ${seconds} detik: naskah disetujui, dan terbit di situs dan media sosial tiruan.`,
    `Done in ${seconds} seconds: the submission is approved, and published on stand-ins for a site and social media.`,
  );
  if (flags.keep) keep(url);
}

/** What was approved goes out, to stand-ins; then readers are asked. */
async function publish(post) {
  say(
    "Terbit, ke TIRUAN: situs WordPress, Facebook, Instagram dan X diperankan program di komputer ini.\n" +
      "  Tidak ada akun sungguhan yang disentuh, dan tidak ada biaya sungguhan.",
    "Out it goes, to STAND-INS: programs on this machine play the WordPress site, Facebook, Instagram and X.\n" +
      "  No real account is touched, and nothing is really paid.",
  );
  standIns = await startStandIns();
  const settings = path.join(operator.cwd, "kominfo.yaml");
  const web = `web: { url: "${standIns.site}" }`;
  writeFileSync(settings, readFileSync(settings, "utf8").replace(/^# web: .*$/m, web));
  const accounts = channels.map((channel) => `KOMINFO_${channel.toUpperCase()}_…`).join(", ");
  process.stdout.write(
    isEnglish
      ? `\n  kominfo.yaml: ${web}\n  Accounts at the stand-ins, in environment variables: ${accounts}\n`
      : `\n  kominfo.yaml: ${web}\n  Akun tiruan, dalam variabel lingkungan: ${accounts}\n`,
  );
  const led = { program: ledProgram, env: standIns.env };
  await run(operator, ["post", "publish", "musrenbang", "--dry-run"], led);
  await run(operator, ["post", "publish", "musrenbang", "--yes", "--max-cost", "0.05"], led);
  say(
    "Tautan tiap kanal tercatat di ruang redaksi. Di belakang tautan facebook.com, instagram.com dan x.com ini\n" +
      "  tidak ada apa-apa, sebab kirimannya hanya ada di tiruan.",
    "The newsroom has the link of each channel. Nothing is behind these links to facebook.com, instagram.com\n" +
      "  and x.com, since the posts are at the stand-ins only.",
  );
  await run(operator, ["post", "status", "musrenbang"]);

  say("Diulang: yang sudah terbit tidak dikirim lagi", "Once more: what is out is not sent again");
  await run(operator, ["post", "publish", "musrenbang", "--yes"], led);

  const { state, publications } = await submission(post);
  if (state !== "approved") throw new Error(`The story ended with the submission ${state}, not approved.`);
  for (const channel of channels) {
    const found = publications.filter((publication) => publication.channel === channel);
    if (found.length !== 1 || found[0].state !== "published" || !found[0].url)
      throw new Error(`The story ended without a link on ${channel}: ${JSON.stringify(found)}`);
  }
  const seen = await standIns.visible();
  for (const channel of channels)
    if (seen[channel] !== 1) throw new Error(`Readers see ${seen[channel]} posts on ${channel}, not one.`);
  const { url } = publications.find(({ channel }) => channel === "web");
  const answer = await fetch(url);
  const page = await answer.text();
  if (!answer.ok || !page.includes("Ahmad Fauzi")) throw new Error(`${url} does not show the article.`);
}

async function cleanUp() {
  await Promise.all([standIns?.stop(), end(server)]);
  rmSync(folder, { recursive: true, force: true });
}

/** Ends a process, by its pid, and waits until it has ended. */
async function end(child) {
  if (!child || child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => child.once("close", resolve));
  child.kill("SIGTERM");
  await ended;
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
async function run(who, words, options = {}) {
  const { stdin = "", shown = "", codes = [0], quiet = false, program = kominfo, env = {} } = options;
  if (!quiet) {
    const typed = words
      .map((word) => (/^[\w./:=,<>@-]+$/.test(word) ? word : JSON.stringify(word)))
      .join(" ");
    process.stdout.write(`\n${who.name} $ kominfo ${typed}${shown && ` ${shown}`}\n`);
  }
  const child = spawn(process.execPath, [program, ...words], { cwd: who.cwd, env: { ...who.env, ...env } });
  running = child;
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
  const { submission, publications } = JSON.parse(said);
  return { ...submission, publications };
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

function keep(url) {
  server.unref();
  server.stdout.destroy();
  const as = (who) =>
    `HOME=${who.home} KOMINFO_PASSPHRASE_FILE=${who.env.KOMINFO_PASSPHRASE_FILE} node ${kominfo}`;
  say(
    "Ruang redaksi tetap berjalan; situs dan media sosial tiruan sudah berhenti",
    "The newsroom keeps running; the stand-ins have ended",
  );
  process.stdout.write(`
  ${url} (pid ${server.pid}), ${data}
  ${as(editor)} review list --url ${url}
  ${as(operator)} -C ${operator.cwd} post status
  kill ${server.pid}; rm -r ${folder}
`);
}
