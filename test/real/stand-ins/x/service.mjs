// X, as far as kominfo asks it: who asks, what it costs, how often, and the routes.
import { office, other } from "./accounts.mjs";
import {
  appNotAllowed,
  creditsSpent,
  forbidden,
  invalid,
  notHere,
  tooMany,
  unauthorized,
} from "./answers.mjs";
import { createMedia } from "./media.mjs";
import { createLogins } from "./oauth.mjs";
import { createPosts } from "./posts.mjs";
import { prices } from "./prices.mjs";

const windowMs = 15 * 60_000;
/** Requests of one user in a quarter of an hour: docs.x.com/x-api/fundamentals/rate-limits. */
const defaultLimits = {
  "GET /2/users/me": 75,
  "POST /2/media/upload": 500,
  "POST /2/media/metadata": 500,
  "POST /2/tweets": 100,
  "GET /2/tweets/:id": 900,
  "DELETE /2/tweets/:id": 50,
  "GET /2/users/:id/tweets": 900,
};
/** A snowflake counts its ms from here. */
const epoch = 1_288_834_974_657n;

/** @typedef {keyof typeof defaultLimits} Route */
/** @typedef {import("../control.mjs").Answer} Answer */
/** @typedef {import("../control.mjs").Asked & { url: URL }} AskedX `url` as the client meant it, which it signed */

export function createX() {
  let offsetMs = 0;
  let sequence = 0n;
  let lag = 0;
  /** In thousandths of a US dollar. */
  let credits = Number.POSITIVE_INFINITY;
  /** @type {Record<string, number>} */
  let limits = { ...defaultLimits };
  /** @type {{ item: string, price: number }[]} */
  const billed = [];
  /** @type {Map<string, { from: number, count: number }>} */
  const windows = new Map();

  const now = () => Date.now() + offsetMs;
  const nextId = () => {
    sequence += 1n;
    return String(((BigInt(now()) - epoch) << 22n) + (sequence % 4_194_304n));
  };
  const bill = (/** @type {keyof typeof prices} */ item, times = 1) => {
    for (let n = 0; n < times; n += 1) billed.push({ item, price: prices[item] });
    credits -= prices[item] * times;
  };
  const usernames = new Map([office, other].map(({ id, username }) => [id, username]));
  const logins = createLogins(now);
  const media = createMedia({ now, nextId, bill });
  const posts = createPosts({ now, nextId, bill, media, usernames, lag: () => lag });

  /** @param {AskedX} asked @returns {Promise<Answer>} */
  async function answer(asked) {
    const { method, path, query } = asked;
    const [route, id] = routeOf(method, path);
    if (!route) return notHere();
    const caller = logins.caller({ method, url: asked.url, authorization: asked.headers.authorization });
    if (!caller) return unauthorized();
    if (caller === "app") return appNotAllowed();
    const rate = spend(`${caller.userId} ${route}`, limits[route] ?? 0);
    const headers = { ...rate.headers, date: new Date(now()).toUTCString() };
    if (!rate.isAllowed) return { ...tooMany(), headers };
    if (credits <= 0) return { ...creditsSpent(), headers };
    if (method !== "GET" && !caller.writes) {
      return {
        ...forbidden(
          "Your client app is not configured with the appropriate oauth1 app permissions for this endpoint.",
        ),
        headers,
      };
    }
    const found = await serve(route, id, caller.userId, asked, query);
    return { ...found, headers: { ...headers, ...found.headers } };
  }

  /** @param {Route} route @param {string} id @param {string} user @param {AskedX} asked @param {URLSearchParams} query */
  function serve(route, id, user, asked, query) {
    switch (route) {
      case "GET /2/users/me": {
        const username = usernames.get(user);
        bill("user");
        return { status: 200, json: { data: { id: user, name: username, username } } };
      }
      case "POST /2/media/upload":
        return media.upload(user, asked);
      case "GET /2/tweets/:id":
        return posts.read(user, id, query);
      case "DELETE /2/tweets/:id":
        return posts.remove(user, id);
      case "GET /2/users/:id/tweets":
        return posts.timeline(user, id, query);
      default: {
        const given = jsonObject(asked);
        if (!given) return invalid("Requests with bodies must have content-type of application/json.");
        return route === "POST /2/tweets" ? posts.create(user, given) : media.describe(user, given);
      }
    }
  }

  /** @param {string} key @param {number} limit */
  function spend(key, limit) {
    let window = windows.get(key);
    if (!window || now() - window.from >= windowMs) {
      window = { from: now(), count: 0 };
      windows.set(key, window);
    }
    const isAllowed = window.count < limit;
    if (isAllowed) window.count += 1;
    return {
      isAllowed,
      headers: {
        "x-rate-limit-limit": String(limit),
        "x-rate-limit-remaining": String(limit - window.count),
        "x-rate-limit-reset": String(Math.ceil((window.from + windowMs) / 1000)),
      },
    };
  }

  return {
    answer,
    reset() {
      [offsetMs, lag, credits, limits] = [0, 0, Number.POSITIVE_INFINITY, { ...defaultLimits }];
      for (const each of [billed, posts.posts]) each.length = 0;
      for (const each of [windows, media.media]) each.clear();
      logins.reset();
    },
    controls: {
      /** Every post that readers see, oldest first. */
      "GET /posts": () =>
        posts.posts
          .filter(({ deleted }) => !deleted)
          .map((post) => ({
            ...{ id: post.id, author: post.author, text: post.text, quotes: post.quotes },
            media: post.media.map(({ id, key, sha256, alt, width, height }) => ({
              id,
              key,
              sha256,
              alt,
              width,
              height,
            })),
          })),
      /** The bytes of a picture, base64. */
      "GET /picture": (/** @type {unknown} */ _, /** @type {URLSearchParams} */ query) =>
        media.media.get(query.get("id") ?? "")?.bytes.toString("base64"),
      /** In thousandths of a US dollar. */
      "GET /billing": () => ({ total: billed.reduce((sum, { price }) => sum + price, 0), items: billed }),
      "PUT /credits": (/** @type {{ thousandths: number }} */ { thousandths }) => {
        credits = thousandths;
      },
      "POST /revoke": (/** @type {{ token: string }} */ { token }) => logins.revoke(token),
      "PUT /limits": (/** @type {Record<string, number>} */ changed) => {
        for (const route of Object.keys(changed))
          if (!(route in defaultLimits)) throw new Error(`no route ${route}`);
        limits = { ...limits, ...changed };
      },
      /** A new post is missing in the next `readings` of the timeline. */
      "PUT /lag": (/** @type {{ readings: number }} */ { readings }) => {
        lag = readings;
      },
      "PUT /clock": (/** @type {{ offset_ms: number }} */ { offset_ms }) => {
        offsetMs = offset_ms;
      },
    },
  };
}

/** @param {string} method @param {string} path @returns {[Route | undefined, string]} */
function routeOf(method, path) {
  const [, id = ""] = /^\/2\/(?:tweets|users)\/(\d{1,19})(?:\/tweets)?$/.exec(path) ?? [];
  const route = `${method} ${id === "" ? path : path.replace(id, ":id")}`;
  return [Object.hasOwn(defaultLimits, route) ? /** @type {Route} */ (route) : undefined, id];
}

/** @param {AskedX} asked @returns {any} */
function jsonObject({ headers, body }) {
  if (!headers["content-type"]?.startsWith("application/json")) return undefined;
  try {
    const given = JSON.parse(body.toString("utf8"));
    return typeof given === "object" && given !== null && !Array.isArray(given) ? given : undefined;
  } catch {
    return undefined;
  }
}
