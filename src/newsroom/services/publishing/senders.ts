import type { Submission } from "../../../contract/contract.js";
import { type PublicationState, publicationSteps } from "../../../contract/lifecycle.js";
import { abilities } from "../../../contract/roles.js";
import type { Store } from "../../store/database/open.js";
import type { PublicationRow } from "../../store/schema.js";
import { findOutlet } from "../../store/submissions/outlets.js";
import type { SubmissionWithNames } from "../../store/submissions/submissions.js";
import type { Caller } from "../caller.js";
import { invalidField, problem } from "../problem.js";
import { contributorsOf } from "../submissions/view.js";

type Destinations = NonNullable<Submission["approval"]>["destinations"];

/** The states that only a person of the newsroom may decide about. */
const undecided: readonly PublicationState[] = ["unclear", "handed_over"];

/**
 * Throws `forbidden` for a state that the caller may not record. Editors may record any. Operators may record all but the end of a
 * publication: the credited ones, and where the post goes to the kecamatan's pages each colleague, who was found to be of the same
 * kecamatan. A publisher records nothing: it tells what became of its own attempts, and a link from its token alone could be anybody's.
 *
 * @param from the present state; undefined for a new publication
 */
export function requireRecorder(
  caller: Caller,
  submission: SubmissionWithNames,
  destinations: Destinations,
  state: PublicationState,
  from?: PublicationState,
): void {
  if (!mayRecord(caller, submission, destinations, state, from)) throw problem("forbidden");
}

/** Whether `requireRecorder` lets the caller pass. */
export function mayRecord(
  caller: Caller,
  submission: SubmissionWithNames,
  destinations: Destinations,
  state: PublicationState,
  from?: PublicationState,
): boolean {
  const { steps } = abilities[caller.role];
  if (steps === "editor") return true;
  const isUndecided =
    from !== undefined && undecided.includes(from) && publicationSteps[from].includes(state);
  const may =
    steps === "operator" &&
    state !== "unpublished" &&
    (isCredited(caller, submission) || destinations.includes("kecamatan"));
  return may && !isUndecided;
}

function isCredited(caller: Caller, submission: SubmissionWithNames): boolean {
  return caller.id === submission.author_id || contributorsOf(submission).includes(caller.id);
}

/**
 * Throws `forbidden` for those who may not send what was approved: others than editors, publishers, and operators where it goes to
 * their own kecamatan's pages.
 */
export function requireSender(caller: Caller, destinations: Destinations): void {
  const { steps } = abilities[caller.role];
  const may =
    steps === "editor" ||
    caller.role === "publisher" ||
    (steps === "operator" && destinations.includes("kecamatan"));
  if (!may) throw problem("forbidden");
}

/**
 * Throws `conflict` for an account that no machine has announced or that is none of the approval's destinations, and `forbidden` for
 * an operator with an account of others. A kecamatan's account takes its own posts only.
 */
export async function requireOutlet(
  store: Store,
  caller: Caller,
  submission: SubmissionWithNames,
  destinations: Destinations,
  { channel, account }: Pick<PublicationRow, "channel" | "account">,
): Promise<void> {
  const outlet = await findOutlet(store, channel, account);
  if (!outlet) throw problem("conflict", { detail: "unknown-account", possible: [] });
  const isForeign = outlet.destination === "kecamatan" && outlet.kecamatan !== submission.kecamatan;
  if (isForeign || !destinations.includes(outlet.destination)) {
    throw problem("conflict", { detail: "destination", possible: [] });
  }
  if (abilities[caller.role].steps === "operator" && outlet.destination !== "kecamatan") {
    throw problem("forbidden");
  }
}

/**
 * Throws unless the caller may say by a link that what was handed over is out. Editors may. An operator has to bring
 * the proof, and only of a page of their own kecamatan: `invalid` (`/url`) without a link, `forbidden` (`handed-over`) for another account. What was sent
 * back is an editor's decision (`requireRecorder`).
 */
export async function requireProver(
  store: Store,
  caller: Caller,
  { kecamatan }: SubmissionWithNames,
  { channel, account }: Pick<PublicationRow, "channel" | "account">,
  url: string | undefined,
): Promise<void> {
  if (abilities[caller.role].steps === "editor") return;
  const outlet = await findOutlet(store, channel, account);
  if (outlet?.destination !== "kecamatan" || outlet.kecamatan !== kecamatan) {
    throw problem("forbidden", { detail: "handed-over" });
  }
  if (url === undefined) throw invalidField("/url", "required");
}

/**
 * Throws `conflict` for a time that nobody would keep: the account is known, and no publisher has ever announced it. Links and plans
 * from before accounts had ids name none.
 */
export async function requirePublisher(
  store: Store,
  { channel, account }: Pick<PublicationRow, "channel" | "account">,
): Promise<void> {
  const outlet = await findOutlet(store, channel, account);
  if (outlet && !outlet.publisher_seen_at) {
    throw problem("conflict", { detail: "no-publisher", possible: ["planned"] });
  }
}
