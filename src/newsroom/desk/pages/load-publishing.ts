import type { Rendering } from "../../../contract/contract.js";
import type { Caller } from "../../services/caller.js";
import { releaseTime } from "../../services/publishing/release.js";
import { asSettled } from "../../services/publishing/settle.js";
import { stoppedIds } from "../../services/publishing/stopped.js";
import { findRenderings } from "../../services/submissions/renderings.js";
import { attemptsOfSubmission } from "../../store/submissions/attempts.js";
import { listOutletsFor } from "../../store/submissions/outlets.js";
import { storedPublications } from "../../store/submissions/publications.js";
import type { LoadedSubmission } from "../models/loaded-submission.js";
import type { LoadedPublishing } from "../models/plan.js";
import type { Desk } from "../types.js";

/**
 * Loads the accounts on which a submission may go out, and what machines have done about it. The submission's publications become what
 * they are once a machine's time has run out (`asSettled`); the forms of the page settle them before they do anything.
 */
export async function loadPublishing(
  { store, now }: Pick<Desk, "store" | "now">,
  caller: Caller,
  stored: LoadedSubmission,
): Promise<{ loaded: LoadedSubmission; publishing: LoadedPublishing }> {
  const { submission } = stored;
  const { approval } = submission;
  const isApproved = submission.state === "approved" && approval !== null;
  const release = isApproved ? await releaseTime(store, submission.id, approval) : null;
  const { publications, attempts } = asSettled(
    submission.publications,
    await attemptsOfSubmission(store, submission.id),
    now(),
  );
  return {
    loaded: { ...stored, submission: { ...submission, publications } },
    publishing: {
      outlets: await listOutletsFor(store, submission.kecamatan),
      attempts,
      stopped: stoppedIds(await storedPublications(store, submission.id)),
      renderings: isApproved ? await frozenRenderings({ store }, caller, submission.id) : [],
      earliest: release && release > now() ? release.toISOString() : null,
    },
  };
}

/** As they were approved; empty for an approval from before renderings were frozen. */
async function frozenRenderings(
  { store }: Pick<Desk, "store">,
  caller: Caller,
  id: string,
): Promise<readonly Rendering[]> {
  const source = await findRenderings(store, caller, id, undefined);
  return source.frozen ? source.renderings : [];
}
