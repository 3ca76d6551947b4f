import { Liquid } from "liquidjs";
import { type FilterSettings, filters } from "./filters.js";

/**
 * Creates a sandboxed Liquid engine. `templates: {}` keeps `include` and `render` from reading files, and
 * `ownPropertyOnly` blocks prototypes. The limits are characters of a template, milliseconds of rendering, and items and
 * characters created.
 */
export function liquidEngine(settings: FilterSettings): Liquid {
  const engine = new Liquid({
    templates: {},
    strictFilters: true,
    ownPropertyOnly: true,
    parseLimit: 1_000_000,
    renderLimit: 5_000,
    memoryLimit: 20_000_000,
  });
  for (const [name, filter] of Object.entries(filters(settings))) engine.registerFilter(name, filter);
  return engine;
}

/** Whether a text contains Liquid. */
export function isLiquid(text: string): boolean {
  return text.includes("{{") || text.includes("{%");
}

/** The message of a Liquid error on one line, and the 0-based line in the rendered text. */
export function liquidFault(error: unknown): { reason: string; line: number } {
  const message = error instanceof Error ? error.message : String(error);
  const [, at] = /, line:(\d+)/.exec(message) ?? [];
  return {
    reason: (message.split("\n")[0] ?? "").replace(/, line:.*$/, "").slice(0, 200),
    line: at === undefined ? 0 : Number(at) - 1,
  };
}
