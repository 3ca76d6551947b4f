import { z } from "zod";
import type { LookupKeys, RenderedPhoto } from "../../contract/contract.js";
import { denied, failed, temporary } from "../../errors/errors.js";
import { forEachConcurrently } from "../../pool.js";
import { type Graph, isNotThere, readNode } from "../meta/graph.js";
import { graphProblem } from "../meta/problems.js";
import type { ChannelAccount, Job, Outcome, Session } from "../publishing.js";
import { committed, minuteMs, nextLook } from "../sending/outcome.js";
import { textKey, textOf } from "../sending/text.js";
import { checkPage, openPage } from "./page.js";
import { findPost } from "./posts.js";

export { takeDown } from "./take-down.js";

/** Photos that are on their way at a time. */
const uploadsAtOnce = 3;
/** After this long, a post that is not listed does not exist. Minutes after the intent at which it is looked for. */
const looks = [1, 5, 15];
/**
 * How long Meta keeps photos that no post shows, in minutes. It says the same of what it has removed and of what a login may not see, so before that
 * nothing is taken for removed.
 */
const keptMinutes = 24 * 60;
/**
 * How much earlier than its intent a post may be by Meta's clock. A photo's id is in one post only, whenever it came; the same text may
 * have come out before.
 */
const photoSlackMs = 26 * 60 * minuteMs;
const textSlackMs = 5 * minuteMs;

const created = z.object({ id: z.string().regex(/^\d{5,30}$/) });
const posted = z.object({ id: z.string().regex(/^\d{5,30}(_\d{1,30})?$/) });

/** What an intent names. `photos` are unpublished photos, `corrects` the post whose text changes. */
const keys = z.object({
  page: z.string(),
  text: z.string(),
  since: z.string(),
  photos: z.array(z.string()).default([]),
  corrects: z.string().optional(),
});

/** Throws `channel-other-account` (exit 4): what another page shows proves nothing. */
function keysOf(intent: LookupKeys, page: string): z.infer<typeof keys> {
  const found = keys.parse(intent);
  if (found.page !== page) throw denied("channel-other-account", { service: "facebook", id: found.page });
  return found;
}

export function storedAccount({ secret }: Pick<Session, "secret">): string | undefined {
  return secret.page_id;
}

export async function account(session: Session): Promise<ChannelAccount> {
  const { page, asked, graph } = openPage(session);
  const answer = await readNode(graph, page, "id,name");
  const found = z.object({ id: z.literal(page), name: z.string() }).safeParse(answer.body);
  if (answer.status !== 200 || !found.success) throw graphProblem(answer, asked);
  return { account: page, label: found.data.name, mode: "publish" };
}

/**
 * Uploads the photos unpublished, each once. For a correction nothing: only the text of a post can be changed. Throws
 * `channel-post-unknown` (exit 1), `channel-photos-hidden` (exit 5), and as `graphProblem`.
 */
export async function prepare(session: Session, job: Job): Promise<LookupKeys> {
  const { page, graph } = openPage(session);
  const text = textKey(textOf(job));
  const since = session.newsroomNow().toISOString();
  if (job.corrects) {
    const { remote_id, url } = job.corrects;
    if (remote_id === null) throw failed("channel-post-unknown", { service: "facebook", url: url ?? "?" });
    return { page, text, since, corrects: remote_id };
  }
  const wanted = job.rendering.photos;
  const earlier = keys.safeParse(job.earlier).data;
  if (earlier && earlier.photos.length > 0 && earlier.photos.length === wanted.length) {
    // Facebook publishes a photo once. If that post is out after all, it is as old as its first intent.
    if (await areThere(session, graph, earlier.photos)) {
      return { page, text, since: earlier.since, photos: earlier.photos };
    }
    const elapsedMs = session.newsroomNow().getTime() - Date.parse(earlier.since);
    if (nextLook(elapsedMs, [keptMinutes]) !== undefined) {
      throw temporary("channel-photos-hidden", { service: "facebook" });
    }
  }
  const photos = new Map<RenderedPhoto, string>();
  await forEachConcurrently(wanted, uploadsAtOnce, async (photo) => {
    photos.set(photo, await uploaded(session, job, graph, photo));
    job.onProgress?.({ done: photos.size, total: wanted.length });
  });
  return { page, text, since, photos: wanted.map((photo) => photos.get(photo) ?? "") };
}

/** The id of the unpublished photo: an earlier run's, as long as Meta has it. */
async function uploaded(session: Session, job: Job, graph: Graph, photo: RenderedPhoto): Promise<string> {
  for (let n = 1; ; n++) {
    let isNew = false;
    const key = n === 1 ? `photo ${photo.sha256}` : `photo ${photo.sha256} ${n}`;
    const id = await job.once(key, async () => {
      isNew = true;
      return upload(session, graph, photo, await job.photo(photo));
    });
    if (isNew || (await areThere(session, graph, [id]))) return id;
  }
}

