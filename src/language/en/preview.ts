import type { preview as original } from "../id/preview.js";

/** The preview of what each channel shows: a file of `post preview`, and the cards at the desk. */
export const preview: typeof original = {
  setFocus: "The part that always shows (the top, for instance) can be set:",
  title: "Preview",
  section: "Preview of each channel",
  look: "See the preview",
  sectionHint: "This is what readers see on each channel. Once approved, exactly this is sent.",
  frozen: "This is what was approved; it does not change any more.",
  unavailable: "The preview cannot be made just now. Reload this page in a moment.",
  length: ({ length }) => `${length} ${String(length) === "1" ? "character" : "characters"}`,
  lengthOf: ({ length, limit }) => `${length} of ${limit} characters`,
  photos: ({ count }) => (count === 0 ? "no photos" : count === 1 ? "1 photo" : `${count} photos`),
  free: "free of charge",
  cost: ({ usd, withLink }) => (withLink === undefined ? `${usd}` : `${usd} (with a link ${withLink})`),
  summary: "Summary for search engines",
  linkPlace: "address of the article on the website",
  more: "… more",
  warnings: "Worth a look",
  missingPhotos: ({ count }) => `${photos(count)} cannot be shown here.`,
  altTexts: "Alt texts of the photos",
  lead: "Lead.",
  noAlt: "No alt text yet",
  slides: ({ count }) => `${photos(count)}, swipe to see them`,
  pictureMissing: "the photo is not here",
  toCopy: "Text to copy",
  offline: "This page is complete in one file and loads nothing from the internet.",
  ofDraft: ({ when }) => `The post on this computer, ${when}. The newsroom's may differ.`,
  ofRevision: ({ n, frozen }) =>
    frozen ? `Revision ${n}, as approved.` : `Revision ${n} at the newsroom, not approved yet.`,
  drawing: "Preparing photos",
  fetching: "Downloading photos",
  made: ({ path }) => `Preview: ${path}`,
  notOpened: ({ path }) => `The browser cannot be opened. Open it yourself: ${path}`,
  whatsappMade: ({ text, card }) => `For WhatsApp: ${text} and ${card}`,
  whatsappTextOnly: ({ text }) => `For WhatsApp: ${text}`,
  cardWithoutText:
    "This computer has no fonts to write on a picture with. The card is the photo alone; its text is in the .txt file.",
  cardWithoutPhoto:
    "There is no photo that can be used, so there is no card for WhatsApp; the text is there.",
};

function photos(count: number): string {
  return count === 1 ? "1 photo" : `${count} photos`;
}
