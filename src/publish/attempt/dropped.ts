import type { LookupKeys } from "../../contract/contract.js";
import type { Run } from "./run.js";

/**
 * Removes what a correction that is out has dropped, before its outcome is told: a run that is killed meanwhile is looked up, and the next
 * one does it. Whatever goes wrong, the correction is out, so it warns of the addresses that may still open.
 */
export async function removeDropped(run: Run, intent: LookupKeys): Promise<void> {
  const { publishing, session, warnings } = run;
  const named = [intent.dropped ?? []].flat();
  if (!publishing.removeDropped || named.length === 0) return;
  let left: string[];
  try {
    await run.keepLease();
    left = await publishing.removeDropped(session, intent);
  } catch {
    left = named.map((one) => one.split(" ")[1] ?? one);
  }
  for (const address of left) warnings.push({ code: "photo-left-at-site", params: { address } });
}
