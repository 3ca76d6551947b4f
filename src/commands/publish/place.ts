import type { Context } from "../../context.js";
import type { Submission } from "../../contract/contract.js";
import type { LocalClocks } from "../../publish/clock.js";

/** The address of the approved revision's article, where it is out. */
export function articleOf({ publications, approval }: Submission): string | null {
  const article = publications.findLast(
    ({ channel, state, revision, url }) =>
      channel === "web" && state === "published" && revision === approval?.revision && url !== null,
  );
  return article?.url ?? null;
}

/** The folder of this machine's journals of publications. */
export function journalFolder(context: Context): string {
  return `${context.paths.state}/publish`;
}

export function localClocks({ host }: Context): LocalClocks {
  return { now: host.now, monotonic: () => performance.now() };
}
