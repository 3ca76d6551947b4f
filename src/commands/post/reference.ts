import type { Context } from "../../context.js";
import { failed, usage } from "../../errors/errors.js";
import type { NewsroomClient } from "../../newsroom-client/types.js";
import { readState, requireSameOrigin } from "../../workspace/state.js";
import { newsroomOrigin } from "../../workspace/workspace.js";
import { findPost } from "./choose.js";

/** A submission, as a person names it. */
export interface SubmissionReference {
  id: string;
  /** Where it was named by its address. */
  origin?: string;
}

/** Reads a submission's id, or its address at the newsroom or its desk; undefined for anything else. */
export function parseReference(wanted: string): SubmissionReference | undefined {
  const uuid = "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}";
  const [, address, id] =
    new RegExp(`^(https?://.+/submissions/)?(${uuid})$`, "i").exec(wanted.trim().replace(/[/#?]*$/, "")) ??
    [];
  if (!id) return undefined;
  return { id: id.toLowerCase(), ...(address && { origin: new URL(address).origin }) };
}

/** Throws `submitted-elsewhere` (exit 1) for the address of a submission at another newsroom. */
export function requireOwnNewsroom(
  reference: SubmissionReference,
  { origin }: Pick<NewsroomClient, "origin">,
): void {
  if (reference.origin === undefined || reference.origin === origin) return;
  throw failed("submitted-elsewhere", { post: reference.id, origin: reference.origin, current: origin });
}

/**
 * Finds the submission that `<post|submission-id>` names, without a login. Throws `not-submitted` (exit 2) for a post that was never sent,
 * `newsroom-unset` (exit 2), and `submitted-elsewhere` (exit 1).
 */
export async function findSubmissionOf(context: Context, wanted: string): Promise<string> {
  const newsroom = { origin: newsroomOrigin(await context.workspace()) };
  const reference = parseReference(wanted);
  if (reference) {
    requireOwnNewsroom(reference, newsroom);
    return reference.id;
  }
  const bundle = await findPost(context, wanted, { whole: true });
  const state = await readState(bundle.state);
  if (!state.submission) throw usage("not-submitted", { post: bundle.slug });
  requireSameOrigin(state, newsroom.origin, bundle.slug);
  return state.submission.id;
}
