import type { TakeDownCause } from "../../contract/lifecycle.js";

const causes: Record<TakeDownCause, string> = {
  personal_data: "personal data",
  child: "a child",
  mistake: "a mistake",
  hacked: "hacked account",
};

import type { takeDowns as original } from "../id/take-downs.js";

export const takeDowns: typeof original = {
  /** Beside the state in a list. */
  listed: (p: { cause: TakeDownCause | null }) =>
    p.cause ? `to be taken down (${causes[p.cause]})` : "to be taken down",
  asked: {
    sent: (p) =>
      `To be taken down, asked by ${p.who}, ${p.when}; still out, waiting for a computer that has the account (kominfo sync). If somebody took it down by hand, an editor marks it at the desk.`,
    by_hand: (p) =>
      `To be taken down, asked by ${p.who}, ${p.when}; still out. This link was recorded by hand: take it down on the channel, then an editor marks it at the desk.`,
    undecided: (p) => `To be taken down, asked by ${p.who}, ${p.when}; it is, once it is found to be out.`,
  },
  problems: {
    "web-photos-visible": "its page is taken down, but its photos still open for anybody",
    "web-too-many-posts": "its page is taken down; it cannot be told whether other pages show its photos",
    "web-still-visible": "a cache of the site still has its page",
    "web-role": "the account at the site may not take it down",
    "instagram-not-removable":
      "the Instagram token lacks instagram_manage_contents; delete it in the Instagram app",
    "instagram-pictures-open": "its photos are still at the office's site",
    "channel-post-unknown": "its id is not known; delete it on the channel yourself",
    "channel-forbidden": "the account may not delete; delete it on the channel yourself",
    "channel-refused": "the account is refused; somebody has to log in again",
    "?": "why was removed with the text; try again with kominfo sync, or delete it on the channel yourself",
  },
  problem: (p) => `The last try, ${p.when}: ${p.why}.`,
  open: (p) => `Still open: ${p.links.join(" ")}`,
  uncorrected: {
    name: "not corrected yet",
    at: (p) => `${p.channel} lets no program change a text that is out, so a person pastes it.`,
    byHand: (p) =>
      `What is on ${p.channel} was put there by hand and still shows the old text, so a person corrects it there.`,
    look: "Copy the corrected text from the card on this page",
    done: "It is corrected",
    url: "Address of what is corrected",
  },
};
