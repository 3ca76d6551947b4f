import type { Context } from "../../context.js";
import type { Comment, PhotoReference, Redaction, Submission, Transition } from "../../contract/contract.js";
import { redactedKind, submissionUrl } from "../../contract/contract.js";
import type { Style } from "../../terminal/style.js";
import { indent } from "../../terminal/table.js";
import { clean, cleanLine } from "../../text/clean.js";
import { formatInstant } from "../../text/instant.js";
import { kecamatanName } from "../newsroom/person.js";
import { formatPublication } from "../newsroom/publication.js";
import { openNewsroom, type SubmissionFlags } from "./step.js";

export async function run(context: Context, input: SubmissionFlags): Promise<void> {
  const client = await openNewsroom(context, input.url);
  const [submission, comments, history, redactions] = await Promise.all([
    client.submission(input.id),
    client.comments(input.id),
    client.history(input.id),
    client.redactions(input.id),
  ]);
  const url = submissionUrl(client.origin, submission.id);
  context.output.result({ submission: { ...submission, url }, comments, history, redactions }, (style) =>
    [
      headLines(context, style, submission),
      clean(submission.content.body).trim(),
      photoLines(context, style, submission.content.photos),
      internalLines(context, style, submission),
      section(
        style,
        context.messages.review.publications,
        submission.publications.map((one) => formatPublication(context, one)),
      ),
      commentLines(context, style, comments),
      historyLines(context, style, history),
      redactionLines(context, style, redactions),
      stepLines(context, style, submission, input.url),
    ]
      .filter(Boolean)
      .join("\n\n"),
  );
}

function headLines(context: Context, style: Style, submission: Submission): string {
  const { review: words, post, desk } = context.messages;
  const { language } = context;
  const { content } = submission;
  const when = (instant: string | null) => instant && formatInstant(instant, language);
  const facts: [string, string | null | undefined][] = [
    [words.state, `${post.states[submission.shown]}, ${words.revision(submission.revision)}`],
    [words.from, `${kecamatanName(submission.kecamatan)}, ${submission.author.name}`],
    [words.asked, submission.asked && desk.queue.asked[submission.asked]],
    [words.received, when(submission.received_at)],
    [words.claimedBy, submission.claimed_by?.name],
    [words.kind, `${submission.kind}, ${content.category}`],
    [words.priority, submission.priority === "urgent" ? words.urgent : undefined],
    [words.neededBy, when(submission.needed_by)],
    [words.embargo, when(submission.embargo)],
    [words.summary, content.summary],
    [words.tags, content.tags.join(", ")],
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
  const words = context.messages.review;
  if (photos.length === 0) return "";
  const lines = photos.map((photo) =>
    [
      `${cleanLine(photo.filename)}${photo.lead ? ` (${words.lead})` : ""}`,
      `  ${words.caption}: ${cleanLine(photo.caption)}`,
      `  ${words.alt}: ${cleanLine(photo.alt)}`,
      `  ${words.credit}: ${cleanLine(photo.credit)}`,
      `  ${words.children}: ${words.childrenStates[photo.children]}`,
    ].join("\n"),
  );
  return section(style, words.photos, lines);
}

/** Marked, because nobody but the newsroom may ever read it. */
function internalLines(context: Context, style: Style, { content }: Submission): string {
  const lines = Object.entries(content.internal).map(
    ([key, value]) =>
      `${cleanLine(key)}: ${cleanLine(typeof value === "string" ? value : JSON.stringify(value))}`,
  );
  return section(style, style.warning(context.messages.review.internal), lines);
}

function commentLines(context: Context, style: Style, comments: readonly Comment[]): string {
  const lines = comments.map(
    (one) =>
      `${style.strong(cleanLine(one.author.name))} ${style.faint(formatInstant(one.at, context.language))}\n${indent(clean(one.body))}`,
  );
  return section(style, context.messages.review.comments, lines);
}

function historyLines(context: Context, style: Style, history: readonly Transition[]): string {
  const { review: words, post } = context.messages;
  const lines = history.map((one) => {
    const reason = one.reason ? `: ${cleanLine(one.reason)}` : "";
    const what = `${post.states[one.to]} (${words.revision(one.revision)})`;
    return `${style.faint(formatInstant(one.at, context.language))} ${what}, ${cleanLine(one.by.name)}${reason}`;
  });
  return section(style, words.history, lines);
}

function redactionLines(context: Context, style: Style, redactions: readonly Redaction[]): string {
  const words = context.messages.desk.redaction;
  const lines = redactions.map((one) => {
    const by = words.by({ who: one.by.name, when: formatInstant(one.at, context.language) });
    return cleanLine(`${words.was[redactedKind(one)]} ${by}: ${one.reason} (${one.legal_basis})`);
  });
  return section(style, words.list, lines);
}

/** What this person may do now, as they would type it; steps without a command of their own are left out. */
function stepLines(context: Context, style: Style, submission: Submission, url: string | undefined): string {
  const { id, revision } = submission;
  const reason = `--reason "…"`;
  const commands: Readonly<Record<string, string>> = {
    claim: `claim ${id}`,
    return: `return ${id} ${reason}`,
    approve: `approve ${id} --revision ${revision} --destination kabupaten --channel web`,
    reject: `reject ${id} ${reason}`,
    release: `release ${id}`,
    reopen: `reopen ${id} ${reason}`,
    revoke: `revoke ${id} ${reason}`,
    merge: `merge ${id} --into … ${reason}`,
    unpublish: `unpublish ${id} ${reason}`,
    reassign: `claim ${id}`,
    confirm_withdrawal: `confirm-withdrawal ${id}`,
    decline: `decline ${id} ${reason}`,
  };
  const where = url === undefined ? "" : ` --url ${cleanLine(url)}`;
  const lines = submission.possible.flatMap((step) =>
    commands[step] ? style.command(`kominfo review ${commands[step]}${where}`) : [],
  );
  return section(style, context.messages.review.next, lines);
}

function section(style: Style, title: string, lines: readonly string[]): string {
  return lines.length === 0 ? "" : [style.strong(title), ...lines.map((line) => indent(line))].join("\n");
}
