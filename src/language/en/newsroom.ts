import { channelLabel } from "../../channels/registry.js";
import type { NewsroomErrors } from "../../errors/newsroom.js";
import { formatInstant, typedInstant } from "../../text/instant.js";
import type { newsroom as original } from "../id/newsroom.js";
import type { ErrorSentences } from "../types.js";
import { contentType } from "./content-type.js";
import { counted } from "./counted.js";
import { otherAddress } from "./other-address.js";
import { post } from "./post.js";
import { stepImpossible } from "./step-impossible.js";

const contents = ({ submissions, photos }: { submissions: number; photos: number }) =>
  `${counted(submissions, "submission")}, ${counted(photos, "photo")}${submissions + photos === 0 ? " (this newsroom is still empty)" : ""}`;

export const newsroom: typeof original = {
  listening: (p) => `The newsroom runs at ${p.url}`,
  askMake: (p) => `There is no newsroom in ${p.path} yet. Make one there?`,
  oneIsIn: (p) => `There is one in ${p.path}`,
  madeIn: (p) => `A new newsroom was made in ${p.path}`,
  isInAlready: (p) => `There is a newsroom in ${p.path} already; nothing was changed.`,
  afterInit: "Next:",
  dataIn: (p) => `Its data are kept in ${p.path}`,
  noAdmin: "There is no admin yet. In another terminal, make the first one:",
  noPublicUrl:
    "The address of the newsroom is not configured: no login links can be made, and the host name is not checked. Add --public-url https://… (or KOMINFO_PUBLIC_URL).",
  tlsEnded: (p) => `The TLS certificate ended on ${p.when}; nobody can connect.`,
  stopWith: "Ctrl-C to stop",
  stopped: "The newsroom has stopped; everything received is stored.",
  copying: (p) => `copying ${p.what} …`,
  keyApart: (p) =>
    `The authenticators' key (${p.path}) is not in the backup. Keep a copy of it somewhere else.`,
  foreignLogins: (p) =>
    `The authenticators of ${counted(p.n, "editor")} are sealed with another key: put the former secrets.key back, or give them a login link and a new activation code.`,
  backedUp: (p) => `Backup complete in ${p.path}: ${contents(p)}.`,
  restored: (p) => `Restored to ${p.path}: ${contents(p)}; all compared.`,
  restoredBehind:
    "What was published since this backup was made is not known any more, and every schedule was stopped: before anybody publishes, look at the channels and record what is out (kominfo post record <post> --url …), so that nothing goes out twice.",
  moved: (p) => `Moved to ${p.path}: ${contents(p)}; all compared.`,
  wouldMove: (p) =>
    `Would move to ${p.path}: ${counted(p.submissions, "submission")}, ${counted(p.photos, "photo")}. Nothing has been written.`,
  auditWhole: (p) => `The audit log is whole: ${counted(p.entries, "entry", "entries")}.`,
  auditEmpty: "The audit log is still empty; nothing was checked.",
  auditHead: (p) => `Note elsewhere: number ${p.seq}, ${p.hash}`,
  askLink: "Address of the publication",
  askChannel: "On which channel?",
  recorded: (line) => `Recorded: ${line}`,
  askName: "Full name",
  needName: "Type the name",
  askRole: "As what?",
  roles: {
    operator: "writes and submits for one kecamatan",
    editor: "reviews for all kecamatan",
    admin: "like an editor, and manages the people",
    viewer: "reads the queue and the reports, nothing internal, and takes no step",
    publisher: "a script's token: reads what is approved, records what it published",
  },
  added: (p) => `${p.who} was added.`,
  known: (p) => `${p.who} is in this newsroom already.`,
  knownLink: "If they only have to log in to the desk again, give them a new link:",
  knownCode: "If they only need a new activation code:",
  knownRevoke: "If they only need a new token, end the old access first, then add them again:",
  addNamesake: "Add one more of this name and role?",
  codeRenewed: (p) => `A new activation code for ${p.who}; an old one that was not used works no more.`,
  codeOnce: "This activation code is shown only now; it works once, within 72 hours.",
  tellThem: "Hand the code over to them in person; they type:",
  addressThere: (p) => `The newsroom's address, which they are asked for: ${p.origin}`,
  tokenOnce: "The token is shown only now. Keep it in a safe place.",
  until: (p) => `Valid until ${p.when}.`,
  linkFor: (p) => `For ${p.who}: good once, until ${p.when}. Send it to nobody else.`,
  ownLink: (p) => `Open it on your phone: good once, until ${p.when}. Send it to nobody.`,
  onlyHere: "This address can only be opened on this computer, not on a phone.",
  nobody: "Nobody yet. Add someone with: kominfo newsroom user add",
  columns: ["ID", "Name", "Role", "Kecamatan", "Access", "Valid until", "Last used", "Added"],
  addedAt: (p) => `added ${p.when}`,
  active: "active",
  ended: "ended",
  open: {
    late: (p) =>
      `More than 3 hours past its time, so nobody sends it any more. Send it now with --again ${p.channel}, or give it a new time with --at.`,
    unclear: (p) =>
      `It may be out, or not. kominfo sync looks for it; if that does not tell, an editor decides at the desk: ${p.page}`,
    interrupted: "It was interrupted; kominfo sync goes on with it.",
    again: (p) =>
      `The last attempt failed before anything was sent; the office's publisher tries again by itself until ${p.until}.`,
    held: (p) => `Being sent by ${p.who}, until ${p.until} at the latest.`,
  },
  tokens: {
    of: (p) => `Logins of ${p.who} that have not ended:`,
    columns: ["Device", "Age", "Last used", "Valid until", "ID"],
    never: "never",
    none: (p) => `None: ${p.who} is not logged in anywhere.`,
    ended: (p) => `Ended for ${p.who}: ${p.names.join(", ")}. Their access stays.`,
    newCode: (p) =>
      `To let them log in again, give them a new activation code: kominfo newsroom user code "${p.name}"`,
    noneToEnd: (p) => `${p.who} has no login to end; nothing was changed.`,
    left: "Those that stay:",
    noneLeft: "There are none left.",
    noAccess: "This person's access has ended or is suspended, so these logins cannot be used.",
    endOne: "To end it:",
    endFirst: "To end the first (the others by their ID):",
    endAll: "To end all of them:",
    deskApart:
      "Logins at the desk (in a browser) are not among them. To end those, suspend the access and give it back:",
  },
  suspended: (p) =>
    `The access of ${p.who} is suspended. To give it back: kominfo newsroom user suspend "${p.name}" --lift`,
  resumed: (p) => `The access of ${p.who} is given back.`,
  revoked: (p) => `The access of ${p.who} has ended; none of their tokens and codes work any more.`,
};

