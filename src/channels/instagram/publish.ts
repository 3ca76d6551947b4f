import { z } from "zod";
import type { LookupKeys, RenderedPhoto } from "../../contract/contract.js";
import { denied, exit, failed, KominfoError, temporary, usage } from "../../errors/errors.js";
import { forEachConcurrently } from "../../pool.js";
import { graphFailure, isNotThere, openGraph, readNode } from "../meta/graph.js";
import { graphProblem } from "../meta/problems.js";
import type { ChannelAccount, Job, Outcome, Removal, Session } from "../publishing.js";
import { committed, minuteMs, nextLook } from "../sending/outcome.js";
import { textKey, textOf } from "../sending/text.js";
import { type Containers, readyContainer, statusFields, statusOf } from "./containers.js";
import { checkPictures } from "./preflight.js";

/** Containers that are made at a time: Meta fetches their pictures from the office's site. */
const containersAtOnce = 5;
/** Minutes after the intent at which the container is asked for; it expires after 24 hours. */
const looks = [1, 5];
const looksWhileProcessing = [1, 5, 15, 60, 6 * 60, 12 * 60, 25 * 60];
/** What Meta's clock and the newsroom's may differ by. */
const slackMs = 5 * minuteMs;
/** Of a publication that is proved, but whose own id Meta does not tell. */
const unnamed = "container:";

/** What an intent names. `pictures` are addresses at the office's website. */
const keys = z.object({
  user: z.string(),
  container: z.string(),
  text: z.string(),
  since: z.string(),
  pictures: z.array(z.string()).optional(),
});

const mediaId = z.string().regex(/^\d{5,30}$/);
const permalink = z
  .url({ protocol: /^https$/, hostname: /(^|\.)instagram\.com$/ })
  .nullable()
  .catch(null);

function open(session: Session): Containers {
  const user = session.secret.account_id ?? "";
  const asked = { service: "instagram" as const, origin: session.origin };
  return { user, asked, graph: openGraph(session, session.secret) };
}

export function storedAccount({ secret }: Pick<Session, "secret">): string | undefined {
  return secret.account_id;
}

export async function account(session: Session): Promise<ChannelAccount> {
  const { user, asked, graph } = open(session);
  const answer = await readNode(graph, user, "id,username");
  const found = z.object({ id: z.literal(user), username: z.string() }).safeParse(answer.body);
  if (answer.status !== 200 || !found.success) throw graphProblem(answer, asked);
  return { account: user, label: `@${found.data.username}`, mode: "publish" };
}

/** https://developers.facebook.com/docs/instagram-platform/instagram-graph-api/reference/ig-user/content_publishing_limit */
const limits = z.object({
  data: z.array(
    z.object({
      quota_usage: z.int().nonnegative(),
      config: z.object({ quota_total: z.int().positive() }).optional(),
    }),
  ),
});

/** Publications in 24 hours. What is allowed is read: sources say 25, 50 and 100. */
export async function quota(session: Session): Promise<{ used: number; total: number } | undefined> {
  const { user, asked, graph } = open(session);
  const answer = await graph({
    method: "GET",
    path: `/${encodeURIComponent(user)}/content_publishing_limit`,
    query: { fields: "quota_usage,config" },
  });
  const found = limits.safeParse(answer.body);
  if (answer.status !== 200 || !found.success) throw graphProblem(answer, asked);
  const [first] = found.data.data;
  return first?.config && { used: first.quota_usage, total: first.config.quota_total };
}

/**
 * Makes the container and waits until Meta has its pictures. One that an earlier attempt announced is sent again itself, as long as
 * it can be published: Meta publishes a container once. Throws `instagram-needs-photo`, `instagram-needs-site` (exit 2),
 * `instagram-not-correctable` (exit 1), `channel-quota-spent` (exit 5), and as `checkPictures` and `readyContainer`.
 */
