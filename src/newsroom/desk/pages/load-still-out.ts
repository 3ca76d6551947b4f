import type { Caller } from "../../services/caller.js";
import { countStillOutOf, stillOutOf, stillOutOfSubmission } from "../../services/publishing/still-out.js";
import { photoAddress } from "../models/content.js";
import type { LoadedSubmission } from "../models/loaded-submission.js";
import { stillOutModel } from "../models/still-out.js";
import type { Desk, ViewContext } from "../types.js";

type Reading = Pick<Desk, "store" | "now">;

/** What the redactions of a submission took away and channels still show; null where there is nothing. */
export async function loadTakenAndOut(
  { store, now }: Reading,
  caller: Caller,
  context: ViewContext,
  { redactions }: LoadedSubmission,
): Promise<object | null> {
  const found = await stillOutOf(store, caller, redactions, now());
  return found.length > 0 ? stillOutModel(context, found, context.messages.stillOut.lead) : null;
}

/** What is out of a submission before something of it is redacted, and how often each of its photos is. */
export async function loadStillOut(
  { store, now }: Reading,
  caller: Caller,
  context: ViewContext,
  { submission, content }: LoadedSubmission,
): Promise<object> {
  const { stillOut } = context.messages;
  const publications = await stillOutOfSubmission(store, caller, submission.id, now());
  const hashes = content.photos.map(({ sha256 }) => sha256);
  const counts = await countStillOutOf(store, caller, hashes);
  const photos = content.photos.flatMap(({ sha256, filename }) => {
    const count = counts.get(sha256);
    if (count === undefined) return [];
    return [
      {
        text: stillOut.photoCount({ name: filename, count }),
        address: `${photoAddress(sha256)}/publications`,
      },
    ];
  });
  return { ...stillOutModel(context, publications, stillOut.before), photos };
}
