import path from "node:path";
import type { Context } from "../../../context.js";
import type { Messages } from "../../../language/index.js";
import { parseDay, today } from "../../../post/dates.js";
import {
  changePhoto,
  leadWith,
  movePhoto,
  parseFocus,
  placeNames,
  removePhoto,
} from "../../../post/photo-changes.js";
import type { PostPhoto } from "../../../post/types.js";
import type { Prompter } from "../../../terminal/prompts/prompter.js";
import { shorten } from "../../../terminal/table.js";
import { cleanLine } from "../../../text/clean.js";
import { changePhotos } from "../../../workspace/change.js";
import { photoFile } from "../../../workspace/photo-files.js";
import { type Bundle, readBundleStrictly } from "../../../workspace/posts.js";
import { blurByHand } from "../../photo/blur/by-hand.js";
import { openPicture } from "../../photo/open.js";
import { isDescribed } from "../photos.js";
import { tagProblem } from "../tag-problem.js";
import { photoNamed } from "./flags.js";
import { notesOf } from "./listing.js";

/** A photo of a post that a person works on. */
interface Work {
  context: Context;
  prompter: Prompter;
  bundle: Bundle;
  file: string;
}

/**
 * Lets a person choose one photo after another, opens each in their viewer, and changes what they choose. Returns the files of those
 * that changed. What was changed before Ctrl-C stays.
 *
 * @param first `--photo`: the one to begin with
 */
export async function arrangeByHand(
  context: Context,
  prompter: Prompter,
  bundle: Bundle,
  first?: string,
): Promise<Set<string>> {
  const changed = new Set<string>();
  let { post } = await readBundleStrictly(bundle);
  let file =
    first === undefined
      ? await choosePhoto(context, prompter, post.photos)
      : photoNamed(first, post.photos, bundle.slug).file;
  while (file !== finished) {
    const work = { context, prompter, bundle, file };
    await openPhoto(work);
    if (await changeOne(work)) changed.add(file);
    ({ post } = await readBundleStrictly(bundle));
    if (post.photos.length === 0) break;
    file = await choosePhoto(context, prompter, post.photos);
  }
  return changed;
}

/** No photo has this name. */
const finished = "";

/** Lets a person choose a photo, or `finished`. Each photo is at the place of its number, by which inquirer finds what is typed. */
function choosePhoto(
  { messages: { postPhotos: messages } }: Context,
  prompter: Prompter,
  photos: readonly PostPhoto[],
): Promise<string> {
  const nameOf = (photo: PostPhoto, i: number) =>
    [
      `${i + 1}. ${cleanLine(path.posix.basename(photo.file))}`,
      ...(photo.lead ? [messages.leads] : []),
      ...(isDescribed(photo) ? [] : [messages.lacks]),
      ...notesOf(messages, photo),
    ].join(" · ");
  return prompter.select({
    message: messages.which,
    // What is not complete comes first.
    default: photos.find((photo) => !isDescribed(photo))?.file ?? finished,
    choices: [
      ...photos.map((photo, i) => ({
        name: nameOf(photo, i),
        value: photo.file,
        description: shorten(cleanLine(photo.caption ?? ""), 76),
      })),
      { name: messages.finish, value: finished },
    ],
  });
}

const openPhoto = async ({ context, bundle, file }: Work) =>
  openPicture(context, await photoFile(bundle, file));

/** Changes one photo until the person wants another one. Returns whether anything changed. */
async function changeOne(work: Work): Promise<boolean> {
  const { context, prompter, bundle, file } = work;
  const { postPhotos: messages } = context.messages;
  let isChanged = false;
  for (;;) {
    const { post } = await readBundleStrictly(bundle);
    const photo = post.photos.find((candidate) => candidate.file === file);
    if (!photo) return isChanged;
    const present: Partial<Record<keyof typeof messages.changes, string | undefined>> = {
      ...{ caption: photo.caption, alt: photo.alt, credit: photo.credit, focus: photo.focus },
      children: messages.children[photo.children],
      blur: photo.blur?.join("; "),
    };
    const names = Object.keys(messages.changes) as (keyof typeof messages.changes)[];
    const offered = names.filter((name) => post.photos.length > 1 || (name !== "move" && name !== "lead"));
    const what = await prompter.select({
      message: messages.change,
      choices: offered.map((value) => ({
        name: messages.changes[value],
        value,
        description: shorten(cleanLine(present[value] ?? ""), 76),
      })),
    });
    if (what === "back") return isChanged;
    if (what === "open") await openPhoto(work);
    else if (what === "remove") {
      await changePhotos(bundle, (photos) => removePhoto(photos, file));
      context.output.note(messages.removed({ name: cleanLine(path.posix.basename(file)) }));
      return true;
    } else {
      const before = JSON.stringify(post.photos);
      await change(work, what, photo, post.photos.length);
      const after = (await readBundleStrictly(bundle)).post.photos;
      if (JSON.stringify(after) === before) continue;
      isChanged = true;
      const n = after.findIndex((candidate) => candidate.file === file) + 1;
      const name = cleanLine(path.posix.basename(file));
      const changed = partOf(messages, what, after[n - 1], n);
      context.output.note(messages.changedPart({ what: changed, name, n }));
    }
  }
}

