/** A page's photos and posts: https://developers.facebook.com/docs/pages-api/posts */
import { invalid, notThere, Refusal } from "./errors.mjs";
import { listed } from "./lists.mjs";
import { pagePicture } from "./pictures.mjs";
import { instant, pageId } from "./world.mjs";

/** @typedef {import("./world.mjs").World} World */
/** @typedef {import("./world.mjs").Post} Post */
/** @typedef {import("./request.mjs").Request} Request */

/** https://developers.facebook.com/docs/graph-api/reference/page/feed names no limit; this one is Facebook's own. */
const maxMessage = 63_206;

/**
 * @param {World} world
 * @param {Request} request
 */
export async function addPhoto(world, { given, files }) {
  const source = files.get("source");
  if (!source && !given.has("url")) throw new Refusal(324, "(#324) Requires upload file");
  if (!source) throw invalid("The stand-in takes no url here");
  const picture = await pagePicture(source);
  const id = `1220968${String(world.nextId()).padStart(8, "0")}`;
  const photo = {
    id,
    picture,
    alt: given.get("alt_text_custom") ?? "",
    post: /** @type {string | null} */ (null),
  };
  world.photos.set(id, photo);
  if (isFalse(given.get("published"))) return { json: { id }, effect: `unpublished photo ${id}` };
  const post = addPost(world, given.get("caption") ?? given.get("message") ?? "", [photo]);
  return { json: { id, post_id: post.id }, effect: `published ${post.id}` };
}

/** @param {string | undefined} value */
function isFalse(value) {
  return value === "false" || value === "0";
}

/**
 * @param {World} world
 * @param {string} message
 * @param {Post["photos"]} photos
 */
function addPost(world, message, photos) {
  const id = `${pageId}_${String(world.nextId()).padStart(15, "1")}`;
  const post = { id, message, created: world.now(), photos };
  for (const photo of photos) photo.post = id;
  world.posts.push(post);
  return post;
}

/**
 * @param {World} world
 * @param {Request} request
 */
export function addToFeed(world, { given }) {
  if (isFalse(given.get("published"))) throw invalid("The stand-in publishes at once");
  const message = given.get("message") ?? "";
  if (message.length > maxMessage) throw invalid("Param message is too long");
  const photos = attachedMedia(given).map((id) => {
    const photo = world.photos.get(id);
    if (!photo) throw notThere("POST", id);
    if (photo.post !== null) {
      const userMessage = "These photos were already posted.";
      throw new Refusal(100, "Invalid parameter", { subcode: 1366051, userMessage });
    }
    return photo;
  });
  if (new Set(photos).size !== photos.length) throw invalid("Param attached_media names a photo twice");
  if (message === "" && photos.length === 0) {
    throw new Refusal(100, "Invalid parameter", {
      subcode: 1349125,
      userMessage: "Missing Message Or Attachment",
    });
  }
  const last = world.posts.at(-1);
  if (photos.length === 0 && last?.photos.length === 0 && last.message === message) {
    throw new Refusal(506, "(#506) Duplicate status message", { subcode: 1455006 });
  }
  const post = addPost(world, message, photos);
  return { json: { id: post.id }, effect: `published ${post.id}` };
}

/**
 * The photo ids of `attached_media[0]={"media_fbid":"…"}`, in order.
 *
 * @param {ReadonlyMap<string, string>} given
 */
function attachedMedia(given) {
  const named = [...given].filter(([name]) => name.startsWith("attached_media"));
  const at = (/** @type {string} */ name) =>
    Number(/^attached_media\[(\d+)\]$/.exec(name)?.[1] ?? Number.NaN);
  return named
    .map(([name, value]) => ({ index: at(name), media: parsed(value) }))
    .sort((one, other) => one.index - other.index)
    .map(({ index, media }, expected) => {
      const isRight = index === expected && Object.keys(media).join() === "media_fbid";
      if (!isRight || !/^\d+$/.test(String(media.media_fbid)))
        throw invalid("Param attached_media must be an array");
      return String(media.media_fbid);
    });
}

/** @param {string} json @returns {Record<string, unknown>} */
function parsed(json) {
  try {
    const value = JSON.parse(json);
    return typeof value === "object" && value !== null ? value : {};
  } catch {
    return {};
  }
}

/**
 * @param {World} world
 * @param {Request} request
 */
export function publishedPosts(world, { given }) {
  const seen = world.posts.filter(({ created }) => created + world.lagMs <= world.now());
  return { json: listed("PagePost", seen.map(described).reverse(), given) };
}

/** A post with the fields that it has. @param {Post} post */
export function described(post) {
  return {
    id: post.id,
    message: post.message,
    created_time: instant(post.created),
    createdMs: post.created,
    permalink_url: `https://www.facebook.com/${post.id.replace("_", "/posts/")}`,
    is_published: true,
    ...(post.photos.length > 0 && { attachments: { data: [attachment(post)] } }),
  };
}

/** One photo is the attachment itself, several are its subattachments. @param {Post} post */
function attachment({ id, photos }) {
  const targets = photos.map((photo) => ({
    type: "photo",
    target: { id: photo.id, url: `https://www.facebook.com/photo.php?fbid=${photo.id}` },
  }));
  if (targets.length === 1) return targets[0];
  return {
    type: "album",
    target: { id, url: `https://www.facebook.com/${id}` },
    subattachments: { data: targets },
  };
}

/**
 * @param {World} world
 * @param {string} id
 * @param {Request} request
 */
export function editPost(world, id, { given }) {
  const post = world.posts.find((each) => each.id === id);
  if (!post) throw notThere("POST", id);
  const message = given.get("message");
  if (message === undefined || message.length > maxMessage)
    throw invalid("Param message is missing or too long");
  post.message = message;
  return { json: { success: true }, effect: `edited ${id}` };
}

/**
 * @param {World} world
 * @param {string} id
 */
export function removePost(world, id) {
  const index = world.posts.findIndex((post) => post.id === id);
  if (index < 0) throw notThere("DELETE", id);
  world.posts.splice(index, 1);
  return { json: { success: true }, effect: `removed ${id}` };
}

/**
 * https://developers.facebook.com/docs/graph-api/reference/photo#Deleting. What becomes of the photos of a post that is deleted is not
 * written anywhere: here they stay.
 *
 * @param {World} world
 * @param {string} id
 */
export function removePhoto(world, id) {
  world.photos.delete(id);
  for (const post of world.posts) post.photos = post.photos.filter((photo) => photo.id !== id);
  return { json: { success: true }, effect: `removed photo ${id}` };
}
