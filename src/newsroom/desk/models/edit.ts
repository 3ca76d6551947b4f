import { channelLabel, textChannels } from "../../../channels/registry.js";
import { type Content, categories, type PhotoReference, photoReference } from "../../../contract/contract.js";
import type { PhotoSize } from "../../store/photos/photo-sizes.js";
import type { Fields, ViewContext } from "../types.js";
import type { Difference } from "./compare.js";
import { photoAddress } from "./content.js";
import { instantOf, localTime } from "./format.js";

/** One field of the form, with its current value. */
interface Field {
  id: string;
  name: string;
  label: string;
  value: string;
  hint?: string;
  type?: "text" | "date" | "datetime-local";
  rows?: number;
  required?: boolean;
  options?: { value: string; label: string; selected: boolean }[];
  error?: string | null;
}

const childrenStates = photoReference.shape.children.options;

/** Converts a revision to the form's fields. */
export function fieldsOfContent(content: Content): Record<string, string> {
  const lead = content.photos.find((photo) => photo.lead)?.sha256 ?? "";
  return {
    title: content.title,
    summary: content.summary ?? "",
    correction_note: content.correction_note ?? "",
    text: content.body,
    place: content.place ?? "",
    village: content.village ?? "",
    event_date: content.event_date ?? "",
    category: content.category,
    priority: content.priority,
    tags: content.tags.join(", "),
    needed_by: localTime(content.needed_by),
    embargo: localTime(content.embargo),
    ...Object.fromEntries(textChannels.map((channel) => [channel, content.channel_texts[channel] ?? ""])),
    lead,
    ...Object.assign(
      {},
      ...content.photos.map((photo) => ({
        [`caption-${photo.sha256}`]: photo.caption,
        [`alt-${photo.sha256}`]: photo.alt,
        [`credit-${photo.sha256}`]: photo.credit,
        [`children-${photo.sha256}`]: photo.children,
      })),
    ),
  };
}

/**
 * Applies the form's fields to the revision that the form was made from. Content without a field and fields that were
 * not changed keep the value of `base`, so that opening and saving the form changes nothing.
 */
export function contentOfFields(base: Content, typed: Fields): Record<string, unknown> {
  const original = fieldsOfContent(base);
  const isChanged = (name: string) =>
    typed[name] !== undefined && typed[name] !== original[name]?.replace(/\r\n?/g, "\n");
  const text = (name: string, before: string | undefined) =>
    isChanged(name) ? typed[name]!.trim() || undefined : before;
  const time = (name: string, before: string | undefined) =>
    // An invalid time is passed on as typed, and the validation against the contract reports it.
    isChanged(name)
      ? instantOf(typed[name]!) === null
        ? typed[name]
        : (instantOf(typed[name]!) ?? undefined)
      : before;
  const tags = (typed.tags ?? "")
    .split(",")
    .map((tag) => tag.trim())
    .filter(Boolean);
  const channel_texts = Object.fromEntries(
    textChannels.flatMap((channel) => {
      const value = text(channel, base.channel_texts[channel]);
      return value === undefined ? [] : [[channel, value]];
    }),
  );
  return {
    ...base,
    title: text("title", base.title) ?? "",
    summary: text("summary", base.summary),
    correction_note: text("correction_note", base.correction_note),
    body: isChanged("text") ? typed.text : base.body,
    place: text("place", base.place),
    village: text("village", base.village),
    event_date: text("event_date", base.event_date),
    category: text("category", base.category) ?? base.category,
    priority: text("priority", base.priority) ?? base.priority,
    tags: isChanged("tags") ? tags : base.tags,
    needed_by: time("needed_by", base.needed_by),
    embargo: time("embargo", base.embargo),
    channel_texts,
    photos: base.photos.map((photo) => ({
      ...withoutStaleConsent(photo, text(`children-${photo.sha256}`, photo.children)),
      caption: text(`caption-${photo.sha256}`, photo.caption) ?? "",
      alt: text(`alt-${photo.sha256}`, photo.alt) ?? "",
      credit: text(`credit-${photo.sha256}`, photo.credit) ?? "",
      children: text(`children-${photo.sha256}`, photo.children) ?? photo.children,
      lead: isChanged("lead") ? photo.sha256 === typed.lead : photo.lead,
    })),
  };
}

/** A consent belongs to `consented`: whoever corrects that answer removes the names as well. */
function withoutStaleConsent(photo: PhotoReference, children: string | undefined) {
  const { consent: _, ...rest } = photo;
  return children === undefined || children === photo.children || children === "consented" ? photo : rest;
}

