import { z } from "zod";
import type { Session } from "../publishing.js";
import { decodeEntities } from "./html.js";
import { ask, expectAnswer, failureOf, isSuccess } from "./site.js";

/** https://developer.wordpress.org/rest-api/reference/categories/ and …/tags/ */
const term = z.object({ id: z.number().int().positive(), name: z.string(), slug: z.string() });
type Term = z.infer<typeof term>;

/** Categories of a site that are read: a regency's portal has some dozens. */
const maxPages = 5;

/** The id of the category of this name, in any case; undefined where the site has none. It is never made: the site's editors choose their sections. */
export async function findCategory(session: Session, name: string): Promise<number | undefined> {
  for (let page = 1; page <= maxPages; page++) {
    const path = `/categories?per_page=100&orderby=id&page=${page}&_fields=id,name,slug`;
    const answer = await ask(session, { method: "GET", path });
    const terms = expectAnswer(session, answer, z.array(term));
    const found = named(terms, name);
    if (found) return found.id;
    if (page >= Number(answer.header("x-wp-totalpages") ?? 1)) return undefined;
  }
  return undefined;
}

/** The ids of these tags. A tag that the site does not have is made. */
export async function tagIds(session: Session, names: readonly string[]): Promise<number[]> {
  if (names.length === 0) return [];
  const slugs = [...new Set(names.map(slugOf))].filter((slug) => slug !== "");
  const path = `/tags?slug=${slugs.map(encodeURIComponent).join(",")}&per_page=100&_fields=id,name,slug`;
  const there =
    slugs.length === 0
      ? []
      : expectAnswer(session, await ask(session, { method: "GET", path }), z.array(term));
  const ids: number[] = [];
  // One after the other: two names that differ in case only are one tag.
  for (const name of names) ids.push(named(there, name)?.id ?? (await makeTag(session, name)));
  return [...new Set(ids)];
}

async function makeTag(session: Session, name: string): Promise<number> {
  const answer = await ask(session, {
    method: "POST",
    path: "/tags?_fields=id,name,slug",
    json: JSON.stringify({ name }),
  });
  if (!isSuccess(answer)) {
    const told = failureOf(answer);
    const id = told?.code === "term_exists" ? told.data?.term_id : undefined;
    if (id !== undefined) return id;
  }
  return expectAnswer(session, answer, term).id;
}

function named(terms: readonly Term[], name: string): Term | undefined {
  return terms.find((one) => folded(decodeEntities(one.name)) === folded(name));
}

function folded(name: string): string {
  return name.normalize("NFC").replace(/\s+/g, " ").trim().toLowerCase();
}

/** As WordPress makes a slug of most names. Where it makes another one, making the tag finds it. */
function slugOf(name: string): string {
  return name
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "");
}
