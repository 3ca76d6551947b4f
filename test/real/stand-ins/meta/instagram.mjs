/** Publishing on Instagram: https://developers.facebook.com/docs/instagram-platform/content-publishing */
import { invalid, notThere, Refusal } from "./errors.mjs";
import { readFields, show } from "./fields.mjs";
import { listed } from "./lists.mjs";
import { fetchPicture } from "./pictures.mjs";
import { need } from "./request.mjs";
import { instant } from "./world.mjs";

/** @typedef {import("./world.mjs").World} World */
/** @typedef {import("./world.mjs").Container} Container */
/** @typedef {import("./world.mjs").Media} Media */
/** @typedef {import("./request.mjs").Request} Request */

const dayMs = 24 * 60 * 60_000;
/** https://developers.facebook.com/docs/instagram-platform/instagram-graph-api/reference/ig-user/media */
const maxCaption = 2200;
const maxAlt = 1000;
const maxMentions = 20;
/**
 * That page says 30; Instagram itself shows five since 2025-12, and https://www.ayrshare.com/docs/apis/post/social-networks/instagram
 * says five for the API. Which code Meta answers with is not known.
 */
const maxHashtags = 5;

/**
 * @param {World} world
 * @param {Request} request
 */
export async function addContainer(world, { given }) {
  need(world.permissions, "instagram_content_publish");
  const mediaType = given.get("media_type") ?? "IMAGE";
  const caption = given.get("caption") ?? "";
  checkCaption(caption);
  if (mediaType !== "IMAGE" && mediaType !== "CAROUSEL") {
    throw new Refusal(100, `Unknown media type: ${mediaType}`, { subcode: 2207023 });
  }
  const isCarousel = mediaType === "CAROUSEL";
  const isChild = /^(true|1)$/.test(given.get("is_carousel_item") ?? "");
  if (isCarousel && (given.has("image_url") || given.has("alt_text") || isChild)) {
    throw invalid("A carousel takes no image_url, alt_text or is_carousel_item");
  }
  if (!isCarousel && given.has("children")) throw invalid("Only a carousel takes children");
  if (isChild && caption !== "") throw invalid("An item of a carousel takes no caption");
  const alt = given.get("alt_text") ?? "";
  if (alt.length > maxAlt) throw invalid("Param alt_text is too long");
  const children = isCarousel ? childrenOf(world, given.get("children") ?? "") : [];
  const address = given.get("image_url");
  if (!isCarousel && address === undefined) throw invalid("The parameter image_url is required");
  const picture =
    address === undefined
      ? undefined
      : await fetchPicture(address, (fetched) => world.downloads.push(fetched));
  const id = `1788945${String(world.nextId()).padStart(10, "0")}`;
  world.containers.set(id, {
    ...{ id, caption, alt, isChild, picture, children, isPublished: false },
    created: world.now(),
    forced: world.nextForced,
  });
  world.nextForced = undefined;
  return { json: { id }, effect: `container ${id}` };
}

