export const postPhotos = {
  none: (p: { slug: string }) =>
    `${p.slug} has no photo yet. Add one with: kominfo post attach ${p.slug} <photo>`,
  which: "Which photo do you want to change?",
  finish: "(done)",
  change: "What shall change?",
  changes: {
    caption: "Caption",
    alt: "What the photo shows",
    credit: "Credit",
    move: "Order",
    lead: "Make it the lead photo",
    focus: "The part that is never cut off",
    children: "Children in this photo",
    blur: "Blur a part of it",
    remove: "Take it out of the post",
    open: "Open the photo again",
    back: "(another photo)",
  },
  lacks: "not complete",
  leads: "lead photo",
  hasBlur: (p: { count: number }) => `${p.count === 1 ? "1 part" : `${p.count} parts`} blurred`,
  hasFocus: (p: { focus: string }) => `kept in view at ${p.focus}`,
  changedPart: (p: { what: string; name: string; n: number }) =>
    `Photo ${p.n} (${p.name}), changed: ${p.what}`,
  opened: (p: { path: string }) =>
    `The photo opens in your viewer. If it does not, open it yourself: ${p.path}`,
  notOpened: (p: { path: string }) => `Look at the photo at: ${p.path}`,
  moveTo: (p: { count: number }) => `At which place (1 to ${p.count})?`,
  askFocus: "Which part shall always be seen?",
  focusAuto: "automatic",
  focusPoint: "another point, from the left and the top: such as 30%,40%",
  focusHelp: "Write two numbers from 0 to 1 or in percent, such as 30%,40%",
  askChildren: "Are there children in this photo?",
  children: {
    unchecked: "not checked yet",
    none: "no children",
    consented: "yes, with the parents' consent",
    masked: "yes, masked",
    unrecognisable: "yes, but they cannot be recognised",
  },
  consentBy: "Who has consented?",
  consentDate: "When was that?",
  consentScope: "What for?",
  consentOpen:
    "This consent is not complete: without who gave it, when and what for, the post cannot be sent. Complete it at this photo.",
  needDate: "Write the date, such as 22/11/2026",
  blurredToo: (p: { names: readonly string[] }) =>
    `Blurred in another post, and so here, too: ${p.names.join(", ")}`,
  blurredAsThere: (p: { names: readonly string[] }) => `Blurred as in the post: ${p.names.join(", ")}`,
  blurWhich: "Which photo?",
  askBox: "Part to blur (empty when done)",
  size: (p: { width: number; height: number }) =>
    `This photo has ${p.width} x ${p.height} pixels. Write left,top,width,height in percent or pixels, such as 40%,10%,15%,20%`,
  boxHelp: "Write four numbers that are within the photo, such as 40%,10%,15%,20%",
  clearBoxes: (p: { boxes: number }) =>
    p.boxes === 1
      ? "1 part of this photo is blurred. Take that away first?"
      : `${p.boxes} parts of this photo are blurred. Take them away first?`,
  allMasked: "Are all children in this photo masked now?",
  removed: (p: { name: string }) => `${p.name} was taken out of the post; its file stays in foto/.`,
  changed: (p: { count: number; slug: string }) =>
    p.count === 1 ? `1 photo changed in ${p.slug}` : `${p.count} photos changed in ${p.slug}`,
  unchanged: "No photo was changed.",
  blurred: (p: { boxes: number; name: string }) =>
    p.boxes === 1 ? `1 part of ${p.name} is blurred` : `${p.boxes} parts of ${p.name} are blurred`,
  unblurred: (p: { name: string }) => `Nothing of ${p.name} is blurred any more`,
  original: "The original on this computer is as it was; what is sent is the blurred one:",
  outside: (p: { path: string }) =>
    `The result is a new file, without place and data of the camera: ${p.path}. The original is as it was; send the new one.`,
  sayMasked: "If all children in this photo are masked now, say so with:",
  sentBefore: (p: { revision: number; slug: string }) =>
    `What was sent (revision ${p.revision}) does not change. Send it again with: kominfo post submit ${p.slug}`,
  waitsBefore: (p: { slug: string }) =>
    `What waits to be sent does not change. Send it again with: kominfo post submit ${p.slug}`,
};
