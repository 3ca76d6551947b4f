import type { PublicationState } from "../../../contract/lifecycle.js";
import { abilities } from "../../../contract/roles.js";
import { isToGo, type StoredPublication } from "../../store/submissions/publications.js";
import type { Caller } from "../caller.js";
import { problem } from "../problem.js";

/**
 * Throws `conflict` with `stopped` where something of the submission was asked to be taken down since the approval: nothing more of it
 * goes out until an editor says so, by planning or sending it themselves or by approving anew.
 *
 * @param from the present state of what shall be sent. What is planned or scheduled was planned after the request, which stops the rest.
 */
export function requireNotStopped(
  caller: Caller,
  all: readonly Pick<StoredPublication, "take_down_requested_at">[],
  approval: { at: string },
  from?: PublicationState,
): void {
  if (isOverruling(caller) || from === "planned" || from === "scheduled") return;
  if (isStopped(all, approval)) throw problem("conflict", { detail: "stopped", possible: [] });
}

/** Whether the caller's word is the one that is waited for. */
export function isOverruling(caller: Caller): boolean {
  return abilities[caller.role].steps === "editor";
}

/** The ids of what was to go out and was stopped, because something of it shall be taken down. */
export function stoppedIds(
  all: readonly Pick<StoredPublication, "id" | "state" | "take_down_requested_at">[],
): ReadonlySet<string> {
  return new Set(
    all.flatMap(({ id, state, take_down_requested_at }) =>
      state === "failed" && take_down_requested_at !== null ? [id] : [],
    ),
  );
}

/** Whether something of it was asked to be taken down since the approval. */
export function isStopped(
  all: readonly Pick<StoredPublication, "take_down_requested_at">[],
  approval: { at: string },
): boolean {
  return all.some(
    ({ take_down_requested_at }) =>
      take_down_requested_at !== null && Date.parse(take_down_requested_at) >= Date.parse(approval.at),
  );
}

/**
 * Throws `conflict` with `take-down-open` while an earlier revision is out on the same account and shall be taken down: a correction would
 * bring back what somebody wants gone.
 */
export function requireNoneToGo(
  all: readonly StoredPublication[],
  { channel, account, revision }: Pick<StoredPublication, "channel" | "account" | "revision">,
): void {
  const isToBeRemoved = all.some(
    (other) =>
      other.channel === channel && other.account === account && other.revision < revision && isToGo(other),
  );
  if (isToBeRemoved) throw problem("conflict", { detail: "take-down-open", possible: [] });
}
