// An office for the benchmark: the real newsroom, and the programs that stand in for a website, Meta and X, each behind a line.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { createInterface } from "node:readline";
import { addPerson } from "../../dist/newsroom/local-people.js";
import { office as xOffice } from "../../test/real/stand-ins/x/accounts.mjs";
import { json, send } from "../newsroom/http.mjs";
import { photoMaker } from "../newsroom/photo.mjs";
import { openLine } from "./line.mjs";

const root = path.resolve(import.meta.dirname, "../..");
/** The built program, led to the stand-ins: no flag and no setting of the program itself leads there. */
const program = path.join(root, "test/real/publish/kominfo.mjs");

export const lineNames = /** @type {const} */ (["newsroom", "web", "meta", "x"]);

/** @param {{ roundTripMs: number }} options */
export async function openOffice({ roundTripMs }) {
  const folder = mkdtempSync(path.join(tmpdir(), "kominfo-bench-publish-"));
  /** @type {import("node:child_process").ChildProcess[]} */
  const children = [];
  const lines = {
    newsroom: await openLine(roundTripMs),
    web: await openLine(roundTripMs),
    meta: await openLine(roundTripMs),
    x: await openLine(roundTripMs),
  };
  const start = async (/** @type {string} */ name, /** @type {string[]} */ argv) => {
    const child = spawn(process.execPath, argv, {
      stdio: ["pipe", "pipe", "inherit"],
      cwd: folder,
      env: { PATH: process.env.PATH, HOME: folder, TMPDIR: tmpdir() },
    });
    children.push(child);
    const [line] = await Promise.race([
      once(createInterface({ input: child.stdout }), "line"),
      once(child, "exit").then(([code]) => {
        throw new Error(`${name} ended with ${code}`);
      }),
    ]);
    return JSON.parse(line);
  };
  const standIn = (/** @type {string} */ name, /** @type {string[]} */ ...argv) =>
    start(name, [path.join(root, "test/real/stand-ins", name, "serve.mjs"), ...argv]);
  const data = path.join(folder, "newsroom");
  const serve = ["newsroom", "serve", "--port", "0", "--data", data, "--json"];
  const [newsroom, site, meta, x] = await Promise.all([
    start("newsroom", [path.join(root, "bin/kominfo.js"), ...serve]),
    standIn("wordpress", lines.web.origin),
    standIn("meta"),
    standIn("x", lines.x.origin),
  ]);
  lines.newsroom.leadTo(newsroom.url);
  lines.web.leadTo(site.origin);
  lines.meta.leadTo(meta.origin);
  lines.x.leadTo(x.origin);

  const person = async (/** @type {"operator" | "editor"} */ role) =>
    (
      await addPerson(
        data,
        { name: `Bench ${role}`, role, ...(role === "operator" && { kecamatan: "32.16.07" }), token: true },
        new Date(),
      )
    ).token;
  const [operator, editor] = [await person("operator"), await person("editor")];
  const api = `${newsroom.url}/api/v1`;
  const authorized = (
    /** @type {string | undefined} */ token,
    /** @type {Record<string, string>} */ more = {},
  ) => ({
    authorization: `Bearer ${token}`,
    ...more,
  });

  const workspace = path.join(folder, "berita");
  mkdirSync(workspace);
  writeFileSync(
    path.join(workspace, "kominfo.yaml"),
    `kecamatan: "32.16.07"\nnewsroom: { kind: kominfo, url: "${lines.newsroom.origin}" }\nweb: { url: "${lines.web.origin}" }\n`,
  );
  const env = {
    PATH: process.env.PATH,
    HOME: folder,
    TMPDIR: tmpdir(),
    KOMINFO_NEWSROOM_TOKEN: operator,
    KOMINFO_TEST_ORIGINS: JSON.stringify({
      facebook: lines.meta.origin,
      instagram: lines.meta.origin,
      x: lines.x.origin,
    }),
    KOMINFO_WEB_USER: "redaktur",
    KOMINFO_WEB_APP_PASSWORD: site.users.redaktur.app_password.replaceAll(" ", ""),
    KOMINFO_FACEBOOK_PAGE_ID: meta.page_id,
    KOMINFO_FACEBOOK_TOKEN: meta.tokens[0],
    KOMINFO_INSTAGRAM_ACCOUNT_ID: meta.account_id,
    KOMINFO_INSTAGRAM_TOKEN: meta.tokens[0],
    KOMINFO_X_API_KEY: xOffice.keys.api_key,
    KOMINFO_X_API_SECRET: xOffice.keys.api_secret,
    KOMINFO_X_ACCESS_TOKEN: xOffice.keys.access_token,
    KOMINFO_X_ACCESS_SECRET: xOffice.keys.access_secret,
  };
  let serial = 0;

  return {
    lines,
    /** Submits, claims and approves a post with photos; its id. */
    async approve(/** @type {readonly string[]} */ channels, /** @type {number} */ count) {
      serial += 1;
      // Each with a grain of its own: what is at the website already would not be sent again.
      const makers = await Promise.all(Array.from({ length: count }, () => photoMaker()));
      const photos = makers.map((make) => make());
      for (const { bytes, sha256 } of photos) {
        const fields = { sha256, filename: "acara.jpg", type: "image/jpeg" };
        const metadata = Object.entries(fields).map(([name, value]) => `${name} ${btoa(value)}`);
        const headers = authorized(operator, {
          "tus-resumable": "1.0.0",
          "upload-length": String(bytes.length),
          "upload-metadata": metadata.join(","),
          "content-type": "application/offset+octet-stream",
        });
        await send(`${api}/uploads`, { method: "POST", headers, body: bytes, expected: [201] });
      }
      const post = async (
        /** @type {string} */ address,
        /** @type {string | undefined} */ token,
        /** @type {unknown} */ body,
        /** @type {Record<string, string>} */ more = {},
      ) => {
        const asked = json(body);
        const headers = authorized(token, { ...asked.headers, ...more });
        return JSON.parse((await send(api + address, { method: "POST", ...asked, headers })).text);
      };
      const { id } = await post(
        "/submissions",
        operator,
        { content: contentOf(serial, photos) },
        { "idempotency-key": crypto.randomUUID() },
      );
      await post(`/submissions/${id}/transitions`, editor, { step: "claim" });
      const approval = { destinations: ["kecamatan"], channels };
      await post(
        `/submissions/${id}/transitions`,
        editor,
        { step: "approve", approval },
        { "if-match": '"r1"' },
      );
      return id;
    },
    /** Runs `post publish` in a process of its own; ms until it ended, and its answer. */
    async publish(/** @type {string} */ id) {
      const started = performance.now();
      const child = spawn(
        process.execPath,
        [program, "post", "publish", id, "--yes", "--max-cost", "1", "--json"],
        { cwd: workspace, env, stdio: ["ignore", "pipe", "pipe"] },
      );
      let [said, complained] = ["", ""];
      child.stdout.setEncoding("utf8").on("data", (text) => {
        said += text;
      });
      child.stderr.setEncoding("utf8").on("data", (text) => {
        complained += text;
      });
      const [code] = await once(child, "close");
      const ms = performance.now() - started;
      if (code !== 0) throw new Error(`post publish ended with ${code}: ${said}${complained}`);
      return { started, ms, answer: JSON.parse(said) };
    },
    async close() {
      for (const line of Object.values(lines)) line.close();
      await Promise.all(
        children.map(async (child) => {
          if (child.exitCode !== null || child.signalCode !== null) return;
          const ended = once(child, "exit");
          child.kill("SIGTERM");
          await ended;
        }),
      );
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** @param {number} serial @param {readonly { sha256: string }[]} photos */
function contentOf(serial, photos) {
  return {
    kind: "berita-kegiatan",
    slug: `posyandu-${serial}`,
    title: `Posyandu Balita ke-${serial} Digelar di Wanajaya`,
    place: "Balai Desa Wanajaya",
    event_date: "2026-11-16",
    category: "kesehatan",
    priority: "normal",
    tags: ["posyandu"],
    channel_texts: {},
    photos: photos.map(({ sha256 }, n) => ({
      sha256,
      filename: `acara-${n + 1}.jpg`,
      caption: "Kader menimbang balita.",
      alt: `Seorang kader menimbang balita, foto ${n + 1}`,
      credit: "Kecamatan Cibitung",
      source: "own",
      children: "none",
      lead: n === 0,
    })),
    answers: {},
    internal: {},
    body: "Posyandu balita digelar di Balai Desa Wanajaya pada Senin. Kegiatan berlangsung tertib.",
  };
}
