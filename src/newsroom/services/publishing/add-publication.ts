import type { z } from "zod";
import { isRecordable } from "../../../channels/registry.js";
import { type createPublication, limits, type Publication } from "../../../contract/contract.js";
import type { PublicationState } from "../../../contract/lifecycle.js";
import type { Store } from "../../store/database/open.js";
import { endLeases } from "../../store/submissions/attempts.js";
import { latestApproval } from "../../store/submissions/history.js";
import {
  changePublicationRow,
  insertPublication,
  listPublications,
  type StoredPublication,
  storedPublications,
} from "../../store/submissions/publications.js";
import type { Caller } from "../caller.js";
import { invalidField, problem } from "../problem.js";
import { noRequest } from "../submissions/take-down.js";
import { impossible, visibleSubmission } from "../submissions/view.js";
import { detailsOf, firstTime, isPlan, withoutNulls } from "./details.js";
import { requireLink } from "./links.js";
import { recordPublicationChange, releaseTime } from "./release.js";
import { noteLink } from "./sendable.js";
import { requireProver, requirePublisher, requireRecorder } from "./senders.js";
import { hasKey, isCorrection, requireFree, slotOf } from "./slots.js";
import { isStopped, requireNotStopped } from "./stopped.js";

type Wanted = z.output<typeof createPublication>;

/**
 * Plans a publication of the approved revision, or records one that is published already. Editors may do so, and operators as
 * `requireRecorder` says. What is there already is returned as it is; a failed one is planned again, and a link that is recorded
 * makes a planned one of the same account published, and one that was handed over (`requireProver`). Throws `not-found`, `forbidden`, `conflict` (not approved; before embargo or
 * not_before, with the earliest allowed time; it may be out, and nobody knows; `stopped`; a time on an account that no publisher has),
 * `invalid` (a channel that was not approved; a time of publication in
 * the future, or a schedule in the past; a link as `requireLink` says).
 */
export async function addPublication(
  transaction: Store,
  caller: Caller,
  id: string,
  wanted: Wanted,
  now: Date,
): Promise<{ publication: Publication; isNew: boolean }> {
  const submission = await visibleSubmission(transaction, id, caller);
  const approval = submission.state === "approved" ? await latestApproval(transaction, submission.id) : null;
  requireRecorder(caller, submission, approval?.destinations ?? [], wanted.state);
  if (!approval) throw await impossible(transaction, caller, submission);
  if (!isRecordable(wanted.channel, approval.channels)) throw invalidField("/channel", "not approved");
  const { state, channel } = wanted;
  const before = await storedPublications(transaction, submission.id);
  const { revision } = approval;
  const account = wanted.account || accountOfLink(before, wanted, revision);
  if (wanted.url !== undefined) requireLink({ channel, account }, wanted.url);
  const key = { channel, account, revision };
  const place = placeOf(
    before.filter((publication) => hasKey(publication, key)),
    wanted,
  );
  const described = async (publicationId: string) =>
    (await listPublications(transaction, submission.id, now)).find((other) => other.id === publicationId)!;
  if (place && !place.changes) return { publication: await described(place.found.id), isNew: false };
  const isHanded = place?.found.state === "handed_over";
  if (isHanded) await requireProver(transaction, caller, submission, place.found, wanted.url);
  if (!place && before.length >= limits.publications_per_submission) {
    throw invalidField("", `<= ${limits.publications_per_submission} publications`);
  }
  if (isPlan(state)) requireNotStopped(caller, before, approval);
  if (state === "scheduled") await requirePublisher(transaction, key);
  const earliest = await releaseTime(transaction, submission.id, approval);
  const details = place ? { ...withoutNulls(place.found), ...wanted } : wanted;
  const columns = {
    ...key,
    state,
    by_id: caller.id,
    correction: isCorrection(before, approval.revision) ? 1 : 0,
    unpublished_at: null,
    // What was asked for since the approval is about what is recorded now as well: it shall not be out.
    ...(place && !isPlan(state) && isStopped([place.found], approval) ? {} : noRequest),
    ...detailsOf(state, details, earliest, now),
    slot: slotOf(state, key, wanted.url),
  };
  requireFree(before, place?.found.id ?? "", columns.slot);
  const publicationId = place
    ? place.found.id
    : await insertPublication(transaction, { submission_id: submission.id, ...columns }, now);
  if (place) await changePublicationRow(transaction, place.found, columns);
  // Whoever asks the website is not waited for.
  if (isHanded) await endLeases(transaction, publicationId, now);
  if (state === "published") await noteLink(transaction, { ...key, id: publicationId }, before);
  await recordPublicationChange(transaction, submission, firstTime(state, now), now);
  return { publication: await described(publicationId), isNew: !place };
}

/**
 * The account of a link that names none: of the one publication on the channel that was sent and of which it is the missing news. Empty
 * otherwise: then it is a publication of its own.
 */
function accountOfLink(all: readonly StoredPublication[], wanted: Wanted, revision: number): string {
  if (wanted.state !== "published") return "";
  const sent = all.filter(
    (row) =>
      row.channel === wanted.channel &&
      row.revision === revision &&
      (row.state === "unclear" || row.state === "handed_over"),
  );
  const [only] = sent;
  if (sent.length !== 1 || !only) return "";
  // Another website's link is no news of this one.
  const isElsewhere =
    only.channel === "web" && wanted.url !== undefined && new URL(wanted.url).origin !== only.account;
  return isElsewhere ? "" : only.account;
}

/**
 * The publication of the same account and revision that is meant, and whether it changes; undefined when it is a new one. Throws
 * `conflict` for a link or a failure of what may be out: an attempt or a person decides.
 */
function placeOf(
  same: readonly StoredPublication[],
  wanted: Wanted,
): { found: StoredPublication; changes: boolean } | undefined {
  const inState = (...states: PublicationState[]) => same.find(({ state }) => states.includes(state));
  const pending = inState("publishing", "unclear");
  const planned = inState("planned", "scheduled");
  const published = inState("published");
  const failed = same.findLast(({ state }) => state === "failed");
  if (wanted.state === "planned" || wanted.state === "scheduled") {
    const found = pending ?? inState("handed_over") ?? planned ?? published;
    if (found) return { found, changes: false };
    return failed && { found: failed, changes: true };
  }
  if (wanted.state === "published") {
    const recorded =
      wanted.url === undefined
        ? published
        : same.find(({ state, url }) => state === "published" && url === wanted.url);
    if (recorded) return { found: recorded, changes: false };
  }
  if (pending) throw problem("conflict", { detail: "undecided", possible: [] });
  const handed = inState("handed_over");
  if (wanted.state === "published") {
    const found = handed ?? planned ?? failed;
    return found && { found, changes: true };
  }
  if (handed) throw problem("conflict", { detail: "undecided", possible: [] });
  const found = planned ?? failed;
  const isTold = found?.state === "failed" && found.reason === (wanted.reason?.trim() || null);
  return found && { found, changes: !isTold };
}