type PublicationRefusal = NewsroomErrors["publication-refused"]["refusal"];

/** Why a publication cannot be sent or recorded, and what can be done. */
const refusedPublications: Record<PublicationRefusal, readonly [string, ...string[]]> = {
  "not-approved": [
    "The approval does not cover this revision or channel any more. Nothing was sent.",
    "See its state: kominfo post status",
  ],
  late: [
    "Its time is more than 3 hours past. Nothing was sent; a person has to decide.",
    "If it is still news: kominfo post publish <post> --again <channel>",
    "Or give it another time: kominfo post publish <post> --to <channel> --at <time>",
  ],
  "already-out": ["This submission is out on that channel already.", "See the link: kominfo post status"],
  "taken-down": [
    "This publication was taken down, so it is not sent again.",
    "If it shall be out again, plan a new publication.",
  ],
  "already-down": [
    "This publication is down already, but its photos may still be at the site.",
    "Open Media (the media library) in the WordPress of that site, and delete this post's photos permanently.",
  ],
  "by-hand": [
    "This link was recorded by hand, so kominfo cannot take it down.",
    "Take it down on the channel yourself; after that an editor marks it at the desk.",
  ],
  "unknown-account": [
    "The newsroom does not know that account yet.",
    "See the accounts of this computer: kominfo auth status",
  ],
  destination: [
    "That account is no destination that this submission is approved for.",
    "Choose another account, or ask an editor to approve that destination.",
  ],
  redacted: [
    "A part of the text or a photo was removed from the newsroom. Nothing was sent.",
    "Send the submission without it: kominfo post submit",
  ],
  "earlier-undecided": [
    "Nobody knows yet whether the revision before is out on that account; its correction waits.",
    "Try again later, or ask an editor to decide it at the desk.",
  ],
  "earlier-handed-over": [
    "The revision before still waits for the website's editors; its correction waits, so that the article is not out twice.",
    "Ask the website's editors to publish it or to send it back, then: kominfo sync",
  ],
  "take-down-open": [
    "The revision before was asked to be taken down on that account and is not proved to be gone; the correction waits.",
    "Take it down first: kominfo post unpublish <post>, or kominfo sync",
  ],
  stopped: [
    "This submission was asked to be taken down, so nothing more of it is sent until an editor allows it.",
    "Ask an editor to publish it themselves (kominfo review publish <id>), or to approve a correction.",
  ],
  undecided: [
    "This publication is being sent, or nobody knows yet whether it is out.",
    "Wait for what comes of it, or ask an editor to decide it at the desk.",
  ],
  duplicate: ["The same publication is recorded already.", "See what is recorded: kominfo post status"],
  fence: [
    "Another computer has taken this over, or the time for it was up. Nothing was sent.",
    "Run the same command again.",
  ],
  intent: [
    "The newsroom has another plan to send this publication. Nothing was sent.",
    "Run the same command again.",
  ],
  "no-publisher": [
    "No publisher has ever had that account, so nobody would send at that time.",
    "Run kominfo publisher on the office's machine with that account, or publish without --at.",
  ],
  cancelled: [
    "An editor has cancelled this plan, so it is not sent.",
    "Ask the editor first; if it shall be out all the same: kominfo post publish <post> --to <channel>",
  ],
  "plan-stopped": [
    "This plan was stopped: its approval was revoked meanwhile, or the newsroom was restored from a backup. Nothing was sent.",
    "Look at the channel first; if it shall be out all the same: kominfo post publish <post> --to <channel>",
  ],
  decided: [
    "The newsroom has recorded another outcome of this publication.",
    "See the outcome: kominfo post status",
  ],
  unrenderable: [
    "This text is too complex: the newsroom could not finish what the channels show of it. Nothing was approved or sent.",
    "Its author simplifies very many tables, lists and marks, then: kominfo post submit",
  ],
};

