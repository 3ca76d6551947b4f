/** https://developer.wordpress.org/rest-api/reference/posts/ */
import { chosen, Refusal, slugOf } from "./request.mjs";
import { can, forbidden, uniqueSlug } from "./site.mjs";

/** @typedef {import("./site.mjs").Site} Site */
/** @typedef {import("./site.mjs").User} User */
/** @typedef {import("./site.mjs").Post} Post */
/** @typedef {import("./request.mjs").Field} Field */

/** @type {Record<string, Field>} */
const view = { _fields: { type: "fields" }, context: { type: "string", values: ["view", "edit"] } };
const statuses = ["publish", "pending", "draft"];

export const readFields = view;
/** @type {Record<string, Field>} */
export const listFields = {
  ...view,
  slug: { type: "slugs" },
  status: { type: "string", values: [...statuses, "any"] },
  per_page: { type: "integer", max: 100 },
  page: { type: "integer" },
  search: { type: "string" },
  modified_after: { type: "string" },
  orderby: { type: "string", values: ["id", "date"] },
  order: { type: "string", values: ["asc", "desc"] },
};
/** `date` is not among them: a clock that is ahead would make a post of the future. @type {Record<string, Field>} */
export const writeFields = {
  ...view,
  title: { type: "string" },
  content: { type: "string" },
  excerpt: { type: "string" },
  slug: { type: "string" },
  status: { type: "string", values: statuses },
  featured_media: { type: "integer" },
  categories: { type: "ids" },
  tags: { type: "ids" },
};

/** @param {User | undefined} user @param {Post} post */
function mayEdit(user, post) {
  if (post.author !== user?.id && !can(user, "edit_others_posts")) return false;
  return post.status === "publish" ? can(user, "edit_published_posts") : can(user, "edit_posts");
}

/** @param {string} origin @param {Post} post */
export const addressOf = (origin, { id, slug, status }) =>
  status === "publish" ? `${origin}/${slug}/` : `${origin}/?p=${id}`;

/** The comments of its blocks are not shown. @param {string} content */
export const shown = (content) => content.replace(/<!-- \/?wp:[\s\S]*?-->\n?/g, "");

/** @param {string} origin @param {Post} post @param {Record<string, any>} given */
function described(origin, post, { context, _fields }) {
  const isEdit = context === "edit";
  const text = (/** @type {string} */ raw) => ({ ...(isEdit && { raw }), rendered: shown(raw) });
  const { id, author, status, slug, featured, categories, tags } = post;
  const whole = {
    ...{
      id,
      author,
      status,
      slug,
      link: addressOf(origin, post),
      featured_media: featured,
      categories,
      tags,
    },
    ...{ title: text(post.title), content: text(post.content), excerpt: text(post.excerpt) },
    ...(isEdit && { permalink_template: `${origin}/%postname%/` }),
  };
  return chosen(whole, _fields);
}

/** @param {Site} site @param {string} origin @param {User | undefined} user @param {Record<string, any>} given */
export function list(site, origin, user, given) {
  const { slug, status = "publish", per_page = 10, page = 1, order = "desc", context, search } = given;
  if (status !== "publish" && !can(user, "edit_posts"))
    throw new Refusal(400, "rest_invalid_param", "Invalid parameter(s): status", {
      params: { status: "Status is forbidden." },
    });
  if (context === "edit" && !can(user, "edit_posts"))
    throw forbidden(
      user,
      "rest_forbidden_context",
      "Sorry, you are not allowed to edit posts in this post type.",
    );
  const found = site.posts.filter(
    (post) =>
      (!slug || slug.includes(post.slug)) &&
      (status === "any" || post.status === status) &&
      (search === undefined || `${post.title} ${post.content}`.includes(search)) &&
      // Authors do not see their colleagues' drafts, and what they may not edit is left out of context=edit.
      (context === "edit" ? mayEdit(user, post) : post.status === "publish" || mayEdit(user, post)),
  );
  if (order === "desc") found.reverse();
  const pages = Math.ceil(found.length / per_page);
  if (page > pages && found.length > 0) {
    const why = "The page number requested is larger than the number of pages available.";
    throw new Refusal(400, "rest_post_invalid_page_number", why);
  }
  return {
    status: 200,
    headers: { "x-wp-total": String(found.length), "x-wp-totalpages": String(pages) },
    json: found.slice((page - 1) * per_page, page * per_page).map((post) => described(origin, post, given)),
  };
}

