import type { OutletErrors } from "../../errors/outlets.js";
import { formatInstant } from "../../text/instant.js";
import type * as id from "../id/outlets.js";
import type { ErrorSentences } from "../types.js";

export const outlets: typeof id.outlets = {
  none: "No account has been announced yet.",
  columns: ["Channel", "Name", "Account", "Owner", "Announced", "Last at a publisher", "State"],
  kabupaten: "Kabupaten",
  never: "never",
  works: "good",
  paused: (p) => `login refused since ${p.when}`,
  askReason: "Why? The other editors read the reason",
  moved: (p) => `${p.label} is ${p.owner}'s now.`,
  removed: (p) => `The claim on ${p.label} is removed; another owner may announce it.`,
  isPaused: (p) =>
    `${p.channel} ${p.label}: its login is refused since ${p.when} (found by ${p.who}). On the office's machine: kominfo auth login ${p.channel.toLowerCase()}`,
  notSeen: (p) =>
    `${p.channel} ${p.label}: a publisher had it last on ${p.when}. Make sure that kominfo publisher still runs on the office's machine.`,
  notTold: (p) => `The newsroom could not be told about the account ${p.channel} ${p.account}.`,
  resting: (p) =>
    `${p.channel} "${p.account}": its login is refused; it is tried again within an hour, or right after kominfo auth login ${p.channel.toLowerCase()}`,
};

interface Claimed {
  channel: string;
  account: string;
  kecamatan: string | null;
  by: string | null;
  since: string;
}
const ownerOf = ({ kecamatan }: Claimed) => (kecamatan === null ? "the kabupaten" : `Kecamatan ${kecamatan}`);
const byWhom = ({ by, since }: Claimed) =>
  `${by === null ? "" : ` by ${by}`} on ${formatInstant(since, "en")}`;
const askEditor = (p: Claimed) =>
  `If that is wrong, ask an editor to move it: page Channel accounts of the desk, or kominfo review account ${p.channel} ${p.account} --kecamatan <name>`;

export const outletErrors: ErrorSentences<OutletErrors> = {
  "account-taken": (p) => [
    `The account ${p.channel} ${p.account} is recorded as that of ${ownerOf(p)}${byWhom(p)}; nothing is published from here.`,
    askEditor(p),
  ],
  "account-decided": (p) => [
    `An editor has decided that the account ${p.channel} ${p.account} is that of ${ownerOf(p)}${byWhom(p)}.`,
    askEditor(p),
  ],
  "account-removed": (p) => [
    `An editor has removed the claim on the account ${p.channel} ${p.account}${byWhom(p)}; nothing is published from here.`,
    askEditor(p),
  ],
  "account-not-known": (p) => [
    `The newsroom does not know the account ${p.channel} ${p.account}.`,
    "See those it knows: kominfo review accounts",
  ],
  "account-unwatched": (p) => [
    `No publisher has ever had the account ${p.accounts.join(", ")}, so nobody would send at that time. Nothing was scheduled.`,
    "Run kominfo publisher on the office's machine with that account",
    "Or publish now, without --at.",
  ],
};
