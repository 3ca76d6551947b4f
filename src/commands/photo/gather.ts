import type { Context } from "../../context.js";
import { KominfoError, usage } from "../../errors/errors.js";
import { listFolder } from "../../photo/sources/folders.js";
import type { Gathered } from "../../photo/sources/gather.js";
import { isPassed, type PassedOver, withoutUsed } from "../../photo/sources/passed-over.js";
import { photoEnding } from "../../photo/sources/sources.js";
import { untouched } from "../../terminal/prompts/untouched.js";
import { cleanLine } from "../../text/clean.js";

interface GatherRequest {
  /** Gathers, with or without subfolders. */
  gather: (recursive: boolean) => Promise<Gathered>;
  recursive: boolean | undefined;
  /** The command as it was typed, which with `--recursive` looks into subfolders, too. */
  command: string;
  /** Asks nothing. */
  yes?: boolean | undefined;
  /** Absolute paths of files that the command reads otherwise: they are not passed over. */
  used?: readonly string[];
}

/**
 * Gathers photos, asks in a terminal whether those of subfolders are meant, too, and tells what was passed over. Throws as
 * `gatherPhotos`; `photo-none-found` then names the command that looks into the subfolders.
 */
export async function gatherAsking(context: Context, request: GatherRequest): Promise<Gathered> {
  const { recursive = false, yes, used = [] } = request;
  const gather = async (deep: boolean) => {
    const gathered = await request.gather(deep);
    return { ...gathered, passed: withoutUsed(gathered.passed, used) };
  };
  try {
    const gathered = await gather(recursive);
    if (yes || !(await wantsFolders(context, gathered.passed.folders, false))) {
      tellPassed(context, gathered);
      return gathered;
    }
    await gathered.release();
  } catch (error) {
    if (!(error instanceof KominfoError) || error.code !== "photo-none-found") throw error;
    const params = error.params as KominfoError<"photo-none-found">["params"];
    const { folders = [] } = params;
    if (folders.length === 0 || recursive) throw error;
    if (yes || !(await wantsFolders(context, folders, true))) {
      throw usage("photo-none-found", { ...params, command: `${request.command} --recursive` });
    }
  }
  const all = await gather(true);
  tellPassed(context, all);
  return all;
}

/** The key `passed_over` of `--json`. */
export function passedJson({ folders, unreadable, files }: PassedOver) {
  return {
    folders,
    unreadable,
    files: files.map(({ kind, paths }) => ({ kind, count: paths.length, paths })),
  };
}

/** Words of a command, quoted where a shell would split them. */
export function commandOf(...words: readonly string[]): string {
  const quote = (word: string) => (/^[\w@%+=:,./\\-]+$/.test(word) ? word : `"${word}"`);
  return words.map(quote).join(" ");
}

/** More photos than this need not be counted before asking. */
const maxCounted = 9_999;

/** @param preset what Enter means: beside photos that were named, others are taken only by an answer */
export async function wantsFolders(
  context: Context,
  folders: readonly string[],
  preset: boolean,
): Promise<boolean> {
  const prompter = folders.length > 0 ? await context.prompter() : undefined;
  if (!prompter) return false;
  let count = 0;
  for (const folder of folders) {
    const { files } = await listFolder(folder, { recursive: true }).catch(() => ({ files: [] }));
    count += files.filter((file) => photoEnding.test(file)).length;
    if (count > maxCounted) break;
  }
  if (count === 0) return false;
  const message = context.messages.photo.passed.askFolders({ count, folders: folders.length });
  return untouched(() => prompter.confirm({ message, default: preset }));
}

/**
 * Prints how many files and subfolders were passed over, and below it which and what to do.
 *
 * @param isApart the command has no `--recursive`: a subfolder is named by itself
 */
export function tellPassed(
  { messages, output }: Context,
  { passed, videos }: Pick<Gathered, "passed" | "videos">,
  { isApart = false } = {},
): void {
  const texts = messages.photo.passed;
  if (videos > 0) output.note(messages.photo.videosSkipped({ count: videos }));
  if (!isPassed(passed)) return;
  const { folders, unreadable, files } = passed;
  const count = files.reduce((sum, { paths }) => sum + paths.length, 0);
  const kind = (wanted: string) => files.find((found) => found.kind === wanted);
  // A command without subfolders is one that makes posts, and does not unpack.
  const archives = isApart ? kind("ZIP") : undefined;
  const apart = ["unfinished", "misnamed", "blurred", ...(archives ? ["ZIP"] : [])];
  const plain = files.filter((found) => !apart.includes(found.kind));
  const group = (isPicture: boolean) => plain.filter((found) => found.isPicture === isPicture);
  const named = (found: typeof files) => ({
    kinds: found.map((each) => texts.kind({ kind: each.kind, count: each.paths.length })),
    paths: found.flatMap(({ paths }) => paths),
  });
  const told = (found: (typeof files)[number]) => ({ count: found.paths.length, paths: found.paths });
  const [pictures, others] = [group(true), group(false)];
  const [unfinished, misnamed, blurred] = [kind("unfinished"), kind("misnamed"), kind("blurred")];
  const lines = [
    ...(folders.length > 0
      ? [texts[isApart ? "foldersApart" : "folders"]({ count: folders.length, paths: folders })]
      : []),
    ...(archives ? [texts.archives(told(archives))] : []),
    ...(unreadable.length > 0 ? [texts.unreadable({ paths: unreadable })] : []),
    ...(blurred ? [texts.blurred(told(blurred))] : []),
    ...(pictures.length > 0 ? [texts.pictures(named(pictures))] : []),
    ...(misnamed ? [texts.misnamed(told(misnamed))] : []),
    ...(unfinished ? [texts.unfinished(told(unfinished))] : []),
    ...(others.length > 0 ? [texts.others(named(others))] : []),
  ];
  const head = texts.head({ files: count, folders: folders.length + unreadable.length });
  // One warning: with --quiet, its head alone would say neither which nor why.
  output.warn([head, ...lines.map((line) => `    ${cleanLine(line)}`)].join("\n"));
}
