import type { Language } from "../text/language.js";

/** The messages of `--help` are separate from the rest of the catalogue, so that help loads nothing else. */
export type HelpMessages = typeof import("./id/help.js").help;

export async function loadHelp(language: Language): Promise<HelpMessages> {
  return language === "en" ? (await import("./en/help.js")).help : (await import("./id/help.js")).help;
}