/** @param {Site} site @param {string} id */
function find(site, id) {
  const post = site.posts.find((each) => String(each.id) === id);
  if (!post) throw new Refusal(404, "rest_post_invalid_id", "Invalid post ID.");
  return post;
}

/** @param {Site} site @param {string} origin @param {User | undefined} user @param {string} id @param {Record<string, any>} given */
export function read(site, origin, user, id, given) {
  const post = find(site, id);
  if (given.context === "edit" && !mayEdit(user, post))
    throw forbidden(user, "rest_forbidden_context", "Sorry, you are not allowed to edit this post.");
  if (post.status !== "publish" && !mayEdit(user, post))
    throw forbidden(user, "rest_forbidden", "Sorry, you are not allowed to do that.");
  return { status: 200, json: described(origin, post, given) };
}

/**
 * Creates a post, or changes that of `id`.
 *
 * @param {Site} site
 * @param {string} origin
 * @param {User | undefined} user
 * @param {string | undefined} id
 * @param {Record<string, any>} given
 */
export function write(site, origin, user, id, given) {
  if (id === undefined && !can(user, "edit_posts"))
    throw forbidden(user, "rest_cannot_create", "Sorry, you are not allowed to create posts as this user.");
  const old = id === undefined ? undefined : find(site, id);
  if (old && !mayEdit(user, old))
    throw forbidden(user, "rest_cannot_edit", "Sorry, you are not allowed to edit this post.");
  if (given.status === "publish" && old?.status !== "publish" && !can(user, "publish_posts"))
    throw forbidden(
      user,
      "rest_cannot_publish",
      "Sorry, you are not allowed to publish posts in this post type.",
    );
  checkReferences(site, given);
  const { featured_media: featured, categories, tags, context: _, _fields: __, ...texts } = given;
  const changes = {
    ...texts,
    ...(featured !== undefined && { featured }),
    ...(categories && { categories }),
    ...(tags && { tags }),
  };
  /** @type {Post} */
  const post = {
    ...{ id: 0, author: user?.id ?? 0, status: "draft", slug: "", title: "", content: "", excerpt: "" },
    ...{ featured: 0, categories: [1], tags: [] },
    ...old,
    ...changes,
  };
  if (post.title === "" && post.content === "" && post.excerpt === "")
    throw new Refusal(400, "empty_content", "Content, title, and excerpt are empty.");
  if (old) Object.assign(old, post);
  else site.posts.push(Object.assign(post, { id: site.nextId() }));
  const kept = old ?? post;
  // Drafts and what waits may share an address; what is out may not.
  if (kept.status === "publish") {
    const isTaken = (/** @type {string} */ slug) =>
      site.posts.some((each) => each !== kept && each.slug === slug && each.status === "publish") ||
      site.media.some((each) => each.slug === slug);
    kept.slug = uniqueSlug(slugOf(kept.slug || kept.title), isTaken);
  }
  const effect = `${kept.status} ${kept.id}`;
  return { status: old ? 200 : 201, json: described(origin, kept, given), effect };
}

/** @param {Site} site @param {Record<string, any>} given */
function checkReferences(site, { featured_media: featured = 0, categories = [], tags = [] }) {
  if (featured !== 0 && !site.media.some(({ id }) => id === featured))
    throw new Refusal(400, "rest_invalid_featured_media", "Invalid featured media ID.");
  for (const [name, ids, terms] of /** @type {const} */ ([
    ["categories", categories, site.categories],
    ["tags", tags, site.tags],
  ])) {
    // WordPress passes over a term that it does not have.
    for (const wanted of ids)
      if (!terms.some(({ id }) => id === wanted))
        throw new Refusal(400, "rest_invalid_param", `Invalid parameter(s): ${name}`);
  }
}
