import type { Context } from "../../context.js";
import type { Comment, PhotoReference, Redaction, Submission } from "../../contract/contract.js";
import { deskPage, redactedKind, submissionUrl } from "../../contract/contract.js";
import { earlierAnswers } from "../../contract/earlier-answers.js";
import { type HistoryEntry, historyEntries } from "../../contract/history.js";
import type { Style } from "../../terminal/style.js";
import { indent } from "../../terminal/table.js";
import { clean, cleanLine } from "../../text/clean.js";
import { formatInstant } from "../../text/instant.js";
import { kecamatanName } from "../newsroom/person.js";
import { accountLabels, formatPublication, openLines, takeDownLines } from "../newsroom/publication.js";
import { openNewsroom, type SubmissionFlags } from "./step.js";
import { isUnasked, takenDownCommands } from "./take-down.js";
import { findTwin } from "./twin.js";

export async function run(context: Context, input: SubmissionFlags): Promise<void> {
  const client = await openNewsroom(context, input.url);
  const [submission, comments, history, revisions, redactions] = await Promise.all([
    client.submission(input.id),
    client.comments(input.id),
    client.history(input.id),
    client.revisions(input.id),
    client.redactions(input.id),
  ]);
  const twin = submission.possible.includes("merge") ? await findTwin(client, submission) : undefined;
  const outlets = await accountLabels(client, submission.publications);
  const url = submissionUrl(client.origin, submission.id);
  const isTimed = submission.publications.some(({ state }) => state === "scheduled");
  const at = {
    now: isTimed ? new Date((await client.service()).time) : context.host.now(),
    page: deskPage(client.origin, submission.id),
  };
  const answer = { submission: { ...submission, url }, comments, history, revisions, redactions };
  context.output.result(answer, (style) =>
    [
      headLines(context, style, submission),
      clean(submission.content.body).trim(),
      photoLines(context, style, submission.content.photos),
      approvalLines(context, style, submission),
      internalLines(context, style, submission),
      section(
        style,
        context.messages.review.publications,
        submission.publications.map((publication) =>
          [
            formatPublication(context, publication, outlets),
            ...openLines(context, publication, at),
            ...takeDownLines(context, publication),
          ].join("\n  "),
        ),
      ),
      commentLines(context, style, comments),
      historyLines(context, style, historyEntries(history, revisions)),
      redactionLines(context, style, redactions),
      stepLines(context, style, submission, twin, input.url),
    ]
      .filter(Boolean)
      .join("\n\n"),
  );
}

function headLines(context: Context, style: Style, submission: Submission): string {
  const { review: messages, post, desk } = context.messages;
  const { language } = context;
  const { content } = submission;
  const when = (instant: string | null) => instant && formatInstant(instant, language);
  const facts: [string, string | null | undefined][] = [
    [messages.state, `${post.states[submission.shown]}, ${messages.revision(submission.revision)}`],
    [messages.from, `${kecamatanName(submission.kecamatan)}, ${submission.author.name}`],
    [messages.asked, submission.asked && desk.queue.asked[submission.asked]],
    [messages.received, when(submission.received_at)],
    [messages.claimedBy, submission.claimed_by?.name],
    [messages.kind, `${submission.kind}, ${content.category}`],
    [messages.priority, submission.priority === "urgent" ? messages.urgent : undefined],
    [messages.neededBy, when(submission.needed_by)],
    [messages.embargo, when(submission.embargo)],
    [messages.summary, content.summary],
    [messages.tags, content.tags.join(", ")],
    [messages.hashtags, content.hashtags?.join(", ")],
    [messages.correctionNote, content.correction_note],
  ];
  return [
    style.strong(cleanLine(submission.title)),
    style.faint(submission.id),
    ...facts.flatMap(([name, value]) => (value ? `${style.faint(`${name}:`)} ${cleanLine(value)}` : [])),
    ...Object.entries(content.channel_texts).map(
      ([channel, text]) => `${style.faint(`${channel}:`)} ${cleanLine(text)}`,
    ),
  ].join("\n");
}

function photoLines(context: Context, style: Style, photos: readonly PhotoReference[]): string {
  const messages = context.messages.review;
  if (photos.length === 0) return "";
  const lines = photos.map((photo) =>
    [
      `${cleanLine(photo.filename)}${photo.lead ? ` (${messages.lead})` : ""}`,
      `  ${messages.caption}: ${cleanLine(photo.caption)}`,
      `  ${messages.alt}: ${cleanLine(photo.alt)}`,
      `  ${messages.credit}: ${cleanLine(photo.credit)}`,
      `  ${messages.children}: ${messages.childrenStates[photo.children]}`,
      ...(photo.consent ? [`  ${messages.consent}: ${cleanLine(messages.consentOf(photo.consent))}`] : []),
      ...(photo.focus ? [`  ${messages.focus}: ${photo.focus.x}, ${photo.focus.y}`] : []),
      ...(photo.blur
        ? [`  ${messages.blurred}: ${messages.blurredParts({ boxes: photo.blur.length })}`]
        : []),
    ].join("\n"),
  );
  return section(style, messages.photos, lines);
}

