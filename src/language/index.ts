import type { Language } from "../text/language.js";
import type * as id from "./id/index.js";

/** The whole catalogue. Indonesian is the original; the compiler checks that English has the same shape. */
export type Messages = typeof id;

/** Loads one language only. */
export async function loadMessages(language: Language): Promise<Messages> {
  return language === "en" ? await import("./en/index.js") : await import("./id/index.js");
}
