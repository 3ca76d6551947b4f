import type { PublicationState } from "../../../contract/lifecycle.js";
import { sha256 } from "../../../files/hash.js";
import type { PublicationRow } from "../../store/schema.js";
import type { StoredPublication } from "../../store/submissions/publications.js";
import { problem } from "../problem.js";

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
  if (state === "failed" || state === "unpublished") return null;
  const slot = `${channel} ${account} ${revision}`;
  if (state !== "published" || recorded === null) return slot;
  return `${slot} ${recorded.length > maxAddressLength ? sha256(recorded) : recorded}`;
}

/** Throws `conflict` if another publication of the submission has this slot. */
export function requireFree(all: readonly StoredPublication[], id: string, slot: string | null): void {
  if (slot !== null && all.some((other) => other.id !== id && other.slot === slot)) {
    throw problem("conflict", { detail: "duplicate", possible: [] });
  }
}

/** Whether a revision before this one has been published. Readers see "Ralat". */
export function isCorrection(
  all: readonly Pick<PublicationRow, "published_at" | "revision">[],
  revision: number,
): boolean {
  return all.some((other) => other.published_at !== null && other.revision < revision);
}
