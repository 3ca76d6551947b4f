import { approvalChannels } from "../../../channels/registry.js";
import { renderChannels } from "../../../channels/render.js";
import type { Rendering, Renderings } from "../../../contract/contract.js";
import type { Store } from "../../store/database/open.js";
import { presentPhotoSizes } from "../../store/photos/photo-sizes.js";
import { approvalOf, freezeRenderings } from "../../store/submissions/history.js";
import { findRevision, readContent } from "../../store/submissions/revisions.js";
import { type Caller, scopeOf } from "../caller.js";
import { problem } from "../problem.js";
import { visibleSubmission } from "./view.js";

/** Renders a revision for these channels, as approval freezes it. */
async function renderRevision(
  store: Store,
  submissionId: string,
  revision: number,
  channels: readonly Rendering["channel"][],
): Promise<Rendering[]> {
  const content = await readContent(store, submissionId, revision);
  const hashes = content.photos.map(({ sha256 }) => sha256);
  return renderChannels({ content, photos: await presentPhotoSizes(store, hashes) }, channels);
}

/**
 * The frozen rendering of a channel, of the newest approval of this revision. An approval from before renderings were frozen is
 * rendered and frozen now. Throws `conflict` where the revision was never approved for the channel.
 */
export async function approvedRendering(
  transaction: Store,
  submissionId: string,
  { revision }: { revision: number },
  channel: Rendering["channel"],
): Promise<Rendering> {
  const approval = await approvalOf(transaction, submissionId, revision);
  if (!approval) throw problem("conflict", { possible: [] });
  const frozen: Rendering[] =
    approval.renderings ?? (await renderRevision(transaction, submissionId, revision, approval.channels));
  if (approval.renderings === null) await freezeRenderings(transaction, approval.id, frozen);
  const rendering = frozen.find((candidate) => candidate.channel === channel);
  if (!rendering) throw problem("conflict", { possible: [] });
  return rendering;
}

/**
 * What each channel shows of a revision: as it was approved, or as approval would freeze it. Throws `not-found` also for a revision
 * that the caller does not see.
 *
 * @param number default: the newest revision that the caller sees
 */
export async function readRenderings(
  store: Store,
  caller: Caller,
  id: string,
  number?: number,
): Promise<Renderings> {
  const submission = await visibleSubmission(store, id, caller);
  const revision = number ?? submission.revision;
  if (!(await findRevision(store, submission.id, revision, scopeOf(caller)))) throw problem("not-found");
  const approval = await approvalOf(store, submission.id, revision);
  const isApproved = submission.state === "approved" && revision === submission.revision;
  if (isApproved && approval?.renderings) return { revision, frozen: true, channels: approval.renderings };
  const channels = isApproved && approval ? approval.channels : approvalChannels;
  return {
    revision,
    frozen: false,
    channels: await renderRevision(store, submission.id, revision, channels),
  };
}
