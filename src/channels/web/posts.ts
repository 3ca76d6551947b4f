import { z } from "zod";
import { KominfoError } from "../../errors/errors.js";
import type { HttpAnswer } from "../../http/client.js";
import { cleanLine } from "../../text/clean.js";
import type { Outcome, Session } from "../publishing.js";
import { decodeEntities } from "./html.js";
import { ask, failureOf, isSuccess, read, siteProblem } from "./site.js";

/** https://developer.wordpress.org/rest-api/reference/posts/ */
const rendered = z.object({ raw: z.string().optional(), rendered: z.string().default("") });
export const post = z.object({
  id: z.number().int().positive(),
  status: z.string(),
  slug: z.string(),
  link: z.string(),
  title: rendered,
  content: rendered,
  /** Id of the lead photo; 0 for none. */
  featured_media: z.number().int().nonnegative().catch(0),
  /** Where readers would find it; only for who may edit it. */
  permalink_template: z.string().optional(),
});
export type Post = z.infer<typeof post>;
export const postFields =
  "_fields=id,status,slug,link,title,content,featured_media,permalink_template&context=edit";

/** What a request for a post found out: the post; that there is none; or that this user may not see it. */
export type PostReading = Post | "deleted" | "hidden";

/** Reads a post by its id, with its raw texts where this user may edit it. Throws as `siteProblem`. */
export async function readPost(session: Session, id: string): Promise<PostReading> {
  const full = await ask(session, { method: "GET", path: `/posts/${id}?${postFields}` });
  const found = isSuccess(full) ? post.safeParse(full.body) : undefined;
  if (found?.success) return found.data;
  if (isGone(full)) return "deleted";
  if (!isForbidden(full)) throw siteProblem(session, full, "edit_posts");
  // A contributor may not edit what is published, but may read it as everybody does.
  const open = await ask(session, {
    method: "GET",
    path: `/posts/${id}?_fields=id,status,slug,link,title,content,featured_media`,
  });
  const seen = isSuccess(open) ? post.safeParse(open.body) : undefined;
  if (seen?.success) return seen.data;
  if (isGone(open)) return "deleted";
  if (isForbidden(open)) return "hidden";
  throw siteProblem(session, open, "edit_posts");
}

/** The oldest post that this user can see with exactly this slug, whatever its state. */
export async function findPost(session: Session, slug: string, status = "any"): Promise<Post | undefined> {
  const path = `/posts?slug=${encodeURIComponent(slug)}&status=${status}&per_page=20&orderby=id&order=asc&${postFields}`;
  const posts = await read(session, path, z.array(post));
  return posts.find((one) => one.slug === slug);
}

/** WordPress's own word that a post does not exist. A page in place of an answer proves nothing. */
function isGone(answer: HttpAnswer): boolean {
  return answer.status === 404 && codeOf(answer.body) === "rest_post_invalid_id";
}

/** WordPress says 403 to a user, and 401 to a visitor: then the login did not arrive. */
function isForbidden(answer: HttpAnswer): boolean {
  return answer.status === 403 && /^rest_(forbidden|cannot)/.test(codeOf(answer.body));
}

function codeOf(body: unknown): string {
  return z.object({ code: z.string() }).safeParse(body).data?.code ?? "";
}

/** The address of a published post, fit to be recorded; null where the site names none. */
export function linkOf({ link }: Post): string | null {
  const isFit = link.length <= 2000 && URL.canParse(link) && /^https?:$/.test(new URL(link).protocol);
  return isFit ? new URL(link).href : null;
}

/** What has become of a post. `unclear` stands for what says nothing about readers. */
export function outcomeOf(found: PostReading, id: string): Outcome | { state: "draft" } {
  if (found === "hidden") return { state: "unclear", code: "other-user" };
  if (found === "deleted") return { state: "failed", code: "deleted", reason: "" };
  const { status } = found;
  if (status === "publish") return { state: "published", remote_id: id, url: linkOf(found) };
  // Somebody at the site holds it: it waits, or it is scheduled.
  if (status === "pending" || status === "future") return { state: "handed_over", remote_id: id, url: null };
  if (status === "draft" || status === "auto-draft") return { state: "draft" };
  if (status === "trash") return { state: "failed", code: "trashed", reason: "" };
  return { state: "unclear", code: `status-${cleanLine(status).slice(0, 40)}` };
}

const notes = z.array(
  z.object({ content: z.object({ raw: z.string().optional(), rendered: z.string().default("") }) }),
);

/** The last note that the site's editors wrote to a post (WordPress 6.9 and newer); undefined where there is none. */
export async function lastNote(session: Session, id: string): Promise<string | undefined> {
  const path = `/comments?post=${id}&type=note&status=all&context=edit&orderby=date&order=desc&per_page=10&_fields=content`;
  try {
    const answer = await ask(session, { method: "GET", path });
    // Older ones answer 400: they let nobody ask for a type.
    const found = isSuccess(answer) ? notes.safeParse(answer.body).data : undefined;
    const texts = (found ?? []).map(({ content }) => content.raw ?? content.rendered);
    const note = texts
      .map((html) => cleanLine(decodeEntities(html.replace(/<[^>]*>/g, " "))))
      .find((text) => text !== "");
    return note?.slice(0, 1000);
  } catch (error) {
    // What the editors think is worth telling, and not worth failing for.
    if (error instanceof KominfoError && error.code !== "cancelled") return undefined;
    throw error;
  }
}

/** What the site says of a commit that did not do what it was sent for. */
export function unclearAnswer(answer: HttpAnswer): { code: string; reason: string } {
  const told = failureOf(answer);
  return {
    code: told ? cleanLine(told.code).slice(0, 60) : `http-${answer.status}`,
    reason: told ? cleanLine(told.message).slice(0, 500) : answer.type,
  };
}
