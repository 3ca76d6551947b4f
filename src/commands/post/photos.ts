import path from "node:path";
import type { Context } from "../../context.js";
import { KominfoError } from "../../errors/errors.js";
import { explain } from "../../language/explain.js";
import { isWhatsappName } from "../../photo/metadata/whatsapp.js";
import { expandSources } from "../../photo/sources/sources.js";
import type { PostPhoto } from "../../post/types.js";
import type { Prompter } from "../../terminal/prompter.js";
import { clean, cleanLine } from "../../text/clean.js";
import type { GivenPhoto } from "../../workspace/posts.js";

/** What is said of photos that a person adds without further words. */
export interface PhotoCaptions {
  caption?: string;
  alt?: string;
  credit?: string;
}

interface CheckedPhotos {
  usable: GivenPhoto[];
  failed: { source: string; code: string; message: string }[];
}

/** Photos named on the command line, as files, folders or patterns. */
export async function photosAt(
  context: Context,
  typed: readonly string[],
  messages: PhotoCaptions,
): Promise<GivenPhoto[]> {
  const files = await expandSources(typed, context.cwd, context.host.platform === "win32");
  return files.map((file) => ({
    path: file,
    ...messages,
    source: "own",
    children: "unchecked",
    lead: false,
  }));
}

/** Photos of an answers file: a path is relative to that file's folder, or to where the person is. */
export async function photosOfAnswers(
  context: Context,
  photos: readonly PostPhoto[],
  folder: string | undefined,
): Promise<GivenPhoto[]> {
  const windows = context.host.platform === "win32";
  const given: GivenPhoto[] = [];
  for (const { file, ...said } of photos) {
    const found = await expandSources([file], folder ?? context.cwd, windows).catch((error: unknown) => {
      if (folder === undefined) throw error;
      return expandSources([file], context.cwd, windows);
    });
    given.push(...found.map((match) => ({ ...said, path: match })));
  }
  return given;
}

/** Tells the photos that can be used from those that cannot, and says why; one bad file never stops the rest. */
export async function checkPhotos(context: Context, photos: readonly GivenPhoto[]): Promise<CheckedPhotos> {
  const checked: CheckedPhotos = { usable: [], failed: [] };
  if (photos.length === 0) return checked;
  const advised = new Set<string>();
  const engine = await context.images();
  for (const photo of photos) {
    try {
      // Decoded whole: a photo that was cut off by a bad line is said here, not at submit.
      await engine.verify(photo.path);
      checked.usable.push(photo);
    } catch (error) {
      if (!(error instanceof KominfoError)) throw error;
      const { message, hints } = explain(error, context.messages);
      checked.failed.push({ source: photo.path, code: error.code, message });
      context.output.warn(cleanLine(message));
      // The same advice once, however many photos need it.
      if (!advised.has(error.code)) for (const hint of hints) context.output.note(`    ${clean(hint)}`);
      advised.add(error.code);
    }
  }
  return checked;
}

/** Whether all is said that the newsroom wants to know. */
export function isDescribed({ caption, alt, credit }: PhotoCaptions): boolean {
  return Boolean(caption && alt && credit);
}

/**
 * What is still to be said of photos, asked one by one; an empty answer leaves it for later.
 *
 * @param keep receives all photos after each: what was said of one is not lost when the person stops at the next
 */
export async function describePhotos<T extends PhotoCaptions & Pick<PostPhoto, "source">>(
  context: Context,
  prompter: Prompter,
  photos: readonly T[],
  usualCredit: string | undefined,
  nameOf: (photo: T) => string,
  keep?: (photos: readonly T[]) => Promise<void>,
): Promise<T[]> {
  const messages = context.messages.post;
  const described = [...photos];
  for (const [i, photo] of photos.entries()) {
    if (isDescribed(photo)) continue;
    const name = cleanLine(path.basename(nameOf(photo)));
    context.output.note(`\n${messages.aboutPhoto({ name, n: i + 1, total: photos.length })}`);
    const caption = await prompter.text({
      message: messages.caption,
      default: photo.caption,
      editable: true,
    });
    const alt = await prompter.text({ message: messages.alt, default: photo.alt, editable: true });
    const source = isWhatsappName(name) && !photo.credit ? await askSource(context, prompter) : photo.source;
    const credit = await prompter.text({
      message: messages.credit,
      default: photo.credit ?? (source === "own" ? usualCredit : undefined),
    });
    described[i] = { ...photo, source, ...filled({ caption, alt, credit }) };
    await keep?.(described);
  }
  return described;
}

/** A photo that came by WhatsApp was taken by somebody: there is no default answer. */
function askSource(context: Context, prompter: Prompter): Promise<PostPhoto["source"]> {
  const { whoShot, sources } = context.messages.post;
  const order = ["citizen", "own", "agency"] as const;
  return prompter.select({
    message: whoShot,
    choices: order.map((value) => ({ name: sources[value], value })),
  });
}

function filled(messages: Record<"caption" | "alt" | "credit", string>): PhotoCaptions {
  return Object.fromEntries(Object.entries(messages).filter(([, text]) => text.trim() !== ""));
}
