import { sha256 } from "../../files/hash.js";
import type { Job } from "../publishing.js";

/** The text as it is sent: the one string of the rendering, with the article's address where it has one. */
export function textOf({ rendering, link }: Pick<Job, "rendering" | "link">): string {
  const text = rendering.text.filter((part) => typeof part === "string").join("");
  const place = rendering.link;
  if (!place || link === null) return text;
  return text.slice(0, place.at) + place.before + link + text.slice(place.at);
}

/** Finds a text again at a service that may change its line breaks and blanks. */
export function textKey(text: string): string {
  return sha256(text.normalize("NFC").replace(/\s+/g, " ").trim());
}
