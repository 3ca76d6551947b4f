// The same work at our newsroom: the real program in a process of its own, asked as our own client asks it.
import { spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { addPerson } from "../../dist/newsroom/local-people.js";
import { json, send } from "./http.mjs";

/** A token may ask 1,200 times a minute, so the work is done by an office full of people. */
const editors = 150;
const operators = 46;

export async function startService({ waiting, newPhoto, text, node = [] }) {
  const folder = mkdtempSync(path.join(tmpdir(), "kominfo-bench-newsroom-"));
  const data = path.join(folder, "data");
  const program = path.join(import.meta.dirname, "../../bin/kominfo.js");
  const words = [...node, program, "newsroom", "serve", "--port", "0", "--data", data, "--json"];
  const child = spawn(process.execPath, words, {
    stdio: ["ignore", "pipe", "inherit"],
    cwd: folder,
    detached: true,
  });
  const [line] = await once(child.stdout.setEncoding("utf8"), "data");
  const api = `${JSON.parse(line).url}/api/v1`;

  const add = async (role, place) =>
    (await addPerson(data, { name: randomUUID(), role, token: true, ...place }, new Date())).token;
  const tokens = { editor: [], operator: [] };
  for (let i = 0; i < editors; i++) tokens.editor.push(await add("editor", {}));
  for (let i = 0; i < operators; i++) tokens.operator.push(await add("operator", { kecamatan: "32.16.07" }));
  const turns = { editor: 0, operator: 0 };
  const next = (role) => tokens[role][turns[role]++ % tokens[role].length];
  const ask = (token, address, given = {}) =>
    send(api + address, { ...given, headers: { authorization: `Bearer ${token}`, ...given.headers } });

  async function post(token, photos) {
    const asked = json({ content: { ...contentOf(text), photos } });
    const headers = { ...asked.headers, "idempotency-key": randomUUID() };
    return JSON.parse((await ask(token, "/submissions", { method: "POST", ...asked, headers })).text).id;
  }

  /** What `kominfo post submit` sends on such a line: is it known, the photo in one request, the submission. */
  async function submit() {
    const token = next("operator");
    const { bytes, number, sha256 } = newPhoto();
    await ask(token, "/photos/known", { method: "POST", ...json({ sha256: [sha256] }) });
    const fields = { sha256, filename: `posyandu-${number}.jpg`, type: "image/jpeg" };
    const metadata = Object.entries(fields)
      .map(([name, value]) => `${name} ${Buffer.from(value).toString("base64")}`)
      .join(",");
    await ask(token, "/uploads", {
      method: "POST",
      headers: {
        "tus-resumable": "1.0.0",
        "upload-length": bytes.length,
        "upload-metadata": metadata,
        "content-type": "application/offset+octet-stream",
      },
      body: bytes,
    });
    return post(token, [photoOf(sha256, number)]);
  }

  for (let i = 0; i < waiting; i++) await post(next("operator"), []);
  let newest = await submit();
  return {
    name: "kominfo newsroom",
    pid: child.pid,
    groups: [child.pid],
    work: {
      submit: async () => {
        newest = await submit();
      },
      list: () => ask(next("editor"), "/submissions?state=submitted&limit=50"),
      read: () => ask(next("editor"), `/submissions/${newest}`),
    },
    async stop() {
      child.kill("SIGTERM");
      if (child.exitCode === null) await once(child, "exit");
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

const contentOf = ({ title, body }) => ({
  kind: "berita-kegiatan",
  slug: "posyandu-balita",
  title,
  category: "kesehatan",
  priority: "normal",
  tags: ["posyandu"],
  channel_texts: {},
  answers: {},
  internal: {},
  body,
});

const photoOf = (sha256, number) => ({
  sha256,
  filename: `posyandu-${number}.jpg`,
  caption: "Kader menimbang balita.",
  alt: "Seorang kader menimbang balita",
  credit: "Kecamatan Cibitung",
  source: "own",
  children: "consented",
  lead: true,
});
