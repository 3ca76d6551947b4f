import { pastedBody } from "../../../channels/paste.js";
import type { ChannelName } from "../../../channels/registry.js";
import { textOf } from "../../../channels/sending/text.js";
import { captionOf } from "../../../channels/web/caption.js";
import type { Publication, Rendering } from "../../../contract/contract.js";
import type { Ready } from "../../services/publishing/ready.js";
import { channelFileName } from "../../uploads/channel-photos.js";
import type { ViewContext } from "../types.js";
import { factsOf } from "./format.js";

/** What is copied and downloaded for one channel, as it was approved. */
export function renderedModel(context: ViewContext, ready: Ready, rendering: Rendering) {
  const messages = context.messages.desk.ready;
  const { channel, photos } = rendering;
  const base = `/ready/${ready.submission.id}/${channel}/photos`;
  const texts = textsOf(context, ready, rendering);
  const name = (n: number) => channelFileName(channel, String(n), ready.slug, "jpg");
  const textOfPhoto = (id: string, label: string, text: string) =>
    text === "" ? null : { id, label, text, rows: 2, copy: messages.copy({ what: label }) };
  return {
    article: rendering.article
      ? factsOf([
          [context.messages.desk.fields.category, rendering.article.category],
          [context.messages.desk.fields.tags, rendering.article.tags.join(", ")],
        ])
      : null,
    texts,
    text_hint: hintOf(context, ready, rendering),
    photos: photos.map((photo, index) => ({
      name: context.messages.desk.photoNumber({ n: index + 1 }),
      src: `${base}/${index + 1}.jpg`,
      save: `${base}/${index + 1}.jpg?save`,
      save_label: messages.saveOne({ n: index + 1 }),
      file: name(index + 1),
      alt: photo.alt,
      alt_text: textOfPhoto(`alt-${channel}-${index + 1}`, messages.altOf({ n: index + 1 }), photo.alt),
      // Elsewhere the caption has no place of its own.
      caption_text: textOfPhoto(
        `caption-${channel}-${index + 1}`,
        messages.captionOf({ n: index + 1 }),
        rendering.article ? captionOf(photo) : "",
      ),
      width: photo.width,
      height: photo.height,
    })),
    photos_label: messages.photosLabel({ count: photos.length }),
    zip: photos.length > 0 ? `${base}.zip` : null,
    left_out: rendering.left_out.length > 0 ? messages.leftOut({ count: rendering.left_out.length }) : null,
    share:
      photos.length > 0
        ? JSON.stringify(
            photos.map((_, index) => ({ src: `${base}/${index + 1}.jpg`, name: name(index + 1) })),
          )
        : null,
    share_text: texts.at(-1)?.id ?? "",
  };
}

/** The texts of a channel, each as it is copied. The last one is what is shared. */
function textsOf(context: ViewContext, ready: Ready, rendering: Rendering) {
  const messages = context.messages.desk.ready;
  const text = (part: string, label: string, value: string, copy: string) => ({
    id: `text-${rendering.channel}${part}`,
    label,
    text: value,
    rows: Math.min(14, Math.max(2, value.split("\n").length + Math.ceil(value.length / 60))),
    copy,
    primary: true,
  });
  if (rendering.article) {
    const { title, summary } = rendering.article;
    const { blocks, plain } = pastedBody(rendering);
    return [
      text("-title", messages.webTitle, title, messages.copyTitle),
      ...(summary ? [text("-summary", messages.webSummary, summary, messages.copySummary)] : []),
      text("-blocks", messages.webBlocks, blocks, messages.copyBlocks),
      text("", messages.webPlain, plain, messages.copyText),
    ];
  }
  const link = rendering.link?.when === "known" ? articleLink(ready) : null;
  return [text("", messages.text, textOf({ rendering, link }), messages.copyText)];
}

function hintOf(
  { messages }: ViewContext,
  ready: Ready,
  { channel, link, article }: Rendering,
): string | null {
  if (article) return messages.desk.ready.webHint;
  const needsWeb = link?.when === "known" && ready.submission.approval?.channels.includes("web");
  return needsWeb && channel !== "web" && articleLink(ready) === null ? messages.desk.ready.webFirst : null;
}

/** The article's address, once it is out. */
function articleLink({ submission }: Ready): string | null {
  const article = submission.publications.findLast(
    (one) =>
      one.channel === ("web" satisfies ChannelName) && one.state === "published" && linkOf(one) !== null,
  );
  return article ? linkOf(article) : null;
}

/** The address of a publication, if a browser may follow it. */
export function linkOf({ url }: Publication): string | null {
  return url !== null && /^https?:\/\//i.test(url) ? url : null;
}
