import type { WorkspaceErrors } from "../../errors/workspace.js";
import type { workspace as original } from "../id/workspace.js";
import { postOfMissingTexts, postOfOpenChoices } from "../post-of-problems.js";
import type { ErrorSentences } from "../types.js";
import { counted } from "./counted.js";
import { diagnosticLine } from "./diagnostic-line.js";

export const workspace: typeof original = {
  bug: [
    "This is a fault of kominfo, not yours.",
    "Run it again with --verbose and send what it prints to kominfo's maintainers.",
  ],
  askKecamatan: "Which kecamatan?",
  askNewsroom: "The newsroom's address (leave empty if you do not know it yet)",
  made: (p) => `The workspace of Kecamatan ${p.name} is ready in ${p.root}`,
  next: "Next:",
  menu: "What would you like to do?",
  menuChoices: {
    setup: "Set up kominfo on this computer, step by step",
    init: "Make a workspace in this folder",
    reviewList: "See the submissions that have come in",
    reviewShow: "Read a submission",
    reviewClaim: "Take a submission for review",
    reviewApprove: "Approve a submission",
    reviewReturn: "Ask for a submission to be fixed",
    reviewReject: "Reject a submission",
    reviewPublish: "Publish an approved submission from here",
    new: "Write a new post",
    submit: "Submit a post to the newsroom",
    status: "See states and the editor's remarks",
    edit: "Fix a post",
    attach: "Add photos to a post",
    photos: "Change the photos of a post",
    check: "Check a post",
    preview: "Preview a publication",
    list: "List the posts",
    upload: "Upload photos of an event",
    publish: "Publish an approved post",
    record: "Record where it was published",
    withdraw: "Withdraw a post that was sent",
    pull: "Fetch an editor's changes",
    copy: "Write a new post from a copy",
    remove: "Delete a draft",
    sync: "Send what waits",
    desk: "Make a login link for your phone",
    resize: "Make photos of the right size for each channel",
    inspect: "See what private data photos hold",
    blur: "Blur parts of a photo",
    settings: "Change a setting",
    login: "Log in to the newsroom",
    unlock: "Open the vault for a while",
    lock: "Lock the vault",
    doctor: "Check what works and what does not",
    help: "See all commands",
    leave: "Leave",
  },
  debugUnknown: (p) =>
    `KOMINFO_DEBUG does not know ${p.names.join(", ")}; there are: ${p.sections.join(", ")}, or * for all.`,
  guessedText: (p) =>
    `${p.path} is not saved as UTF-8, so it was read as Windows-1252. Check letters such as é and “quotation marks”.`,
  toMend: (p) => `To be fixed: ${p.title}`,
  whichPost: "Which post?",
  allPosts: "All posts",
};

