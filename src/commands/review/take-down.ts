import { readLink } from "../../channels/link.js";
import { channelLabel } from "../../channels/registry.js";
import type { Context } from "../../context.js";
import { type Publication, type Submission, submissionUrl } from "../../contract/contract.js";
import { isOut } from "../../contract/lifecycle.js";
import { failed } from "../../errors/errors.js";
import { cleanLine } from "../../text/clean.js";
import { formatPublication } from "../newsroom/publication.js";
import { quotePath } from "../newsroom/stores.js";
import { openNewsroom, requiredText, requireFlags, type SubmissionFlags } from "./step.js";

/** Whether a person has to remove it where it is, and to say so: no account of the newsroom can. */
function isByHand({ state, take_down, remote_id, url }: Publication): boolean {
  return (
    state === "published" &&
    take_down !== null &&
    take_down !== undefined &&
    remote_id === null &&
    url !== null
  );
}

/** Whether something is out, or may be, that nobody has asked to be taken down. */
export function isUnasked({ publications }: Submission): boolean {
  return publications.some((row) => isOut(row) && !row.take_down);
}

/** The commands that record what a person has taken down, one a link. @param url of the newsroom, where the editor named it */
export function takenDownCommands({ id, publications }: Submission, url: string | undefined): string[] {
  const links = new Set(publications.filter(isByHand).map((row) => cleanLine(row.url ?? "")));
  const where = url === undefined ? "" : ` --url ${cleanLine(url)}`;
  return [...links].map(
    (link) => `kominfo review record ${id} ${quotePath(link)} --taken-down --reason "…"${where}`,
  );
}

/** What `review unpublish` has done, and what it could not do. */
export function unpublishOutcome(
  context: Context,
  submission: Submission,
  url: string | undefined,
): string[] {
  const messages = context.messages.review.unpublished;
  const { publications } = submission;
  const namesOf = (rows: readonly Publication[]) => [
    ...new Set(
      rows.map(({ channel, account }) =>
        cleanLine([channelLabel(channel), account].filter(Boolean).join(" ")),
      ),
    ),
  ];
  const asked = publications.filter((row) => row.take_down);
  const sent = namesOf(asked.filter(({ state, remote_id }) => state === "published" && remote_id !== null));
  const undecided = namesOf(asked.filter(({ state }) => state !== "published"));
  const commands = takenDownCommands(submission, url);
  return [
    ...(sent.length > 0 ? [messages.sent({ names: sent })] : []),
    ...(undecided.length > 0 ? [messages.undecided({ names: undecided })] : []),
    ...(commands.length > 0 ? [messages.byHand, ...commands.map((command) => `  ${command}`)] : []),
  ];
}

/**
 * Records that what was out at a link is gone from there: a person has removed it. Repeating it changes nothing. Throws `link-invalid` and
 * `missing-input` (exit 2), `link-unrecorded` (exit 1), and as the newsroom's client.
 */
export async function recordTakenDown(
  context: Context,
  input: SubmissionFlags & { link: string; reason?: string },
): Promise<void> {
  const { href } = readLink(input.link);
  await requireFlags(context, { "--reason": input.reason });
  const reason = await requiredText(
    context,
    "--reason",
    input.reason,
    context.messages.review.askReason.unpublish,
  );
  const client = await openNewsroom(context, input.url);
  const { id, revision, state, publications } = await client.submission(input.id);
  const there = publications.filter((row) => row.state === "published" || row.state === "unpublished");
  const same = there.filter(({ url }) => url !== null && URL.canParse(url) && new URL(url).href === href);
  const known = same.at(-1);
  if (!known) {
    const out = there.flatMap((row) => (row.state === "published" && row.url ? [cleanLine(row.url)] : []));
    throw failed("link-unrecorded", { link: href, links: [...new Set(out)], submission: id });
  }
  let publication = known;
  // Revisions that were corrected in place have one link.
  for (const row of same.filter((other) => other.state === "published")) {
    publication = await client.changePublication(
      { submission: id, publication: row.id },
      { state: "unpublished", reason },
    );
  }
  const url = submissionUrl(client.origin, id);
  context.output.result(
    { publication, submission: { id, revision, state, url } },
    (style) =>
      `${style.good("✓")} ${context.messages.newsroom.recorded(formatPublication(context, publication))}`,
  );
}