export const newsroomErrors: ErrorSentences<NewsroomErrors> = {
  "newsroom-hidden": (p) => [
    `What answers at ${p.origin} is not a newsroom (${contentType(p.type)}).`,
    "On a public Wi-Fi, open a browser and log in to the Wi-Fi first, then run it again.",
    otherAddress,
  ],
  "newsroom-not-there": (p) => [
    `There is no newsroom at ${p.origin} (${p.status}, ${contentType(p.type)}).`,
    otherAddress,
  ],
  "login-refused": (p) => [
    `${p.origin} refuses this login: the token is wrong, expired or revoked.`,
    "Ask the newsroom for a new activation code, then: kominfo auth login newsroom",
  ],
  "desk-for-operators": (p) => [
    "This link is for operators only.",
    `Editors and admins open the desk in a browser: ${p.origin}/login`,
    'If you cannot log in there yet, ask an admin for a link: kominfo newsroom user link "<your name>"',
  ],
  "not-allowed": (p) => [`This account may not do that at ${p.origin}.`, "kominfo auth status --check"],
  "token-not-enough": (p) => [
    `By a token alone, ${p.origin} makes no admin, no way in for one, and no token for whoever reviews.`,
    "On the newsroom's machine: kominfo newsroom user add (or user code, user link) --data <folder>. Or at the desk, page People.",
  ],
  "activation-invalid": () => [
    "The activation code is wrong, used already, or older than 72 hours.",
    "Look at the code again; if it is still refused, ask the newsroom's admin for a new one.",
  ],
  "client-too-old": () => ["This kominfo is too old for the newsroom.", "Update kominfo, then run it again."],
  "download-damaged": (p) => [
    `A photo from ${p.origin} was damaged on its way.`,
    "Run the same command again.",
  ],
  "submission-not-found": (p) =>
    p.isWhole === false
      ? [
          `"${p.submission}" is not a whole submission number (36 letters and digits).`,
          "Write all of it, as it is shown by: kominfo review list",
          "Or choose from a list: kominfo review show",
        ]
      : [
          `The newsroom has no submission ${p.submission}, or it is not open to your account.`,
          "Those that are: kominfo review list",
        ],
  "newsroom-too-old": (p) => [
    `The newsroom at ${p.origin} does not know "${p.key}" yet, so this post was not sent.`,
    "Ask whoever runs the newsroom to update kominfo there, then repeat.",
  ],
  "newsroom-outdated": (p) => [
    `The newsroom at ${p.origin} is an older version, which does not know this command yet.`,
    "Ask whoever runs the newsroom to update kominfo there, then repeat.",
  ],
  "photo-unknown-there": (p) => [
    `The newsroom does not know photo ${p.sha256}.`,
    "Ask by its post: kominfo photo where <post>",
  ],
  "correction-note-missing": (p) => [
    "This post is out. Write one sentence for readers on what is corrected (ralat: in index.md).",
    `kominfo post edit ${p.post}`,
  ],
  "checks-open": (p) => [
    `Not approved; still to be checked: ${p.checks.join(", ")}.`,
    `kominfo review show ${p.submission}`,
  ],
  "photo-unanswered": ({ open, submission }) => [
    `Nobody has looked at photo ${open.map(({ n, name }) => `${n} (${name})`).join(", ")}: are there children in it? Answer with --photo.`,
    `See the photos: kominfo review show ${submission}`,
    `Add: ${open.map(({ n }) => `--photo ${n}=tidak-ada`).join(" ")} (none; or ada-disamarkan, masked; ada-tak-dikenali, not recognisable)`,
    `With consent: --photo "${open[0]?.n ?? 1}=ada-berizin:<by whom>,<date>,<for what>"`,
  ],
  "photo-answer-invalid": (p) => [
    `--photo "${p.value}" cannot be read; the post has ${counted(p.photos, "photo")}.`,
    "--photo 2=tidak-ada (or ada-disamarkan, ada-tak-dikenali); 2 is the photo's number, or the start of its sha256",
    '--photo "2=ada-berizin:Ibu Ratna,2026-11-22,website of the kecamatan"',
  ],
  "override-invalid": (p) => [
    `--override "${p.value}" must have the form rule=reason.`,
    '--override "kalimat.panjang=Verbatim quotation"',
  ],
  "revision-not-there": (p) => [
    `This submission has no revision ${p.revision}; the newest is revision ${p.newest}.`,
    `See the newest: again with --revision ${p.newest}`,
  ],
  "revision-stale": (p) => [
    `There is a newer revision${p.revision ? ` (revision ${p.revision})` : ""}.`,
    p.post
      ? `Take that revision first: kominfo post pull ${p.post}`
      : p.submission
        ? `Read it first, then decide again: kominfo review show ${p.submission}`
        : "Read it first, then decide again.",
  ],
  "submitted-from-copy": (p) => [
    "This post was sent from another computer or folder, with another content.",
    ...(p.submission ? [`Take what was sent: kominfo post pull ${p.submission}`] : []),
    `If this one is a post of its own: kominfo post new --copy ${p.post ?? "<post>"}`,
  ],
  "step-impossible": stepImpossible,
  "newsroom-refused": ({ title, details, refusedPhoto: photo }) => {
    if (!photo) return [`The newsroom refuses: ${title}`, ...details];
    const reasons: Record<typeof photo.reason, readonly string[]> = {
      "photo-damaged": [
        "The newsroom refuses a photo that is damaged or cut off.",
        "Copy it from the camera or phone again, then send it again.",
      ],
      "photo-not-supported": [
        "The newsroom takes JPEG, PNG and WebP only.",
        "Save the photo as JPEG, then send it again.",
      ],
      "photo-too-costly": [
        "The newsroom refuses a photo that takes too much memory or time to open.",
        "Save it as an ordinary JPEG (not progressive), then send it again.",
      ],
      "photo-too-large": [
        `The newsroom refuses a photo above ${photo.megapixels} megapixels, ` +
          `or ${photo.progressive} for WebP, progressive JPEG and interlaced PNG.`,
        "Make it smaller, then send it again: kominfo photo resize",
      ],
    };
    return reasons[photo.reason];
  },
  "newsroom-user-unknown": (p) => [`The newsroom has no user "${p.wanted}".`, "kominfo newsroom user list"],
  "newsroom-user-ambiguous": (p) => [
    `There is more than one user called "${p.wanted}"; give the ID.`,
    ...p.people.map(
      ({ id, role, created_at: added }) =>
        `${id} (${role}${added === undefined ? "" : `, added ${formatInstant(added, "en")}`})`,
    ),
    "kominfo newsroom user list",
  ],
  "newsroom-token-unknown": (p) => [
    `${p.name} has no login "${p.wanted}" that has not ended.`,
    `kominfo newsroom user tokens "${p.name}"`,
  ],
  "newsroom-token-ambiguous": (p) => [
    `There is more than one login called "${p.wanted}"; give the ID.`,
    ...p.ids.map((id) => `--end ${id}`),
  ],
  "newsroom-user-kecamatan": (p) => [
    p.problem === "required"
      ? "An operator needs a kecamatan."
      : p.problem === "unknown"
        ? "Kabupaten Bekasi has no such kecamatan."
        : `The role ${p.role} is not bound to one kecamatan.`,
    p.problem === "unwanted" ? "Remove --kecamatan." : "Add --kecamatan <code|name>.",
  ],
  "newsroom-link-refused": (p) => [
    p.reason === "operator" || p.reason === "publisher"
      ? `${p.name} has the role ${p.reason}, which does not use the desk.`
      : `The access of ${p.name} has ended.`,
    "kominfo newsroom user list",
  ],
  "newsroom-code-refused": (p) =>
    p.reason === "inactive"
      ? [
          `The access of ${p.name} has ended or is suspended, so they can be given no code.`,
          `If it is only suspended, give it back first: kominfo newsroom user suspend "${p.name}" --lift`,
          "If it has ended, add them again: kominfo newsroom user add",
        ]
      : [
          `${p.name} has the role ${p.reason}, which has tokens and no codes.`,
          "kominfo newsroom user add --role publisher --token",
        ],
  "newsroom-last-admin": (p) => [
    `${p.name} is the last admin and cannot be revoked.`,
    "Add another admin first: kominfo newsroom user add --role admin",
  ],
  "link-invalid": (p) => [
    `"${p.link}" is no link to a publication.`,
    "Copy the whole address from the browser; it begins with https://",
  ],
  "record-undecided": (p) => [
    `What kominfo sent to ${channelLabel(p.channel)} is unclear, so the link is not recorded beside it: it would count twice.`,
    "Look for it first: kominfo sync",
    `If that does not tell, have an editor decide it with the link at the desk: ${p.page}`,
  ],
  "link-elsewhere": (p) => [
    `${p.host} is not an address of ${channelLabel(p.channel)}. Nothing was recorded.`,
    `Copy the link from ${channelLabel(p.channel)}, then run it again.`,
  ],
  "link-front-page": (p) => [
    `That is the address of an account or the front page of ${channelLabel(p.channel)}, not of the post. Nothing was recorded.`,
    "Open the post, then copy its link.",
  ],
  "channel-differs": (p) => [
    `That address is on ${channelLabel(p.actual)}, not ${channelLabel(p.given)}.`,
    "Leave --channel out, or check the address.",
  ],
  "not-approved": (p) => [
    `This submission is ${post.states[p.state]}; it is published, or recorded as published, once it is approved.`,
    "See its state: kominfo post status",
  ],
  "channel-not-approved": (p) => [
    `This submission is not approved for ${channelLabel(p.channel)}.`,
    `Approved channels: ${p.approved.map((channel) => channelLabel(channel)).join(", ")}`,
  ],
  "publication-held": (p) => [
    `${p.by} is publishing it, until ${formatInstant(p.until, "en")} at the latest.`,
    "Try again after that. What is out is shown by: kominfo post status",
  ],
  "publication-refused": (p) => refusedPublications[p.refusal],
  "schedule-too-early": (p) => [
    `That is too early by the newsroom's clock; the earliest time is ${formatInstant(p.soonest, "en")}.`,
    "Choose a later time, and check the clock of this computer: kominfo post publish <post> --at <time>",
  ],
  "under-embargo": (p) => [
    `This submission may not go out before ${formatInstant(p.until, "en")}.`,
    `Schedule it: kominfo post publish <post> --at "${typedInstant(p.until)}"`,
  ],
};