export async function prepare(session: Session, job: Job): Promise<LookupKeys> {
  const containers = open(session);
  const { user } = containers;
  const { photos } = job.rendering;
  if (job.corrects) throw failed("instagram-not-correctable", { url: job.corrects.url ?? "?" });
  if (photos.length === 0) throw usage("instagram-needs-photo");
  const earlier = keys.safeParse(job.earlier).data;
  if (earlier?.user === user && !(await isSpent(containers, earlier.container))) return earlier;
  const caption = textOf(job);
  const text = textKey(caption);
  const addresses = await publicAddresses(session, job);
  const since = session.newsroomNow().toISOString();
  // Named so that a take-down finds them at the site.
  const pictures = photos.map((photo) => addresses.get(photo) ?? "");
  const total = photos.length > 1 ? photos.length + 1 : 1;
  let done = 0;
  const ready = async (key: string, form: Readonly<Record<string, string>>) => {
    const id = await readyContainer(containers, session, job, key, form);
    done += 1;
    job.onProgress?.({ done, total });
    return id;
  };
  const picture = (photo: RenderedPhoto) => ({
    image_url: addresses.get(photo) ?? "",
    ...(photo.alt && { alt_text: photo.alt }),
  });
  const [only, ...more] = photos;
  if (only && more.length === 0) {
    const container = await ready("container", { ...picture(only), caption });
    return { user, container, text, since, pictures };
  }
  const items = new Map<RenderedPhoto, string>();
  await forEachConcurrently(photos, containersAtOnce, async (photo) => {
    const form = { ...picture(photo), is_carousel_item: "true" };
    items.set(photo, await ready(`item ${photo.sha256}`, form));
  });
  const children = photos.map((photo) => items.get(photo) ?? "").join(",");
  const container = await ready("container", { media_type: "CAROUSEL", children, caption });
  return { user, container, text, since, pictures };
}

/** Whether this container can never be published any more. That it was not is known by now: a lookup or a person has said so. */
async function isSpent({ graph, asked }: Containers, container: string): Promise<boolean> {
  const answer = await readNode(graph, container, statusFields);
  if (isNotThere(answer)) return true;
  return ["EXPIRED", "ERROR"].includes(statusOf(answer, asked).status_code);
}

/** Where Meta will find the pictures, each asked for as Meta will; checks the quota too. */
async function publicAddresses(session: Session, job: Job): Promise<Map<RenderedPhoto, string>> {
  const { httpAt } = session;
  if (!job.pictureAddress || !httpAt) throw usage("instagram-needs-site");
  const addresses = new Map<RenderedPhoto, string>();
  const { pictureAddress } = job;
  await forEachConcurrently(job.rendering.photos, containersAtOnce, async (photo) => {
    addresses.set(photo, await noted(job, `picture ${photo.sha256}`, () => pictureAddress(photo)));
  });
  const [allowed] = await Promise.all([quota(session), checkPictures(httpAt, [...addresses.values()])]);
  if (allowed && allowed.used >= allowed.total) {
    throw temporary("channel-quota-spent", { service: "instagram" });
  }
  return addresses;
}

/**
 * The address of a picture, noted so that this machine knows what it has stored of a post that never came out. It is asked for anew in each
 * run, since the site's editors may have removed the picture; another address is noted beside the first.
 */
async function noted(job: Job, key: string, store: () => Promise<string>): Promise<string> {
  let address: string | undefined;
  for (let n = 1; ; n++) {
    const known = await job.once(n === 1 ? key : `${key} ${n}`, async () => {
      address ??= await store();
      return address;
    });
    address ??= await store();
    if (known === address) return address;
  }
}

/** Publishes the container, which Meta does once. The link is asked for afterwards. */
export async function commit(session: Session, _job: Job, intent: LookupKeys): Promise<Outcome> {
  const { user, graph } = open(session);
  const { container } = keysOf(intent, user);
  const outcome = await committed(
    () =>
      graph({
        method: "POST",
        path: `/${encodeURIComponent(user)}/media_publish`,
        form: { creation_id: container },
      }),
    ({ body }) => {
      const id = z.object({ id: mediaId }).safeParse(body).data?.id;
      return id === undefined ? undefined : { remote_id: id, url: null };
    },
  );
  if (outcome.state !== "published") return outcome;
  // It is out, whatever becomes of this question.
  const answer = await readNode(graph, outcome.remote_id, "permalink").catch(() => undefined);
  return { ...outcome, url: z.object({ permalink }).safeParse(answer?.body).data?.permalink ?? null };
}

/** Throws `channel-other-account` (exit 4): what another account shows proves nothing. */
function keysOf(intent: LookupKeys, user: string): z.infer<typeof keys> {
  const found = keys.parse(intent);
  if (found.user !== user) throw denied("channel-other-account", { service: "instagram", id: found.user });
  return found;
}

/**
 * The container tells: a published one is out, and one that is still ready after five minutes was not published. It is then sent
 * again itself, never a second one, since Meta publishes a container once.
 */
