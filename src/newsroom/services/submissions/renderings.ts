import { isDeepStrictEqual } from "node:util";
import { approvalChannels } from "../../../channels/registry.js";
import type { RenderChannels, RenderInput } from "../../../channels/render.js";
import type { Content, Rendering, Renderings } from "../../../contract/contract.js";
import type { Store } from "../../store/database/open.js";
import { presentSizes } from "../../store/photos/photo-sizes.js";
import { findFrozen, keepRenderings } from "../../store/submissions/approvals.js";
import { isRedactedRevision } from "../../store/submissions/redactions.js";
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
 * A writing transaction needs renderings that nobody has made. It is undone: rendering takes seconds, in which everybody else's
 * changes would wait for it. Whoever began it has them made, and begins again: see `prepare`.
 */
export class Unprepared extends Error {
  readonly input: RenderInput;
  readonly channels: readonly Channel[];

  constructor(input: RenderInput, channels: readonly Channel[]) {
    super("renderings are not prepared");
    this.input = input;
    this.channels = channels;
  }
}

/** Makes what a transaction needed. Throws as `render` does. */
export async function prepare(
  { input, channels }: Unprepared,
  render: RenderChannels,
): Promise<PreparedRenderings> {
  return { input, channels, renderings: await render(input, channels) };
}

/** What was prepared, if it is of this. Throws `Unprepared`: nothing was, or the revision or its photos changed meanwhile. */
function preparedOf(
  input: RenderInput,
  channels: readonly Channel[],
  prepared: PreparedRenderings | undefined,
): Rendering[] {
  const isOfThis =
    isDeepStrictEqual(prepared?.input, input) && isDeepStrictEqual(prepared?.channels, channels);
  if (!prepared || !isOfThis) throw new Unprepared(input, channels);
  return prepared.renderings;
}

/** The renderings of an approval as its row holds them. Throws `Unprepared`. */
export async function freeze(
  transaction: Store,
  content: Content,
  channels: readonly Channel[],
  prepared: PreparedRenderings | undefined,
): Promise<string> {
  return JSON.stringify(preparedOf(await inputOf(transaction, content), channels, prepared));
}

/**
 * The rendering of a channel as it was approved. What was prepared is stored where there is none: in an approval from before
 * renderings were frozen, and in one of which a photo was redacted. Throws `Unprepared` there; `conflict` for a channel that the
 * approval does not name, and for a redacted revision.
 *
 * @param approval of the revision that is sent, or that an earlier attempt may have sent
 */
export async function approvedRendering(
  transaction: Store,
  submissionId: string,
  approval: { revision: number },
  channel: Channel,
  prepared: PreparedRenderings | undefined,
): Promise<Rendering> {
  const frozen = await findFrozen(transaction, submissionId, approval.revision);
  if (!frozen) throw problem("conflict", { detail: "not-approved", possible: [] });
  if (await isRedactedRevision(transaction, submissionId, frozen.revision)) {
    throw problem("conflict", { detail: "redacted", possible: [] });
  }
  if (!frozen.channels.includes(channel)) throw problem("conflict", { detail: "not-approved", possible: [] });
  let { renderings } = frozen;
  if (renderings === null) {
    const content = await readContent(transaction, submissionId, frozen.revision);
    renderings = preparedOf(await inputOf(transaction, content), frozen.channels, prepared);
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
 * others. Throws `not-found`, and as `render` does.
 */
export async function readRenderings(
  store: Store,
  caller: Caller,
  id: string,
  wanted: number | undefined,
  render: RenderChannels,
): Promise<Renderings> {
  const source = await findRenderings(store, caller, id, wanted);
  const { revision, frozen } = source;
  if (source.frozen) return { revision, frozen, channels: source.renderings };
  return { revision, frozen, channels: await render(source.input, source.channels) };
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

/** What a rendering may be made of: never the internal block, the answers, nor who consented for children. */
async function inputOf(store: Store, content: Content): Promise<RenderInput> {
  const photos = content.photos.map(({ consent: _, ...photo }) => photo);
  return {
    content: { ...content, internal: {}, answers: {}, photos },
    photos: await presentSizes(store, [...new Set(photos.map(({ sha256 }) => sha256))]),
  };
}
