import { channelOf, readLink } from "../../channels/link.js";
import type { Context } from "../../context.js";
import { type Publication, submissionUrl } from "../../contract/contract.js";
import { type Channel, channels } from "../../contract/lifecycle.js";
import { failed, usage } from "../../errors/errors.js";
import type { NewsroomClient } from "../../newsroom-client/types.js";
import { flagOrAnswer, oneOf } from "../../terminal/ask.js";
import { cleanLine } from "../../text/clean.js";
import { formatInstant } from "../../text/instant.js";
import { workspaceSite } from "./address.js";

/** Where something is posted already. */
interface Posted {
  link: URL;
  channel: Channel;
}

/** The link that was typed and its channel: told by the host, else by `--channel`, else asked for. */
export async function readPosted(
  context: Context,
  typed: { link: string; channel?: string | undefined },
): Promise<Posted> {
  const link = readLink(typed.link);
  const named = typed.channel === undefined ? undefined : oneOf("--channel", typed.channel, channels);
  const told = channelOf(link, await workspaceSite(context));
  if (told && named && told !== named)
    throw usage("channel-differs", { link: link.href, actual: told, given: named });
  const channel = told ?? named ?? (await askChannel(context));
  return { link, channel };
}

/**
 * Records what is posted already, and prints it; the same link once more is the same publication. Throws
 * `not-approved`, `channel-not-approved` and `under-embargo` (exit 1) while it may not be out.
 */
export async function recordPublication(
  context: Context,
  client: NewsroomClient,
  id: string,
  { link, channel }: Posted,
): Promise<void> {
  const submission = await client.submission(id);
  const { approval, state } = submission;
  if (!approval) throw failed("not-approved", { state });
  if (!approval.channels.includes(channel)) {
    throw failed("channel-not-approved", { channel, approved: approval.channels });
  }
  const publication = await client.record(id, { channel, url: link.href });
  const url = submissionUrl(client.origin, submission.id);
  context.output.result(
    { publication, submission: { id: submission.id, revision: submission.revision, state, url } },
    (style) =>
      `${style.good("✓")} ${context.messages.newsroom.recorded(formatPublication(context, publication))}`,
  );
}

/** One line: channel, state, since when, and the link. */
export function formatPublication(context: Context, publication: Publication): string {
  const { messages, language } = context;
  const when = publication.unpublished_at ?? publication.published_at ?? publication.scheduled_for;
  return [
    cleanLine([messages.desk.channels[publication.channel], publication.account].filter(Boolean).join(" ")),
    messages.desk.publication.states[publication.state],
    when && formatInstant(when, language),
    publication.url && cleanLine(publication.url),
  ]
    .filter(Boolean)
    .join(" · ");
}

async function askChannel(context: Context): Promise<Channel> {
  const { messages } = context;
  const choices = channels.map((value) => ({ value, name: messages.desk.channels[value] }));
  const typed = await flagOrAnswer(context, "--channel", undefined, (prompter) =>
    prompter.select({ message: messages.newsroom.askChannel, choices }),
  );
  return oneOf("--channel", typed, channels);
}
