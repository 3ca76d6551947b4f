import type { Context } from "../context.js";
import { denied, KominfoError } from "../errors/errors.js";
import { qrCode } from "../terminal/qr.js";
import { formatInstant } from "../text/instant.js";
import { isLoopback } from "../text/loopback.js";
import { newsroomAddress } from "./newsroom/address.js";

interface Input {
  url?: string;
}

/**
 * Makes a link with which the operator logs in at the desk on their phone. It is not opened here: a link in the arguments of a browser
 * is read by every program of the machine.
 */
export async function run(context: Context, input: Input): Promise<void> {
  const { output, messages, language } = context;
  const origin = await newsroomAddress(context, input.url);
  const client = await context.newsroom(origin);
  const { user, path, expires_at } = await client.ownDeskLink().catch((error: unknown) => {
    if (!(error instanceof KominfoError && error.code === "not-allowed")) throw error;
    throw denied("desk-for-operators", { origin });
  });
  const link = origin + path;
  // Only the link goes to stdout, so that a script can use it.
  output.result({ user, link, expires_at }, () => link);
  output.note(messages.newsroom.ownLink({ when: formatInstant(expires_at, language) }));
  // A phone would look for the newsroom on itself.
  if (isLoopback(new URL(origin))) output.note(messages.newsroom.onlyHere);
  if (!output.live) return;
  const { drawn, columns } = await qrCode(link);
  if (columns <= output.columns) output.log(drawn);
}
