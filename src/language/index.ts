import type * as id from "./id/index.js";

export type Language = "id" | "en";
export const languages: readonly Language[] = ["id", "en"];

/** The whole catalogue. Indonesian is the original; the compiler checks that English has the same shape. */
export type Messages = typeof id;

/** Loads one language only. */
export async function loadMessages(language: Language): Promise<Messages> {
  return language === "en" ? await import("./en/index.js") : await import("./id/index.js");
}
