/**
 * Meta's Graph API as far as kominfo uses it, for one page and the Instagram account that is linked to it:
 *
 *   node test/real/stand-ins/meta/serve.mjs
 *
 * It refuses what Meta refuses, with Meta's codes; parameters are those of ../shared/specs/meta (`specs` of its first line
 * tells whether they are there). It is tested by meta.test.ts. Beside what control.mjs says, control has:
 *
 *   GET  /visible      {facebook:[{id,message,photos:[{id,alt,sha256}]}], instagram:[{id,caption,photos}]}
 *   GET  /photos       ids of all photos of the page, also of those that no post shows (any more)
 *   GET  /downloads    the addresses that pictures were fetched from
 *   PUT  /clock        {now}: an instant at which the clock stands; POST /clock {ms} moves it
 *   PUT  /token        {state, index?}: valid, expired, revoked, no-role, no-admin; of both tokens without `index`
 *   PUT  /permissions  [name…]
 *   PUT  /quota        {total?, usedBefore?}
 *   PUT  /usage        {call_count, regain_minutes}: from 100 on, calls are refused
 *   PUT  /processing   {ms}: how long a container is IN_PROGRESS
 *   PUT  /lag          {ms}: how long a new publication is not listed
 *   PUT  /container    {status}: what the next container becomes; with `id`: what this one is, with
 *                       `evenPublished` also when it is out; null for as usual
 *   POST /forget-photos   the photos that no post shows are gone
 *   POST /media        {caption}: somebody publishes on Instagram by hand
 *   POST /post         {message}: somebody publishes on the page by hand
 */
import { announce, startControlled } from "../control.mjs";
import { notThere, Refusal } from "./errors.mjs";
import { readFields, show } from "./fields.mjs";
import * as instagram from "./instagram.mjs";
import * as page from "./page.mjs";
import { checkToken, need, readRequest } from "./request.mjs";
import { checkParameters, hasSpecs } from "./spec.mjs";
import { versionState } from "./versions.mjs";
import { createWorld, instagramId, instant, pageId, tokens, visible } from "./world.mjs";

/** @typedef {import("./request.mjs").Request} Request */

let world = createWorld();

/** @param {import("../control.mjs").Asked} asked */
async function answer(asked) {
  try {
    const [, version = "", address = ""] = /^\/(v\d+\.\d+)\/(.+)$/.exec(asked.path) ?? [];
    const state = versionState(version, world.now());
    if (state === "unknown") throw new Refusal(2500, `Unknown path components: ${asked.path}`);
    if (state === "ended")
      throw new Refusal(2635, `(#2635) You are calling a deprecated version: ${version}`);
    const request = await readRequest(asked);
    checkToken(world.tokens.get(request.token));
    const date = new Date(world.now()).toUTCString();
    const headers = {
      date,
      "facebook-api-version": version,
      ...usageHeaders(address.startsWith(instagramId)),
    };
    if (world.usage.call_count >= 100) {
      const code = address.startsWith(instagramId) ? 80002 : 80001;
      throw new Refusal(code, `(#${code}) There have been too many calls to this account`, { headers });
    }
    return { status: 200, headers, ...(await call(asked.method, address, request)) };
  } catch (error) {
    if (error instanceof Refusal) return error.answer();
    throw error;
  }
}

/** https://developers.facebook.com/docs/graph-api/overview/rate-limiting. @param {boolean} isInstagram */
function usageHeaders(isInstagram) {
  const { call_count, regain_minutes } = world.usage;
  const usage = {
    call_count,
    total_cputime: 1,
    total_time: 1,
    estimated_time_to_regain_access: regain_minutes,
  };
  const type = isInstagram ? "instagram" : "pages";
  return { "x-business-use-case-usage": JSON.stringify({ [pageId]: [{ type, ...usage }] }) };
}

/**
 * @param {string} method
 * @param {string} address "<id>/<edge>" or "<id>"
 * @param {Request} request
 * @returns {Promise<{ json: unknown, effect?: string }> | { json: unknown, effect?: string }}
 */
function call(method, address, request) {
  const [id = "", edge, ...rest] = address.split("/");
  if (rest.length > 0) throw notThere(method, address);
  const check = (/** @type {string} */ node) => checkParameters(method, node, edge, request.given);
  if (id === "debug_token" && method === "GET") return { json: debugged(request) };
  if (id === pageId) {
    check("Page");
    need(world.permissions, method === "GET" ? "pages_read_engagement" : "pages_manage_posts");
    if (method === "GET" && !edge) {
      return shown("Page", { id, name: "Kecamatan Cibitung" }, request, "id,name");
    }
    if (method === "POST" && edge === "photos") return page.addPhoto(world, request);
    if (method === "POST" && edge === "feed") return page.addToFeed(world, request);
    if (method === "GET" && edge === "published_posts") return page.publishedPosts(world, request);
  } else if (id === instagramId) {
    check("IGUser");
    if (method === "GET" && !edge) return shown("IGUser", { id, username: "kec.cibitung" }, request, "id");
    if (method === "POST" && edge === "media") return instagram.addContainer(world, request);
    if (method === "GET" && edge === "media") return instagram.mediaList(world, request);
    if (method === "POST" && edge === "media_publish") return instagram.publish(world, request);
    if (method === "GET" && edge === "content_publishing_limit")
      return instagram.publishingLimit(world, request);
  } else if (!edge) return callNode(method, id, request, check);
  throw notThere(method, address);
}

