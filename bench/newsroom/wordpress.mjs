// The same work at a real WordPress, as its REST API wants it (developer.wordpress.org/rest-api).
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { json, send } from "./http.mjs";

const listed = "id,title,author,status,date_gmt,modified_gmt,categories,featured_media";

/** @param workers of PHP @param waiting posts in the queue before it begins */
export async function startWordPress({ port, workers, waiting, newPhoto, text }) {
  const folder = mkdtempSync(path.join(tmpdir(), "kominfo-bench-wordpress-"));
  const script = path.join(import.meta.dirname, "wordpress-up.sh");
  const words = [script, folder, String(port), String(workers), String(waiting)];
  const site = JSON.parse(
    execFileSync("bash", words, { encoding: "utf8", stdio: ["ignore", "pipe", "inherit"] }),
  );
  const login = { authorization: `Basic ${Buffer.from(`${site.user}:${site.password}`).toString("base64")}` };
  const api = `${site.url}/wp-json/wp/v2`;
  const ask = (address, given = {}) =>
    send(api + address, { ...given, headers: { ...login, ...given.headers } });

  async function submit(sizes) {
    const { bytes, number } = newPhoto();
    const media = await ask("/media", {
      method: "POST",
      headers: {
        "content-type": "image/jpeg",
        "content-disposition": `attachment; filename="posyandu-${number}.jpg"`,
        ...sizes,
      },
      body: bytes,
    });
    const featured_media = JSON.parse(media.text).id;
    const post = { status: "pending", title: text.title, content: text.body, featured_media };
    return JSON.parse((await ask("/posts", { method: "POST", ...json(post) })).text).id;
  }

  let newest = await submit({});
  return {
    groups: ["nginx", "fpm", "maria"].map((name) => pidOf(folder, name)),
    name: `WordPress ${site.version}`,
    work: {
      submit: async () => {
        newest = await submit({});
      },
      "submit, no sizes": async () => {
        newest = await submit({ "x-bench-sizes": "none" });
      },
      list: () => ask(`/posts?status=pending&per_page=50&context=edit&_fields=${listed}`),
      read: () => ask(`/posts/${newest}?context=edit`),
    },
    async stop() {
      for (const name of ["nginx", "fpm", "maria"]) {
        try {
          process.kill(-pidOf(folder, name), "SIGTERM");
        } catch {
          // It has not come so far.
        }
      }
      await pause(2000);
      rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 300 });
    },
  };
}

const pidOf = (folder, name) => Number(readFileSync(path.join(folder, `${name}.pid`), "utf8"));
