import type { Outlet, Submission } from "../../../contract/contract.js";
import { exit, KominfoError } from "../../../errors/errors.js";
import type { NewsroomClient } from "../../../newsroom-client/types.js";
import type { PlannedPublication } from "../../../publish/plan.js";
import type { OpenSeat } from "./accounts.js";
import { announceAccount, outletOf } from "./outlets.js";

/** What announcing needs of a run. */
interface Announcing {
  newsroom: NewsroomClient;
  submission: Submission;
  /** The accounts that the newsroom knows. */
  outlets: readonly Outlet[];
}

/**
 * Tells the newsroom of these accounts where it does not know them as they are. Returns why it takes some of them not: those are left
 * out, and stop no other.
 */
export async function announcePlanned<P extends PlannedPublication & { seat: OpenSeat }>(
  { newsroom, submission, outlets }: Announcing,
  planned: readonly P[],
): Promise<Map<P, KominfoError>> {
  const refusals = new Map<P, KominfoError>();
  const isKnown = ({ seat }: P) => {
    const known = outletOf(outlets, seat);
    return known !== undefined && known.label === seat.label && known.mode === seat.mode;
  };
  const toTell = planned.filter((plan) => plan.action !== "out" && plan.action !== "paste" && !isKnown(plan));
  if (toTell.length === 0) return refusals;
  const { user } = await newsroom.me();
  const kecamatan = user.role === "operator" ? submission.kecamatan : undefined;
  for (const plan of toTell) {
    try {
      await announceAccount({ newsroom, seat: plan.seat, known: outletOf(outlets, plan.seat), kecamatan });
    } catch (error) {
      if (!(error instanceof KominfoError) || error.exit === exit.cancelled) throw error;
      refusals.set(plan, error);
    }
  }
  return refusals;
}
