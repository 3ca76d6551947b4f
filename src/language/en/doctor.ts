import { formatMinutes } from "../../text/instant.js";
import type { doctor as original } from "../id/doctor.js";
import { counted } from "./counted.js";
import { systemReason } from "./system-reasons.js";

export const doctor: typeof original = {
  workspace: (p) => `Workspace of Kecamatan ${p.name} in ${p.path}`,
  noWorkspace: "Not in a workspace; only writing posts needs one (kominfo setup)",
  severalNewsrooms: (p) =>
    `Not in a workspace. You have logins to several newsrooms, name one with --url: ${p.newsrooms.join(", ")}`,
  address: (p) => `Address of the newsroom: ${p.origin}`,
  newsroom: (p) => `The newsroom answers (version ${p.version})`,
  clock: "This computer's clock agrees with the newsroom's",
  clockOff: (p) =>
    `This computer's clock is ${formatMinutes(Math.abs(p.minutes), "en")} ${p.minutes > 0 ? "ahead of" : "behind"} the newsroom's`,
  setClock: "Let the system set date and time by itself (Linux: timedatectl set-ntp true)",
  audit: (p) => `The log of logins can be written: ${p.path}`,
  auditClosed: (p) => `The log of logins cannot be written: ${p.path} (${systemReason(p.reason)})`,
  openAudit: (p) => `Move that file away, or open it to yourself, e.g.: chmod 600 "${p.path}"`,
  endsIn: (p) => `This login ends in ${p.days} ${p.days === 1 ? "day" : "days"}.`,
  account: (p) => `The ${p.service} account "${p.account}" is valid`,
  accountUnchecked: (p) =>
    `The ${p.service} account "${p.account}" cannot be checked: kominfo.yaml does not name its site`,
  graphVersion: (p) => `Meta still serves the Graph API ${p.version}`,
  graphVersionEnds: (p) =>
    `Meta ends the Graph API ${p.version} on ${p.day}; Facebook and Instagram do not work after that`,
  graphVersionEnded: (p) => `Meta has ended the Graph API ${p.version} on ${p.day}`,
  useGraphVersion: (p) => `Write in kominfo.yaml: graph_version: ${p.version}`,
  images: "Photos can be processed",
  templates: (p) => `${counted(p.count, "template")} can be read`,
  disk: (p) => `Free disk space: ${p.amount}`,
  diskFull: (p) => `The disk is almost full: ${p.amount} left`,
  makeRoom: "Make room before processing photos",
  broken: (p) => `A part of kominfo does not run (${p.reason})`,
  allWell: "Everything is ready.",
  toMend: (p) => `${counted(p.count, "thing")} to fix.`,
};
