import { readdir, readFile, rm, stat } from "node:fs/promises";
import path from "node:path";
import { z } from "zod";
import { writeAtomically } from "../../../files/atomic.js";
import type { Answer, Answers } from "../../../post/types.js";
import type { GivenPhoto } from "../../../workspace/posts.js";
import type { Workspace } from "../../../workspace/types.js";

/** Saved answers of an interrupted `post new`, so that Ctrl-C does not lose twenty minutes of typing. */
export interface Unfinished {
  template: string;
  answers: Answers;
  /** Keys of the questions that were asked, including skipped ones. */
  asked: string[];
  /** The chosen photos with their captions. */
  photos: GivenPhoto[];
  /** Time of the last answer. */
  at: Date;
}

/** An answer as a file keeps it. */
export const savedAnswer: z.ZodType<Answer> = z.lazy(() =>
  z.union([z.string(), z.number(), z.boolean(), z.array(savedAnswer), z.record(z.string(), savedAnswer)]),
);
const photo: z.ZodType<GivenPhoto> = z.object({
  path: z.string(),
  caption: z.string().optional(),
  alt: z.string().optional(),
  credit: z.string().optional(),
  source: z.enum(["own", "citizen", "agency"]),
  children: z.enum(["unchecked", "none", "consented", "masked", "unrecognisable"]),
  consent: z
    .object({ by: z.string().optional(), date: z.string().optional(), scope: z.string().optional() })
    .optional(),
  lead: z.boolean(),
  focus: z.string().optional(),
  blur: z.array(z.string()).optional(),
});
const shape = z.object({
  answers: z.record(z.string(), savedAnswer),
  asked: z.array(z.string()),
  photos: z.array(photo).default([]),
});
const pattern = /^unfinished-([a-z0-9-]+)\.json$/;

function folderOf(workspace: Workspace): string {
  return path.join(workspace.root, ".kominfo");
}

function fileOf(workspace: Workspace, template: string): string {
  return path.join(folderOf(workspace), `unfinished-${template}.json`);
}

/** Finds the newest interrupted interview, of this template or of any. Unreadable files are ignored. */
export async function findUnfinished(
  workspace: Workspace,
  template?: string,
): Promise<Unfinished | undefined> {
  const names = await readdir(folderOf(workspace)).catch(() => []);
  const found: Unfinished[] = [];
  for (const name of names) {
    const kind = pattern.exec(name)?.[1];
    if (!kind || (template && kind !== template)) continue;
    const file = path.join(folderOf(workspace), name);
    try {
      const saved = shape.parse(JSON.parse(await readFile(file, "utf8")));
      if (saved.asked.length > 0) found.push({ template: kind, ...saved, at: (await stat(file)).mtime });
    } catch {}
  }
  return found.sort((a, b) => b.at.getTime() - a.at.getTime())[0];
}

export async function saveUnfinished(
  workspace: Workspace,
  template: string,
  interview: Pick<Unfinished, "answers" | "asked" | "photos">,
): Promise<void> {
  await writeAtomically(fileOf(workspace, template), JSON.stringify(interview));
}

export async function removeUnfinished(workspace: Workspace, template: string): Promise<void> {
  await rm(fileOf(workspace, template), { force: true });
}
