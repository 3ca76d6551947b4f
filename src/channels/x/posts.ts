import { z } from "zod";
import type { Session } from "../publishing.js";
import { ask, xProblem } from "./requests.js";
import { type Link, textKey } from "./text.js";

/** A snowflake: the id of a post or a user. */
export const snowflake = z.string().regex(/^\d{1,19}$/);

const link = z.object({ url: z.string(), expanded_url: z.string().nullish() }) satisfies z.ZodType<Link>;
const post = z.object({
  id: snowflake,
  text: z.string().default(""),
  attachments: z.object({ media_keys: z.array(z.string()).nullish() }).nullish(),
  entities: z.object({ urls: z.array(link).nullish() }).nullish(),
});
const timelinePage = z.object({
  data: z.array(post).default([]),
  meta: z.object({ next_token: z.string().min(1).max(200).optional() }).optional(),
});
const onePost = z.object({
  data: post.optional(),
  errors: z.array(z.object({ type: z.string().optional() })).optional(),
});

/** Leads to a post without the name of its author, which is not known everywhere. */
export const postAddress = (id: string) => `https://x.com/i/status/${id}`;

/** What a lookup finds a post by. */
export interface PostKeys {
  user: string;
  /** ISO 8601. */
  since: string;
  until?: string;
  media: readonly string[];
  /** As `textKey` makes it. */
  text: string;
}

/** Pages of a hundred posts that are read at most. X bills each post. */
const maxPages = 5;

/**
 * Looks in a user's own timeline for a post with one of these photos, or with the same text.
 * https://docs.x.com/x-api/users/get-posts. Throws as `xProblem`.
 */
export async function findPost(session: Session, keys: PostKeys): Promise<string | undefined> {
  let page: string | undefined;
  for (let number = 0; number < maxPages; number += 1) {
    const { data, meta } = await readTimeline(session, keys, page);
    const found = data.find(
      ({ attachments, entities, text }) =>
        attachments?.media_keys?.some((key) => keys.media.includes(key)) ||
        textKey(text, entities?.urls ?? []) === keys.text,
    );
    if (found) return found.id;
    page = meta?.next_token;
    if (page === undefined) return undefined;
  }
  return undefined;
}

/** Makes sure that this login reads and is paid for. Costs nothing while nothing was posted since. Throws as `xProblem`. */
export async function checkLogin(session: Session, user: string, since: string): Promise<void> {
  await readTimeline(session, { user, since }, undefined, 5);
}

async function readTimeline(
  session: Session,
  { user, since, until }: Pick<PostKeys, "user" | "since" | "until">,
  page: string | undefined,
  max = 100,
) {
  const query = [
    ["start_time", since],
    ...(until === undefined ? [] : [["end_time", until]]),
    ["max_results", String(max)],
    ["post.fields", "attachments,entities"],
    ...(page === undefined ? [] : [["pagination_token", page]]),
  ];
  const answer = await ask(session, {
    method: "GET",
    path: `/2/users/${user}/tweets?${query.map(([name, value]) => `${name}=${encodeURIComponent(value!)}`).join("&")}`,
  });
  const found = answer.status === 200 ? timelinePage.safeParse(answer.body).data : undefined;
  if (!found) throw xProblem(answer, session);
  return found;
}

/** Whether a post can be read. X answers 200 with an error where it is not there. Throws as `xProblem`. */
export async function isPostThere(session: Session, id: string): Promise<boolean> {
  const answer = await ask(session, { method: "GET", path: `/2/tweets/${id}` });
  if (answer.status === 404) return false;
  const found = answer.status === 200 ? onePost.safeParse(answer.body).data : undefined;
  if (found?.data) return true;
  if (found?.errors?.some(({ type }) => type?.endsWith("/resource-not-found"))) return false;
  throw xProblem(answer, session);
}
