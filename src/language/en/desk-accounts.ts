import type { deskAccounts as original } from "../id/desk-accounts.js";
import { counted } from "./counted.js";

export const deskAccounts: typeof original = {
  accounts: {
    title: "Channel accounts",
    intro:
      "The accounts whose logins are on an operator's computer or on the office's machine. The owner is recorded when that computer first announces it; what an editor decides here stays.",
    none: "No account has been announced yet. Computers announce theirs when they publish (kominfo post publish), and the office's machine by kominfo publisher.",
    columns: ["Account", "Owner", "Announced", "Last on the office's machine", "State", "Change"],
    kabupaten: "Kabupaten",
    by: (p) => `${p.who}, ${p.when}`,
    never: "never",
    works: "good",
    decided: (p) => `Decided by ${p.who}, ${p.when}: ${p.reason}`,
    removed: (p) => `the claim of ${p.owner} is removed`,
    paused: (p) => `login refused since ${p.when} (found by ${p.who})`,
    remedy: (p) => `On the office's machine: ${p.command}`,
    change: "Move or remove",
    changeOf: (p) => `Move or remove ${p.label}`,
    owner: "Owner",
    remove: "Remove the claim (not ours, or wrong)",
    why: "Why?",
    save: "Save the decision",
    needOwner: "Choose whose account it is.",
    tooMany: "That owner has too many accounts already.",
    pages: "Pages of accounts",
    dead: (p) =>
      `${p.label} cannot publish: its login is refused since ${p.when}. On the office's machine: ${p.command}`,
    deadSeveral: (p) =>
      `${counted(p.count, "account")} cannot publish because ${p.count === 1 ? "its login is" : "their logins are"} refused: ${p.labels.join(", ")}${p.count > p.labels.length ? `, and ${p.count - p.labels.length} more` : ""}.`,
    seeAccounts: "See the channel accounts",
  },
  plan: {
    title: "Schedule",
    hint: "The office's machine (kominfo publisher) sends it at its time, exactly as it was approved.",
    accounts: "On which accounts?",
    none: "There is no account yet for the destinations and channels that were approved. One appears here once a computer with its login has announced it.",
    at: "Time (WIB)",
    now: "empty means now, as soon as the office's machine sees it",
    nowAfter: (p) => `empty means as soon as it may be out, ${p.when}`,
    go: "Schedule",
    approveHint:
      "Optional. What is chosen is scheduled together with this approval; its cards are below the text.",
    retry: "Try again",
    retryHint: "The office's machine sends it again.",
    anew: "Schedule it now",
    cancel: "Cancel the plan",
    cancelHint: "Nothing has been sent. It can be scheduled again.",
    cost: (p) => `US$${p.cost}`,
    not: {
      "no-publisher":
        "no publisher has ever had this account: run kominfo publisher on the office's machine with it",
      unfit: "it does not fit this channel; see the warnings on its card",
      live: (p) => p.state,
    },
    paused: (p) => `its login is refused; on the office's machine: ${p.command}`,
    seen: (p) => `a publisher had it last on ${p.when}; make sure that kominfo publisher still runs`,
    since: (p) => `Attempt ${p.n}, begun ${p.when}.`,
    ended: (p) => `Attempt ${p.n} by ${p.who}, ${p.when}:`,
    words: (p) => `Its own words: “${p.words}”`,
    lost: (p) =>
      `The computer of ${p.who} stopped after it had announced to send (${p.when}); nobody knows whether it did.`,
    lostHint:
      "A computer that has the account looks by itself (kominfo publisher, or kominfo sync). Or look on the channel, then decide below.",
    cancelled: "cancelled",
    cancelledBy: "The plan was cancelled before it was sent.",
    again: (p) =>
      `The last attempt failed before anything was sent. The office's machine tries again by itself until ${p.until}; after that you decide.`,
    willSend: "The office's machine (kominfo publisher) sends it then.",
    stopped:
      "Not out: stopped, because something of this manuscript shall be taken down. Nothing has to be done.",
    stoppedHint: "Only where it may be out after all: this overrides the request to take it down.",
    due: "Its time has come; the office's machine sends it within minutes if it is on.",
    late: "Its time is more than 3 hours past, so it is not sent by itself: the news may be old. See whether kominfo publisher runs on the office's machine, then schedule it now, or cancel it.",
    unscheduled: "Without a time: it is sent by kominfo post publish, or schedule it below.",
    otherOwner:
      "This account is not known any more, or no destination that was approved; it will not be sent. See the page Channel accounts.",
    problems: {
      accounts: "Choose at least one account.",
      past: "That time is past. Choose one to come, or leave it empty.",
      unknown: "That account is not known any more. Load the page again.",
      destination: "That account is no destination that is chosen for this post. Nothing was saved.",
      channel: "The channel of that account is not in the approval. Nothing was saved.",
      publisher:
        "No publisher has ever had that account, so nobody would send at that time. Run kominfo publisher on the office's machine with that account.",
      alreadyOut:
        "This post is recorded as out on that channel, perhaps on that very account. Nothing was scheduled. See its publications below.",
      redacted:
        "Text or a photo of this post was removed for good (personal data). Nothing was scheduled; approve a corrected post first.",
      unfit:
        "This post does not fit the channel of that account. See the warnings on its card, then edit it.",
    },
  },
  failures: {
    abandoned: [
      "The computer stopped before it had sent; nothing was sent.",
      "Try again, or see whether kominfo publisher runs on the office's machine.",
    ],
    interrupted: ["Sending was interrupted half-way.", "Run kominfo sync on that computer, or try again."],
    postponed: [
      "It was only looked for, not sent, as it shall go out at another time.",
      "Schedule it, or again: kominfo post publish <post> --at <time>",
    ],
    "too-late": ["The computer slept after the newsroom had agreed, so nothing was sent.", "Try again."],
    absent: ["The channel was asked: it is not there.", "Try again."],
    duplicate: ["It is recorded twice; the other one counts.", "See the other publication in this list."],
    bug: [
      "Kominfo failed unexpectedly on that computer.",
      "Update kominfo on that computer, then try again.",
    ],
  },
  failure: {
    unknown: (p) => `The channel refuses it, with the code "${p.code}".`,
    failed: "Try again; if it fails again, run kominfo post publish on the computer that has the account.",
    unclear: "Look on the channel yourself, then decide below.",
  },
};
