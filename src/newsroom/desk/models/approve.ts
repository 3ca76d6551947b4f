import { approvalChannels, channelLabel } from "../../../channels/registry.js";
import { type Content, type PhotoAnswer, photoAnswer } from "../../../contract/contract.js";
import { earlierAnswers } from "../../../contract/earlier-answers.js";
import { destinations } from "../../../contract/lifecycle.js";
import type { Fields, ViewContext } from "../types.js";
import { photoAddress } from "./content.js";
import { formatTime } from "./format.js";
import type { LoadedSubmission } from "./loaded-submission.js";

/** What the form says about a photo, as typed. */
export interface TypedPhotoAnswer {
  children: string;
  by: string;
  date: string;
  scope: string;
}

/** The input of a refused approval. */
interface TypedApproval {
  destinations: readonly string[];
  channels: readonly string[];
  photos: Readonly<Record<string, TypedPhotoAnswer>>;
}

const answers = photoAnswer.shape.children.options;

/** Reads what a form says about photos, by hash. Photos without an answer are absent. */
export function typedPhotos(fields: Fields): Record<string, TypedPhotoAnswer> {
  const found: Record<string, TypedPhotoAnswer> = {};
  for (const [name, children] of Object.entries(fields)) {
    const [, hash] = /^children-([0-9a-f]{64})$/.exec(name) ?? [];
    if (hash === undefined) continue;
    const consent = (part: string) => fields[`consent-${part}-${hash}`] ?? "";
    found[hash] = { children, by: consent("by"), date: consent("date"), scope: consent("scope") };
  }
  return found;
}

/** The answers of a form for the service; undefined where one is incomplete: a consent says who, when and for what. */
export function photoAnswers(typed: TypedApproval["photos"]): PhotoAnswer[] | undefined {
  const given = Object.entries(typed).map(([sha256, { children, by, date, scope }]) => ({
    sha256,
    children,
    ...(children === "consented" && { consent: { by: by.trim(), date, scope: scope.trim() } }),
  }));
  const read = photoAnswer.array().safeParse(given);
  return read.success ? read.data : undefined;
}

/** The form of an approval: for whom, where, and what is seen in the photos that nobody has looked at. */
export function approveForm(
  context: ViewContext,
  loaded: LoadedSubmission,
  actorId: string,
  typed: TypedApproval | null,
) {
  const messages = context.messages.desk;
  const { content, revision, revisionAuthor, submission } = loaded;
  const last = submission.last_approval;
  const earlier = new Map(
    earlierAnswers({ content, last_approval: last }).map(({ sha256, children, consent }) => [
      sha256,
      { children, by: consent?.by ?? "", date: consent?.date ?? "", scope: consent?.scope ?? "" },
    ]),
  );
  const texts = Object.keys(content.channel_texts);
  const notes = [
    ...(revisionAuthor.id === actorId ? [messages.approve.own] : []),
    ...(content.embargo && Date.parse(content.embargo) > context.now.getTime()
      ? [messages.approve.embargoed({ when: formatTime(context, content.embargo) })]
      : []),
  ];
  return {
    revision: messages.approve.which({ n: revision }),
    notes,
    destinations: destinations.map((value) => ({
      value,
      label: messages.destinations[value],
      checked: (typed ?? last)?.destinations.includes(value) ?? value === "kecamatan",
    })),
    channels: approvalChannels.map((value) => ({
      value,
      label: channelLabel(value),
      // By default those of the last approval; else the website, and the channels that a text was written for.
      checked: (typed ?? last)?.channels.includes(value) ?? (value === "web" || texts.includes(value)),
    })),
    photos: uncheckedPhotos(content).map(({ photo, index }) =>
      photoQuestion(context, loaded, photo, index, typed?.photos[photo.sha256] ?? earlier.get(photo.sha256)),
    ),
  };
}

/** The photos that are asked about, each once, with their places in the revision. */
export function uncheckedPhotos({ photos }: Content) {
  return photos.flatMap((photo, index) => {
    const isFirst = photos.findIndex(({ sha256 }) => sha256 === photo.sha256) === index;
    return photo.children === "unchecked" && isFirst ? [{ photo, index }] : [];
  });
}

function photoQuestion(
  context: ViewContext,
  { sizes }: LoadedSubmission,
  { sha256, filename, caption, alt }: Content["photos"][number],
  index: number,
  typed: TypedPhotoAnswer = { children: "", by: "", date: "", scope: "" },
) {
  const { desk, review } = context.messages;
  return {
    sha256,
    anchor: `ask-${sha256}`,
    name: desk.photoNumber({ n: index + 1 }),
    filename,
    caption,
    alt,
    src: photoAddress(sha256),
    ...(sizes.get(sha256) ?? { width: null, height: null }),
    options: answers.map((value) => ({
      value,
      label: review.childrenStates[value],
      checked: typed.children === value,
    })),
    typed,
  };
}
