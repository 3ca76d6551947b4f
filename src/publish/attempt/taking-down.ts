import type { Removal } from "../../channels/publishing.js";
import type { GrantedAttempt } from "../../contract/contract.js";
import { removesPhotos } from "../../contract/lifecycle.js";
import { once } from "../journal.js";
import { giveUp, report } from "./report.js";
import type { Run, Sent } from "./run.js";

/**
 * Takes down what is out. It is done again after an interruption: removing twice is harmless. A failure leaves it published with the
 * request, and is thrown.
 */
export async function remove(run: Run, granted: GrantedAttempt): Promise<Sent> {
  const { publishing, session } = run;
  const { remote_id, take_down } = granted.publication;
  if (remote_id === null) throw new Error("a take-down came without the id of what is taken down");
  const removal: Removal = {
    photos: removesPhotos(take_down?.cause ?? null),
    announced: granted.announced ?? [],
    async once(key, effect) {
      await run.keepLease();
      return once(run.journal, run.clock.now, key, effect);
    },
    ...(run.removePictures && { removePictures: run.removePictures }),
  };
  run.onStep?.("removing");
  try {
    await publishing.takeDown(session, remote_id, removal);
  } catch (error) {
    await giveUp(run, granted, error);
    throw error;
  }
  return report(run, granted, { state: "unpublished" }, false);
}
