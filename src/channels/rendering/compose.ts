import { correctionNote } from "./correction.js";
import { cutText } from "./cut.js";
import { creditLine, creditName } from "./photos.js";
import { endsAsSentence, type Paragraph, plainParagraphs } from "./plain.js";
import { type PhotoReference, type PublicContent, type Warning, warn } from "./types.js";

/** How a channel counts a text, and what it does to it before it is sent. */
export interface TextRules {
  limit: number;
  /** The length of a text as the channel counts it. */
  lengthOf(text: string): number;
  /** Units kept for the article's address and what precedes it, in a proposal. */
  linkRoom: number;
  /** UTF-16 units of the body that a proposal shows at most. */
  leadLength: number;
  /** Paragraphs of the body that a proposal shows at most. */
  leadParagraphs: number;
  /** Whether headings and lists of the body are left out. */
  onlyText: boolean;
  /** Whether the channel takes the hashtags and mentions of a text. */
  accepts(text: string): boolean;
  /** The line of hashtags for what stands before it. */
  hashtags(text: string): string;
}

/** A text as it is sent. `linkAt`: where the article's address may stand. */
export interface Composed {
  text: string;
  linkAt: number;
  warnings: Warning[];
}

const between = "\n\n";
/** A body is read no further than this for a proposal, in UTF-16 units: a cut never needs more. */
const readable = 20_000;
/** A beginning of a sentence that is shorter than this says nothing, in UTF-16 units. */
const shortestFragment = 60;

function join(parts: readonly string[]): string {
  return parts.filter((part) => part !== "").join(between);
}

/** "RALAT: …" where the revision is a correction, else "". */
function correctionLine(content: PublicContent): string {
  const note = correctionNote(content);
  return note ? `RALAT: ${note}` : "";
}

/** Composes the operator's own text, or else proposes one. */
export function compose(
  content: PublicContent,
  own: string,
  shown: readonly PhotoReference[],
  rules: TextRules,
): Composed {
  return own !== "" ? composeOwn(content, own, shown, rules) : propose(content, shown, rules);
}

/** Keeps an own text as it was written, whole even where it is too long: nobody but its author shortens it. */
function composeOwn(
  content: PublicContent,
  own: string,
  shown: readonly PhotoReference[],
  { limit, lengthOf }: TextRules,
): Composed {
  const correction = /^ralat\b/i.test(own) ? "" : correctionLine(content);
  const start = join([correction, own]);
  const { credit, warnings } = fittingCredit(
    shown.filter(({ credit }) => !own.includes(creditName(credit))),
    (credit) => lengthOf(join([start, credit])) <= limit,
  );
  const text = join([start, credit]);
  const length = lengthOf(text);
  if (length > limit) warnings.unshift(warn("too-long", { length, limit }));
  return { text, linkAt: start.length, warnings };
}

/** Proposes correction, title, the beginning of the body, credit and hashtags, as far as they fit, cut at a sentence. */
function propose(content: PublicContent, shown: readonly PhotoReference[], rules: TextRules): Composed {
  const fits = (text: string) => rules.lengthOf(text) <= rules.limit - rules.linkRoom && rules.accepts(text);
  const correction = cutText(correctionLine(content), fits);
  const head = cutHead(correction, content.title, fits);
  const { credit, warnings } = fittingCredit(shown, (line) => fits(join([head, line])));
  const withLead = (lead: string) => {
    const text = join([head, lead, credit]);
    return join([text, rules.hashtags(text)]);
  };
  const lead = head.endsWith("…") ? "" : leadOf(content.body, rules, (part) => fits(withLead(part)));
  const whole = withLead(lead);
  return {
    text: fits(whole) ? whole : join([head, credit]),
    linkAt: join([head, lead]).length,
    warnings,
  };
}

/** Correction and title, the title cut to what the correction leaves. */
function cutHead(correction: string, title: string, fits: (text: string) => boolean): string {
  if (correction === "") return cutText(title, fits);
  return join([correction, cutText(title, (cut) => fits(join([correction, cut])))]);
}

function fittingCredit(photos: readonly PhotoReference[], fits: (credit: string) => boolean) {
  const credit = creditLine(photos);
  const hasRoom = credit === "" || fits(credit);
  return {
    credit: hasRoom ? credit : "",
    warnings: hasRoom ? [] : [warn("credit-left-out", { credit })],
  };
}

/** The beginning of the body, as far as it fits. */
function leadOf(body: string, rules: TextRules, fits: (lead: string) => boolean): string {
  const paragraphs = plainParagraphs(body.slice(0, readable).toWellFormed()).filter(
    ({ kind }) => !rules.onlyText || kind === "text",
  );
  const lead = cutParagraphs(paragraphs, rules, fits);
  if (endsAsSentence(lead) || !rules.onlyText) return lead;
  // A label or a letter's number alone is no lead.
  return (
    cutParagraphs(
      paragraphs.filter(({ text }) => endsAsSentence(text)),
      rules,
      fits,
    ) || lead
  );
}

function cutParagraphs(all: readonly Paragraph[], rules: TextRules, fits: (lead: string) => boolean): string {
  const paragraphs = all.slice(0, rules.leadParagraphs);
  const cut = cutText(
    paragraphs.map(({ text }) => text).join(between),
    (lead) => lead.length <= rules.leadLength && fits(lead),
  );
  if (cut.endsWith("…") && cut.length < shortestFragment) return "";
  const headings = paragraphs.filter(({ kind }) => kind === "heading").map(({ text }) => text);
  return withoutPromises(cut, headings);
}

/** Takes away from the end what announces something that was cut off: headings, and what ends with a colon. */
function withoutPromises(lead: string, headings: readonly string[]): string {
  const heading = headings.find((text) => lead === text || lead.endsWith(`${between}${text}`));
  const shorter =
    heading === undefined
      ? lead.replace(/(?:^|\n+|(?<=[.!?…]["'”’)\]]*)\s+)[^\n.!?…]*:$/u, "").trim()
      : lead.slice(0, -heading.length).trim();
  return shorter === lead ? lead : withoutPromises(shorter, headings);
}
