import type { IncomingHttpHeaders } from "node:http";

/** An entity tag (RFC 9110, 8.8.3). */
interface EntityTag {
  isWeak: boolean;
  /** With its quotes. */
  opaque: string;
}

/**
 * Parses If-Match, If-None-Match or If-Range. Between its quotes a tag may hold commas and spaces. What is no tag, such as
 * a date or a word without quotes, is left out: it equals nothing.
 *
 * @returns "*" if that is the whole header
 */
function entityTags(header: string): readonly EntityTag[] | "*" {
  if (header.trim() === "*") return "*";
  return [...header.matchAll(/(?:^|,)[ \t]*(W\/)?("[\x21\x23-\x7e\x80-\xff]*")(?=[ \t]*(?:,|$))/g)].map(
    ([, weak, opaque = ""]) => ({ isWeak: weak !== undefined, opaque }),
  );
}

/** The tags of a header that are strong, with their quotes; weak ones equal nothing where the comparison is strong. */
export function strongTags(header: string): readonly string[] | "*" {
  const tags = entityTags(header);
  return tags === "*" ? tags : tags.filter(({ isWeak }) => !isWeak).map(({ opaque }) => opaque);
}

/** Whether If-None-Match names one of these strong tags, or `*`: compared weakly (RFC 9110, 13.1.2). */
export function isHeld(headers: IncomingHttpHeaders, ...etags: string[]): boolean {
  const tags = entityTags(headers["if-none-match"] ?? "");
  return tags === "*" || tags.some(({ opaque }) => etags.includes(opaque));
}

/** How a GET or HEAD is to be answered: 412, 304, 200, or 206 with the range. */
type Selected = "failed" | "held" | "whole" | "range";

/**
 * Evaluates the conditions of a GET or HEAD in the order of RFC 9110, 13.2.2. Dates are not looked at: what has no
 * modification date has none that could match. HEAD has no ranges (14.2).
 *
 * @param etag the strong tag of what is there
 */
export function selectPart(method: string, headers: IncomingHttpHeaders, etag: string): Selected {
  const required = headers["if-match"];
  if (required !== undefined && required.trim() !== "*" && !strongTags(required).includes(etag))
    return "failed";
  if (isHeld(headers, etag)) return "held";
  if (method !== "GET" || headers.range === undefined) return "whole";
  const ifRange = headers["if-range"];
  if (ifRange === undefined) return "range";
  const [tag, ...others] = typeof ifRange === "string" ? strongTags(ifRange) : [];
  return tag === etag && others.length === 0 ? "range" : "whole";
}
