import type { OutPublication } from "../../../contract/contract.js";
import type { Caller } from "../../services/caller.js";
import { stillOutOf, stillOutOfPhoto, stillOutOfSubmission } from "../../services/publishing/still-out.js";
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
  const found = new Map<string, OutPublication>();
  for (const redaction of redactions) {
    for (const publication of await stillOutOf(store, caller, redaction, now())) {
      found.set(publication.id, publication);
    }
  }
  return found.size > 0 ? stillOutModel(context, [...found.values()], context.messages.stillOut.lead) : null;
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
  const photos = [];
  for (const { sha256, filename } of content.photos) {
    const { items } = await stillOutOfPhoto(store, caller, sha256, { limit: 100 }, now());
    if (items.length === 0) continue;
    photos.push({
      text: stillOut.photoCount({ name: filename, count: items.length }),
      address: `${photoAddress(sha256)}/publications`,
    });
  }
  return { ...stillOutModel(context, publications, stillOut.before), photos };
}
