import type { PublishErrors } from "../../errors/publish.js";
import type * as id from "../id/publish.js";
import type { ErrorSentences } from "../types.js";
import { counted } from "./counted.js";

export const publish: typeof id.publish = {
  plan: {
    send: (p) => `${p.channel} ${p.account}`,
    out: (p) => `${p.channel} ${p.account}: published already`,
    "go-on": (p) => `${p.channel} ${p.account}: goes on where it was interrupted`,
    paste: (p) => `${p.channel} ${p.account}: not corrected yet; you paste the text yourself`,
  },
  length: (p) => `${p.length} of ${p.limit} characters`,
  photos: (p) => `${counted(p.count, "photo")} (${p.size})`,
  leftOut: (p) => `${p.count} ${p.count === 1 ? "photo is" : "photos are"} left out: ${p.names.join(", ")}`,
  handsOver: "waits for the site's editors to publish it",
  cost: (p) => `US$${p.cost}`,
  lookCost: (p) => `US$${p.cost} for each post that is read to find it`,
  quota: (p) => `quota used: ${p.used} of ${p.total}`,
  looksFirst: (p) =>
    `${p.channel} ${p.account}: looked for first; scheduled where it is proved not to be out, and not sent now`,
  total: (p) =>
    `${p.count} ${p.count === 1 ? "channel" : "channels"} in all, ${p.size}, US$${p.cost}. Nothing was sent.`,
  articleToCome: "(link of the article on the web)",
  notHere: (p) => `This computer has no ${p.channels.join(", ")} account; the others are published.`,
  ask: (p) =>
    `Publish on ${counted(p.count, "channel")} (${p.size}${p.cost === undefined ? "" : `, US$${p.cost}`})?`,
  askLook: (p) => `Look once more on ${p.channels.join(", ")}?`,
  triesAgain: "Its time stands: the publisher tries again by itself, at most until 3 hours after it.",
  scheduledFor: (p) => `scheduled for ${p.when}`,
  scheduledTotal: (p) => `Time of ${counted(p.count, "channel")}: ${p.when}. Nothing is scheduled yet.`,
  askSchedule: (p) => `Schedule ${counted(p.count, "channel")} for ${p.when}?`,
  doing: {
    preparing: "preparing",
    processing: "in processing",
    article: "awaits the article",
    sending: "sending",
    looking: "looking",
    removing: "taking down",
    handed_over: "handed over",
    stopped: "stopped",
  },
  preparing: "Preparing photos",
  scrubbed: (p) =>
    `What the newsroom has removed is removed from this computer's notes on ${p.count} ${p.count === 1 ? "publication" : "publications"}, too.`,
  leftAtSite: (p) =>
    `A removed photo is still stored at the website; delete it from its media library: ${p.url}`,
  states: {
    published: "published",
    handed_over: "handed over to the site's editors",
    failed: "not published",
    unclear: "unclear",
    scheduled: "scheduled",
    waiting: "waiting",
    out: "published already",
    found: "found to be published",
    unpublished: "taken down",
    uncorrected: "not corrected yet",
  },
  paste: {
    why: (p) => `Nothing failed: ${p.channel} lets no program change a text that is out.`,
    text: (p) => `Paste this text in the ${p.channel} app:`,
    byHand: (p) =>
      `What is on ${p.channel} was put there and recorded by hand; readers see the old text until you correct it there.`,
    replace: (p) => `Replace its text on ${p.channel} with this:`,
    record: "Then record it:",
  },
  kept: {
    inPlace: (p) => `correction in place: only the text changes, ${p.channel} keeps its old photos`,
    corrected: "its text is corrected, but its old photos are still shown",
    photos: (p) =>
      `${p.channel} still shows photos that are not approved any more: ${p.names.join(", ")}${p.url === null ? "" : ` (${p.url})`}.`,
    remedy: (p) =>
      `To remove them, take the post down: kominfo post unpublish ${p.post} --from ${p.channel}. Then an editor publishes it anew: kominfo review publish ${p.id} --to ${p.channel}`,
  },
  takeDown: {
    askReason: "Why has it to go?",
    kinds: {
      personal_data: "It shows personal data",
      child: "It shows a child without consent",
      mistake: "It is a mistake",
      hacked: "The account was hacked",
    },
    inWords: "Explain it briefly (may be empty)",
    askNote: "Kominfo cannot take it down. Note this request for the editors?",
    noted: "The request is noted for the editors.",
    ask: (p) =>
      `Take down ${counted(p.count, "publication")} now${p.cost === undefined ? "" : ` (US$${p.cost})`}?`,
    how: {
      here: "from this computer",
      elsewhere: "waits for a computer that has the account (kominfo publisher)",
      by_hand:
        "take it down on the channel yourself, then have an editor record that (at the desk, or kominfo review record --taken-down)",
      gone: "taken down already",
      stop: "not out yet, and will not be sent",
      undecided: "unclear whether it is out; look on the channel. Once it is found to be, it is taken down",
      handed_over:
        "with the site's editors; ask them not to publish it. If they do all the same, it is taken down",
    },
    wanted: "To be taken down, and this computer has the account:",
    looks: "nobody knows yet whether it is out; this computer looks for it, and removes it at once if it is",
    photosGone: "Its photos at the site are deleted too, and open no more.",
    photosStay:
      "Its photos are still in the site's media library, and open at their addresses. Delete them there if the photos have to go too.",
  },
  waitsForArticle: "waits for the link of the article on the web",
  afterArticle: "When the article is out: kominfo sync",
  lookAgain: (p) => `Look again after ${p.when}: kominfo sync`,
  undecided: (p) =>
    `Nothing proves whether it was published, so --again does not send it either: look on the channel, then an editor decides at the desk${p.page === undefined ? "" : ` (${p.page})`}. Once it is decided "Not published", publish again.`,
  untold: "The connection broke before the newsroom was told. Later: kominfo sync",
  untoldStopped: "Stopped before the newsroom was told. Later: kominfo sync",
  stopped: (p) =>
    `Stopped. What is not sent yet will not be sent by itself. To go on: kominfo post publish ${p.submission}`,
  interrupted: "Stopped while it was sending, so some of it may be out. To go on: kominfo sync",
  allOut: "It is out on all of these channels already; nothing is sent.",
  correctByHand: "Nothing is sent: do not publish it again, correct what is out.",
  nothingDue: "Nothing is due now.",
  watching: (p) => `Waiting for what ${p.origin} schedules. Stop it with Ctrl-C.`,
};