export async function lookup(session: Session, intent: LookupKeys, elapsedMs: number): Promise<Outcome> {
  const containers = open(session);
  // A redaction has taken the rest: what it leaves is for a take-down.
  if (!keys.safeParse(intent).success) return { state: "unclear" };
  const { container, text, since } = keysOf(intent, containers.user);
  const answer = await readNode(containers.graph, container, statusFields);
  const { status_code, status } = isNotThere(answer) ? forgotten : statusOf(answer, containers.asked);
  if (status_code === "IN_PROGRESS") {
    const again_ms = nextLook(elapsedMs, looksWhileProcessing);
    return { state: "unclear", code: status_code, ...(again_ms !== undefined && { again_ms }) };
  }
  if (status_code === "FINISHED") {
    const again_ms = nextLook(elapsedMs, looks);
    return again_ms === undefined ? { state: "absent" } : { state: "unclear", code: status_code, again_ms };
  }
  const [media, ...others] = await mediaSince(containers, new Date(since), text);
  if (media && others.length === 0) return { state: "published", remote_id: media.id, url: media.permalink };
  if (status_code === "PUBLISHED")
    return { state: "published", remote_id: `${unnamed}${container}`, url: null };
  // Nothing tells what became of a container that Meta has forgotten, or which of several is ours: a person has to look.
  if (others.length > 0 || status_code === "FORGOTTEN")
    return { state: "unclear", code: status_code, reason: status };
  return { state: "failed", code: status_code, reason: status };
}

/** Of a container that Meta does not know any more. */
const forgotten = { status_code: "FORGOTTEN" as const, status: "" };

const mediaPage = z.object({
  data: z.array(z.object({ id: mediaId, caption: z.string().default(""), permalink, timestamp: z.string() })),
});

/** The account's media since then that have this caption. */
async function mediaSince({ graph, asked, user }: Containers, since: Date, text: string) {
  const from = since.getTime() - slackMs;
  const answer = await graph({
    method: "GET",
    path: `/${encodeURIComponent(user)}/media`,
    query: {
      fields: "id,permalink,caption,timestamp",
      since: String(Math.floor(from / 1000)),
      limit: "100",
    },
  });
  const found = mediaPage.safeParse(answer.body);
  if (answer.status !== 200 || !found.success) throw graphProblem(answer, asked);
  return found.data.data.filter(
    ({ caption, timestamp }) => textKey(caption) === text && !(Date.parse(timestamp) < from),
  );
}

/**
 * Deletes the publication, where the login may, and its pictures at the office's website, where they have to go too. The pictures are
 * removed in any case: the publication is mostly deleted by a person. Where both fail, the pictures' failure is told first. Throws `instagram-not-removable`, `instagram-pictures-open`,
 * `channel-post-unknown` (exit 1), `channel-still-there` (exit 5), and as `graphProblem` and the site's `removePhotos`.
 */
export async function takeDown(session: Session, remoteId: string, removal?: Removal): Promise<void> {
  const named = removal?.photos ? removal.announced.flatMap((keys) => [keys.pictures ?? []].flat()) : [];
  const failure = await removePictures(removal, [...new Set(named)]);
  try {
    await deleteMedia(session, remoteId);
  } catch (error) {
    // Who may not delete it does so by hand, and would not learn that the pictures still open.
    if (!failure || !(error instanceof KominfoError) || error.exit === exit.cancelled) throw error;
  }
  if (failure) throw failure;
}

/** Returns why some of them still open; undefined where none does. */
async function removePictures(
  removal: Removal | undefined,
  pictures: readonly string[],
): Promise<KominfoError | undefined> {
  if (pictures.length === 0) return undefined;
  if (!removal?.removePictures) return failed("instagram-pictures-open", { links: pictures });
  try {
    await removal.removePictures(pictures);
    return undefined;
  } catch (error) {
    if (!(error instanceof KominfoError) || error.exit === exit.cancelled) throw error;
    return error;
  }
}

async function deleteMedia(session: Session, remoteId: string): Promise<void> {
  const { user, asked, graph } = open(session);
  if (remoteId.startsWith(unnamed)) {
    throw failed("channel-post-unknown", { service: "instagram", url: "?" });
  }
  const answer = await graph({ method: "DELETE", path: `/${encodeURIComponent(remoteId)}` });
  if (z.object({ success: z.literal(true) }).safeParse(answer.body).success) return;
  const code = graphFailure(answer)?.code;
  if (code === 10 || code === 200 || code === 3) throw failed("instagram-not-removable");
  const there = await readNode(graph, remoteId, "id");
  if (there.status === 200) {
    if (answer.status === 200) throw temporary("channel-still-there", { service: "instagram", id: remoteId });
    throw graphProblem(answer, asked);
  }
  // Meta says the same of what is gone and of what the login may not see: the account's list tells them apart.
  const list = await graph({
    method: "GET",
    path: `/${encodeURIComponent(user)}/media`,
    query: { fields: "id", limit: "1" },
  });
  if (list.status !== 200) throw graphProblem(list, asked);
  if (!isNotThere(there)) throw temporary("channel-still-there", { service: "instagram", id: remoteId });
}