async function upload(
  session: Session,
  graph: Graph,
  { alt }: RenderedPhoto,
  bytes: Uint8Array,
): Promise<string> {
  const { page, asked } = openPage(session);
  const answer = await graph({
    method: "POST",
    path: `/${encodeURIComponent(page)}/photos`,
    parts: {
      published: "false",
      ...(alt && { alt_text_custom: alt }),
      source: { name: "foto.jpg", type: "image/jpeg", bytes },
    },
  });
  const found = created.safeParse(answer.body);
  if (answer.status !== 200 || !found.success) throw graphProblem(answer, asked);
  return found.data.id;
}

/** Whether Meta still has all of these: it may remove photos that nobody published. */
async function areThere(session: Session, graph: Graph, photos: readonly string[]): Promise<boolean> {
  let missing = 0;
  await forEachConcurrently(photos, uploadsAtOnce, async (id) => {
    const answer = await readNode(graph, id, "id");
    if (answer.status === 200) return;
    if (!isNotThere(answer)) throw graphProblem(answer, openPage(session).asked);
    missing += 1;
  });
  return missing === 0;
}

export async function commit(session: Session, job: Job, intent: LookupKeys): Promise<Outcome> {
  const { page, graph } = openPage(session);
  const { photos, corrects } = keysOf(intent, page);
  const message = textOf(job);
  if (corrects !== undefined) {
    const path = `/${encodeURIComponent(corrects)}`;
    return committed(
      () => graph({ method: "POST", path, form: { message } }),
      ({ body }) =>
        z.object({ success: z.literal(true) }).safeParse(body).success
          ? { remote_id: corrects, url: linkOf(corrects) }
          : undefined,
    );
  }
  const attached = photos.map(
    (id, n) => [`attached_media[${n}]`, JSON.stringify({ media_fbid: id })] as const,
  );
  const form = { message, ...Object.fromEntries(attached) };
  return committed(
    () => graph({ method: "POST", path: `/${encodeURIComponent(page)}/feed`, form }),
    ({ body }) => {
      const id = posted.safeParse(body).data?.id;
      return id === undefined ? undefined : { remote_id: id, url: linkOf(id) };
    },
  );
}

/** Facebook leads from this address to the post's own. */
function linkOf(id: string): string {
  return `https://www.facebook.com/${id}`;
}

/**
 * A post of ours shows one of our photos; without photos, it has our text. Absent is only what shows none of our photos after 15
 * minutes: the same photos are then sent again, which Facebook refuses if they are out after all. A text alone is never absent.
 */
export async function lookup(session: Session, intent: LookupKeys, elapsedMs: number): Promise<Outcome> {
  const { page, asked, graph } = openPage(session);
  // A redaction has taken the rest: what it leaves is for a take-down.
  if (!keys.safeParse(intent).success) return { state: "unclear" };
  const { text, since, photos, corrects } = keysOf(intent, page);
  if (corrects !== undefined) {
    const answer = await readNode(graph, corrects, "id,message");
    if (isNotThere(answer)) {
      await checkPage(session);
      return { state: "failed", code: "post-gone", reason: "" };
    }
    const found = z.object({ message: z.string().default("") }).safeParse(answer.body);
    if (answer.status !== 200 || !found.success) throw graphProblem(answer, asked);
    const isCorrected = textKey(found.data.message) === text;
    // The same text a second time changes nothing, so that it may be sent at once.
    return isCorrected
      ? { state: "published", remote_id: corrects, url: linkOf(corrects) }
      : { state: "absent" };
  }
  const slackMs = photos.length > 0 ? photoSlackMs : textSlackMs;
  const from = { at: new Date(since), slackMs, now: session.newsroomNow() };
  const found = await findPost(graph, asked, page, from, ({ message, targets }) =>
    photos.length > 0 ? targets.some((id) => photos.includes(id)) : textKey(message) === text,
  );
  if (found.post) return { state: "published", remote_id: found.post, url: linkOf(found.post) };
  const again_ms = nextLook(elapsedMs, looks);
  if (again_ms !== undefined) return { state: "unclear", again_ms };
  if (photos.length === 0 || !found.isComplete) return { state: "unclear" };
  if (await areThere(session, graph, photos)) return { state: "absent" };
  const later = nextLook(elapsedMs, [keptMinutes]);
  if (later !== undefined) return { state: "unclear", code: "channel-photos-hidden", again_ms: later };
  // Without its photos the commit can neither arrive any more nor be repeated: the next attempt uploads them anew.
  return { state: "failed", code: "photos-gone", reason: "" };
}
