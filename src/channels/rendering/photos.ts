import { lossOf, scaleDown } from "./crop.js";
import {
  type LeftOut,
  type PhotoReference,
  type PublicInput,
  type RenderedPhoto,
  type Size,
  type Warning,
  warn,
} from "./types.js";

/** A photo of the revision that is still there. */
export interface PhotoWithSize {
  photo: PhotoReference;
  size: Size;
}

/** What a channel does with the photos of a revision. */
export interface PhotoChoice {
  shown: RenderedPhoto[];
  /** Of those that are shown, in their order. */
  references: PhotoReference[];
  left_out: LeftOut[];
  warnings: Warning[];
}

export interface PhotoRules {
  /** How many the channel shows. */
  max: number;
  /** Width in pixels below which the channel refuses one. */
  minWidth?: number;
  /** The part that is shown, and its size there, given the photo that comes first. */
  frame(photo: PhotoWithSize, first: PhotoWithSize): Pick<RenderedPhoto, "crop" | "width" | "height">;
}

/** A crop that loses more than this is remarked on. */
const noticeableLoss = 0.2;

/** Uncropped, scaled so that neither side is longer than `longest` pixels. */
export function uncropped(longest: number): PhotoRules["frame"] {
  return ({ size }) => ({ crop: null, ...scaleDown(size, longest) });
}

/** Chooses and frames the photos: the lead first, the others in the revision's order. */
export function choosePhotos({ content, photos }: PublicInput, rules: PhotoRules): PhotoChoice {
  const choice: PhotoChoice = { shown: [], references: [], left_out: [], warnings: [] };
  const leaveOut = ({ sha256 }: PhotoReference, reason: LeftOut["reason"]) =>
    choice.left_out.push({ sha256, reason });
  const ordered = [
    ...content.photos.filter(({ lead }) => lead),
    ...content.photos.filter(({ lead }) => !lead),
  ];
  let first: PhotoWithSize | undefined;
  let surplus = 0;
  for (const photo of ordered) {
    const size = photos.get(photo.sha256);
    if (size === undefined) {
      leaveOut(photo, "removed");
      choice.warnings.push(warn("photo-removed", { photo: photo.filename }));
      continue;
    }
    const framed = rules.frame({ photo, size }, first ?? { photo, size });
    if (framed.width < (rules.minWidth ?? 0)) {
      leaveOut(photo, "too-small");
      const { width: actual } = framed;
      choice.warnings.push(
        warn("photo-too-small", { photo: photo.filename, width: rules.minWidth!, actual }),
      );
      continue;
    }
    if (choice.shown.length === rules.max) {
      leaveOut(photo, "too-many");
      surplus += 1;
      continue;
    }
    first ??= { photo, size };
    const percent = Math.floor(lossOf(size, framed.crop) * 100);
    if (lossOf(size, framed.crop) > noticeableLoss)
      choice.warnings.push(warn("crop", { photo: photo.filename, percent }));
    choice.warnings.push(...remarksOn(photo));
    choice.references.push(photo);
    choice.shown.push({
      sha256: photo.sha256,
      lead: photo.lead,
      alt: photo.alt,
      caption: photo.caption,
      credit: photo.credit,
      ...framed,
    });
  }
  if (surplus > 0) choice.warnings.push(warn("photos-left-out", { count: surplus, limit: rules.max }));
  return choice;
}

function remarksOn({ filename, alt, source, credit }: PhotoReference): Warning[] {
  return [
    ...(alt === "" ? [warn("alt-missing", { photo: filename })] : []),
    ...(source !== "own" && creditName(credit) === "" ? [warn("credit-missing", { photo: filename })] : []),
  ];
}

/** "Foto: A, B": who made the photos that are not the office's own; "" where there are none. */
export function creditLine(photos: readonly PhotoReference[]): string {
  const names = photos.filter(({ source }) => source !== "own").map(({ credit }) => creditName(credit));
  const distinct = [...new Set(names)].filter((name) => name !== "");
  return distinct.length > 0 ? `Foto: ${distinct.join(", ")}` : "";
}

/** Who made a photo, without the word that the channels put before it. */
export function creditName(credit: string): string {
  return credit.replace(/^foto\s*:\s*/i, "");
}
