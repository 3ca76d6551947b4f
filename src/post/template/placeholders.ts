import type { Diagnostic } from "../../errors/diagnostics.js";
import { error } from "../../files/diagnostic.js";
import { nearest } from "../../text/nearest.js";
import { lineOf } from "../front-matter/shapes.js";
import type { Template } from "../types.js";
import { isLiquid, liquidEngine, liquidFault } from "./liquid.js";
import { allQuestions } from "./questions.js";

/** Reports placeholders of a template that are invalid Liquid, or that name no question. */
export function checkPlaceholders(
  template: Template,
  values: Record<string, unknown>,
  lines: ReadonlyMap<string, number>,
  bodyLine: number,
): Diagnostic[] {
  const engine = liquidEngine({ dateline: true });
  const valid = ["kecamatan", "today", ...allQuestions(template).map((question) => question.key)];
  const check = (text: string, key: string | undefined, line: number | undefined): Diagnostic[] => {
    try {
      const unknown = engine.globalVariablesSync(engine.parse(text)).filter((name) => !valid.includes(name));
      return unknown.map((name) => {
        const near = nearest(name, valid);
        const used = key === undefined ? usedAt(text, name) : 0;
        return error(
          { key, line: (line ?? 1) + used },
          "unknown-variable",
          near ? { name, nearest: near } : { name },
        );
      });
    } catch (cause) {
      const fault = liquidFault(cause);
      const at = { key, line: (line ?? 1) + (key === undefined ? fault.line : 0) };
      return [error(at, "liquid-invalid", { reason: fault.reason })];
    }
  };
  const checkValue = (value: unknown, key: string): Diagnostic[] => {
    if (typeof value === "string") return isLiquid(value) ? check(value, key, lineOf(key, lines)) : [];
    if (typeof value !== "object" || value === null) return [];
    return Object.entries(value).flatMap(([innerKey, inner]) => checkValue(inner, `${key}.${innerKey}`));
  };
  const { template: _, ...front } = values;
  return [
    ...Object.entries(front).flatMap(([key, value]) => checkValue(value, key)),
    ...check(template.body, undefined, bodyLine),
  ];
}

/** The 0-based line on which the name first occurs. */
function usedAt(text: string, name: string): number {
  const at = text.search(new RegExp(`\\b${name.replace(/\W/g, "\\$&")}\\b`));
  return text.slice(0, Math.max(at, 0)).split("\n").length - 1;
}
