import type { Rendering } from "./types.js";

type Segment = Rendering["text"][number];

/** Joins a text with places: neighbouring strings become one, and empty ones none. */
export function joinSegments(segments: readonly Segment[]): Segment[] {
  const joined: Segment[] = [];
  for (const segment of segments) {
    const last = joined.at(-1);
    if (segment === "") continue;
    if (typeof segment === "string" && typeof last === "string") joined[joined.length - 1] = last + segment;
    else joined.push(segment);
  }
  return joined;
}
