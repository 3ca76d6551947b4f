import { createHash } from "node:crypto";
import type { LookupKeys } from "../../contract/contract.js";
import { denied, failed } from "../../errors/errors.js";
import type { Job, Outcome, Session } from "../publishing.js";
import { type Article, articleOf, type MediaItem } from "./article.js";
import { postBody } from "./draft.js";
import { visibleText } from "./html.js";
import type { PostParts } from "./parts.js";
import { findPost, linkOf, outcomeOf, type Post, readPost } from "./posts.js";

/** Texts of a post, as HTML. */
interface Texts {
  title: string;
  content: string;
}

/**
 * Finds the published post that a correction changes in place, by its id, or by its address where a person recorded it.
 * Throws `web-not-live` (exit 1) when readers do not see it, and `web-not-editable` (exit 4) when this user may not
 * change it: contributors may not, and authors only what is theirs.
 */
export async function findCorrected(
  session: Session,
  { remote_id, url }: NonNullable<Job["corrects"]>,
): Promise<Post> {
  const found = remote_id ? await readPost(session, remote_id) : await findByAddress(session, url);
  const link = url ?? (typeof found === "object" ? found.link : `${session.origin}/?p=${remote_id}`);
  if (found === "hidden" || found === "deleted" || found?.status !== "publish") {
    throw failed("web-not-live", { link });
  }
  if (found.content.raw === undefined) {
    throw denied("web-not-editable", { origin: session.origin, account: session.secret.user ?? "", link });
  }
  return found;
}

async function findByAddress(session: Session, url: string | null): Promise<Post | "deleted"> {
  const slug = url === null ? "" : (new URL(url).pathname.split("/").filter(Boolean).at(-1) ?? "");
  const found = slug === "" ? undefined : await findPost(session, decodeURIComponent(slug), "publish");
  return found && linkOf(found) === new URL(url!).href ? found : "deleted";
}

/** What the commit of a correction needs, and what proves it: how the post's texts are before and after. */
export function correctionIntent(
  live: Post,
  rendering: Job["rendering"],
  article: Article,
  parts: PostParts,
): LookupKeys {
  return {
    corrects: String(live.id),
    before: fingerprint(textsOf(live)),
    after: fingerprint(article),
    after_text: fingerprint(visible(article)),
    media: mediaKeys(rendering, parts),
    featured: String(parts.featured),
    category: String(parts.category ?? ""),
    tags: parts.tags.map(String).slice(0, 40),
  };
}

/** The photos of a rendering as the site has them: "12 https://…". */
export function mediaKeys({ photos }: Job["rendering"], { media }: PostParts): string[] {
  return photos.map(({ sha256 }) => {
    const { id, url } = media.get(sha256)!;
    return `${id} ${url}`;
  });
}

/** The fields that the commit of a correction writes. Its address and date stay. */
export function correctionBody(rendering: Job["rendering"], intent: LookupKeys) {
  const media = new Map<string, MediaItem>();
  for (const [index, { sha256 }] of rendering.photos.entries()) {
    const [id, url] = (intent.media?.[index] ?? "").split(" ");
    media.set(sha256, { id: Number(id), url: url ?? "" });
  }
  return postBody(articleOf(rendering, media), {
    media,
    featured: Number(intent.featured),
    category: intent.category === "" ? undefined : Number(intent.category),
    tags: [intent.tags ?? []].flat().map(Number),
  });
}

/** Reads the live post back. Where kses has rewritten the markup, what readers see decides. */
export async function lookupCorrection(
  session: Session,
  intent: LookupKeys,
  ifUntouched: Outcome,
): Promise<Outcome> {
  const id = String(intent.corrects);
  const found = await readPost(session, id);
  if (typeof found === "string" || found.status !== "publish") {
    const outcome = outcomeOf(found, id);
    return outcome.state === "draft" || outcome.state === "handed_over"
      ? { state: "unclear", code: "not-live" }
      : outcome;
  }
  if (found.content.raw === undefined) return { state: "unclear", code: "other-user" };
  const texts = textsOf(found);
  const published: Outcome = { state: "published", remote_id: id, url: linkOf(found) };
  if (fingerprint(texts) === intent.after) return published;
  if (fingerprint(texts) === intent.before) return ifUntouched;
  if (fingerprint(visible(texts)) === intent.after_text) return published;
  return { state: "unclear", code: "edited-there" };
}

function textsOf({ title, content }: Post): Texts {
  return { title: title.raw ?? "", content: content.raw ?? "" };
}

function visible({ title, content }: Texts): Texts {
  return { title: visibleText(title), content: visibleText(content) };
}

function fingerprint({ title, content }: Texts): string {
  return createHash("sha256")
    .update(JSON.stringify([title, content]))
    .digest("hex");
}
