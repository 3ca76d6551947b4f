/** What a call to WordPress's REST API names, and the refusals: https://developer.wordpress.org/rest-api/ */

/**
 * @typedef {object} Field a parameter as the endpoint's schema describes it
 * @property {"integer" | "string" | "ids" | "slugs" | "fields"} type
 * @property {readonly string[]} [values]
 * @property {number} [max]
 *
 * @typedef {object} Upload
 * @property {string} name
 * @property {string} type
 * @property {Buffer} bytes
 */

export class Refusal extends Error {
  /**
   * @param {number} status
   * @param {string} code
   * @param {string} message
   * @param {Record<string, unknown>} [data]
   */
  constructor(status, code, message, data = {}) {
    super(message);
    Object.assign(this, { status, code, data });
  }
  /** @returns {import("../control.mjs").Answer} */
  answer() {
    const { status, code, data } = /** @type {any} */ (this);
    return { status, json: { code, message: this.message, data: { status, ...data } } };
  }
}

/** @param {string} name @param {string} why */
const invalid = (name, why) =>
  new Refusal(400, "rest_invalid_param", `Invalid parameter(s): ${name}`, { params: { [name]: why } });

/**
 * Reads query and body into one list of parameters, each checked. WordPress passes over a parameter that it does not know; here it is
 * refused, since it would be a mistake of ours.
 *
 * @param {import("../control.mjs").Asked} asked
 * @param {Readonly<Record<string, Field>>} schema
 * @returns {Promise<{ given: Record<string, any>, file: Upload | undefined }>}
 */
export async function readRequest({ query, headers, body }, schema) {
  /** @type {[string, unknown][]} */
  const pairs = [...query];
  /** @type {Upload | undefined} */
  let file;
  const type = String(headers["content-type"] ?? "");
  if (body.length > 0 && type.startsWith("application/json")) pairs.push(...Object.entries(parse(body)));
  else if (body.length > 0 && type.startsWith("multipart/form-data")) {
    const form = await new Response(new Uint8Array(body), { headers: { "content-type": type } }).formData();
    for (const [name, value] of form) {
      if (typeof value === "string") pairs.push([name, value]);
      else if (name !== "file" || file) throw invalid(name, "one file is taken, named file");
      else file = { name: value.name, type: value.type, bytes: Buffer.from(await value.arrayBuffer()) };
    }
  } else if (body.length > 0) throw new Refusal(400, "rest_invalid_json", `No body of the type ${type}`);
  /** @type {Record<string, any>} */
  const given = {};
  for (const [name, value] of pairs) {
    const field = schema[name];
    if (!field) throw invalid(name, "is not known");
    if (name in given) throw invalid(name, "is there twice");
    given[name] = checked(name, value, field);
  }
  return { given, file };
}

/** @param {Buffer} body @returns {Record<string, unknown>} */
function parse(body) {
  try {
    return JSON.parse(body.toString("utf8"));
  } catch {
    throw new Refusal(400, "rest_invalid_json", "Invalid JSON body passed.");
  }
}

/** @param {string} name @param {unknown} value @param {Field} field */
function checked(name, value, { type, values, max = Number.MAX_SAFE_INTEGER }) {
  if (type === "integer") {
    const number = Number(value);
    if (value === "" || !Number.isInteger(number) || number < 0 || number > max)
      throw invalid(name, `${name} must be an integer up to ${max}.`);
    return number;
  }
  if (type === "ids") {
    const ids = (Array.isArray(value) ? value : String(value).split(",")).map(Number);
    if (!ids.every((id) => Number.isInteger(id) && id > 0))
      throw invalid(name, `${name}[0] is not of type integer.`);
    return ids;
  }
  if (typeof value !== "string") throw invalid(name, `${name} is not of type string.`);
  if (values && !values.includes(value)) throw invalid(name, `${name} is not one of ${values.join(", ")}.`);
  return type === "slugs" || type === "fields" ? value.split(",").filter((part) => part !== "") : value;
}

/**
 * Keeps what `_fields` names.
 *
 * @param {Record<string, unknown>} whole
 * @param {readonly string[] | undefined} fields
 */
export function chosen(whole, fields) {
  return fields ? Object.fromEntries(Object.entries(whole).filter(([name]) => fields.includes(name))) : whole;
}

/** @param {string} text */
export function escapeHtml(text) {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}

/** As sanitize_title of WordPress does with Latin letters. @param {string} name */
export function slugOf(name) {
  return name
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .replace(/&[a-z]+;/gi, "")
    .toLowerCase()
    .replace(/[^a-z0-9_]+/g, "-")
    .replace(/^-|-$/g, "");
}
