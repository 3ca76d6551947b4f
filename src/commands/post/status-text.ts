import { channelLabel } from "../../channels/registry.js";
import type { Context } from "../../context.js";
import type { Outlet, Publication, Submission } from "../../contract/contract.js";
import type { KeptPhotos } from "../../contract/kept-photos.js";
import type { Style } from "../../terminal/style.js";
import { indent } from "../../terminal/table.js";
import { cleanLine } from "../../text/clean.js";
import { formatInstant } from "../../text/instant.js";
import { keptLines } from "../newsroom/kept-photos.js";
import {
  formatPublication,
  labelOf,
  onePerAddress,
  openLines,
  takeDownLines,
} from "../newsroom/publication.js";
import { pasteLines } from "../publish/out/report.js";
import { type Remark, remarkLines } from "./remarks.js";
import { correctionState, pendingChannels } from "./standing.js";
import type { Uncorrected } from "./status-publications.js";

/** A submission as `post status` shows it. @param local what this computer has otherwise */
export function statusText(
  context: Context,
  style: Style,
  {
    submission,
    outlets,
    uncorrected,
    kept_photos,
    remarks,
    next,
    now,
    page,
    name,
  }: {
    submission: Submission;
    outlets: readonly Outlet[];
    uncorrected: Uncorrected;
    kept_photos: readonly KeptPhotos[];
    remarks: readonly Remark[];
    next: readonly string[];
    now: Date;
    /** At the desk. */
    page: string;
    /** As commands take it. */
    name: string;
  },
  local: readonly string[] = [],
): string {
  const messages = context.messages.post;
  const { revision, shown, updated_at } = submission;
  const correction = correctionState(submission);
  const { corrections } = context.messages.postChanges;
  const standing = [messages.states[shown], ...(correction ? [corrections[correction]] : [])].join(", ");
  // Rows of several revisions have the same link, where a correction was made in place.
  const isOfSeveral = new Set(submission.publications.map((row) => row.revision)).size > 1;
  const revisionOf = (row: Publication) =>
    isOfSeveral
      ? [messages.revision(row.revision), ...(row.correction ? [messages.correction] : [])].join(", ")
      : undefined;
  return [
    style.strong(cleanLine(submission.title)),
    `${standing} · ${messages.revision(revision)} · ${formatInstant(updated_at, context.language)}`,
    ...local,
    ...onePerAddress(submission.publications).flatMap((publication) => [
      `  ${[formatPublication(context, publication, outlets), revisionOf(publication)].filter(Boolean).join(" · ")}`,
      ...[
        ...openLines(context, publication, { now, page }),
        ...takeDownLines(context, publication),
        ...kept_photos
          .filter(({ id }) => id === publication.id)
          .flatMap((kept) => keptLines(context, kept, submission.id, name)),
      ].map((line) => `    ${line}`),
    ]),
    ...uncorrected.flatMap(({ channel, account, url, text }) => [
      `  ${cleanLine([channelLabel(channel), labelOf(outlets, { channel, account })].filter(Boolean).join(" "))} · ${context.messages.desk.takeDowns.uncorrected.name}`,
      indent(pasteLines(context, { channel, url, text, post: name }), "  "),
    ]),
    ...pendingChannels(submission).map((channel) => {
      // Readers there see the text before.
      const isOld = submission.publications.some(
        (row) => row.channel === channel && row.state === "published",
      );
      const { uncorrected } = context.messages.desk.takeDowns;
      return `  ${channelLabel(channel)} · ${isOld ? uncorrected.name : messages.notOut}`;
    }),
    ...remarkLines(context, remarks, style),
    "",
    messages.next,
    ...next.map(
      (step) => `  ${step.startsWith("kominfo") ? style.command(step) : context.output.nextStep(step)}`,
    ),
  ].join("\n");
}
