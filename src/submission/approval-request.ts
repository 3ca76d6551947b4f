import { cutText } from "../channels/rendering/cut.js";
import { plainParagraphs } from "../channels/rendering/plain.js";
import type { Content } from "../contract/contract.js";
import { cleanLine } from "../text/clean.js";

/** The words with which an approval is asked for, in the reader's language. */
export interface RequestWords {
  ask: string;
  photos(p: { count: number }): string;
  answer: string;
  from(p: { kecamatan: string }): string;
}

/** What is sent to a person by WhatsApp: a message, and the words of a picture. */
export interface ApprovalRequest {
  /** Ends in a line break. */
  message: string;
  card: { kicker: string; title: string; lead: string; foot: string };
}

/** The beginning of the article in a message and on a card, in UTF-16 units. */
const leadLength = { message: 700, card: 300 };
/** A body is read no further than this. */
const readable = 20_000;

/** Asks for the approval of a post, e.g. the Camat's. Nothing of the internal block is in it. */
export function approvalRequest(content: Content, kecamatan: string, words: RequestWords): ApprovalRequest {
  const first = plainParagraphs(content.body.slice(0, readable).toWellFormed()).find(
    ({ kind }) => kind !== "heading",
  );
  const lead = cleanLine(first?.text ?? "");
  const upTo = (most: number) => cutText(lead, ({ length }) => length <= most);
  const title = cleanLine(content.title);
  const count = content.photos.length;
  const message = [
    words.ask,
    // WhatsApp shows what is between asterisks in bold.
    `*${title.replaceAll("*", "")}*`,
    upTo(leadLength.message),
    [...(count > 0 ? [words.photos({ count })] : []), words.answer].join("\n"),
    words.from({ kecamatan }),
  ];
  return {
    message: `${message.filter((part) => part !== "").join("\n\n")}\n`,
    card: { kicker: words.ask, title, lead: upTo(leadLength.card), foot: words.from({ kecamatan }) },
  };
}
