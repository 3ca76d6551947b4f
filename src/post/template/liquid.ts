import { Liquid } from "liquidjs";
import { type FilterSettings, filters } from "./filters.js";

/**
 * Liquid that can neither read files (`templates: {}` answers `include` and `render`) nor reach prototypes, nor run
 * or grow without end: limits are characters of a template, ms of rendering, and items and characters made.
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

/** Whether there is anything to render. */
export function isLiquid(text: string): boolean {
  return text.includes("{{") || text.includes("{%");
}

/** What an error of Liquid says, on one line, and where (0-based line in the text that was rendered). */
export function liquidFault(error: unknown): { reason: string; line: number } {
  const message = error instanceof Error ? error.message : String(error);
  const [, at] = /, line:(\d+)/.exec(message) ?? [];
  return {
    reason: (message.split("\n")[0] ?? "").replace(/, line:.*$/, "").slice(0, 200),
    line: at === undefined ? 0 : Number(at) - 1,
  };
}
