// Posts: create, read, delete, and a user's timeline.
import twitterText from "twitter-text";
import { forbidden, invalid, missing, notHere, unknownField } from "./answers.mjs";

const maxPhotos = 4;
const maxDuplicateAgeMs = 24 * 3600_000;
// What the document has and kominfo never sends is refused too: a new field shall be thought of here first.
const createFields = ["text", "media", "quote_tweet_id"];
const timelineParameters = [
  "max_results",
  "pagination_token",
  "start_time",
  "end_time",
  "since_id",
  "until_id",
];
const viewParameters = ["post.fields", "expansions", "media.fields"];
const postFields = ["attachments", "created_at", "entities", "id", "lang", "media_metadata", "text"];
const expansions = ["attachments.media_keys", "author_id"];
const mediaFields = ["alt_text", "height", "media_key", "type", "url", "width"];

/**
 * @typedef {object} Post
 * @property {string} id
 * @property {string} author
 * @property {string} text as it was sent
 * @property {number} at ms since 1970
 * @property {import("./media.mjs").Medium[]} media
 * @property {string | null} quotes
 * @property {boolean} deleted
 * @property {number} hidden how many more readings of the timeline do not show it yet
 */

/**
 * @param {{
 *   now: () => number,
 *   nextId: () => string,
 *   bill: (item: keyof typeof import("./prices.mjs").prices, times?: number) => void,
 *   media: ReturnType<typeof import("./media.mjs").createMedia>,
 *   usernames: Map<string, string>,
 *   lag: () => number,
 * }} place
 */
export function createPosts({ now, nextId, bill, media, usernames, lag }) {
  /** @type {Post[]} */
  const posts = [];
  const find = (/** @type {unknown} */ id) => posts.find((post) => post.id === id && !post.deleted);

  return {
    posts,
    /** @param {string} author @param {any} given @returns {import("../control.mjs").Answer} */
    create(author, given) {
      const wrong =
        unknownField(given, createFields) ?? unknownField(given.media ?? {}, ["media_ids"], "$.media");
      if (wrong) return wrong;
      const { text = "", quote_tweet_id: quotes = null } = given;
      const ids = given.media?.media_ids ?? [];
      if (typeof text !== "string") return invalid("$.text: string expected");
      if (given.media && (!Array.isArray(ids) || ids.length === 0))
        return invalid("$.media.media_ids: too few");
      if (text.trim() === "" && ids.length === 0) return invalid("$.text: is missing but it is required");
      if (twitterText.parseTweet(text).weightedLength > 280) {
        return invalid(
          "Your Tweet text is too long. For more information on how Twitter determines text length see https://github.com/twitter/twitter-text.",
        );
      }
      if (ids.length > maxPhotos)
        return invalid(`$.media.media_ids: there must be a maximum of ${maxPhotos} items`);
      const taken = ids.map((/** @type {unknown} */ id) => media.usable(author, id));
      if (taken.includes(undefined) || new Set(ids).size < ids.length) {
        return invalid("Your media IDs are invalid.", { "media.media_ids": ids.map(String) });
      }
      if (quotes !== null) {
        const quoted = find(quotes);
        if (!quoted) return invalid("Quoted post does not exist.", { quote_tweet_id: [String(quotes)] });
        if (quoted.author !== author) return forbidden("Quoting this Post is not allowed.");
      }
      const isDuplicate = posts.some(
        (post) => post.author === author && post.text === text && now() - post.at < maxDuplicateAgeMs,
      );
      // A deleted one counts too: github.com/J7mbo/twitter-api-php/issues/171.
      if (isDuplicate) return forbidden("You are not allowed to create a Tweet with duplicate content.");
      const id = nextId();
      posts.push({ id, author, text, at: now(), media: taken, quotes, deleted: false, hidden: lag() });
      bill(twitterText.extractUrls(text).length > 0 ? "postWithLink" : "post");
      const shown = view(/** @type {Post} */ (posts.at(-1)), new Set(), usernames);
      return {
        status: 201,
        effect: `posted ${id}`,
        json: { data: { id, text: shown.text, edit_history_post_ids: [id] } },
      };
    },

    /** @param {string} author @param {string} id */
    remove(author, id) {
      const post = find(id);
      if (!post) return notHere();
      if (post.author !== author) return forbidden("You are not authorized to delete this Tweet.");
      post.deleted = true;
      bill("deletion");
      return { status: 200, effect: `deleted ${id}`, json: { data: { deleted: true } } };
    },

    /** @param {string} reader @param {string} id @param {URLSearchParams} query */
    read(reader, id, query) {
      const wrong = wrongQuery(query, viewParameters);
      if (wrong) return wrong;
      const post = find(id);
      if (!post) return missing("tweet", id);
      bill(post.author === reader ? "ownPostRead" : "postRead");
      return {
        status: 200,
        json: {
          data: view(post, listed(query, "post.fields"), usernames),
          ...included([post], query, usernames),
        },
      };
    },

    /** @param {string} reader @param {string} user @param {URLSearchParams} query */
    timeline(reader, user, query) {
      const wrong = wrongQuery(query, [...timelineParameters, ...viewParameters]);
      if (wrong) return wrong;
      if (!usernames.has(user)) return missing("user", user);
      const max = Number(query.get("max_results") ?? 10);
      if (!Number.isInteger(max) || max < 5 || max > 100) {
        return invalid(`The \`max_results\` query parameter value [${max}] is not between 5 and 100`, {
          max_results: [String(max)],
        });
      }
      const [start, end] = [time(query.get("start_time")), time(query.get("end_time"))];
      if (Number.isNaN(start) || Number.isNaN(end)) return invalid("start_time, end_time: must be RFC 3339");
      if (start !== undefined && end !== undefined && start >= end)
        return invalid("start_time must be before end_time");
      if (start !== undefined && start > now()) return invalid("start_time must not be in the future");
      const since = BigInt(query.get("since_id") ?? 0);
      const until = BigInt(query.get("until_id") ?? 2n ** 63n);
      const before = query.get("pagination_token");
      const fits = posts.filter(({ author, deleted, hidden, id, at }) => {
        const isInTime = (start === undefined || at >= start) && (end === undefined || at < end);
        const isInIds =
          BigInt(id) > since && BigInt(id) < until && (before === null || BigInt(id) < BigInt(before));
        return author === user && !deleted && hidden === 0 && isInTime && isInIds;
      });
      for (const post of posts) post.hidden = Math.max(0, post.hidden - 1);
      const page = fits.reverse().slice(0, max);
      if (page.length > 0) bill(user === reader ? "ownPostRead" : "postRead", page.length);
      const [newest, oldest] = [page[0], page.at(-1)];
      if (!newest || !oldest) return { status: 200, json: { meta: { result_count: 0 } } };
      const meta = {
        ...{ result_count: page.length, newest_id: newest.id, oldest_id: oldest.id },
        ...(fits.length > page.length && { next_token: oldest.id }),
      };
      const data = page.map((post) => view(post, listed(query, "post.fields"), usernames));
      return { status: 200, json: { data, ...included(page, query, usernames), meta } };
    },
  };
}

