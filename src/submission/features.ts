import type { Content, contentFeatures, PhotoReference } from "../contract/contract.js";
import { failed } from "../errors/errors.js";

type Feature = (typeof contentFeatures)[number];

/** Whether the content has anything that a newsroom of the first version refuses. Then its `features` have to be asked for. */
export function needsFeatures(content: Content): boolean {
  return featuresOf(content).length > 0;
}

function featuresOf({ hashtags, correction_note, photos }: Content): Feature[] {
  return [
    ...(hashtags ? (["hashtags"] as const) : []),
    ...(correction_note ? (["correction_note"] as const) : []),
    ...photos.flatMap(({ focus, consent, children, blur }): Feature[] => [
      ...(focus ? (["focus"] as const) : []),
      ...(consent ? (["consent"] as const) : []),
      ...(blur ? (["blur"] as const) : []),
      ...(children === "unrecognisable" ? (["unrecognisable"] as const) : []),
    ]),
  ];
}

/** What is not left out in silence: readers or editors would be told something else than the operator wrote. */
const essential = {
  correction_note: "ralat",
  unrecognisable: "anak: ada-tak-dikenali",
} as const satisfies Partial<Record<Feature, string>>;

/**
 * The content as this newsroom takes it: without hashtags, focus, consent and the places of blurred parts where it does not know them. Throws
 * `newsroom-too-old` (exit 1) where something would be lost that has to arrive.
 *
 * @param features those that the newsroom names
 */
export function fitContent(content: Content, features: readonly string[], origin: string): Content {
  const missing = new Set(featuresOf(content).filter((feature) => !features.includes(feature)));
  if (missing.size === 0) return content;
  for (const [feature, key] of Object.entries(essential)) {
    if (missing.has(feature as Feature)) throw failed("newsroom-too-old", { origin, key });
  }
  const { hashtags, photos, ...rest } = content;
  return {
    ...rest,
    ...(hashtags && !missing.has("hashtags") ? { hashtags } : {}),
    photos: photos.map((photo) => fitPhoto(photo, missing)),
  };
}

function fitPhoto(
  { focus, consent, blur, ...photo }: PhotoReference,
  missing: ReadonlySet<Feature>,
): PhotoReference {
  return {
    ...photo,
    ...(consent && !missing.has("consent") ? { consent } : {}),
    ...(focus && !missing.has("focus") ? { focus } : {}),
    ...(blur && !missing.has("blur") ? { blur } : {}),
  };
}
