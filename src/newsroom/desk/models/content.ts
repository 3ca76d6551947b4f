import { channelLabel } from "../../../channels/registry.js";
import type { Content } from "../../../contract/contract.js";
import type { Block } from "../../texts/article.js";
import type { ViewContext } from "../types.js";
import { isOnParagraph, remarksOn } from "./comments.js";
import { factsOf, kecamatanName, longDay } from "./format.js";
import type { LoadedSubmission } from "./loaded-submission.js";

export function articleOf(
  context: ViewContext,
  loaded: LoadedSubmission,
  blocks: readonly Block[],
  address: string,
) {
  const { content, submission, comments } = loaded;
  const messages = context.messages.desk;
  const lead = content.photos.find((photo) => photo.lead) ?? content.photos[0];
  return {
    category: content.category,
    byline: [
      kecamatanName(submission.kecamatan),
      content.place,
      content.event_date && longDay(context, content.event_date),
    ]
      .filter(Boolean)
      .join(" · "),
    tags: content.tags.map((tag) => `#${tag}`).join(" "),
    correction: content.correction_note ?? null,
    lead: lead
      ? {
          src: photoAddress(lead.sha256),
          alt: lead.alt,
          caption: lead.caption,
          credit: lead.credit,
          ...sizeOf(loaded, lead.sha256),
        }
      : null,
    blocks: blocks.map((block) => ({
      ...block,
      remark: `${address}${address.includes("?") ? "&" : "?"}about=p${block.number}`,
      remark_label: messages.submission.remarkOn({ to: messages.paragraphNumber({ n: block.number }) }),
      ...remarksOn(context, comments, (comment) => isOnParagraph(comment, loaded.revision, block.number)),
    })),
  };
}

export function photosOf(context: ViewContext, loaded: LoadedSubmission, address: string) {
  const { review, desk, stillOut } = context.messages;
  return loaded.content.photos.map((photo, index) => {
    const name = desk.photoNumber({ n: index + 1 });
    const about = `photo-${photo.sha256}`;
    return {
      name,
      about,
      anchor: about,
      src: photoAddress(photo.sha256),
      where: `${photoAddress(photo.sha256)}/publications`,
      where_label: stillOut.where,
      ...sizeOf(loaded, photo.sha256),
      filename: photo.filename,
      lead: photo.lead ? review.lead : null,
      facts: factsOf([
        [review.caption, photo.caption],
        [review.alt, photo.alt],
        [review.credit, photo.credit],
        [review.children, review.childrenStates[photo.children]],
        [review.consent, photo.consent && review.consentOf(photo.consent)],
      ]),
      remark: `${address}${address.includes("?") ? "&" : "?"}about=${about}`,
      remark_label: desk.submission.remarkOn({ to: name }),
      ...remarksOn(
        context,
        loaded.comments,
        (comment) =>
          comment.anchor !== null && "photo" in comment.anchor && comment.anchor.photo === photo.sha256,
      ),
    };
  });
}

export function photoAddress(sha256: string): string {
  return `/photos/${sha256}`;
}

function sizeOf(
  { sizes }: LoadedSubmission,
  sha256: string,
): { width: number | null; height: number | null } {
  return sizes.get(sha256) ?? { width: null, height: null };
}

export function answersOf(answers: Content["internal"]): { name: string; value: string }[] {
  return Object.entries(answers).flatMap(([name, value]) => {
    const text = typeof value === "string" ? value : JSON.stringify(value, null, 1);
    return text === "" ? [] : { name: name.replaceAll("_", " "), value: text };
  });
}

/** The texts for the channels, each with its name and its length in characters. */
export function channelTextsOf(context: ViewContext, { channel_texts }: Content) {
  const messages = context.messages.desk;
  return Object.entries(channel_texts).flatMap(([channel, text]) =>
    text
      ? {
          name: channelLabel(channel),
          text,
          length: messages.submission.letters({ count: [...text].length }),
        }
      : [],
  );
}
