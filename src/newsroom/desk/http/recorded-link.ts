import type { FastifyRequest } from "fastify";
import type { z } from "zod";
import { createPublication } from "../../../contract/contract.js";
import { instantOf } from "../models/format.js";
import type { Fields } from "../types.js";
import { checkedForm } from "./forms.js";

/** What a form says is out: its link on a channel, perhaps the account, and when if not now. Throws `invalid`. */
export function recordedLink(
  request: FastifyRequest,
  { channel, url = "", account = "", published_at = "" }: Fields,
): z.output<typeof createPublication> {
  const at = instantOf(published_at);
  return checkedForm(request, createPublication, {
    channel,
    account: account.trim(),
    state: "published",
    url: url.trim(),
    // An invalid time is passed on as typed, and the validation against the contract reports it.
    ...(at === undefined ? {} : { published_at: at ?? published_at }),
  });
}
