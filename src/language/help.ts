import type { Language } from "../text/language.js";

/** The words of `--help` stand apart from the others: help loads nothing else. */
export type HelpWords = typeof import("./id/help.js").help;

export async function loadHelp(language: Language): Promise<HelpWords> {
  return language === "en" ? (await import("./en/help.js")).help : (await import("./id/help.js")).help;
}
