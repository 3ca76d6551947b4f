import type { FastifyRequest } from "fastify";
import type { z } from "zod";
import { createPublication } from "../../../contract/contract.js";
import { invalidField } from "../../services/problem.js";
import { instantOf } from "../models/format.js";
import type { Fields } from "../types.js";
import { checkedForm } from "./forms.js";

/** What a form says is out: its link on a channel, perhaps the account, and when if not now. Throws `invalid`. */
export function recordedLink(
  request: FastifyRequest,
  { channel, url = "", account = "", published_at = "" }: Fields,
): z.output<typeof createPublication> {
  const at = instantOf(published_at);
  if (at === null) throw invalidField("/published_at", "time");
  return checkedForm(request, createPublication, {
    channel,
    account: account.trim(),
    state: "published",
    url: url.trim(),
    ...(at === undefined ? {} : { published_at: at }),
  });
}
