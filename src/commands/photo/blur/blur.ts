import { realpath } from "node:fs/promises";
import path from "node:path";
import type { Context } from "../../../context.js";
import { failed, usage } from "../../../errors/errors.js";
import { exists } from "../../../files/atomic.js";
import { isFolder } from "../../../files/folders.js";
import { isInside } from "../../../files/names.js";
import { blurredEnding } from "../../../photo/sources/blurred.js";
import { findSources } from "../../../photo/sources/sources.js";
import type { BlurBox, PhotoFacts } from "../../../photo/types.js";
import { parseBox, writeBox } from "../../../post/blur.js";
import { photoFolder } from "../../../post/bundle.js";
import { changePhoto } from "../../../post/photo-changes.js";
import { untouched } from "../../../terminal/prompts/untouched.js";
import { cleanLine } from "../../../text/clean.js";
import { changePhotos } from "../../../workspace/change.js";
import { type Bundle, findBundle, fold, isFile, readBundleStrictly } from "../../../workspace/posts.js";
import { isWaiting, readState } from "../../../workspace/state.js";
import { commandOf } from "../gather.js";
import { workspaceIfAny } from "../render-options.js";
import { askBoxes, asSent } from "./by-hand.js";

interface Input {
  photo: string;
  box?: string[];
  clear?: boolean;
  out?: string;
}

/** As many as the newsroom takes for one photo. */
const maxBoxes = 20;
/** Of a photo that is made for no channel: it is encoded once more when it is sent. */
const quality = 92;

/**
 * Makes parts of a photo unrecognisable. A photo of a post keeps its bytes in `foto/`, index.md records the parts, and whatever is made of
 * it is blurred. Of any other photo, and with `--out`, a new file is written; into a folder, as `…-samar.jpg`. Throws `photo-box`, `photo-boxes-many`,
 * `photo-not-listed`, `blur-folder`, `blur-occupied`, `missing-input` (exit 2, an occupied name 1) and `photo-…` as the engine does.
 */
export async function run(context: Context, input: Input): Promise<void> {
  const file = await photoAt(context, input.photo);
  const facts = await (await context.images()).inspect(file);
  const boxes = await boxesOf(context, input, facts);
  const bundle = input.out === undefined ? await bundleOf(context, file) : undefined;
  if (bundle) return blurInPost(context, bundle, file, boxes, input.clear === true);
  return blurFile(context, file, facts, boxes, input.out);
}

/**
 * The photo that was named, or in a folder the one that a person chooses. Throws `file-not-found`, and `blur-folder` where nobody can be
 * asked.
 */
async function photoAt(context: Context, named: string): Promise<string> {
  const { cwd, messages } = context;
  const target = path.resolve(cwd, named);
  if (await isFile(target)) return target;
  if (!(await isFolder(target))) throw usage("file-not-found", { path: named });
  const found = await findSources([named], cwd);
  const [first, ...others] = found.files;
  // Only links that lead out of it.
  if (first === undefined) throw usage("photo-none-found", { path: named });
  const prompter = await context.prompter();
  if (!prompter) {
    throw usage("blur-folder", { path: named, command: commandOf("kominfo", "photo", "blur", first) });
  }
  const choices = [first, ...others].map((each) => ({ name: cleanLine(path.basename(each)), value: each }));
  return untouched(() => prompter.select({ message: messages.postPhotos.blurWhich, choices }));
}

/** The boxes of the flags, or those that a person types. */
async function boxesOf(context: Context, { box = [], clear }: Input, facts: PhotoFacts): Promise<BlurBox[]> {
  const { width, height } = facts;
  const boxes = box.map((value) => {
    const read = parseBox(value, facts);
    if (!read) throw usage("photo-box", { value, width, height });
    return read;
  });
  if (boxes.length > 0 || clear) return boxes;
  const prompter = await context.prompter();
  if (!prompter) throw usage("missing-input", { flag: "--box" });
  return untouched(() => askBoxes(context, prompter, facts, 1));
}

/** The post in whose `foto/` the photo lies; undefined for any other photo. */
async function bundleOf(context: Context, file: string): Promise<Bundle | undefined> {
  const workspace = await workspaceIfAny(context);
  if (!workspace) return undefined;
  const [real, posts] = await Promise.all([realpath(file), realpath(workspace.posts).catch(() => "")]);
  if (posts === "" || !isInside(posts, real)) return undefined;
  const [slug = ""] = path.relative(posts, real).split(path.sep);
  return findBundle(workspace, path.join(workspace.posts, slug), context.cwd);
}

async function blurInPost(
  context: Context,
  bundle: Bundle,
  file: string,
  added: readonly BlurBox[],
  clear: boolean,
): Promise<void> {
  const { slug, folder } = bundle;
  const { post } = await readBundleStrictly(bundle);
  const name = path.basename(file);
  const index = post.photos.findIndex((photo) => fold(photo.file) === fold(`${photoFolder}/${name}`));
  const photo = post.photos[index];
  if (!photo) throw usage("photo-not-listed", { path: file, post: slug });
  const before = clear ? [] : (photo.blur ?? []);
  const boxes = [...new Set([...before, ...added.map(writeBox)])];
  if (boxes.length > maxBoxes) throw usage("photo-boxes-many", { max: maxBoxes });
  await changePhotos(bundle, (photos) => changePhoto(photos, photo.file, { blur: boxes }));
  const result = boxes.length > 0 ? await asSent(context, bundle, photo.file) : null;
  const state = await readState(bundle.state);
  const messages = context.messages.postPhotos;
  const json = { photo: { path: file, boxes }, post: { slug, path: folder }, result };
  context.output.result(json, (style) =>
    [
      result === null
        ? `${style.good("✓")} ${messages.unblurred({ name: cleanLine(name) })}`
        : `${style.good("✓")} ${messages.blurred({ boxes: boxes.length, name: cleanLine(name) })}`,
      ...(result === null ? [] : [messages.original, `  ${style.faint(cleanLine(result))}`]),
      ...(isWaiting(state) ? [style.warning(messages.waitsBefore({ slug }))] : []),
      ...(state.submission
        ? [style.warning(messages.sentBefore({ slug, revision: state.submission.revision }))]
        : []),
      ...(result !== null && photo.children !== "masked"
        ? [
            messages.sayMasked,
            `  ${style.command(`kominfo post photos ${slug} --photo ${index + 1} --children ada-disamarkan`)}`,
          ]
        : []),
    ].join("\n"),
  );
}

async function blurFile(
  context: Context,
  file: string,
  { width, height }: PhotoFacts,
  boxes: readonly BlurBox[],
  out: string | undefined,
): Promise<void> {
  const { name, dir } = path.parse(file);
  const given = out === undefined ? dir : path.resolve(context.cwd, out);
  const target = (await isFolder(given)) ? path.join(given, `${name}${blurredEnding}.jpg`) : given;
  if (boxes.length === 0) throw usage("missing-input", { flag: "--box" });
  if (await exists(target)) throw failed("blur-occupied", { path: target });
  const engine = await context.images();
  const preset = { name: "asli", width, height, fit: "inside" as const };
  await engine.render(file, [{ preset, path: target }], { blur: boxes, quality }, context.host.signal);
  const messages = context.messages.postPhotos;
  const written = boxes.map(writeBox);
  const json = { photo: { path: file, boxes: written }, post: null, result: target };
  context.output.result(json, (style) =>
    [
      `${style.good("✓")} ${messages.blurred({ boxes: boxes.length, name: cleanLine(path.basename(file)) })}`,
      messages.outside({ path: cleanLine(target) }),
    ].join("\n"),
  );
}