/** @param {string} caption */
function checkCaption(caption) {
  const count = (/** @type {RegExp} */ what) => caption.match(what)?.length ?? 0;
  if (caption.length > maxCaption) {
    throw new Refusal(36004, "The caption is too long.", { subcode: 2207010 });
  }
  if (count(/#[\p{L}\p{N}_]+/gu) > maxHashtags || count(/@[\w.]+/g) > maxMentions) {
    throw new Refusal(100, "Too many tags in the caption", { subcode: 2207040 });
  }
}

/**
 * @param {World} world
 * @param {string} text "1,2" or a JSON list
 */
function childrenOf(world, text) {
  const ids = text.startsWith("[")
    ? /** @type {string[]} */ (JSON.parse(text))
    : text.split(",").filter(Boolean);
  const wrong = (/** @type {string} */ why) =>
    new Refusal(100, `Carousel validation failed: ${why}`, { subcode: 2207028 });
  if (ids.length < 2 || ids.length > 10) throw wrong("too little or too many attachments");
  return ids.map((id) => {
    const child = world.containers.get(id);
    if (!child?.isChild || status(world, child) === "EXPIRED") throw wrong(`no item ${id}`);
    if (status(world, child) === "ERROR") throw wrong(`item ${id} failed`);
    return child;
  });
}

/**
 * @param {World} world
 * @param {Container} container
 * @returns {string}
 */
function status(world, container) {
  if (container.isPublished && !container.isForcedEvenPublished) return "PUBLISHED";
  if (container.forced) return container.forced;
  if (world.now() - container.created >= dayMs) return "EXPIRED";
  const isReady = world.now() - container.created >= world.processingMs;
  const areChildrenReady = container.children.every((child) => status(world, child) === "FINISHED");
  return isReady && areChildrenReady ? "FINISHED" : "IN_PROGRESS";
}

/** @type {Record<string, string>} */
const sentences = {
  PUBLISHED: "Published: Media has been successfully published.",
  FINISHED: "Finished: Media has been uploaded and it is ready to be published.",
  IN_PROGRESS: "In Progress: Media is still being processed.",
  EXPIRED: "Expired: Media upload was not published in 24 hours.",
  ERROR: "Error: Media upload has failed with error code 2207001",
};

/**
 * @param {World} world
 * @param {Container} container
 * @param {Request} request
 */
export function showContainer(world, container, { given }) {
  // What is published shows with the same delay as in the lists.
  const isListed = world.media.every(
    ({ id, created }) => published.get(container) !== id || created + world.lagMs <= world.now(),
  );
  const status_code = container.isPublished && !isListed ? "FINISHED" : status(world, container);
  const value = { id: container.id, status_code, status: sentences[status_code] };
  return { json: show("IGContainer", value, readFields(given.get("fields") ?? "id")) };
}

/** Which media a container became. @type {WeakMap<Container, string>} */
const published = new WeakMap();

/**
 * @param {World} world
 * @param {Request} request
 */
export function publish(world, { given }) {
  need(world.permissions, "instagram_content_publish");
  const creation = given.get("creation_id") ?? "";
  const container = world.containers.get(creation);
  const gone = `The media builder with creation id = ${creation} does not exist or has been expired.`;
  if (!container || container.isChild || container.isPublished)
    throw new Refusal(24, gone, { subcode: 2207008 });
  const state = status(world, container);
  if (state === "EXPIRED") throw new Refusal(24, gone, { subcode: 2207008 });
  if (state !== "FINISHED") throw new Refusal(9007, "Media ID is not available", { subcode: 2207027 });
  if (used(world) >= world.quota.total) {
    throw new Refusal(9, "(#9) Application request limit reached", {
      ...{ subcode: 2207042, status: 403 },
      userMessage:
        "You reached maximum number of posts that is allowed to be published by Content Publishing API.",
    });
  }
  container.isPublished = true;
  const id = `1790${String(world.nextId()).padStart(13, "5")}`;
  published.set(container, id);
  const shown = container.children.length > 0 ? container.children : [container];
  world.media.push({
    ...{ id, shortcode: `C${id.slice(-10)}`, caption: container.caption, created: world.now() },
    parts: shown.map(({ alt, picture }) => ({
      id: container === shown[0] ? id : `1791${String(world.nextId()).padStart(13, "5")}`,
      alt,
      picture: /** @type {import("./pictures.mjs").Picture} */ (picture),
    })),
  });
  return { json: { id }, effect: `published ${id}` };
}

/** @param {World} world */
function used(world) {
  const recent = world.media.filter(({ created }) => world.now() - created < dayMs);
  return world.quota.usedBefore + recent.length;
}

/**
 * @param {World} world
 * @param {Request} request
 */
export function publishingLimit(world, { given }) {
  need(world.permissions, "instagram_content_publish");
  const config = { quota_total: world.quota.total, quota_duration: dayMs / 1000 };
  const fields = readFields(given.get("fields") ?? "quota_usage");
  const value = { quota_usage: used(world), config };
  return { json: { data: [show("ContentPublishingLimitResponse", value, fields)] } };
}

/** Media with the fields that it has. @param {Media} media */
export function describedMedia(media) {
  const parts = media.parts.map(({ id, alt }) => ({ id, alt_text: alt, media_type: "IMAGE" }));
  return {
    id: media.id,
    caption: media.caption,
    permalink: `https://www.instagram.com/p/${media.shortcode}/`,
    shortcode: media.shortcode,
    timestamp: instant(media.created),
    createdMs: media.created,
    media_type: parts.length > 1 ? "CAROUSEL_ALBUM" : "IMAGE",
    ...(parts.length > 1 ? { children: { data: parts } } : { alt_text: parts[0]?.alt_text }),
  };
}

/**
 * @param {World} world
 * @param {Request} request
 */
export function mediaList(world, { given }) {
  need(world.permissions, "instagram_basic");
  const seen = world.media.filter(({ created }) => created + world.lagMs <= world.now());
  return { json: listed("IGMedia", seen.map(describedMedia).reverse(), given) };
}

/**
 * Only with a permission that few apps have: https://developers.facebook.com/docs/instagram-platform/changelog
 *
 * @param {World} world
 * @param {string} id
 */
export function removeMedia(world, id) {
  need(world.permissions, "instagram_manage_contents");
  const index = world.media.findIndex((media) => media.id === id);
  if (index < 0) throw notThere("DELETE", id);
  world.media.splice(index, 1);
  return { json: { success: true }, effect: `removed ${id}` };
}
