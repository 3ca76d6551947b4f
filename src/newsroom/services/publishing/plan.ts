import { blockingWarnings, type Publication, type Rendering } from "../../../contract/contract.js";
import { cancelledReason } from "../../../contract/failure-codes.js";
import { abilities } from "../../../contract/roles.js";
import type { Store } from "../../store/database/open.js";
import { latestApproval } from "../../store/submissions/history.js";
import { storedPublications } from "../../store/submissions/publications.js";
import type { Caller } from "../caller.js";
import { invalidField, problem } from "../problem.js";
import { approvedRendering, type PreparedRenderings } from "../submissions/renderings.js";
import { impossible, visibleSubmission } from "../submissions/view.js";
import { addPublication } from "./add-publication.js";
import { changePublication } from "./change-publication.js";
import { releaseTime, tooEarly } from "./release.js";
import { requireNoLink, requireUnredacted } from "./sendable.js";
import { requireOutlet, requirePublisher } from "./senders.js";

/** An account that a person has picked. */
export interface PickedAccount {
  channel: string;
  account: string;
}

/**
 * Schedules what was approved of a submission on these accounts, for the machine that has them. What is planned or has failed gets the
 * new time. For editors.
 *
 * Throws `not-found`, `forbidden`; `invalid` for no account (`/accounts`), a channel that was not approved (`/channel`) or a time that is
 * past (`/at`); and `conflict` with the detail: `embargo` with `not_before`; `unknown-account`, `destination`, `no-publisher` (see
 * `requireOutlet`, `requirePublisher`); `redacted` and `already-out` (see `requireUnredacted`, `requireNoLink`); `unfit` for a rendering
 * that the channel would not take; `undecided` for what is out, or may be. Throws `Unprepared` where an approval is older than frozen renderings.
 *
 * @param at undefined: now, or as soon as it may be out
 */
export async function scheduleAll(
  transaction: Store,
  caller: Caller,
  id: string,
  { accounts, at }: { accounts: readonly PickedAccount[]; at?: string | undefined },
  now: Date,
  prepared: PreparedRenderings | undefined,
): Promise<void> {
  if (abilities[caller.role].steps !== "editor") throw problem("forbidden");
  const submission = await visibleSubmission(transaction, id, caller);
  const approval = submission.state === "approved" ? await latestApproval(transaction, submission.id) : null;
  if (!approval) throw await impossible(transaction, caller, submission);
  if (accounts.length === 0) throw invalidField("/accounts", "required");
  const earliest = await releaseTime(transaction, submission.id, approval);
  const time = at === undefined ? new Date(Math.max(now.getTime(), earliest.getTime())) : new Date(at);
  if (at !== undefined && time < now) throw invalidField("/at", `>= ${now.toISOString()}`);
  if (time < earliest) throw tooEarly(earliest);
  await requireUnredacted(transaction, submission.id, approval.revision);
  const all = await storedPublications(transaction, submission.id);
  for (const { channel: name, account } of accounts) {
    const channel = approval.channels.find((approved) => approved === name);
    if (!channel) throw invalidField("/channel", "not approved");
    await requireOutlet(transaction, caller, submission, approval.destinations, { channel, account });
    await requirePublisher(transaction, { channel, account });
    await requireNoLink(transaction, { channel, account, revision: approval.revision }, all);
    if (isUnfit(await approvedRendering(transaction, submission.id, approval, channel, prepared))) {
      throw problem("conflict", { detail: "unfit", possible: [] });
    }
    await schedule(transaction, caller, submission.id, { channel, account }, time, now);
  }
}

/** Whether a channel would not take it as it is. Nobody is asked at its time whether a link may cost. */
export function isUnfit({ warnings }: Pick<Rendering, "warnings">): boolean {
  return warnings.some(({ code }) => blockingWarnings.includes(code) || code === "domain");
}

async function schedule(
  transaction: Store,
  caller: Caller,
  id: string,
  { channel, account }: { channel: Rendering["channel"]; account: string },
  time: Date,
  now: Date,
): Promise<Publication> {
  const scheduled = { state: "scheduled" as const, scheduled_for: time.toISOString() };
  const change = (publication: string, wanted: Parameters<typeof changePublication>[4]) =>
    changePublication(transaction, caller, id, publication, wanted, now);
  const added = await addPublication(transaction, caller, id, { channel, account, ...scheduled }, now);
  let { publication } = added;
  const hasTime = () => Date.parse(publication.scheduled_for ?? "") === time.getTime();
  if (publication.state === "scheduled" && !hasTime()) {
    publication = await change(publication.id, { state: "planned" });
  }
  if (publication.state === "planned") publication = await change(publication.id, scheduled);
  if (publication.state !== "scheduled") throw problem("conflict", { detail: "undecided", possible: [] });
  return publication;
}

/**
 * Cancels what is planned or scheduled. The lifecycle has no state of its own for it: it has failed, with a reason that says so, so
 * that it may be scheduled again and keeps nobody from revoking the approval. For editors. Throws `not-found`, `forbidden`, and
 * `conflict` for what is being sent by now.
 */
export async function cancelPlan(
  transaction: Store,
  caller: Caller,
  id: string,
  publicationId: string,
  now: Date,
): Promise<void> {
  if (abilities[caller.role].steps !== "editor") throw problem("forbidden");
  const submission = await visibleSubmission(transaction, id, caller);
  const all = await storedPublications(transaction, submission.id);
  const publication = all.find((candidate) => candidate.id === publicationId.toLowerCase());
  if (!publication) throw problem("not-found");
  if (publication.state !== "planned" && publication.state !== "scheduled") {
    throw problem("conflict", { detail: "undecided", possible: [] });
  }
  const cancelled = { state: "failed" as const, reason: cancelledReason };
  await changePublication(transaction, caller, submission.id, publication.id, cancelled, now);
}
