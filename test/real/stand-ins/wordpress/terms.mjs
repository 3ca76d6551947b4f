/** https://developer.wordpress.org/rest-api/reference/categories/ and …/tags/ */
import { chosen, escapeHtml, Refusal, slugOf } from "./request.mjs";
import { can, forbidden } from "./site.mjs";

/** @typedef {import("./request.mjs").Field} Field */
/** @typedef {import("./site.mjs").Term} Term */

/** @type {Record<string, Field>} */
export const listFields = {
  _fields: { type: "fields" },
  slug: { type: "slugs" },
  page: { type: "integer" },
  per_page: { type: "integer", max: 100 },
  orderby: { type: "string", values: ["id", "name"] },
};
/** @type {Record<string, Field>} */
export const createFields = { _fields: { type: "fields" }, name: { type: "string" } };

/** @param {readonly Term[]} terms @param {Record<string, any>} given */
export function list(terms, { slug, page = 1, per_page = 10, _fields }) {
  const found = terms.filter((term) => !slug || slug.includes(term.slug));
  const headers = {
    "x-wp-total": String(found.length),
    "x-wp-totalpages": String(Math.ceil(found.length / per_page)),
  };
  const json = found.slice((page - 1) * per_page, page * per_page).map((term) => chosen(term, _fields));
  return { status: 200, headers, json };
}

/** Authors may make tags too. @param {import("./site.mjs").Site} site @param {import("./site.mjs").User | undefined} user @param {Record<string, any>} given */
export function createTag(site, user, { name = "", _fields }) {
  if (!can(user, "edit_posts"))
    throw forbidden(
      user,
      "rest_cannot_create",
      "Sorry, you are not allowed to create terms in this taxonomy.",
    );
  const slug = slugOf(name);
  if (slug === "") throw new Refusal(400, "rest_missing_callback_param", "Missing parameter(s): name");
  const there = site.tags.find((term) => term.slug === slug);
  if (there)
    throw new Refusal(400, "term_exists", "A term with the name provided already exists in this taxonomy.", {
      term_id: there.id,
    });
  const term = { id: site.nextId(), name: escapeHtml(name), slug };
  site.tags.push(term);
  return { status: 201, json: chosen(term, _fields), effect: `tag ${term.id}` };
}
