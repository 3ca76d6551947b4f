import type { ChannelName } from "../channels/registry.js";
import type { Publication, Submission, SubmissionSummary } from "./contract.js";
import type { State } from "./lifecycle.js";

/** The state of a correction that is not approved, while an earlier revision is out; undefined where there is none. */
export function correctionState({
  state,
  shown,
}: Pick<SubmissionSummary, "state" | "shown">): State | undefined {
  // An earlier revision that is out is all that makes them differ in these states.
  return shown === state || state === "approved" ? undefined : state;
}

/** Channels whose API lets no program change what is out: a person pastes the corrected text. */
export function isCorrectedByHand(channel: ChannelName): boolean {
  return channel === "instagram";
}

/** Whether only a person can correct it: its channel lets no program, or a person has put it there. A correction on X is a post of its own. */
export function isLeftToPeople({ channel, account, remote_id }: Publication): boolean {
  return isCorrectedByHand(channel) || (isRecordedByHand({ account, remote_id }) && channel !== "x");
}

/** Whether its link was recorded by hand, so no account of a computer is known to own it. */
export function isRecordedByHand({
  account,
  remote_id,
}: Pick<Publication, "account" | "remote_id">): boolean {
  return account === "" && remote_id === null;
}

/** Whether a correction on X quotes this post, which is read first. X bills that. */
export function isQuotable({ remote_id, url }: Pick<Publication, "remote_id" | "url">): boolean {
  return remote_id !== null || /\/status\/\d/.test(url ?? "");
}

/** The channels on which a publication of this revision quotes what is out of an earlier one. */
export function quotingChannels(publications: readonly Publication[], revision: number): ChannelName[] {
  const earlier = publications.filter(
    (row) => row.state === "published" && row.revision < revision && isQuotable(row),
  );
  return [...new Set(earlier.map(({ channel }) => channel))];
}

/**
 * What still shows an earlier revision than the approved one, where only a person can correct it. A link that is recorded for the approved
 * revision says that somebody has.
 */
export function uncorrectedOf({
  approval,
  publications,
}: Pick<Submission, "approval" | "publications">): Publication[] {
  if (!approval) return [];
  const out = publications.filter(
    ({ channel, state }) =>
      state === "published" && approval.channels.some((approved) => approved === channel),
  );
  const byHand = out.filter(isLeftToPeople);
  const corrected = out.filter(({ revision }) => revision === approval.revision);
  const isOf = (one: Publication, other: Publication) =>
    one.channel === other.channel &&
    (one.account === other.account || one.account === "" || (one.url !== null && one.url === other.url));
  const open = byHand.filter(
    (row) =>
      row.revision < approval.revision && !row.take_down && !corrected.some((newer) => isOf(newer, row)),
  );
  // An account that was corrected by hand before has a row of each revision.
  return open.filter((row, at) => !open.slice(at + 1).some((later) => isOf(later, row)));
}

/**
 * The approved channels on which nothing of the approved revision is out, planned or on its way, and which no person has to correct
 * instead. What failed is among them; what was taken down is not.
 */
export function missingChannels({
  approval,
  publications,
}: Pick<Submission, "approval" | "publications">): ChannelName[] {
  if (!approval) return [];
  const there = publications.filter(
    ({ revision, state }) => revision === approval.revision && state !== "failed",
  );
  const settled = [...there, ...uncorrectedOf({ approval, publications })];
  return approval.channels.filter((channel) => !settled.some((row) => row.channel === channel));
}
