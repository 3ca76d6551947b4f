import type { Language } from "../text/language.js";
import type * as id from "./id/index.js";
/** The whole catalogue: Indonesian is the original, English has the same shape (the compiler sees to it). */
export type Messages = typeof id;

/** Loads one language; the other is never read. */
export async function loadMessages(language: Language): Promise<Messages> {
  return language === "en" ? await import("./en/index.js") : await import("./id/index.js");
}
