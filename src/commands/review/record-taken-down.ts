import { readLink } from "../../channels/link.js";
import type { Context } from "../../context.js";
import { submissionUrl } from "../../contract/contract.js";
import { failed } from "../../errors/errors.js";
import { cleanLine } from "../../text/clean.js";
import { formatPublication } from "../newsroom/publication.js";
import { openNewsroom, requiredText, requireFlags, type SubmissionFlags } from "./step.js";

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
