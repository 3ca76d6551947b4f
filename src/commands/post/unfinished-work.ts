import { readFile, rm, stat } from "node:fs/promises";
import path from "node:path";
import { z } from "zod";
import type { Context } from "../../context.js";
import { writeAtomically } from "../../files/atomic.js";
import { sha256File } from "../../files/hash.js";
import { realInside } from "../../files/links.js";
import type { Answer } from "../../post/types.js";
import type { Bundle, GivenPhoto } from "../../workspace/posts.js";
import { savedAnswer } from "./new/unfinished.js";

/*
 * What a person had typed when `post edit` or `post attach` was stopped, beside the post's state: index.md changes only once they have
 * said that they are done, and until then this file is all there is.
 */

const editShape = z.record(z.string(), savedAnswer.nullable());
/** Answers that differ from index.md, by the key of their question; null: it was emptied. */
export type ChangedAnswers = Readonly<Record<string, Answer | null>>;

const attachShape = z.array(
  z.object({
    /** Of the photo: another picture may have got its name since. */
    sha256: z.string(),
    caption: z.string().optional(),
    alt: z.string().optional(),
    credit: z.string().optional(),
    source: z.enum(["own", "citizen", "agency"]),
  }),
);
type DescribedPhoto = z.infer<typeof attachShape>[number];

const editFile = ({ machine }: Bundle) => path.join(machine, "unfinished-edit.json");
const attachFile = ({ machine }: Bundle) => path.join(machine, "unfinished-attach.json");

/** Undefined where nothing was left, or where it cannot be read. `at`: the time of the last answer. */
export async function findUnfinishedEdit(
  bundle: Bundle,
): Promise<{ changes: ChangedAnswers; at: Date } | undefined> {
  const changes = await load(bundle, editFile(bundle), editShape);
  if (!changes || Object.keys(changes).length === 0) return undefined;
  return { changes, at: (await stat(editFile(bundle))).mtime };
}

/** Says what `post edit` was told that is not in index.md. @returns whether there is anything */
export async function warnOfLeftOut(
  { messages, output }: Pick<Context, "messages" | "output">,
  bundle: Bundle,
): Promise<boolean> {
  const found = await findUnfinishedEdit(bundle);
  if (!found) return false;
  const count = Object.keys(found.changes).length;
  output.warn(messages.postChanges.leftOut({ count, slug: bundle.slug }));
  return true;
}

/** Without any changes the file goes. */
export async function saveUnfinishedEdit(bundle: Bundle, changes: ChangedAnswers): Promise<void> {
  await save(bundle, editFile(bundle), changes, Object.keys(changes).length === 0);
}

/** Gives photos back what an interrupted `post attach` was told of the same pictures; what a flag says wins. */
export async function withEarlierTexts(bundle: Bundle, photos: readonly GivenPhoto[]): Promise<GivenPhoto[]> {
  const saved = (await load(bundle, attachFile(bundle), attachShape)) ?? [];
  if (saved.length === 0) return [...photos];
  return Promise.all(
    photos.map(async (photo) => {
      const sha256 = await sha256File(photo.path);
      const found = saved.find((one) => one.sha256 === sha256);
      if (!found) return photo;
      const { sha256: _, ...texts } = found;
      const { source: __, ...given } = photo;
      return { ...texts, ...given };
    }),
  );
}

/** Keeps the texts of these photos, and those of others that were kept before. */
export async function saveUnfinishedAttach(bundle: Bundle, photos: readonly GivenPhoto[]): Promise<void> {
  const described = photos.filter(({ caption, alt, credit }) => caption || alt || credit);
  const fresh = await Promise.all(
    described.map(
      async ({ path: file, caption, alt, credit, source }): Promise<DescribedPhoto> => ({
        ...{ sha256: await sha256File(file), source },
        ...(caption && { caption }),
        ...(alt && { alt }),
        ...(credit && { credit }),
      }),
    ),
  );
  await merge(bundle, fresh, fresh);
}

/** Forgets photos that are in the post by now. */
export async function forgetUnfinishedAttach(bundle: Bundle, photos: readonly GivenPhoto[]): Promise<void> {
  const saved = await load(bundle, attachFile(bundle), attachShape);
  if (!saved) return;
  const done = await Promise.all(
    photos.map(async ({ path: file }) => ({ sha256: await sha256File(file).catch(() => "") })),
  );
  await merge(bundle, done, []);
}

/** Replaces the records of `gone` by `fresh`. */
async function merge(
  bundle: Bundle,
  gone: readonly Pick<DescribedPhoto, "sha256">[],
  fresh: readonly DescribedPhoto[],
): Promise<void> {
  const saved = (await load(bundle, attachFile(bundle), attachShape)) ?? [];
  const others = saved.filter(({ sha256 }) => !gone.some((one) => one.sha256 === sha256));
  const all = [...others, ...fresh];
  await save(bundle, attachFile(bundle), all, all.length === 0);
}

async function load<T>({ folder }: Bundle, file: string, shape: z.ZodType<T>): Promise<T | undefined> {
  try {
    return shape.parse(JSON.parse(await readFile(await realInside(folder, file), "utf8")));
  } catch {
    return undefined;
  }
}

async function save({ folder }: Bundle, file: string, value: unknown, isEmpty: boolean): Promise<void> {
  const real = await realInside(folder, file);
  if (isEmpty) await rm(real, { force: true });
  else await writeAtomically(real, JSON.stringify(value));
}
