import { isDeepStrictEqual } from "node:util";
import { approvalChannels } from "../../../channels/registry.js";
import { type RenderInput, renderChannels } from "../../../channels/render.js";
import type { Content, Rendering, Renderings } from "../../../contract/contract.js";
import type { Store } from "../../store/database/open.js";
import { presentSizes } from "../../store/photos/photo-sizes.js";
import { findFrozen, keepRenderings } from "../../store/submissions/approvals.js";
import { findRedaction } from "../../store/submissions/redactions.js";
import { findRevision, readContent } from "../../store/submissions/revisions.js";
import { type Caller, scopeOf } from "../caller.js";
import { problem } from "../problem.js";
import { visibleSubmission } from "./view.js";

type Channel = Rendering["channel"];

/** Renderings, and what they are of. */
export interface PreparedRenderings {
  input: RenderInput;
  channels: readonly Channel[];
  renderings: Rendering[];
}

/**
 * Renders what a step is about to approve, before the writing transaction, in which others would wait. Returns undefined where
 * the approval will be refused.
 */
export async function prepareRenderings(
  store: Store,
  caller: Caller,
  id: string,
  channels: readonly Channel[],
): Promise<PreparedRenderings | undefined> {
  const row = await visibleSubmission(store, id, caller).catch(() => undefined);
  if (row?.state !== "in_review") return undefined;
  const input = await inputOf(store, await readContent(store, row.id, row.revision));
  return { input, channels, renderings: await renderChannels(input, channels) };
}

/**
 * The renderings of an approval as its row holds them. Renders within the transaction only where the revision or its photos
 * changed since `prepared`.
 */
export async function freeze(
  transaction: Store,
  content: Content,
  channels: readonly Channel[],
  prepared: PreparedRenderings | undefined,
): Promise<string> {
  const input = await inputOf(transaction, content);
  const isOfThis =
    isDeepStrictEqual(prepared?.input, input) && isDeepStrictEqual(prepared?.channels, channels);
  return JSON.stringify(isOfThis ? prepared?.renderings : await renderChannels(input, channels));
}

/**
 * The rendering of a channel as it was approved. It is made and stored where there is none: in an approval from before
 * renderings were frozen, and in one of which a photo was redacted. Throws `conflict` for a channel that the approval does not
 * name, and for a redacted revision.
 *
 * @param approval of the revision that is sent, or that an earlier attempt may have sent
 */
export async function approvedRendering(
  transaction: Store,
  submissionId: string,
  approval: { revision: number },
  channel: Channel,
): Promise<Rendering> {
  const frozen = await findFrozen(transaction, submissionId, approval.revision);
  if (!frozen) throw problem("conflict", { detail: "not-approved", possible: [] });
  if (await isRedactedRevision(transaction, submissionId, frozen.revision)) {
    throw problem("conflict", { detail: "redacted", possible: [] });
  }
  let { renderings } = frozen;
  if (renderings === null) {
    const content = await readContent(transaction, submissionId, frozen.revision);
    renderings = await renderChannels(await inputOf(transaction, content), frozen.channels);
    await keepRenderings(transaction, frozen.id, renderings);
  }
  const rendering = renderings.find((one) => one.channel === channel);
  if (!rendering) throw problem("conflict", { detail: "not-approved", possible: [] });
  return rendering;
}

/** Renderings that are stored, or what they are made of. */
export type RenderingSource =
  | { revision: number; frozen: true; renderings: Rendering[] }
  | { revision: number; frozen: false; input: RenderInput; channels: readonly Channel[] };

/**
 * The renderings that were approved, while the submission is approved; else those that approval of the newest revision, or of
 * the one that is named, would freeze, for every channel. A publisher gets those that were approved, and `not-found` for any
 * others. Throws `not-found`.
 */
export async function readRenderings(
  store: Store,
  caller: Caller,
  id: string,
  wanted: number | undefined,
): Promise<Renderings> {
  const source = await findRenderings(store, caller, id, wanted);
  const { revision, frozen } = source;
  if (source.frozen) return { revision, frozen, channels: source.renderings };
  return { revision, frozen, channels: await renderChannels(source.input, source.channels) };
}

/** Finds what `readRenderings` answers, without rendering it: for a page that renders elsewhere. Throws `not-found`. */
export async function findRenderings(
  store: Store,
  caller: Caller,
  id: string,
  wanted: number | undefined,
): Promise<RenderingSource> {
  const row = await visibleSubmission(store, id, caller);
  const scope = scopeOf(caller);
  const approved = row.state === "approved" ? await findFrozen(store, row.id) : undefined;
  if (approved && (wanted === undefined || wanted === approved.revision)) {
    const { revision, renderings, channels } = approved;
    if (renderings) return { revision, frozen: true, renderings };
    // Nothing is stored by reading: the first attempt does that.
    const content = await readContent(store, row.id, revision);
    return { revision, frozen: false, input: await inputOf(store, content), channels };
  }
  const revision = wanted ?? row.revision;
  const found = "approved" in scope ? undefined : await findRevision(store, row.id, revision, scope);
  if (!found) throw problem("not-found");
  return {
    revision,
    frozen: false,
    input: await inputOf(store, found.content),
    channels: approvalChannels,
  };
}

/** What a rendering may be made of: never the internal block, nor who consented for children. */
async function inputOf(store: Store, content: Content): Promise<RenderInput> {
  const photos = content.photos.map(({ consent: _, ...photo }) => photo);
  return {
    content: { ...content, internal: {}, photos },
    photos: await presentSizes(store, [...new Set(photos.map(({ sha256 }) => sha256))]),
  };
}

/** Whether what a revision said was removed for good. */
export async function isRedactedRevision(
  store: Store,
  submissionId: string,
  revision: number,
): Promise<boolean> {
  const target = {
    submission_id: submissionId,
    revision,
    comment_id: null,
    transition_id: null,
    sha256: null,
  };
  return (await findRedaction(store, target)) !== undefined;
}
