/** https://developer.wordpress.org/rest-api/reference/media/ */
import sharp from "sharp";
import { chosen, Refusal } from "./request.mjs";
import { can, forbidden, uniqueSlug } from "./site.mjs";

/** @typedef {import("./site.mjs").Site} Site */
/** @typedef {import("./site.mjs").User} User */
/** @typedef {import("./site.mjs").Medium} Medium */
/** @typedef {import("./request.mjs").Field} Field */

/** As PHP is set up where nobody has changed it. */
const maxBytes = 2 * 2 ** 20;

/** @type {Record<string, Field>} */
const view = { _fields: { type: "fields" } };
/** @type {Record<string, Field>} */
export const listFields = {
  ...view,
  slug: { type: "slugs" },
  include: { type: "ids" },
  search: { type: "string" },
  per_page: { type: "integer", max: 100 },
  orderby: { type: "string", values: ["id", "date"] },
  order: { type: "string", values: ["asc", "desc"] },
};
/** Media have no wastebasket. @type {Record<string, Field>} */
export const deleteFields = { force: { type: "string", values: ["true"] } };
/** @type {Record<string, Field>} */
export const writeFields = {
  ...view,
  alt_text: { type: "string" },
  caption: { type: "string" },
  description: { type: "string" },
};
/** @type {Record<string, Field>} */
export const createFields = { ...writeFields, slug: { type: "string" } };

/** @param {string} origin @param {Medium} medium @param {Record<string, any>} given */
function described(
  origin,
  { id, author, slug, path, alt, caption, description, width, height, at },
  { _fields },
) {
  const date = at.toISOString().slice(0, 19);
  const whole = {
    date,
    ...{ id, author, slug, status: "inherit", media_type: "image", mime_type: "image/jpeg" },
    ...{ source_url: origin + path, alt_text: alt, media_details: { width, height, sizes: {} } },
    ...{ caption: { rendered: `<p>${caption}</p>\n` }, description: { rendered: description } },
  };
  return chosen(whole, _fields);
}

/** @param {Site} site @param {string} origin @param {Record<string, any>} given */
export function list(site, origin, given) {
  const { slug, include, search, per_page = 10, order = "desc" } = given;
  const found = site.media.filter(
    (each) =>
      (!slug || slug.includes(each.slug)) &&
      (!include || include.includes(each.id)) &&
      (search === undefined || `${each.path} ${each.caption}`.includes(search)),
  );
  if (order === "desc") found.reverse();
  return { status: 200, json: found.slice(0, per_page).map((each) => described(origin, each, given)) };
}

/**
 * @param {Site} site
 * @param {string} origin
 * @param {User | undefined} user
 * @param {Record<string, any>} given
 * @param {import("./request.mjs").Upload | undefined} file
 */
export async function create(site, origin, user, given, file) {
  if (!can(user, "upload_files"))
    throw forbidden(user, "rest_cannot_create", "Sorry, you are not allowed to upload media on this site.");
  if (!file) throw new Refusal(400, "rest_upload_no_data", "No data supplied.");
  if (file.bytes.length > maxBytes)
    throw new Refusal(
      500,
      "rest_upload_unknown_error",
      "The uploaded file exceeds the upload_max_filesize directive in php.ini.",
    );
  const {
    format,
    width = 0,
    height = 0,
  } = await sharp(file.bytes)
    .metadata()
    .catch(() => ({ format: "none" }));
  if (format !== "jpeg" || file.type !== "image/jpeg" || !/\.jpe?g$/.test(file.name))
    throw new Refusal(
      500,
      "rest_upload_unknown_error",
      "Sorry, you are not allowed to upload this file type.",
    );
  const bare = file.name.replace(/\.jpe?g$/, "").replace(/[^\w-]+/g, "-");
  const pathOf = (/** @type {string} */ name) => `/wp-content/uploads/${name}.jpg`;
  const name = uniqueSlug(bare, (wanted) => site.media.some(({ path }) => path === pathOf(wanted)));
  const isTaken = (/** @type {string} */ slug) =>
    site.media.some((each) => each.slug === slug) ||
    site.posts.some((each) => each.slug === slug && each.status === "publish");
  /** @type {Medium} */
  const medium = {
    ...{
      id: site.nextId(),
      author: user?.id ?? 0,
      slug: uniqueSlug(given.slug ?? name, isTaken),
      path: pathOf(name),
    },
    ...{ alt: given.alt_text ?? "", caption: given.caption ?? "", description: given.description ?? "" },
    ...{ width, height, bytes: file.bytes, at: new Date() },
  };
  site.media.push(medium);
  return { status: 201, json: described(origin, medium, given), effect: `stored ${medium.id}` };
}

/** Deletes the file too. @param {Site} site @param {User | undefined} user @param {string} id @param {Record<string, any>} given */
export function remove(site, user, id, given) {
  const at = site.media.findIndex((each) => String(each.id) === id);
  if (at < 0) throw new Refusal(404, "rest_post_invalid_id", "Invalid post ID.");
  if (site.media[at]?.author !== user?.id && !can(user, "edit_others_posts"))
    throw forbidden(user, "rest_cannot_delete", "Sorry, you are not allowed to delete this post.");
  if (given.force !== "true")
    throw new Refusal(
      501,
      "rest_trash_not_supported",
      "The post does not support trashing. Set 'force=true' to delete.",
    );
  site.media.splice(at, 1);
  return { status: 200, json: { deleted: true }, effect: `deleted ${id}` };
}

/** @param {Site} site @param {string} origin @param {User | undefined} user @param {string} id @param {Record<string, any>} given */
export function write(site, origin, user, id, given) {
  const medium = site.media.find((each) => String(each.id) === id);
  if (!medium) throw new Refusal(404, "rest_post_invalid_id", "Invalid post ID.");
  if (medium.author !== user?.id && !can(user, "edit_others_posts"))
    throw forbidden(user, "rest_cannot_edit", "Sorry, you are not allowed to edit this post.");
  const { alt_text = medium.alt, caption = medium.caption, description = medium.description } = given;
  Object.assign(medium, { alt: alt_text, caption, description });
  return { status: 200, json: described(origin, medium, given), effect: `described ${id}` };
}
