import type { Diagnostic } from "../errors/diagnostics.js";
import { error } from "../files/diagnostic.js";
import { isGroup } from "../files/group.js";
import { dayProblem } from "./date-problem.js";
import { parseInstant } from "./dates.js";
import { lineOf } from "./front-matter/shapes.js";
import type { Post, StoredAnswer } from "./types.js";

/** Keys of `internal.persetujuan`: who approved in the office, in which office, by what means (WhatsApp), and when. */
export const localApprovalKeys = ["nama", "jabatan", "cara", "waktu"] as const;
export type LocalApproval = Record<(typeof localApprovalKeys)[number], string>;

/** The group of `internal:` that records the approval of one's own superior. For the newsroom only, as all of `internal`. */
export const localApprovalGroup = "persetujuan";

/** What of a local approval is written; "" for what is not. */
export function localApprovalOf({ internal }: Pick<Post, "internal">): LocalApproval {
  const group: { [key: string]: StoredAnswer } = isGroup(internal[localApprovalGroup])
    ? (internal[localApprovalGroup] as { [key: string]: StoredAnswer })
    : {};
  const textOf = (key: string) => (typeof group[key] === "string" ? group[key].trim() : "");
  return {
    nama: textOf("nama"),
    jabatan: textOf("jabatan"),
    cara: textOf("cara"),
    waktu: textOf("waktu"),
  };
}

/** Reports what a recorded approval lacks: each key has to be there, and `waktu` has to be an instant that is not to come. */
export function checkLocalApproval(
  post: Pick<Post, "internal">,
  now: Date,
  lines: ReadonlyMap<string, number> = new Map(),
): Diagnostic[] {
  const approval = localApprovalOf(post);
  const at = (key: string) => {
    const dotted = `internal.${localApprovalGroup}.${key}`;
    return { key: dotted, line: lineOf(dotted, lines) };
  };
  const missing = localApprovalKeys.filter((key) => approval[key] === "");
  return [
    ...missing.map((key) => error(at(key), "local-approval-missing")),
    ...(approval.waktu === "" ? [] : instantProblems(at("waktu"), approval.waktu, now)),
  ];
}

function instantProblems(
  at: { key: string; line: number | undefined },
  written: string,
  now: Date,
): Diagnostic[] {
  // A day has to be written out: "kemarin" would move with the day on which it is read.
  const instant = parseInstant(written, "");
  if (instant === undefined) return [dayProblem(at, written, "", "instant-expected")];
  return Date.parse(instant) > now.getTime() ? [error(at, "instant-to-come")] : [];
}
