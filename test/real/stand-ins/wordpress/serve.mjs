/**
 * A WordPress site as far as kominfo uses it, where there is no PHP (a fresh machine that plays the demo):
 *
 *   node test/real/stand-ins/wordpress/serve.mjs [<its public address, where it is reached through something else>]
 *
 * What counts is real WordPress (test/real/publish/web.test.ts); this one has its names, roles and refusals, and refuses
 * parameters that it does not know. It is tested by wordpress.test.ts. Beside what control.mjs says, control has:
 *
 *   GET /posts   [{id, status, slug, title, content, featured, tags}]: all, also drafts
 *   GET /media   [{id, slug, path, alt, caption}]
 */
import { announce, startControlled } from "../control.mjs";
import * as media from "./media.mjs";
import * as posts from "./posts.mjs";
import { chosen, escapeHtml, Refusal, readRequest } from "./request.mjs";
import { createSite, forbidden, userOf, users } from "./site.mjs";
import * as terms from "./terms.mjs";

/** @typedef {import("../control.mjs").Asked} Asked */
/** @typedef {import("../control.mjs").Answer} Answer */

let site = createSite();
let origin = "";
const api = "/wp-json/wp/v2";

/** @param {Asked} asked @returns {Promise<Answer>} */
async function answer(asked) {
  if (!asked.path.startsWith("/wp-json/")) return visited(asked);
  try {
    return asked.path === "/wp-json/" ? await index(asked) : await call(asked, asked.path.slice(api.length));
  } catch (error) {
    if (error instanceof Refusal) return error.answer();
    throw error;
  }
}

/** What the site says of itself, to whoever asks. @param {Asked} asked @returns {Promise<Answer>} */
async function index(asked) {
  if (asked.method !== "GET") throw new Refusal(404, "rest_no_route", "No route was found.");
  userOf(asked.headers);
  const { given } = await readRequest(asked, { _fields: { type: "fields" } });
  const about = { name: "Kecamatan Tiruan", description: "", url: origin, home: origin, gmt_offset: 7 };
  return { status: 200, json: chosen({ ...about, namespaces: ["wp/v2"] }, given._fields) };
}

/** @param {Asked} asked @param {string} path below wp/v2 @returns {Promise<Answer>} */
async function call(asked, path) {
  const user = userOf(asked.headers);
  const read = (/** @type {any} */ schema) => readRequest(asked, schema);
  const [, room, id] = /^\/(posts|media)\/(\d+)$/.exec(path) ?? [];
  switch (`${asked.method} ${id === undefined ? path : `/${room}/…`}`) {
    case "GET /users/me": {
      await read({ context: { type: "string", values: ["edit"] } });
      if (!user) throw forbidden(user, "rest_not_logged_in", "You are not currently logged in.");
      const { id, name, login: slug, capabilities } = user;
      return {
        status: 200,
        json: { id, name, slug, capabilities: Object.fromEntries(capabilities.map((each) => [each, true])) },
      };
    }
    case "GET /posts":
      return posts.list(site, origin, user, (await read(posts.listFields)).given);
    case "GET /posts/…":
      return posts.read(site, origin, user, String(id), (await read(posts.readFields)).given);
    case "POST /posts":
    case "POST /posts/…":
      return posts.write(site, origin, user, id, (await read(posts.writeFields)).given);
    // It has no pages.
    case "GET /pages":
      await read(posts.listFields);
      return { status: 200, headers: { "x-wp-total": "0", "x-wp-totalpages": "0" }, json: [] };
    case "DELETE /media/…":
      return media.remove(site, user, String(id), (await read(media.deleteFields)).given);
    case "GET /media":
      return media.list(site, origin, (await read(media.listFields)).given);
    case "POST /media": {
      const { given, file } = await read(media.createFields);
      return media.create(site, origin, user, given, file);
    }
    case "POST /media/…":
      return media.write(site, origin, user, String(id), (await read(media.writeFields)).given);
    case "GET /categories":
      return terms.list(site.categories, (await read(terms.listFields)).given);
    case "GET /tags":
      return terms.list(site.tags, (await read(terms.listFields)).given);
    case "POST /tags":
      return terms.createTag(site, user, (await read(terms.createFields)).given);
    default:
      throw new Refusal(404, "rest_no_route", "No route was found matching the URL and request method.");
  }
}

/** What readers and Meta's crawler get. @param {Asked} asked @returns {Answer} */
function visited({ method, path }) {
  const type = "text/html; charset=utf-8";
  if (method !== "GET" && method !== "HEAD") return { status: 405, type, body: "" };
  if (path === "/robots.txt") {
    const body = "User-agent: *\nDisallow: /wp-admin/\nAllow: /wp-admin/admin-ajax.php\n";
    return { status: 200, type: "text/plain; charset=utf-8", body };
  }
  const picture = site.media.find((each) => each.path === path);
  if (picture) return { status: 200, type: "image/jpeg", body: picture.bytes };
  const post = site.posts.find(
    (each) => each.status === "publish" && `/${each.slug}` === path.replace(/\/$/, ""),
  );
  if (!post) return { status: 404, type, body: page("Halaman tidak ditemukan", "") };
  if (!path.endsWith("/")) return { status: 301, headers: { location: `${path}/` }, type, body: "" };
  const lead = site.media.find(({ id }) => id === post.featured);
  const image = lead ? `<img src="${lead.path}" alt="${escapeHtml(lead.alt)}">\n` : "";
  return { status: 200, type, body: page(post.title, image + posts.shown(post.content)) };
}

/** @param {string} title HTML, as WordPress keeps it @param {string} body HTML */
function page(title, body) {
  return `<!doctype html>
<html lang="id">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${title}</title>
<style>body{max-width:42rem;margin:2rem auto;padding:0 1rem;font:1rem/1.6 sans-serif}img{max-width:100%;height:auto}</style>
<h1>${title}</h1>
${body}
</html>
`;
}

const controlled = await startControlled({
  answer,
  reset() {
    site = createSite();
  },
  controls: {
    "GET /posts": () => site.posts,
    "GET /media": () => site.media.map(({ bytes: _, ...medium }) => medium),
  },
});
origin = process.argv[2] ?? controlled.origin;
announce({
  ...{ origin: controlled.origin, control: controlled.control },
  users: Object.fromEntries(users.map(({ id, login, password }) => [login, { id, app_password: password }])),
});
