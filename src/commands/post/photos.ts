import path from "node:path";
import type { Context } from "../../context.js";
import { KominfoError } from "../../errors/errors.js";
import { explain } from "../../language/explain.js";
import { isWhatsappName } from "../../photo/metadata/whatsapp.js";
import { withDisplayNames } from "../../photo/renditions/apply.js";
import { gatherPhotos } from "../../photo/sources/gather.js";
import { joinPassed, nothingPassed, type PassedOver } from "../../photo/sources/passed-over.js";
import { findSources } from "../../photo/sources/sources.js";
import type { PostPhoto } from "../../post/types.js";
import type { Prompter } from "../../terminal/prompts/prompter.js";
import { clean, cleanLine } from "../../text/clean.js";
import { photoFile } from "../../workspace/photo-files.js";
import { type GivenPhoto, isFile } from "../../workspace/posts.js";
import { tellPassed, wantsFolders } from "../photo/gather.js";
import { blurredElsewhere, tellBlurredToo } from "../photo/post-metadata.js";
import { tagProblem } from "./tag-problem.js";

/** The texts of a photo in a post. */
export interface PhotoCaptions {
  caption?: string;
  alt?: string;
  credit?: string;
}

interface CheckedPhotos {
  usable: GivenPhoto[];
  failed: { source: string; code: string; message: string }[];
}

/** Photos for a post, and what lay among them and is none. */
export interface FoundPhotos {
  photos: GivenPhoto[];
  passed: PassedOver;
}

/**
 * Finds the photos named on the command line: files, folders or patterns. Asks in a terminal whether those of subfolders are meant, too,
 * and tells what was passed over. What another post blurs in the same photo is blurred here as well.
 *
 * @param own slug of the post that they are for, whose own blur is no news
 */
export async function photosAt(
  context: Context,
  typed: readonly string[],
  captions: PhotoCaptions,
  own?: string,
): Promise<FoundPhotos> {
  if (typed.length === 0) return { photos: [], passed: nothingPassed() };
  const find = (recursive: boolean) =>
    findSources(typed, context.cwd, context.host.platform === "win32", { recursive });
  let found = await find(false);
  if (await wantsFolders(context, found.passed.folders, false)) found = await find(true);
  if (found.refused[0]) throw found.refused[0].error;
  tellPassed(context, found, { isApart: true });
  const given = found.files.map((file) => givenPhoto(file, captions));
  return { photos: await withBlur(context, given, own), passed: found.passed };
}

/** Photos for a post, some of them unpacked from archives. Call `release` at the end. */
export interface UnpackedPhotos extends FoundPhotos {
  /** Archives and photos in them that could not be opened. */
  failed: CheckedPhotos["failed"];
  /** The name to print for a photo: of one of an archive, the archive and the name in it. */
  displayName(file: string): string;
  /** Removes the unpacked photos. */
  release(): Promise<void>;
}

/** Does the work of `photosAt`, and unpacks ZIP archives within the limits of `photo upload`. */
export async function unpackedPhotosAt(
  context: Context,
  typed: readonly string[],
  captions: PhotoCaptions,
  own: string,
): Promise<UnpackedPhotos> {
  const { host, cwd } = context;
  const options = { windows: host.platform === "win32", signal: host.signal };
  const gather = (recursive: boolean) => gatherPhotos(typed, cwd, { ...options, recursive });
  let found = await gather(false);
  try {
    if (await wantsFolders(context, found.passed.folders, false)) {
      await found.release();
      found = await gather(true);
    }
    const link = found.failed.find(({ error }) => error.code === "link-outside");
    if (link) throw link.error;
    tellPassed(context, found, { isApart: true });
    const given = found.files.map((file) => givenPhoto(file, captions));
    const photos = await withBlur(context, given, own);
    const failed = found.failed.map(({ source, error }) => tellUnusable(context, source, error));
    const { passed, displayName, release } = found;
    return { photos, passed, failed, displayName, release };
  } catch (error) {
    await found.release();
    throw error;
  }
}

function givenPhoto(file: string, captions: PhotoCaptions): GivenPhoto {
  return { path: file, ...captions, source: "own", children: "unchecked", lead: false };
}

/**
 * Finds the photos of an answers file: paths are relative to that file's folder, else to the current one. Tells what was passed over in
 * a folder, and blurs as `photosAt`.
 */
export async function photosOfAnswers(
  context: Context,
  photos: readonly PostPhoto[],
  folder: string | undefined,
): Promise<FoundPhotos> {
  const windows = context.host.platform === "win32";
  const given: GivenPhoto[] = [];
  const passed: PassedOver[] = [];
  let videos = 0;
  for (const { file, ...details } of photos) {
    const base = folder ?? context.cwd;
    const found = await findSources([file], base, windows).catch(async (error: unknown) => {
      // Typed, or from another system: the same name, composed otherwise or with another space.
      const alike = path.isAbsolute(file)
        ? file
        : await photoFile({ folder: base }, file.replaceAll("\\", "/"));
      if (await isFile(alike)) return findSources([alike], base, windows);
      if (folder === undefined) throw error;
      return findSources([file], context.cwd, windows);
    });
    if (found.refused[0]) throw found.refused[0].error;
    given.push(...found.files.map((match) => ({ ...details, path: match })));
    passed.push(found.passed);
    videos += found.videos;
  }
  const all = joinPassed(passed);
  tellPassed(context, { passed: all, videos }, { isApart: true });
  return { photos: await withBlur(context, given), passed: all };
}

