import type { Context } from "../../context.js";
import type { LocalClocks } from "../../publish/clock.js";

/** The folder of this machine's journals of publications. */
export function journalFolder(context: Context): string {
  return `${context.paths.state}/publish`;
}

export function localClocks({ host }: Context): LocalClocks {
  return { now: host.now, monotonic: () => performance.now() };
}