export const workspaceErrors: ErrorSentences<WorkspaceErrors> = {
  "workspace-folder-missing": (p) => [
    `There is no folder ${p.path}.`,
    "Check the name of the folder after -C, then run the command again.",
  ],
  "workspace-missing": ({ known }) => {
    const [last] = known;
    const said = "This folder is not a kominfo workspace.";
    return last
      ? [
          said,
          ...known.slice(0, 3).flatMap(({ again }) => again ?? []),
          `${last.again ? "Or go" : "Go"} to your workspace first: cd ${last.root}`,
          "To make another workspace in this folder: kominfo init",
        ]
      : [
          said,
          "If you have no workspace yet: kominfo init",
          "If you have one: kominfo -C <its-folder> <command> (or go there with cd first)",
        ];
  },
  "workspace-exists": (p) => [
    `${p.path} exists already; nothing was changed.`,
    `See what it says: kominfo ${p.place}config show`,
    `To change one setting: kominfo ${p.place}config set`,
  ],
  "workspace-invalid": (p) => [`${p.path} has to be fixed.`, ...p.problems.map(diagnosticLine)],
  "kecamatan-unknown": (p) => [
    `There is no kecamatan "${p.given}" in Kabupaten Bekasi.`,
    ...(p.nearest ? [`Did you mean: ${p.nearest}`] : []),
    "Give its name or its Kemendagri code, for example Cibitung or 32.16.07",
  ],
  "newsroom-unset": ({ inWorkspace, origins }) =>
    inWorkspace
      ? [
          "The newsroom's address is not known yet.",
          "kominfo config set newsroom <address>",
          "or add --url <address>",
        ]
      : origins.length === 0
        ? [
            "The newsroom's address is not known yet.",
            "Add --url <address>",
            "or log in first: kominfo auth login newsroom --url <address>",
          ]
        : [
            "You have logins to more than one newsroom; name one.",
            ...origins.map((origin) => `Add --url ${origin}`),
          ],
  "posts-none": () => ["There are no posts yet.", "kominfo post new"],
  "post-missing": (p) => [
    `There is no post "${p.wanted}".`,
    ...(p.binned
      ? [`That post is in the bin; to get it back: kominfo post delete ${p.wanted} --restore`]
      : p.near.map((slug) => `Did you mean: ${slug}`)),
    "kominfo post list",
  ],
  "post-ambiguous": (p) => [
    `"${p.wanted}" matches ${counted(p.slugs.length, "post")}; say more of the name.`,
    ...p.slugs.slice(0, 10),
  ],
  "post-invalid": (p) => [
    `${p.path} is not ready: ${counted(p.problems.length, "thing")} to fix.`,
    ...p.problems.map(diagnosticLine),
    ...photoTexts(postOfMissingTexts(p.path, p.problems)),
    ...openChoices(postOfOpenChoices(p.path, p.problems)),
    `Fix ${p.problems.length === 1 ? "it" : "them"} in that file, then run the same command again.`,
    ...(p.edit ? [`Or answer again on the screen: kominfo post edit ${p.edit}`] : []),
  ],
  "content-unsafe": (p) => [
    p.reason === "internal"
      ? `The post was not sent: ${p.key} is for the newsroom only, but stands in what the public reads too.`
      : p.reason === "keys"
        ? "The post was not sent: its text holds keys of the top part, which would be published."
        : `The post was not sent: ${p.key || "its text"} holds a letter that was lost or cannot be stored.`,
    "Correct index.md, then check it: kominfo post check <post>",
  ],
  "post-state-damaged": (p) => [
    `The record of what was submitted, ${p.path}, is damaged.`,
    "Do not delete the post. Move that file away, then ask the newsroom for the submission's number.",
  ],
  "answers-invalid": (p) => [
    `${counted(p.problems.length, "answer")} to fix; nothing was made yet.`,
    ...p.problems.map(diagnosticLine),
  ],
  "template-invalid": (p) => [
    `The template ${p.name} is not right: ${counted(p.problems.length, "thing")} to fix.`,
    ...p.problems.map(diagnosticLine),
  ],
  "template-unknown": (p) => [
    `There is no template "${p.name}".`,
    ...(p.nearest ? [`Did you mean: ${p.nearest}`] : []),
    `There are: ${p.names.join(", ")}`,
  ],
  "not-submitted": (p) => [`${p.post} has not been submitted yet.`, `kominfo post submit ${p.post}`],
  "submitted-elsewhere": (p) => [
    `${p.post} was submitted to ${p.origin}, but this workspace uses ${p.current}.`,
    "Put the address back into kominfo.yaml, or copy the post into a new one.",
  ],
  "photo-changed": (p) => [
    `${p.path} changed while it was being prepared.`,
    "Wait until it is copied completely, then run the same command again.",
  ],
  "preview-name": (p) => [
    `The name of a preview must end in .html, not "${p.path}".`,
    "Example: --out preview.html",
  ],
  "preview-occupied": (p) => [
    `The file ${p.path} is there already and is no preview of kominfo, so it is not overwritten.`,
    "Choose another name, for example --out preview.html",
  ],
  "photos-unusable": (p) => [
    `${counted(p.count, "photo")} cannot be used; the post was not submitted.`,
    `Replace ${p.count === 1 ? "it or take it" : "them or take them"} out of foto: in index.md, then run the same command again.`,
  ],
};

function photoTexts(post: string | undefined): string[] {
  return post === undefined ? [] : [`Complete what is said of the photos with: kominfo post photos ${post}`];
}

function openChoices(post: string | undefined): string[] {
  return post === undefined ? [] : [`Choose on the screen with: kominfo post pull ${post}`];
}