/** What the editor said while approving, of photos and of checks. */
function approvalLines(context: Context, style: Style, submission: Submission): string {
  const messages = context.messages.review;
  const { approval, content } = submission;
  const photos = (approval?.photos ?? earlierAnswers(submission)).map(({ sha256, children, consent }) => {
    const photo = content.photos.find((one) => one.sha256 === sha256);
    const said = [messages.childrenStates[children], ...(consent ? [messages.consentOf(consent)] : [])];
    return cleanLine(`${photo?.filename ?? sha256}: ${said.join("; ")}`);
  });
  const overrides = (approval?.overrides ?? []).map(({ rule, key, quote, reason }) =>
    cleanLine(`${rule}${key && ` (${key})`}${quote ? ` "${quote}"` : ""}: ${reason}`),
  );
  return [section(style, messages.seen, photos), section(style, messages.overrides, overrides)]
    .filter(Boolean)
    .join("\n\n");
}

/** Internal details, marked because only the newsroom may read them. */
function internalLines(context: Context, style: Style, { content }: Submission): string {
  const lines = Object.entries(content.internal).map(
    ([key, value]) =>
      `${cleanLine(key)}: ${cleanLine(typeof value === "string" ? value : JSON.stringify(value))}`,
  );
  return section(style, style.warning(context.messages.review.internal), lines);
}

function commentLines(context: Context, style: Style, comments: readonly Comment[]): string {
  const lines = comments.map(
    (comment) =>
      `${style.strong(cleanLine(comment.author.name))} ${style.faint(formatInstant(comment.at, context.language))}\n${indent(clean(comment.body))}`,
  );
  return section(style, context.messages.review.comments, lines);
}

function historyLines(context: Context, style: Style, entries: readonly HistoryEntry[]): string {
  const { review: messages, post, desk } = context.messages;
  const lines = entries.map(({ at, transition, revision }) => {
    // Steps that keep the state would read as the one that led to it.
    const event = transition
      ? (desk.stepDone[transition.step] ?? post.states[transition.to])
      : desk.submission.revised;
    const by = transition ? transition.by : revision.author;
    const number = transition ? transition.revision : revision.number;
    const reason = transition?.reason ?? revision?.message;
    const why = reason ? `: ${cleanLine(reason)}` : "";
    return `${style.faint(formatInstant(at, context.language))} ${cleanLine(by.name)} ${event} (${messages.revision(number)})${why}`;
  });
  return section(style, messages.history, lines);
}

function redactionLines(context: Context, style: Style, redactions: readonly Redaction[]): string {
  const messages = context.messages.desk.redaction;
  const lines = redactions.map((redaction) => {
    const by = messages.by({ who: redaction.by.name, when: formatInstant(redaction.at, context.language) });
    return cleanLine(
      `${messages.was[redactedKind(redaction)]} ${by}: ${redaction.reason} (${redaction.legal_basis})`,
    );
  });
  return section(style, messages.list, lines);
}

/** The commands for the steps this person may take now. Steps without a command are left out. */
function stepLines(
  context: Context,
  style: Style,
  submission: Submission,
  twin: string | undefined,
  url: string | undefined,
): string {
  const { id, revision, content } = submission;
  const known = new Set(earlierAnswers(submission).map(({ sha256 }) => sha256));
  const photos = content.photos.flatMap(({ children, sha256 }, i) =>
    children === "unchecked" && !known.has(sha256) ? ` --photo ${i + 1}=…` : [],
  );
  const last = submission.last_approval;
  const destinations = last?.destinations.join(",") ?? "kabupaten";
  const channels = last?.channels.join(",") ?? "web";
  const reason = `--reason "…"`;
  const commands: Readonly<Record<string, string>> = {
    claim: `claim ${id}`,
    return: `return ${id} ${reason}`,
    approve: `approve ${id} --revision ${revision} --destination ${destinations} --channel ${channels}${photos.join("")}`,
    reject: `reject ${id} ${reason}`,
    release: `release ${id}`,
    reopen: `reopen ${id} ${reason}`,
    revoke: `revoke ${id} ${reason}`,
    ...(twin !== undefined && { merge: `merge ${id} --into ${twin} ${reason}` }),
    unpublish: `unpublish ${id} ${reason}`,
    reassign: `claim ${id}`,
    confirm_withdrawal: `confirm-withdrawal ${id}`,
    decline: `decline ${id} ${reason}`,
  };
  const where = url === undefined ? "" : ` --url ${cleanLine(url)}`;
  // What is to go already is not asked for once more.
  const isPointless = (step: string) =>
    step === "unpublish" && submission.asked !== "unpublish" && !isUnasked(submission);
  const lines = [
    ...submission.possible.flatMap((step) =>
      commands[step] && !isPointless(step) ? `kominfo review ${commands[step]}${where}` : [],
    ),
    ...takenDownCommands(submission, url),
  ].map(style.command);
  return section(style, context.messages.review.next, lines);
}

function section(style: Style, title: string, lines: readonly string[]): string {
  return lines.length === 0 ? "" : [style.strong(title), ...lines.map((line) => indent(line))].join("\n");
}
