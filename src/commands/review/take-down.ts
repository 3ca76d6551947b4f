import { channelLabel } from "../../channels/registry.js";
import type { Context } from "../../context.js";
import type { Publication, Submission } from "../../contract/contract.js";
import { isOut } from "../../contract/lifecycle.js";
import { cleanLine } from "../../text/clean.js";
import { quotePath } from "../newsroom/stores.js";

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