/**
 * @param {string} method
 * @param {string} id
 * @param {Request} request
 * @param {(node: string) => void} check
 */
function callNode(method, id, request, check) {
  if (id.startsWith(`${pageId}_`)) {
    check("PagePost");
    need(world.permissions, method === "GET" ? "pages_read_engagement" : "pages_manage_posts");
    if (method === "POST") return page.editPost(world, id, request);
    if (method === "DELETE") return page.removePost(world, id);
    const post = world.posts.find((each) => each.id === id);
    if (post) return shown("PagePost", page.described(post), request, "id,message,created_time");
  }
  const photo = world.photos.get(id);
  if (photo && method === "GET") {
    check("Photo");
    const value = { id, alt_text_custom: photo.alt, page_story_id: photo.post ?? undefined };
    return shown("Photo", value, request, "id");
  }
  if (photo && method === "DELETE") {
    check("Photo");
    need(world.permissions, "pages_manage_posts");
    return page.removePhoto(world, id);
  }
  const container = world.containers.get(id);
  if (container && method === "GET") return instagram.showContainer(world, container, request);
  const media = world.media.find((each) => each.id === id);
  if (media) {
    check("IGMedia");
    if (method === "DELETE") return instagram.removeMedia(world, id);
    if (method === "GET") return shown("IGMedia", instagram.describedMedia(media), request, "id");
  }
  throw notThere(method, id);
}

/**
 * @param {string} node
 * @param {Record<string, unknown>} value
 * @param {Request} request
 * @param {string} usual fields where none are asked for
 */
function shown(node, value, { given }, usual) {
  return { json: show(node, value, readFields(given.get("fields") ?? usual)) };
}

/** @param {Request} request */
function debugged({ given }) {
  const state = world.tokens.get(given.get("input_token") ?? "");
  const isPage = { type: "PAGE", profile_id: pageId };
  return { data: { app_id: "1", is_valid: state === "valid", expires_at: 0, scopes: [], ...isPage } };
}

const controls = {
  "GET /visible": () => visible(world),
  "GET /photos": () => [...world.photos.keys()],
  "GET /downloads": () => world.downloads,
  "GET /clock": () => ({ now: new Date(world.now()).toISOString() }),
  "PUT /clock": (/** @type {{ now: string }} */ { now }) => {
    if (Number.isNaN(Date.parse(now))) throw new Error("no instant");
    world.frozen = Date.parse(now);
  },
  "POST /clock": (/** @type {{ ms: number }} */ { ms }) => {
    world.frozen = world.now() + ms;
  },
  "PUT /token": (
    /** @type {{ state: import("./world.mjs").TokenState, index?: number }} */ { state, index },
  ) => {
    for (const [at, token] of tokens.entries()) {
      if (index === undefined || index === at) world.tokens.set(token, state);
    }
  },
  "PUT /permissions": (/** @type {string[]} */ names) => {
    world.permissions = new Set(names);
  },
  "PUT /quota": (/** @type {Partial<typeof world.quota>} */ quota) => {
    Object.assign(world.quota, quota);
  },
  "PUT /usage": (/** @type {Partial<typeof world.usage>} */ usage) => {
    Object.assign(world.usage, usage);
  },
  "PUT /processing": (/** @type {{ ms: number }} */ { ms }) => {
    world.processingMs = ms;
  },
  "PUT /lag": (/** @type {{ ms: number }} */ { ms }) => {
    world.lagMs = ms;
  },
  "PUT /container": (
    /** @type {{ status: any, id?: string, evenPublished?: boolean }} */ {
      status,
      id,
      evenPublished = false,
    },
  ) => {
    const forced = status ?? undefined;
    if (id === undefined) {
      world.nextForced = forced;
      return;
    }
    const container = world.containers.get(id);
    if (!container) throw new Error("no such container");
    container.forced = forced;
    container.isForcedEvenPublished = evenPublished;
  },
  "POST /forget-photos": () => {
    for (const [id, { post }] of world.photos) if (post === null) world.photos.delete(id);
  },
  "POST /media": (/** @type {{ caption: string }} */ { caption }) => {
    const id = `1790${String(world.nextId()).padStart(13, "5")}`;
    world.media.push({ id, shortcode: `C${id.slice(-10)}`, caption, created: world.now(), parts: [] });
  },
  "POST /post": (/** @type {{ message: string }} */ { message }) => {
    const id = `${pageId}_${String(world.nextId()).padStart(15, "1")}`;
    world.posts.push({ id, message, created: world.now(), photos: [] });
  },
};

const { origin, control } = await startControlled({
  answer,
  reset() {
    world = createWorld();
  },
  controls,
});
announce({
  ...{ origin, control, specs: hasSpecs, started: instant(world.now()) },
  ...{ page_id: pageId, account_id: instagramId, tokens },
});
