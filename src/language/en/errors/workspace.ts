import type { workspace as original } from "../../id/errors/workspace.js";
import { problemLine } from "../problem-line.js";

export const workspace: typeof original = {
  "workspace-missing": () => [
    "This folder is not a kominfo workspace.",
    "Go into the folder of your workspace with cd first, then try again. If you have none: kominfo init",
  ],
  "workspace-exists": (p) => [`${p.path} exists already; nothing was changed.`],
  "workspace-invalid": (p) => [`${p.path} has to be mended.`, ...p.problems.map(problemLine)],
  "kecamatan-unknown": (p) => [
    `There is no kecamatan "${p.given}" in Kabupaten Bekasi.`,
    ...(p.nearest ? [`Did you mean: ${p.nearest}`] : []),
    "Give its name or its Kemendagri code, for example Cibitung or 32.16.07",
  ],
  "newsroom-unset": () => [
    "The newsroom's address is not known.",
    "Write it into kominfo.yaml: newsroom: { kind: kominfo, url: https://… }",
    "or add --url <address>",
  ],
  "post-missing": (p) => [
    `There is no post "${p.wanted}".`,
    ...p.near.map((slug) => `Did you mean: ${slug}`),
    "kominfo post list",
  ],
  "post-ambiguous": (p) => [
    `"${p.wanted}" matches ${p.slugs.length} posts; say more of the name.`,
    ...p.slugs.slice(0, 10),
  ],
  "post-invalid": (p) => [
    `${p.path} is not ready: ${p.problems.length} things have to be mended.`,
    ...p.problems.map(problemLine),
    "Mend them in that file, then run the same command again.",
  ],
  "post-state-damaged": (p) => [
    `The record of what was submitted, ${p.path}, is damaged.`,
    "Do not delete the post. Move that file away, then ask the newsroom for the submission's number.",
  ],
  "answers-invalid": (p) => [
    `${p.problems.length} answers have to be mended; nothing was made yet.`,
    ...p.problems.map(problemLine),
  ],
  "template-invalid": (p) => [
    `The template ${p.name} is not right: ${p.problems.length} to mend.`,
    ...p.problems.map(problemLine),
  ],
  "template-unknown": (p) => [
    `There is no template "${p.name}".`,
    ...(p.nearest ? [`Did you mean: ${p.nearest}`] : []),
    `There are: ${p.names.join(", ")}`,
  ],
  "not-submitted": (p) => [`${p.post} has not been submitted yet.`, `kominfo post submit ${p.post}`],
  "submitted-elsewhere": (p) => [
    `${p.post} was submitted to ${p.origin}, but this workspace uses ${p.now}.`,
    "Put the address back into kominfo.yaml, or copy the post into a new one.",
  ],
  "photo-changed": (p) => [
    `${p.path} changed while it was being prepared.`,
    "Wait until it is copied completely, then run the same command again.",
  ],
  "photos-unusable": (p) => [
    `${p.count} photos cannot be used; the post was not submitted.`,
    "Replace them or take them out of foto: in index.md, then run the same command again.",
  ],
  "terminal-needed": (p) => ["This command has to be run in a terminal.", p.instead],
};
