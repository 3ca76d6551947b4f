import type { Context } from "../../../context.js";
import type { Rendering } from "../../../contract/contract.js";
import { forEachConcurrently, photosAtOnce } from "../../../pool.js";
import type { PublicationPhotos } from "../../../publish/photos.js";
import { mayBeSent, type PlannedPublication } from "../../../publish/plan.js";
import { createProgress } from "../../../terminal/progress.js";

/** The photos of some renderings, while they are made. */
export interface PreparedPhotos {
  /** Of the photos of each rendering that were made so far. */
  bytes: ReadonlyMap<Rendering, number>;
  /** Rejects with the first failure. Whoever sends meets it again, so it needs no handler. */
  ready: Promise<void>;
}

/** Begins to make the photos of these renderings, as the channels take them. @param onPhoto gets how many are made */
export function preparePhotos(
  { photo }: Pick<PublicationPhotos, "photo">,
  renderings: readonly Rendering[],
  onPhoto: (done: number) => void = () => {},
): PreparedPhotos {
  const bytes = new Map<Rendering, number>();
  let done = 0;
  const wanted = [...renderings]
    // Instagram has the longest way: its pictures are stored at the website, and Meta fetches them from there.
    .sort((a, b) => Number(b.channel === "instagram") - Number(a.channel === "instagram"))
    .flatMap((rendering) => rendering.photos.map((rendered) => ({ rendering, rendered })));
  const ready = forEachConcurrently(wanted, photosAtOnce, async ({ rendering, rendered }) => {
    onPhoto(done);
    const { length } = await photo(rendered);
    bytes.set(rendering, (bytes.get(rendering) ?? 0) + length);
    done += 1;
  });
  ready.catch(() => {});
  return { bytes, ready };
}

/** Makes the photos of what is sent: their size is part of the question. */
export async function prepareForQuestion(
  context: Context,
  photos: PublicationPhotos,
  planned: readonly PlannedPublication[],
): Promise<PreparedPhotos> {
  const progress = createProgress(context.output);
  const toSend = planned.filter(mayBeSent).map(({ rendering }) => rendering);
  const total = toSend.reduce((sum, rendering) => sum + rendering.photos.length, 0);
  const label = context.messages.publish.preparing;
  const prepared = preparePhotos(photos, toSend, (done) => progress.update({ label, done, total }));
  await prepared.ready.finally(progress.clear);
  return prepared;
}

/** The bytes of the photos of each plan that is sent. */
export function sizesOf(
  planned: readonly PlannedPublication[],
  { bytes }: PreparedPhotos,
): Map<PlannedPublication, number> {
  const toSend = planned.filter(mayBeSent);
  return new Map(toSend.map((plan) => [plan, bytes.get(plan.rendering) ?? 0]));
}