/** Blurs what another post blurs in the same photo, unless its own boxes are given, and says so. */
async function withBlur(
  context: Context,
  photos: readonly GivenPhoto[],
  own?: string,
): Promise<GivenPhoto[]> {
  if (photos.length === 0) return [];
  const bare = photos.filter((photo) => !photo.blur?.length).map((photo) => photo.path);
  const { copies, namesakes } = await blurredElsewhere(await context.workspace(), bare);
  const elsewhere = [...copies].filter(([, { slug }]) => slug !== own);
  tellBlurredToo(
    context,
    elsewhere.map(([file]) => file),
    namesakes,
  );
  return photos.map((photo) => {
    const blur = copies.get(photo.path)?.photo.blur;
    return blur ? { ...photo, blur } : photo;
  });
}

/** Separates usable photos from unusable ones, and prints why. A bad file never stops the rest. */
export async function checkPhotos(
  context: Context,
  photos: readonly GivenPhoto[],
  displayName = (file: string) => file,
): Promise<CheckedPhotos> {
  const checked: CheckedPhotos = { usable: [], failed: [] };
  if (photos.length === 0) return checked;
  const advised = new Set<string>();
  const engine = await context.images();
  for (const photo of photos) {
    try {
      // Decodes the whole file, so that a truncated photo fails here and not at submit.
      await engine.verify(photo.path);
      checked.usable.push(photo);
    } catch (error) {
      if (!(error instanceof KominfoError)) throw error;
      const named = withDisplayNames({ source: photo.path, error }, displayName);
      // Print the same hints once, however many photos need them.
      checked.failed.push(tellUnusable(context, named.source, named.error, advised.has(error.code)));
      advised.add(error.code);
    }
  }
  return checked;
}

/** Prints why a photo cannot be used, and returns it as scripts see it. */
function tellUnusable(
  { output, messages }: Context,
  source: string,
  error: KominfoError,
  isAdvised = false,
): CheckedPhotos["failed"][number] {
  const { message, hints } = explain(error, messages);
  output.warn(cleanLine(message));
  if (!isAdvised) for (const hint of hints) output.note(`    ${clean(hint)}`);
  return { source, code: error.code, message };
}

/** Whether a photo has all the texts that the newsroom requires. */
export function isDescribed({ caption, alt, credit }: PhotoCaptions): boolean {
  return Boolean(caption && alt && credit);
}

/**
 * Asks for the missing texts of photos, one by one; an empty answer leaves a text for later.
 *
 * @param keep receives all photos after each text, and the one being described, so that nothing is lost if the person stops
 */
export async function describePhotos<T extends PhotoCaptions & Pick<PostPhoto, "source">>(
  context: Context,
  prompter: Prompter,
  photos: readonly T[],
  defaultCredit: string | undefined,
  nameOf: (photo: T) => string,
  keep?: (photos: readonly T[], latest: T) => Promise<void>,
): Promise<T[]> {
  const messages = context.messages.post;
  const described = [...photos];
  for (const [i, photo] of photos.entries()) {
    if (isDescribed(photo)) continue;
    const name = cleanLine(path.basename(nameOf(photo)));
    context.output.note(`\n${messages.aboutPhoto({ name, n: i + 1, total: photos.length })}`);
    const told = async (
      texts: Partial<Record<"caption" | "alt" | "credit", string>>,
      source: T["source"],
    ) => {
      const latest = { ...photo, source, ...filled(texts) };
      described[i] = latest;
      await keep?.(described, latest);
    };
    const validate = (typed: string) => tagProblem(context.messages, typed);
    const caption = await prompter.text({
      message: messages.caption,
      default: photo.caption,
      editable: true,
      validate,
    });
    await told({ caption }, photo.source);
    const alt = await prompter.text({ message: messages.alt, default: photo.alt, editable: true, validate });
    await told({ caption, alt }, photo.source);
    const source = isWhatsappName(name) && !photo.credit ? await askSource(context, prompter) : photo.source;
    const credit = await prompter.text({
      message: messages.credit,
      default: photo.credit ?? (source === "own" ? defaultCredit : undefined),
    });
    await told({ caption, alt, credit }, source);
  }
  return described;
}

/** Asks who took a photo received by WhatsApp. There is no default: it is rarely the operator's own. */
function askSource(context: Context, prompter: Prompter): Promise<PostPhoto["source"]> {
  const { whoShot, sources } = context.messages.post;
  const order = ["citizen", "own", "agency"] as const;
  return prompter.select({
    message: whoShot,
    choices: order.map((value) => ({ name: sources[value], value })),
  });
}

function filled(captions: Partial<Record<"caption" | "alt" | "credit", string>>): PhotoCaptions {
  return Object.fromEntries(Object.entries(captions).filter(([, text]) => text.trim() !== ""));
}