/** @param {string | null} text @returns {number | undefined} NaN when it is no time */
function time(text) {
  if (text === null) return undefined;
  return /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,3})?Z$/.test(text) ? Date.parse(text) : Number.NaN;
}

/** @param {URLSearchParams} query @param {string} name */
const listed = (query, name) => new Set((query.get(name) ?? "").split(",").filter((field) => field !== ""));

/** @param {URLSearchParams} query @param {readonly string[]} parameters */
function wrongQuery(query, parameters) {
  for (const name of query.keys()) {
    if (!parameters.includes(name))
      return invalid(`The query parameter [${name}] is not one of [${parameters.join(",")}]`, {
        [name]: query.getAll(name),
      });
  }
  const values = { "post.fields": postFields, expansions, "media.fields": mediaFields };
  for (const [name, allowed] of Object.entries(values)) {
    const wrong = [...listed(query, name)].find((value) => !allowed.includes(value));
    if (wrong !== undefined)
      return invalid(`The \`${name}\` query parameter value [${wrong}] is not one of [${allowed.join(",")}]`);
  }
  return undefined;
}

/**
 * A post as X shows it: its text with `&`, `<` and `>` as entities and every link behind t.co, and a link at the end for
 * its photos and for what it quotes.
 *
 * @param {Post} post @param {Set<string>} fields @param {Map<string, string>} usernames
 */
function view(post, fields, usernames) {
  const home = `https://x.com/${usernames.get(post.author)}/status`;
  const links = twitterText.extractUrlsWithIndices(post.text);
  const urls = [];
  let text = "";
  let from = 0;
  const add = (/** @type {string} */ expanded, /** @type {string | undefined} */ key) => {
    const url = `https://t.co/${post.id.slice(-8)}${urls.length}x`;
    const start = [...text].length;
    text += url;
    const display_url = expanded.replace(/^https?:\/\/(www\.)?/, "").slice(0, 27);
    urls.push({
      start,
      end: start + url.length,
      url,
      expanded_url: expanded,
      display_url,
      ...(key && { media_key: key }),
    });
  };
  for (const { indices, url } of links) {
    text += escaped(post.text.slice(from, indices[0]));
    add(/^https?:/i.test(url) ? url : `http://${url}`, undefined);
    from = indices[1];
  }
  text += escaped(post.text.slice(from));
  const media_keys = post.media.map(({ key }) => key);
  if (post.quotes !== null) {
    text += " ";
    add(`${home}/${post.quotes}`, undefined);
  }
  if (media_keys.length > 0) {
    text += " ";
    add(`${home}/${post.id}/photo/1`, media_keys[0]);
  }
  return {
    id: post.id,
    text,
    ...(fields.has("created_at") && { created_at: new Date(post.at).toISOString() }),
    ...(fields.has("attachments") && media_keys.length > 0 && { attachments: { media_keys } }),
    ...(fields.has("entities") && urls.length > 0 && { entities: { urls } }),
  };
}

const escaped = (/** @type {string} */ text) =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");

/** @param {Post[]} posts @param {URLSearchParams} query @param {Map<string, string>} usernames */
function included(posts, query, usernames) {
  const wanted = listed(query, "expansions");
  const fields = listed(query, "media.fields");
  const media = posts.flatMap((post) =>
    post.media.map(({ key, alt, width, height }) => ({
      ...{ media_key: key, type: "photo" },
      ...(fields.has("alt_text") && alt !== null && { alt_text: alt }),
      ...(fields.has("width") && { width }),
      ...(fields.has("height") && { height }),
    })),
  );
  const users = [...new Set(posts.map(({ author }) => author))].map((id) => {
    const username = usernames.get(id);
    return { id, username, name: username };
  });
  const includes = {
    ...(wanted.has("attachments.media_keys") && media.length > 0 && { media }),
    ...(wanted.has("author_id") && { users }),
  };
  return Object.keys(includes).length > 0 ? { includes } : {};
}
