import { channelLabel } from "../../../channels/registry.js";
import type { Content } from "../../../contract/contract.js";
import type { Messages } from "../../../language/index.js";
import type { Piece } from "../../../text/diff.js";
import { formatDay, formatInstant } from "../../../text/instant.js";
import type { Language } from "../../../text/language.js";
import type { ViewContext } from "../types.js";
import { formatTime } from "./format.js";
import type { LoadedSubmission } from "./loaded-submission.js";

interface ComparedRevision {
  number: number;
  author: { name: string };
  at: string;
  message: string | null;
  content: Content;
}

/** A part of the content that two revisions have differently. */
export interface ChangedPart {
  name: string;
  before: string;
  after: string;
}

export interface Difference {
  name: string;
  pieces: Piece[];
  /** Tells that the comparison is by paragraph; null if it is by word. */
  note: string | null;
}

/** The comparison of two revisions, and the form that selects them. */
export function compareModel(
  context: ViewContext,
  { submission, revisions }: LoadedSubmission,
  before: ComparedRevision,
  after: ComparedRevision,
  differences: readonly Difference[],
): object {
  const messages = context.messages.desk;
  const options = (selected: number): object[] =>
    revisions.map(({ number, author, at }) => ({
      value: number,
      label: `${number} · ${author.name} · ${formatTime(context, at)}`,
      selected: number === selected,
    }));
  return {
    back: `/submissions/${submission.id}`,
    title: after.content.title,
    from: options(before.number),
    to: options(after.number),
    revision_messages: [before, after].map(({ number, author, at, message }) => ({
      name: messages.revisionNumber({ n: number }),
      by: messages.compare.by({ who: author.name, when: formatTime(context, at) }),
      text: message,
    })),
    differences,
  };
}

/** Returns the parts that differ between two revisions, in the order of the page. */
export function changedParts(
  before: Content,
  after: Content,
  { messages, language }: Pick<ViewContext, "messages" | "language">,
): ChangedPart[] {
  const partsIn = (content: Content) => partsOf(content, messages, language);
  const [older, newer] = [partsIn(before), partsIn(after)];
  const gone = older.filter((part) => !newer.some(({ key }) => key === part.key));
  return [...newer, ...gone].flatMap(({ key, name }) => {
    const text = (parts: readonly Part[]) => parts.find((part) => part.key === key)?.text ?? "";
    const [from, to] = [text(older), text(newer)];
    return from === to ? [] : { name, before: from, after: to };
  });
}

interface Part {
  /** Identifies the part in every revision. A photo's key is its hash, so that it may change position. */
  key: string;
  name: string;
  text: string;
}

/** Splits a revision into named texts. */
function partsOf(content: Content, messages: Messages, language: Language): Part[] {
  const when = (instant: string | undefined) => instant && formatInstant(instant, language);
  const { desk } = messages;
  const { fields } = desk;
  const part = (name: string, text: string | undefined): Part => ({ key: name, name, text: text ?? "" });
  return [
    part(fields.title, content.title),
    part(fields.summary, content.summary),
    part(fields.correctionNote, content.correction_note),
    part(fields.body, content.body),
    ...Object.entries(content.channel_texts).map(([channel, text]) => part(channelLabel(channel), text)),
    ...content.photos.map((photo, index) => ({
      key: photo.sha256,
      name: `${desk.photoNumber({ n: index + 1 })} (${photo.filename})`,
      text: photoLines(photo, messages),
    })),
    part(fields.kind, content.kind),
    part(fields.category, content.category),
    part(fields.tags, content.tags.join(", ")),
    part(fields.hashtags, (content.hashtags ?? []).join(", ")),
    part(fields.place, [content.place, content.village].filter(Boolean).join(", ")),
    part(fields.eventDate, content.event_date && formatDay(content.event_date, language, "long")),
    part(fields.priority, content.priority),
    part(fields.neededBy, when(content.needed_by)),
    part(fields.embargo, when(content.embargo)),
    part(fields.answers, answerLines(content.answers)),
    part(fields.internal, answerLines(content.internal)),
  ];
}

function photoLines(photo: Content["photos"][number], { review }: Messages): string {
  return [
    ...(photo.lead ? [review.lead] : []),
    `${review.caption}: ${photo.caption}`,
    `${review.alt}: ${photo.alt}`,
    `${review.credit}: ${photo.credit}`,
    `${review.children}: ${review.childrenStates[photo.children]}`,
    ...(photo.consent ? [`${review.consent}: ${review.consentOf(photo.consent)}`] : []),
    ...(photo.focus ? [`${review.focus}: ${photo.focus.x}, ${photo.focus.y}`] : []),
    ...(photo.blur ? [`${review.blurred}: ${review.blurredParts({ boxes: photo.blur.length })}`] : []),
  ].join("\n");
}

/** Formats answers as lines such as "telepon: 0812". */
function answerLines(answers: Content["internal"]): string {
  return Object.entries(answers)
    .map(([key, value]) => `${key}: ${typeof value === "string" ? value : JSON.stringify(value)}`)
    .join("\n");
}
