import type { Job, Session } from "../publishing.js";
import { type Article, expectSame } from "./article.js";
import { withoutAnswer } from "./media.js";
import type { PostParts } from "./parts.js";
import { findPost, type Post, post, postFields, readPost } from "./posts.js";
import { ask, expectAnswer } from "./site.js";

/** The fields of a post, but for its state and address. */
export function postBody({ title, content, excerpt }: Article, { category, tags, featured }: PostParts) {
  return {
    title,
    content,
    excerpt,
    featured_media: featured,
    tags,
    ...(category !== undefined && { categories: [category] }),
  };
}

const draftSlug = (publication: string) => `kominfo-${publication}`;

/**
 * What an earlier run has written: the post that it announced, whose address a late commit or somebody at the site may have
 * changed, else the draft of this publication. Throws as `readPost`.
 */
export async function findDraft(session: Session, { publication, earlier }: Job): Promise<Post | undefined> {
  const announced = earlier?.post === undefined ? "deleted" : await readPost(session, String(earlier.post));
  if (typeof announced !== "string" && announced.status !== "trash") return announced;
  return findPost(session, draftSlug(publication));
}

/**
 * Writes the article as a draft of this publication, once. It never carries a date: a clock that is 90 s ahead would make
 * it a post of the future.
 *
 * @param found what `findDraft` has found
 */
export async function writeDraft(
  session: Session,
  publication: string,
  article: Article,
  parts: PostParts,
  found: Post | undefined,
): Promise<Post> {
  const slug = draftSlug(publication);
  const body = { ...postBody(article, parts), status: "draft", slug };
  const send = (path: string) =>
    ask(session, { method: "POST", path: `${path}?${postFields}`, json: JSON.stringify(body) });

  // Somebody at the site has taken it further, so it is theirs to change.
  if (found && found.status !== "draft") return found;
  const answer = await send(found ? `/posts/${found.id}` : "/posts").catch(withoutAnswer);
  if (answer && answer.status < 500) return same(session, article, expectAnswer(session, answer, post));
  // The server may have written it before it failed.
  const written = (await findPost(session, slug)) ?? found;
  const again = await send(written ? `/posts/${written.id}` : "/posts");
  return same(session, article, expectAnswer(session, again, post));
}

function same(session: Session, article: Article, written: Post): Post {
  expectSame(session.origin, article, {
    title: written.title.raw ?? "",
    content: written.content.raw ?? "",
  });
  return written;
}