/** Maps a JSON pointer of the contract to the name of the form's field, so that its error is shown beside it. */
function fieldOf(pointer: string, base: Content): string | undefined {
  const [, ...path] = pointer.split("/");
  const [first = "", second = "", third = ""] = path[0] === "content" ? path.slice(1) : path;
  if (first === "photos") return `${third}-${base.photos[Number(second)]?.sha256}`;
  if (first === "channel_texts") return second;
  return first === "body" ? "text" : first;
}

/** Groups error messages by field. Errors without a field are in `others`. */
export function errorsByField(
  errors: readonly { pointer: string; detail: string }[],
  base: Content,
): { byField: Record<string, string>; others: string[] } {
  const names = new Set([...Object.keys(fieldsOfContent(base)), "message"]);
  const byField: Record<string, string> = {};
  const others: string[] = [];
  for (const { pointer, detail } of errors) {
    const name = fieldOf(pointer, base);
    if (name !== undefined && names.has(name)) byField[name] ??= detail;
    else others.push(`${pointer}: ${detail}`);
  }
  return { byField, others };
}

interface EditState {
  id: string;
  revision: number;
  base: Content;
  typed: Fields;
  errors: Record<string, string>;
  differences: readonly Difference[];
  sizes: ReadonlyMap<string, PhotoSize>;
  /** Something of it is out: what is saved is a correction, and says so in public. */
  isCorrection: boolean;
}

export function editModel(context: ViewContext, state: EditState): object {
  const { desk: messages, review } = context.messages;
  const { base, typed, errors } = state;
  const value = (name: string) => typed[name] ?? "";
  const field = (name: string, label: string, more: Partial<Field> = {}): Field => ({
    id: `f-${name}`,
    name,
    label,
    value: value(name),
    type: "text",
    error: errors[name] ?? null,
    ...more,
  });
  const choice = (name: string, label: string, options: readonly (readonly [string, string])[]): Field =>
    field(name, label, {
      options: options.map(([key, text]) => ({ value: key, label: text, selected: key === value(name) })),
    });
  const listed = categories.some((category) => category === base.category)
    ? categories
    : [...categories, base.category];
  return {
    back: `/submissions/${state.id}`,
    action: `/submissions/${state.id}/edit`,
    keep: `${state.id}:edit`,
    heading: `${base.title} (${messages.revisionNumber({ n: state.revision })})`,
    revision: state.revision,
    differences: state.differences,
    article: [
      field("title", messages.fields.title, { required: true }),
      field("summary", messages.fields.summary, { rows: 2 }),
      ...(state.isCorrection || base.correction_note !== undefined
        ? [
            field("correction_note", messages.fields.correctionNote, {
              hint: messages.edit.correctionHint,
              required: state.isCorrection,
            }),
          ]
        : []),
      field("text", messages.fields.body, { rows: 22, required: true, hint: messages.edit.bodyHint }),
    ],
    about: [
      choice(
        "category",
        messages.fields.category,
        listed.map((category) => [category, category]),
      ),
      choice("priority", messages.fields.priority, [
        ["normal", messages.edit.normal],
        ["urgent", messages.edit.urgent],
      ]),
      field("tags", messages.fields.tags, { hint: messages.edit.tagsHint }),
      field("place", messages.fields.place),
      field("village", messages.fields.village),
      field("event_date", messages.fields.eventDate, { type: "date" }),
      field("needed_by", messages.fields.neededBy, { type: "datetime-local", hint: messages.edit.timeHint }),
      field("embargo", messages.fields.embargo, { type: "datetime-local", hint: messages.edit.timeHint }),
    ],
    channels: textChannels.map((channel) => field(channel, channelLabel(channel), { rows: 4 })),
    photos: base.photos.map((photo, index) => ({
      name: messages.photoNumber({ n: index + 1 }),
      filename: photo.filename,
      sha256: photo.sha256,
      src: photoAddress(photo.sha256),
      ...(state.sizes.get(photo.sha256) ?? { width: null, height: null }),
      lead: value("lead") === photo.sha256,
      fields: [
        field(`caption-${photo.sha256}`, review.caption, { rows: 2 }),
        field(`alt-${photo.sha256}`, review.alt, { rows: 2 }),
        field(`credit-${photo.sha256}`, review.credit),
        choice(
          `children-${photo.sha256}`,
          review.children,
          childrenStates.map((state) => [state, review.childrenStates[state]]),
        ),
      ],
    })),
    saving: [field("message", messages.edit.message, { rows: 2 })],
  };
}
