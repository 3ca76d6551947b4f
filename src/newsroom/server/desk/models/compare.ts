import { diffWordsWithSpace } from "diff";
import type { Messages } from "../../../../language/index.js";
import type { Content } from "../../../contract.js";

/** A piece of text that both revisions have, or only the newer, or only the older. */
export interface Piece {
  kind: "same" | "added" | "removed";
  text: string;
}

export interface Difference {
  name: string;
  pieces: Piece[];
}

/** Past so many changes word by word is no reading, and costs seconds. */
const mostEdits = 4000;

/** What changed from one revision to another: only the parts that differ, in the order of the page. */
export function differences(before: Content, after: Content, messages: Messages): Difference[] {
  const [older, newer] = [partsOf(before, messages), partsOf(after, messages)];
  const gone = older.filter((part) => !newer.some(({ key }) => key === part.key));
  return [...newer, ...gone].flatMap(({ key, name }) => {
    const text = (parts: readonly Part[]) => parts.find((part) => part.key === key)?.text ?? "";
    const [from, to] = [text(older), text(newer)];
    return from === to ? [] : { name, pieces: piecesOf(from, to) };
  });
}

/** The words that differ; two texts with hardly a word in common are shown one after the other. */
export function piecesOf(before: string, after: string): Piece[] {
  const changes = diffWordsWithSpace(before, after, { maxEditLength: mostEdits });
  if (!changes) {
    return [
      { kind: "removed", text: before },
      { kind: "added", text: after },
    ];
  }
  return joined(
    changes.map(({ added, removed, value }) => ({
      kind: added ? "added" : removed ? "removed" : "same",
      text: value,
    })),
  );
}

/** Words that were exchanged for others are read as one exchange, not word for word with the spaces between them. */
function joined(pieces: readonly Piece[]): Piece[] {
  const made: Piece[] = [];
  for (let i = 0; i < pieces.length; ) {
    let end = i;
    while (end < pieces.length && (pieces[end]!.kind !== "same" || isBetween(pieces, end, i))) end += 1;
    const run = pieces.slice(i, Math.max(end, i + 1));
    const text = (without: Piece["kind"]) =>
      run
        .filter(({ kind }) => kind !== without)
        .map((piece) => piece.text)
        .join("");
    const isExchange = ["added", "removed"].every((kind) => run.some((piece) => piece.kind === kind));
    if (isExchange)
      made.push({ kind: "removed", text: text("added") }, { kind: "added", text: text("removed") });
    else made.push(...run);
    i += run.length;
  }
  return made;
}

/** A space with changes on both sides. */
function isBetween(pieces: readonly Piece[], at: number, start: number): boolean {
  return at > start && /^ +$/.test(pieces[at]!.text) && (pieces[at + 1]?.kind ?? "same") !== "same";
}

interface Part {
  /** The same in every revision; a photo's is its hash, wherever it stands. */
  key: string;
  name: string;
  text: string;
}

/** A revision as named texts. */
function partsOf(content: Content, messages: Messages): Part[] {
  const { desk } = messages;
  const words = desk.fields;
  const part = (name: string, text: string | undefined): Part => ({ key: name, name, text: text ?? "" });
  return [
    part(words.title, content.title),
    part(words.summary, content.summary),
    part(words.body, content.body),
    ...Object.entries(content.channel_texts).map(([channel, text]) =>
      part(desk.channels[channel as keyof typeof desk.channels], text),
    ),
    ...content.photos.map((photo, index) => ({
      key: photo.sha256,
      name: `${desk.photoNumber({ n: index + 1 })} (${photo.filename})`,
      text: photoLines(photo, messages),
    })),
    part(words.kind, content.kind),
    part(words.category, content.category),
    part(words.tags, content.tags.join(", ")),
    part(words.place, [content.place, content.village].filter(Boolean).join(", ")),
    part(words.eventDate, content.event_date),
    part(words.priority, content.priority),
    part(words.neededBy, content.needed_by),
    part(words.embargo, content.embargo),
    part(words.answers, answerLines(content.answers)),
    part(words.internal, answerLines(content.internal)),
  ];
}

function photoLines(photo: Content["photos"][number], { review }: Messages): string {
  return [
    ...(photo.lead ? [review.lead] : []),
    `${review.caption}: ${photo.caption}`,
    `${review.alt}: ${photo.alt}`,
    `${review.credit}: ${photo.credit}`,
    `${review.children}: ${review.childrenStates[photo.children]}`,
  ].join("\n");
}

/** "telepon: 0812" a line. */
export function answerLines(answers: Content["internal"]): string {
  return Object.entries(answers)
    .map(([key, value]) => `${key}: ${typeof value === "string" ? value : JSON.stringify(value)}`)
    .join("\n");
}
