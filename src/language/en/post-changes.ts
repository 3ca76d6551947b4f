import type { PostErrors } from "../../errors/posts.js";
import type { ErrorSentences } from "../types.js";
import { counted } from "./counted.js";

export const postChanges = {
  askDelete: (p: { title: string; slug?: string }) =>
    `Move the post "${p.title}"${p.slug ? ` (${p.slug})` : ""} to the bin?`,
  deleted: (p: { slug: string }) => `The post was moved to the bin: ${p.slug}`,
  getBack: "Get it back with:",
  restored: (p: { slug: string }) => `The post is back: ${p.slug}`,
  restoredAs: (p: { slug: string; was: string }) =>
    `The post is back as ${p.slug}; another post has the name ${p.was} now.`,
  copied: (p: { slug: string; from: string }) => `The new post ${p.slug} is a copy of ${p.from}`,
  changedSince: (p: { revision: number }) => `changed since revision ${p.revision}`,
  changedHere: (p: { revision: number }) =>
    `The post here was changed since revision ${p.revision}; the changes are not sent yet.`,
  readRemarks: "Read the editors' remarks with: kominfo post status <post>",
  leftOut: (p: { count: number; slug: string }) =>
    `${counted(p.count, "answer")} of an edit that was stopped ${p.count === 1 ? "is" : "are"} not in the post yet. Go on with: kominfo post edit ${p.slug}`,
  leftAsEdited: (p: { path: string }) =>
    `What follows was not written, because the text in its place has been edited. Correct it yourself in ${p.path}:`,
  askCorrection: "Correction: one sentence that tells readers what is corrected",
  sendWithout: "Send it without?",
  sendChanged: "Send what has changed with: kominfo post submit",
  writeNews: (p: { title: string }) => `The event "${p.title}" is over. Write the news of it?`,
  writeNewsOf: (p: { title: string }) => `Write the news: ${p.title}`,
  ofWhichEvent: "News of which event?",
  otherEvent: "Another event",
  takenOver: (p: { title: string }) =>
    `Name, date and place are those of the event "${p.title}"; change them where needed.`,
  startAnew: "Begin anew with a copy of it:",
  noRemarks: "The editors' remarks cannot be read now; you can go on editing.",
  knownAt: (p: { when: string }) => `As of ${p.when}; the newsroom cannot be asked now.`,
  remarksKnownAt: (p: { when: string }) => `These remarks were read on ${p.when}; there may be newer ones.`,
  statesKnown: "The states above are the last known ones; the newsroom cannot be asked now.",
  choose: (p: { n: number; total: number; key: string }) => `Choice ${p.n} of ${p.total}: ${p.key}`,
  yours: "Yours",
  theirs: "The newsroom's",
  gone: "(removed)",
  whichOne: "Which one is used?",
  choices: {
    ours: "Mine",
    theirs: "The newsroom's",
    both: "Both, mine first",
    later: "Choose later in index.md",
  },
  chosen: (p: { count: number }) => (p.count === 1 ? "1 part was chosen." : `${p.count} parts were chosen.`),
  wouldChoose: (p: { count: number }) =>
    p.count === 1
      ? "1 part was changed on both sides, and will be asked about:"
      : `${p.count} parts were changed on both sides, and will be asked about one after another:`,
  pullAndChoose: "Take it in, and choose on the screen:",
  orOnScreen: "Or choose on the screen:",
  noPhotoAsk: "This post has no photo. Send it like that?",
  reallyYear: (p: { year: string }) => `The year ${p.year}, is that right?`,
  reallyToCome: (p: { date: string }) =>
    `${p.date} is still to come, and news tells of what has happened. Is that right?`,
  requests: { withdraw: "withdrawal asked for", unpublish: "take-down asked for" },
  askedFor: {
    withdraw: "The editors were asked to withdraw it; there is no answer yet.",
    unpublish: "The editors were asked to take it down; there is no answer yet.",
  },
  declined: {
    withdraw: "An editor declined to withdraw it.",
    unpublish: "An editor declined to take it down.",
  },
  declines: "declines the request",
  awaitAnswer: {
    withdraw: "Do not publish it yet: wait for the editors' answer; look again with: kominfo post status",
    unpublish: "Wait for the editors' answer; look again with: kominfo post status",
  },
  changeWays: {
    correct: (p: { post?: string }) =>
      `A change to what is out is sent as a correction: ${named("kominfo post edit", p.post)}, then ${named("kominfo post submit", p.post)}`,
    in_review: () => "A change to what an editor is reading can be sent once the editor returns it.",
    taken_down: (p: { post?: string }) =>
      `What was taken down cannot be corrected; start anew from its copy: kominfo post new --copy ${p.post ?? "<post>"}`,
    approved: () =>
      "A change to what is approved can be sent as a correction once it is out, or after an editor returns it.",
  },
  corrections: {
    submitted: "correction awaiting review",
    in_review: "correction in review",
    returned: "correction to be fixed",
    approved: "correction approved",
    rejected: "correction rejected",
    withdrawn: "correction withdrawn",
    merged: "correction merged",
  },
  correctionSteps: {
    submitted: () => ["Its correction waits for an editor; look again with: kominfo post status"],
    in_review: () => ["An editor is reading its correction; look again with: kominfo post status"],
    returned: (p: { post: string }) => [`kominfo post edit ${p.post}`, `kominfo post submit ${p.post}`],
    approved: () => [],
    rejected: () => ["Its correction was rejected; read the editor's reason above."],
    withdrawn: () => ["Its correction was withdrawn."],
    merged: () => ["Its correction became part of another submission."],
  },
};

