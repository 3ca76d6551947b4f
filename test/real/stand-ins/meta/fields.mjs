/** Field expansion, "id,attachments{target{id}}": https://developers.facebook.com/docs/graph-api/guides/field-expansion */
import { invalid, Refusal } from "./errors.mjs";
import { knowsField } from "./spec.mjs";

/** @typedef {{ name: string, fields: Wanted[] | undefined }} Wanted */

/**
 * @param {string} text
 * @returns {Wanted[]}
 */
export function readFields(text) {
  let at = 0;
  /** @returns {Wanted[]} */
  function list() {
    /** @type {Wanted[]} */
    const found = [];
    for (;;) {
      const [name] = /^\w+/.exec(text.slice(at)) ?? [];
      if (name === undefined) throw syntax(text);
      at += name.length;
      const limit = /^\.limit\(\d+\)/.exec(text.slice(at))?.[0] ?? "";
      at += limit.length;
      let fields;
      if (text[at] === "{") {
        at += 1;
        fields = list();
        if (text[at] !== "}") throw syntax(text);
        at += 1;
      }
      found.push({ name, fields });
      if (text[at] !== ",") return found;
      at += 1;
    }
  }
  const fields = list();
  if (at !== text.length) throw syntax(text);
  return fields;
}

/** @param {string} text */
function syntax(text) {
  return new Refusal(2500, `Syntax error "Expected end of string" at character ${text.length}: ${text}`);
}

/** The node that a field leads to. @type {Record<string, string>} */
const leadsTo = {
  "PagePost attachments": "StoryAttachment",
  "StoryAttachment subattachments": "StoryAttachment",
  "StoryAttachment target": "target",
  "IGMedia children": "IGMedia",
};

/**
 * Refuses fields that the node does not have, also where an answer has nothing to show.
 *
 * @param {string} node
 * @param {readonly Wanted[]} wanted
 */
export function checkFields(node, wanted) {
  for (const { name, fields } of wanted) {
    if (!knowsField(node, name)) {
      throw invalid(`Tried accessing nonexisting field (${name}) on node type (${node})`);
    }
    const next = leadsTo[`${node} ${name}`];
    if (next && fields) checkFields(next, fields);
  }
}

/**
 * What an answer shows of `value`: only what was asked for, and the id.
 *
 * @param {string} node
 * @param {Record<string, any>} value
 * @param {readonly Wanted[]} wanted
 * @returns {Record<string, unknown>}
 */
export function show(node, value, wanted) {
  checkFields(node, wanted);
  return project(node, value, wanted);
}

/**
 * @param {string} node
 * @param {Record<string, any>} value
 * @param {readonly Wanted[]} wanted
 */
function project(node, value, wanted) {
  /** @type {Record<string, unknown>} */
  const shown = {};
  for (const { name, fields } of wanted) {
    const found = value[name];
    if (found === undefined) continue;
    const next = leadsTo[`${node} ${name}`];
    if (!next) shown[name] = found;
    else if (Array.isArray(found?.data)) {
      const asked = fields ?? [{ name: next === "IGMedia" ? "id" : "target", fields: undefined }];
      shown[name] = { data: found.data.map((/** @type {any} */ each) => project(next, each, asked)) };
    } else shown[name] = fields ? project(next, found, fields) : found;
  }
  return value.id === undefined || node === "target" ? shown : { ...shown, id: value.id };
}
