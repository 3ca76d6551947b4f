import { z } from "zod";
import type { RenderedPhoto } from "../../contract/contract.js";
import { usage } from "../../errors/errors.js";
import { forEachConcurrently, photosAtOnce } from "../../pool.js";
import type { Job, Session } from "../publishing.js";
import { ask, xProblem } from "./requests.js";

/** https://docs.x.com/x-api/media/introduction: 5 MB for an image. */
const maxBytes = 5 * 1024 * 1024;
/** https://docs.x.com/x-api/media/media-metadata-create */
const maxAltLength = 1000;
/** Left to send the post in, before X forgets a photo, in ms. */
const spareMs = 30 * 60_000;

const uploadAnswer = z.object({
  data: z.object({
    id: z.string().regex(/^\d{1,19}$/),
    media_key: z.string().max(100).optional(),
    expires_after_secs: z.number().int().positive().max(31_536_000).optional(),
  }),
});

/** A photo at X that no post shows yet. A type: the journal keeps it. */
export type Medium = {
  id: string;
  /** As a post names it. */
  key: string;
  /** ISO 8601, by the newsroom's clock: no post that shows it is older. */
  since: string;
  /** X forgets it then. */
  until: string;
};

/** Throws `x-alt-too-long` (exit 2). */
export function checkAltTexts(photos: readonly RenderedPhoto[]): void {
  const length = Math.max(0, ...photos.map(({ alt }) => alt.length));
  if (length > maxAltLength) throw usage("x-alt-too-long", { length, limit: maxAltLength });
}

/**
 * Uploads each photo and its alt text, once. One that X has forgotten meanwhile is uploaded again. Throws `x-photo-too-large`
 * (exit 2) and as `xProblem`.
 *
 * @returns the photos in their order, and whether X was asked for any of them in this run
 */
export async function uploadPhotos(
  session: Session,
  job: Job,
): Promise<{ media: Medium[]; hasAsked: boolean }> {
  const { photos } = job.rendering;
  const described = photos.filter(({ alt }) => alt.trim() !== "").length;
  const total = photos.length + described;
  let done = 0;
  let hasAsked = false;
  const step = async <T>(effect: () => Promise<T>): Promise<T> => {
    hasAsked = true;
    return effect();
  };
  const advance = () => {
    done += 1;
    job.onProgress?.({ done, total });
  };
  const media = new Map<RenderedPhoto, Medium>();
  await forEachConcurrently(photos, photosAtOnce, async (photo) => {
    const medium = await uploaded(session, job, photo, step);
    media.set(photo, medium);
    advance();
    if (photo.alt.trim() === "") return;
    await job.once(`alt ${medium.id}`, () => step(() => describe(session, medium.id, photo.alt)));
    advance();
  });
  return { media: photos.flatMap((photo) => media.get(photo) ?? []), hasAsked };
}

type Step = <T>(effect: () => Promise<T>) => Promise<T>;

/** The journal keeps an upload for good, X for a day: the first one that X still has, or a new one. */
async function uploaded(session: Session, job: Job, photo: RenderedPhoto, step: Step): Promise<Medium> {
  for (let number = 1; ; number += 1) {
    const key = number === 1 ? `media ${photo.sha256}` : `media ${photo.sha256} ${number}`;
    let isNew = false;
    const medium = await job.once(key, () => {
      isNew = true;
      return step(async () => upload(session, await job.photo(photo)));
    });
    if (isNew || Date.parse(medium.until) - session.newsroomNow().getTime() > spareMs) return medium;
  }
}

/** https://docs.x.com/x-api/media/media-upload. Nothing shows the photo until a post names it. */
async function upload(session: Session, bytes: Uint8Array): Promise<Medium> {
  if (bytes.length > maxBytes) throw usage("x-photo-too-large", { bytes: bytes.length, limit: maxBytes });
  const since = session.newsroomNow();
  const answer = await ask(session, {
    method: "POST",
    path: "/2/media/upload",
    parts: { media: { name: "photo.jpg", type: "image/jpeg", bytes }, media_category: "tweet_image" },
  });
  const found = answer.status === 200 ? uploadAnswer.safeParse(answer.body).data?.data : undefined;
  if (!found) throw xProblem(answer, session);
  const { id, media_key, expires_after_secs = 86_400 } = found;
  const until = new Date(since.getTime() + expires_after_secs * 1000).toISOString();
  // "3_" is the kind "photo" of every key.
  return { id, key: media_key ?? `3_${id}`, since: since.toISOString(), until };
}

/** https://docs.x.com/x-api/media/media-metadata-create. X bills each request. */
async function describe(session: Session, id: string, text: string): Promise<true> {
  const answer = await ask(session, {
    method: "POST",
    path: "/2/media/metadata",
    json: JSON.stringify({ id, metadata: { alt_text: { text } } }),
  });
  if (answer.status !== 200) throw xProblem(answer, session);
  return true;
}
