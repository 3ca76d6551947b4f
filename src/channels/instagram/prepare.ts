import type { LookupKeys, RenderedPhoto } from "../../contract/contract.js";
import { failed, temporary, usage } from "../../errors/errors.js";
import { forEachConcurrently } from "../../pool.js";
import { isNotThere, readNode } from "../meta/graph.js";
import type { Job, Session } from "../publishing.js";
import { textKey, textOf } from "../sending/text.js";
import { openAccount, quota } from "./account.js";
import { type Containers, readyContainer, statusFields, statusOf } from "./containers.js";
import { intentKeys } from "./intent.js";
import { checkPictures } from "./preflight.js";

/** Containers that are made at a time: Meta fetches their pictures from the office's site. */
const containersAtOnce = 5;

/**
 * Makes the container and waits until Meta has its pictures. One that an earlier attempt announced is sent again itself, as long as
 * it can be published: Meta publishes a container once. Throws `instagram-needs-photo`, `instagram-needs-site` (exit 2),
 * `instagram-not-correctable` (exit 1), `channel-quota-spent` (exit 5), and as `checkPictures` and `readyContainer`.
 */
export async function prepare(session: Session, job: Job): Promise<LookupKeys> {
  const containers = openAccount(session);
  const { user } = containers;
  const { photos } = job.rendering;
  if (job.corrects) throw failed("instagram-not-correctable", { url: job.corrects.url ?? "?" });
  if (photos.length === 0) throw usage("instagram-needs-photo");
  const earlier = intentKeys.safeParse(job.earlier).data;
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
