import type { PublicationState } from "../../../contract/lifecycle.js";
import { sha256 } from "../../../files/hash.js";
import type { PublicationRow } from "../../store/schema.js";
import type { StoredPublication } from "../../store/submissions/publications.js";
import { problem } from "../problem.js";

/** Whether it is there, or shall be. */
export function isLive({ state }: { state: PublicationState }): boolean {
  return state !== "failed" && state !== "unpublished";
}

/** What there is one live publication of. */
export type PublicationKey = Pick<PublicationRow, "channel" | "account" | "revision">;

export function hasKey(publication: PublicationKey, { channel, account, revision }: PublicationKey): boolean {
  return (
    publication.channel === channel && publication.account === account && publication.revision === revision
  );
}

/** The longest address that a slot holds as it is: an index of PostgreSQL takes 2,704 bytes. */
const maxAddressLength = 300;

/**
 * The slot of a publication in this state: unique within the submission while it is live, null for what failed or was taken down.
 *
 * @param recorded address of a link that was recorded by hand. One account may have several of them
 */
export function slotOf(
  state: PublicationState,
  { channel, account, revision }: PublicationKey,
  recorded: string | null = null,
): string | null {
  if (!isLive({ state })) return null;
  const slot = `${channel} ${account} ${revision}`;
  if (state !== "published" || recorded === null) return slot;
  return `${slot} ${recorded.length > maxAddressLength ? sha256(recorded) : recorded}`;
}

/** Whether another publication that is live has this slot. An older process leaves the slot of what it ends. */
function isTaken(all: readonly StoredPublication[], id: string, slot: string | null): boolean {
  return slot !== null && all.some((other) => other.id !== id && other.slot === slot && isLive(other));
}

/** Throws `conflict` if another publication of the submission has this slot. */
export function requireFree(all: readonly StoredPublication[], id: string, slot: string | null): void {
  if (isTaken(all, id, slot)) throw problem("conflict", { detail: "duplicate", possible: [] });
}

/**
 * The slot, or null where another publication has it already: what is found out about something that was sent is recorded in any case.
 * Newsrooms from before slots may have several of the same.
 */
export function slotIfFree(
  all: readonly StoredPublication[],
  id: string,
  slot: string | null,
): string | null {
  return isTaken(all, id, slot) ? null : slot;
}

/** Whether a revision before this one has been published. Readers see "Ralat". */
export function isCorrection(
  all: readonly Pick<PublicationRow, "published_at" | "revision">[],
  revision: number,
): boolean {
  return all.some((other) => other.published_at !== null && other.revision < revision);
}