export const publishErrors: ErrorSentences<PublishErrors> = {
  "account-not-here": (p) => [
    `This computer has no ${p.service} account "${p.account}".`,
    "kominfo auth status",
    `kominfo auth login ${p.service}`,
  ],
  "no-channel-account": (p) => [
    `This computer has no account for the approved channels: ${p.channels.join(", ")}.`,
    ...p.channels.map((channel) => `kominfo auth login ${channel}`),
    `Or publish it by hand, then record its link: kominfo post record ${p.post ?? "<post>"}`,
  ],
  "publish-unfit": (p) => [
    `${p.channel}: ${p.problem} Nothing was sent.`,
    "Fix the post (kominfo post edit), submit it again, and have it approved again.",
    ...(p.mayLink ? ["Or let it become a link, at its price: --link"] : []),
    ...(p.others.length === 0 ? [] : [`The other channels can go out now: --to ${p.others.join(",")}`]),
  ],
  "publish-by-kabupaten": () => [
    "This submission is approved for the kabupaten's channels only, so the kabupaten's newsroom publishes it.",
    "See what is out: kominfo post status <post>",
  ],
  "link-unrecorded": (p) => [
    `Nothing of this submission is recorded at ${p.link}.`,
    ...(p.links.length === 0 ? [] : [`Recorded as out: ${p.links.join(", ")}`]),
    `kominfo review show ${p.submission}`,
  ],
  "publish-taken-down": (p) => [
    "This post was out, and was taken down. Do not publish it again, and not by hand either.",
    `Read why: kominfo post status ${p.post ?? "<post>"}`,
    `To send it again once it is fixed, make a new post: kominfo post new --copy ${p.post ?? "<post>"}`,
  ],
  "take-down-cost-unagreed": (p) => [
    `Taking it down costs US$${p.cost}, so a person has to agree. It is still out.`,
    `kominfo post unpublish ${p.submission} --max-cost ${p.cost}`,
  ],
  "look-cost-unagreed": (p) => [
    `It shall be taken down, and nobody knows whether it is out. Looking for it and removing it costs US$${p.cost}, so somebody has to agree.`,
    `kominfo post unpublish ${p.submission} --max-cost ${p.cost}`,
  ],
  "publish-cost-unagreed": (p) => [
    `This costs US$${p.cost}; --yes alone is not enough.`,
    `Add --max-cost ${p.cost}`,
  ],
  "publish-cost-over": (p) => [
    `It costs US$${p.cost}, more than --max-cost ${p.max}. Nothing was sent.`,
    `If you agree: --max-cost ${p.cost}`,
  ],
  "publish-link-timed": (p) => [
    `--link does not go with --at: whoever sends it at that time does not know that you have agreed to the link on ${p.channel}. Nothing was scheduled.`,
    `Leave out --link: ${p.channel} goes out at that time without the link`,
    "Or leave out --at, and send it with --link when it is time",
  ],
  "publish-changed": (p) => [
    `This submission is not approved any more (now: ${p.state}). Nothing was sent.`,
    "kominfo post status",
  ],
  "nothing-published": (p) => [
    p.channels.length === 0
      ? "This post is not out on any channel."
      : `This post is not out on ${p.channels.join(", ")}.`,
    "kominfo post status",
  ],
  "bad-take-down-reason": (p) => [
    `The reason "${p.value}" has to begin with one of: ${p.causes.join(", ")}.`,
    'For example --reason "anak: the parents asked for it" (anak: a child)',
  ],
  "bad-cost": (p) => [`"${p.value}" is not an amount of dollars.`, "For example --max-cost 0.05"],
  "bad-time": (p) => [
    `${p.flag} "${p.value}" is not a time to come; at the newsroom it is ${p.now} now.`,
    `For example ${p.flag} "${p.example}"`,
  ],
};
