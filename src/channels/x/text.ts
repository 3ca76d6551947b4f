import { usage } from "../../errors/errors.js";
import { sha256 } from "../../files/hash.js";
import type { Job } from "../publishing.js";
import { textOf } from "../sending/text.js";
import { weightedLength } from "./links.js";

/** The text that is sent. Throws `x-text-too-long` (exit 2). */
export function postText(job: Pick<Job, "rendering" | "link">): string {
  const text = textOf(job);
  const length = weightedLength(text);
  const { limit } = job.rendering;
  if (limit !== null && length > limit) throw usage("x-text-too-long", { length, limit });
  return text;
}

/** An address within a post that was read, as X lists it. */
export interface Link {
  /** What stands in the text: https://t.co/… */
  url: string;
  expanded_url?: string | null | undefined;
}

/**
 * Finds a text again that X has shown: X writes `&` as an entity, puts links behind t.co, and adds one for photos and for a post that is
 * quoted. What an editor could not see (blanks, joiners, the scheme of an address) makes no difference.
 *
 * @param links of a text that was read; none for one that is sent
 */
export function textKey(text: string, links: readonly Link[] = []): string {
  const shortened = new Map(links.map(({ url, expanded_url }) => [url, expanded_url ?? ""]));
  const whole = text.replace(/https:\/\/t\.co\/\w+/g, (url) => {
    const address = shortened.get(url) ?? url;
    return isOwnAddition(address) ? "" : address;
  });
  const plain = whole
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&amp;", "&")
    .normalize("NFC")
    .replace(/[\u200b-\u200d\u2060\ufeff]/g, "")
    .replace(/https?:\/\//gi, "")
    .replace(/\s+/g, " ")
    .trim()
    .toLowerCase();
  return sha256(plain);
}

/** The address of a post or of its photo, which X itself adds at the end. */
function isOwnAddition(address: string): boolean {
  return /^https:\/\/(x|twitter)\.com\/\w+\/status\/\d+/.test(address);
}