/** What a step has made of a photo: "Kredit foto: Siti", "Urutan: 2". */
function partOf(
  words: Messages["postPhotos"],
  what: "caption" | "alt" | "credit" | "move" | "lead" | "focus" | "children" | "blur",
  photo: PostPhoto | undefined,
  n: number,
): string {
  const name = words.changes[what];
  if (what === "lead" || !photo) return words.leads;
  const values = {
    ...{ caption: photo.caption, alt: photo.alt, credit: photo.credit, move: `${n}` },
    ...{ focus: photo.focus ?? words.focusAuto, children: words.children[photo.children] },
    blur: words.hasBlur({ count: photo.blur?.length ?? 0 }),
  };
  return `${name}: ${shorten(cleanLine(values[what] ?? "-"), 60)}`;
}

async function change(
  { context, prompter, bundle, file }: Work,
  what: "caption" | "alt" | "credit" | "move" | "lead" | "focus" | "children" | "blur",
  photo: PostPhoto,
  count: number,
): Promise<void> {
  const { post: words, postPhotos: messages } = context.messages;
  if (what === "caption" || what === "alt" || what === "credit") {
    const text = await prompter.text({
      message: words[what],
      default: photo[what],
      editable: true,
      validate: (typed) => tagProblem(context.messages, typed),
    });
    await changePhotos(bundle, (photos) => changePhoto(photos, file, { [what]: text.trim() }));
  } else if (what === "move") {
    const isPlace = (text: string) =>
      /^\d{1,3}$/.test(text.trim()) && Number(text) >= 1 && Number(text) <= count;
    const message = messages.moveTo({ count });
    const typed = await prompter.text({ message, validate: (text) => (isPlace(text) ? "" : message) });
    await changePhotos(bundle, (photos) => movePhoto(photos, file, Number(typed)));
  } else if (what === "lead") {
    await changePhotos(bundle, (photos) => leadWith(photos, file));
  } else if (what === "focus") {
    const focus = await askFocus(context, prompter);
    await changePhotos(bundle, (photos) => changePhoto(photos, file, { focus }));
  } else if (what === "children") {
    const answer = await askChildren(context, prompter, photo);
    await changePhotos(bundle, (photos) => changePhoto(photos, file, answer));
  } else {
    await blurByHand(context, prompter, bundle, photo);
  }
}

async function askFocus({ messages }: Context, prompter: Prompter): Promise<string> {
  const words = messages.postPhotos;
  const chosen = await prompter.select({
    message: words.askFocus,
    choices: [
      { name: words.focusAuto, value: "otomatis" },
      ...placeNames.map((name) => ({ name: name.replace("-", " "), value: name })),
      { name: words.focusPoint, value: "" },
    ],
  });
  const typed =
    chosen ||
    (await prompter.text({
      message: words.focusPoint,
      validate: (text) => (parseFocus(text) === undefined ? words.focusHelp : ""),
    }));
  return parseFocus(typed) ?? "";
}

/** Whether children are shown, and with whose consent. */
async function askChildren(
  { messages: { postPhotos: words }, host, output }: Context,
  prompter: Prompter,
  photo: PostPhoto,
): Promise<Pick<PostPhoto, "children"> & { consent?: NonNullable<PostPhoto["consent"]> }> {
  const kinds = Object.keys(words.children) as PostPhoto["children"][];
  const children = await prompter.select({
    message: words.askChildren,
    choices: kinds.map((value) => ({ name: words.children[value], value })),
    default: photo.children,
  });
  if (children !== "consented") return { children };
  const { by = "", date = "", scope = "" } = photo.consent ?? {};
  const now = today(host.now());
  let isTold = false;
  const ask = async (message: string, present: string, validate?: (text: string) => string) => {
    const text = await prompter.text({
      ...{ message, default: present, editable: present !== "" },
      ...(validate && { validate }),
    });
    if (text.trim() === "" && !isTold) {
      output.warn(words.consentOpen);
      isTold = true;
    }
    return text.trim();
  };
  const given = await ask(words.consentBy, by);
  const day = await ask(words.consentDate, date, (text) =>
    text.trim() === "" || parseDay(text, now) ? "" : words.needDate,
  );
  const purpose = await ask(words.consentScope, scope);
  const parts = Object.entries({ by: given, date: parseDay(day, now), scope: purpose });
  return { children, consent: Object.fromEntries(parts.filter(([, text]) => text)) };
}
