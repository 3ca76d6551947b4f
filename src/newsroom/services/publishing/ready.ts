import type { Outlet, Rendering, Submission } from "../../../contract/contract.js";
import type { Store } from "../../store/database/open.js";
import { presentSizes } from "../../store/photos/photo-sizes.js";
import { findFrozen } from "../../store/submissions/approvals.js";
import { attemptsOfSubmission } from "../../store/submissions/attempts.js";
import { listOutletsFor } from "../../store/submissions/outlets.js";
import { storedPublications } from "../../store/submissions/publications.js";
import { isRedactedRevision } from "../../store/submissions/redactions.js";
import { readContent } from "../../store/submissions/revisions.js";
import type { Caller } from "../caller.js";
import { problem } from "../problem.js";
import { approvedRendering, type PreparedRenderings } from "../submissions/renderings.js";
import { describeSubmission, visibleSubmission } from "../submissions/view.js";
import { latest } from "./release.js";
import { mayRecord } from "./senders.js";
import { asSettled } from "./settle.js";
import { isOverruling, isStopped, stoppedIds } from "./stopped.js";

/** Why nothing may be taken from here to a channel. */
export type Hindrance = "not-approved" | "redacted" | "photo-removed" | "stopped" | "not-frozen";

/** What a person brings to the channels by hand. */
export interface Ready {
  submission: Submission;
  /** Revision that was approved. */
  revision: number;
  /** For the names of files. */
  slug: string;
  hindrance: Hindrance | null;
  /** Whether something of it was asked to be taken down since the approval, and the caller may go on all the same. */
  warns_of_request: boolean;
  /** Ids of publications that were stopped before they came out. */
  stopped: ReadonlySet<string>;
  /** As they were approved; empty where there is a hindrance. */
  renderings: Rendering[];
  /** The earliest time of publication; in the past when there is none. */
  release: Date;
  /** The accounts on which it may be out by its approval. */
  outlets: readonly Outlet[];
  /** Whether the caller may record that it is out. */
  may_record: boolean;
}

/** Reads what is ready of one submission. Throws `not-found`. */
export async function readReady(store: Store, caller: Caller, id: string, now: Date): Promise<Ready> {
  const row = await visibleSubmission(store, id, caller);
  const described = await describeSubmission(store, caller, row, now);
  const { publications } = asSettled(described.publications, await attemptsOfSubmission(store, row.id), now);
  const submission = { ...described, publications };
  const { approval } = submission;
  const frozen = approval ? await findFrozen(store, row.id) : undefined;
  const revision = approval?.revision ?? row.revision;
  const content = await readContent(store, row.id, revision);
  const hashes = [...new Set(content.photos.map(({ sha256 }) => sha256))];
  const stored = await storedPublications(store, row.id);
  const isToStop = approval !== null && isStopped(stored, approval);
  const hindrance: Hindrance | null = !approval
    ? "not-approved"
    : (await isRedactedRevision(store, row.id, revision))
      ? "redacted"
      : (await presentSizes(store, hashes)).size < hashes.length
        ? "photo-removed"
        : isToStop && !isOverruling(caller)
          ? "stopped"
          : frozen?.renderings
            ? null
            : "not-frozen";
  return {
    submission,
    revision,
    slug: content.slug,
    hindrance,
    warns_of_request: isToStop && isOverruling(caller),
    stopped: stoppedIds(stored),
    renderings: hindrance === null ? (frozen?.renderings ?? []) : [],
    release: latest([content.embargo, approval?.not_before]),
    outlets: (await listOutletsFor(store, row.kecamatan)).filter(({ destination }) =>
      approval?.destinations.includes(destination),
    ),
    may_record: approval !== null && mayRecord(caller, row, approval.destinations, "published"),
  };
}

/** The rendering of one channel, for its photos. Throws `not-found`, also where a hindrance is. */
export async function readyRendering(
  store: Store,
  caller: Caller,
  id: string,
  channel: string,
  now: Date,
): Promise<{ rendering: Rendering; slug: string }> {
  const { renderings, slug } = await readReady(store, caller, id, now);
  const rendering = renderings.find((one) => one.channel === channel);
  if (!rendering) throw problem("not-found");
  return { rendering, slug };
}

/**
 * Freezes the renderings of an approval that is older than they are, as the first attempt to send it would. Throws `not-found`,
 * `forbidden`, and as `approvedRendering` does.
 */
export async function freezeReady(
  transaction: Store,
  caller: Caller,
  id: string,
  now: Date,
  prepared: PreparedRenderings | undefined,
): Promise<void> {
  const { submission, hindrance, may_record } = await readReady(transaction, caller, id, now);
  const { approval } = submission;
  if (!approval) throw problem("conflict", { detail: "not-approved", possible: [] });
  if (!may_record) throw problem("forbidden");
  if (hindrance === null) return;
  if (hindrance !== "not-frozen") {
    const detail = hindrance === "stopped" ? "stopped" : "redacted";
    throw problem("conflict", { detail, possible: [] });
  }
  await approvedRendering(transaction, submission.id, approval, approval.channels[0]!, prepared);
}
