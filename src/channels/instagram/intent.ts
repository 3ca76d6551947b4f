import { z } from "zod";
import type { LookupKeys } from "../../contract/contract.js";
import { denied } from "../../errors/errors.js";

/** What an intent names. `pictures` are addresses at the office's website. */
export const intentKeys = z.object({
  user: z.string(),
  container: z.string(),
  text: z.string(),
  since: z.string(),
  pictures: z.array(z.string()).optional(),
});

/** Of a publication that is proved, but whose own id Meta does not tell. */
export const unnamed = "container:";

/** What an intent names. Throws `channel-other-account` (exit 4): what another account shows proves nothing. */
export function keysOf(intent: LookupKeys, user: string): z.infer<typeof intentKeys> {
  const found = intentKeys.parse(intent);
  if (found.user !== user) throw denied("channel-other-account", { service: "instagram", id: found.user });
  return found;
}
