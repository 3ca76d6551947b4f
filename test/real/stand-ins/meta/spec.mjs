/** The parameters and fields that Meta's machine-readable specs name (../shared/specs/meta, where it is there). */
import { readFileSync } from "node:fs";
import path from "node:path";
import { invalid } from "./errors.mjs";

const folder = path.resolve(import.meta.dirname, "../../../../../shared/specs/meta");

/** @typedef {{ name: string, type: string, required?: boolean }} Parameter */
/** @typedef {{ method: string, endpoint?: string, name?: string, params: Parameter[] }} Call */
/** @typedef {{ apis: Call[], fields: { name: string, type: string }[] }} Node */

const nodes = ["Page", "PagePost", "Photo", "IGUser", "IGMedia", "ContentPublishingLimitResponse"];
/** @type {Map<string, Node> | undefined} */
const specs = readSpecs();
/** Without the specs, parameters are only checked against what kominfo needs; the suites then skip. */
export const hasSpecs = specs !== undefined;

function readSpecs() {
  try {
    return new Map(nodes.map((name) => [name, readNode(name)]));
  } catch {
    return undefined;
  }
}

/** @param {string} name */
function readNode(name) {
  return /** @type {Node} */ (JSON.parse(readFileSync(path.join(folder, `${name}.json`), "utf8")));
}

/** Every call takes these: https://developers.facebook.com/docs/graph-api/guides/field-expansion and …/guides/results */
const everywhere = new Set(["access_token", "fields", "debug", "pretty", "format"]);
const paging = new Set(["limit", "after", "before", "since", "until"]);

/** What kominfo sends, for a demo without the specs. @type {Record<string, Parameter[]>} */
const needed = {
  "POST Page photos": typed("published bool", "alt_text_custom string"),
  "POST Page feed": typed("message string", "attached_media list<Object>"),
  "POST PagePost": typed("message string"),
  "POST IGUser media": typed(
    "image_url string",
    "caption string",
    "alt_text string",
    "media_type string",
    "children list<string>",
    "is_carousel_item bool",
  ),
  "POST IGUser media_publish": [{ name: "creation_id", type: "unsigned int", required: true }],
};

/** @param {string[]} texts */
function typed(...texts) {
  return texts.map((text) => {
    const [name = "", type = ""] = text.split(" ");
    return { name, type };
  });
}

/**
 * Refuses what the call does not take, as Meta does: code 100.
 *
 * @param {string} method
 * @param {string} node
 * @param {string | undefined} edge
 * @param {ReadonlyMap<string, string>} given names as they came, with their "[0]"
 */
export function checkParameters(method, node, edge, given) {
  const parameters = specs
    ? specs.get(node)?.apis.find((call) => call.method === method && call.endpoint === edge)?.params
    : (needed[[method, node, ...(edge ? [edge] : [])].join(" ")] ?? []);
  if (!parameters) throw invalid(`Unsupported ${method.toLowerCase()} request`);
  for (const [name, value] of given) {
    const base = name.replace(/\[.*$/, "");
    if (everywhere.has(base) || (method === "GET" && edge !== undefined && paging.has(base))) continue;
    const parameter = parameters.find((known) => known.name === base);
    if (!parameter) throw invalid(`Unknown parameter: ${base}`);
    checkType(parameter, value);
  }
  for (const { name, required } of parameters) {
    if (required && !given.has(name)) throw invalid(`The parameter ${name} is required`);
  }
}

/**
 * @param {Parameter} parameter
 * @param {string} value
 */
function checkType({ name, type }, value) {
  if (type === "bool" && !/^(true|false|0|1)$/.test(value)) throw invalid(`Param ${name} must be a boolean`);
  if (type === "unsigned int" && !/^\d+$/.test(value)) throw invalid(`Param ${name} must be an integer`);
}

/** Edges and parts that a node's `fields` may name beside the fields of its spec. @type {Record<string, string[]>} */
const edges = {
  PagePost: ["attachments"],
  IGMedia: ["children"],
  StoryAttachment: [
    "description",
    "media",
    "media_type",
    "subattachments",
    "target",
    "title",
    "type",
    "unshimmed_url",
    "url",
  ],
  target: ["id", "url"],
  IGContainer: ["copyright_check_status", "id", "status", "status_code"],
};

/**
 * @param {string} node
 * @param {string} field
 */
export function knowsField(node, field) {
  if (edges[node]?.includes(field)) return true;
  if (!nodes.includes(node)) return false;
  return specs === undefined || specs.get(node)?.fields.some(({ name }) => name === field) === true;
}
