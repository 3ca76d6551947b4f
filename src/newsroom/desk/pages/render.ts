import path from "node:path";
import { Liquid } from "liquidjs";
import { clean, escapeHtml } from "../../../text/clean.js";
import { Html } from "../../../text/html.js";

/**
 * Creates the view engine. Output is escaped, and control and bidi characters are removed. Three filters differ: `html`
 * accepts only `Html` and outputs it as it is; `field` only escapes, because removing characters would change the text
 * that a form gives back for editing; `exact` is `field` for a text that is copied. Includes are named relative to `folder`, e.g. "parts/tokens".
 */
export function createViews(folder = path.join(import.meta.dirname, "../views")): Liquid {
  const engine = new Liquid({
    root: folder,
    extname: ".liquid",
    cache: true,
    relativeReference: false,
    ownPropertyOnly: true,
    strictFilters: true,
    strictVariables: true,
    lenientIf: true,
    outputEscape: (value) => escapeHtml(clean(textOf(value))),
  });
  engine.registerFilter("html", {
    raw: true,
    handler(value: unknown) {
      if (!(value instanceof Html)) throw new TypeError("the filter html takes nothing but Html");
      return value.html;
    },
  });
  // What is copied from a page stays as it is: a parser would make a line feed of each carriage return.
  engine.registerFilter("exact", {
    raw: true,
    handler: (value: unknown) => escapeHtml(textOf(value)).replaceAll("\r", "&#13;"),
  });
  engine.registerFilter("field", { raw: true, handler: (value: unknown) => escapeHtml(textOf(value)) });
  return engine;
}

function textOf(value: unknown): string {
  if (typeof value === "string" || typeof value === "number") return String(value);
  if (value === null || value === undefined) return "";
  throw new TypeError(`a view shows text and numbers, not a ${typeof value}`);
}