function named(command: string, post: string | undefined): string {
  return post === undefined ? command : `${command} ${post}`;
}

export const postErrors: ErrorSentences<PostErrors> = {
  "photo-not-listed": (p) => [
    `${p.path} is none of the photos of ${p.post}.`,
    `Add it first with: kominfo post attach ${p.post} ${p.path}`,
  ],
  "photo-number": (p) =>
    p.count === 0
      ? [`${p.post} has no photo yet.`, `Add one with: kominfo post attach ${p.post} <photo>`]
      : [
          `There is no photo "${p.value}" in ${p.post}; it has ${p.count} ${p.count === 1 ? "photo" : "photos"}.`,
          `kominfo post photos ${p.post}`,
        ],
  "photo-box": (p) => [
    `"${p.value}" is no part of this photo (${p.width} x ${p.height} pixels).`,
    "Write left,top,width,height in percents or pixels, at least 4 x 4 pixels, such as --box 40%,10%,15%,20% or --box 800,150,300,300",
  ],
  "photo-boxes-many": (p) => [
    `At most ${p.max} parts of a photo are blurred.`,
    "Join parts that are close together, or begin anew with --clear",
  ],
  "photo-focus": (p) => [
    `"${p.value}" is no point in a photo.`,
    "Write top, bottom, left, right, centre, top-left, top-right, bottom-left, bottom-right, auto, or two numbers like 30%,40%",
  ],
  "remove-alone": () => [
    "--remove does not go with other changes.",
    "Take the photo out with --photo and --remove alone.",
  ],
  "blur-folder": (p) => [
    `${p.path} is a folder; photos are blurred one by one.`,
    `Name the photo, for example: ${p.command}`,
  ],
  "blur-occupied": (p) => [
    `There is a file ${p.path} already, so it is not overwritten.`,
    "Choose another name, such as --out photo-blurred.jpg",
  ],
  "post-exists": (p) => [
    `There is a post of that day and title already: ${p.post}. Nothing was made.`,
    `Change that one: kominfo post edit ${p.post}`,
    "If you do want another one: the same with --again",
  ],
  "post-delete-submitted": (p) => [
    p.out
      ? `${p.post} is published, so it is not deleted.`
      : `${p.post} was sent to the newsroom, so it is not deleted.`,
    p.out
      ? `See what is out: kominfo post status ${p.post}`
      : p.asked
        ? `The editors were asked to withdraw it; see the answer with: kominfo post status ${p.post}`
        : `Withdraw it first: kominfo post withdraw ${p.post}`,
  ],
  "post-delete-waiting": (p) => [
    `${p.post} waits to be sent, so it is not deleted.`,
    p.unclear
      ? "It is not clear whether the newsroom has it; send it again with: kominfo sync"
      : `Withdraw it first: kominfo post withdraw ${p.post}`,
  ],
  "post-not-in-bin": (p) => [
    `There is no post "${p.wanted}" in the bin.`,
    ...p.near.map((slug) => `Perhaps you mean: ${slug}`),
    ...(p.names.length === 0
      ? ["The bin is empty. The posts that are here: kominfo post list"]
      : p.near.length === 0
        ? [`In the bin: ${p.names.slice(0, 10).join(", ")}${p.names.length > 10 ? ", …" : ""}`]
        : []),
  ],
  "bin-empty": () => ["There is no post in the bin.", "kominfo post list"],
  "choices-kept": (p) => [
    p.chosen > 0
      ? `Stopped while choosing: ${counted(p.chosen, "choice")} kept, ${counted(p.left, "part")} not chosen yet.`
      : `Stopped before choosing: ${counted(p.left, "part")} not chosen yet.`,
    "There, index.md holds both forms, and cannot be sent.",
    `Go on choosing: kominfo post pull ${p.post}`,
    ...(p.kept === undefined
      ? []
      : [`The post as it was is kept; to go back to it, copy this file to index.md: ${p.kept}`]),
  ],
  "texts-kept": (p) => [
    {
      photos: "Stopped. What you have changed is kept in the post.",
      submit: "Stopped. What you have typed is kept in the post; it was not sent.",
      attach: "Stopped. The captions you have typed are kept; the photos are not in the post yet.",
      made: "Stopped. The post was made.",
    }[p.during],
    `Go on with: ${p.command}`,
  ],
  "copy-alone": () => [
    "--copy copies a whole post, so it takes no template, --from, --set or --photo.",
    "kominfo post new --copy <post>",
  ],
};
