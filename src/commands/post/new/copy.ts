import { randomUUID } from "node:crypto";
import { readFile } from "node:fs/promises";
import path from "node:path";
import type { Context } from "../../../context.js";
import { usage } from "../../../errors/errors.js";
import { writeAtomically } from "../../../files/atomic.js";
import { realInside } from "../../../files/links.js";
import { today } from "../../../post/dates.js";
import { editPost } from "../../../post/front-matter/edit.js";
import { localApprovalGroup } from "../../../post/local-approval.js";
import { slugFor } from "../../../post/slug.js";
import type { Post, PostPhoto } from "../../../post/types.js";
import { photoFile } from "../../../workspace/photo-files.js";
import {
  type Bundle,
  buildBundle,
  copyPhotos,
  isFile,
  readBundleStrictly,
} from "../../../workspace/posts.js";
import { startState } from "../../../workspace/state.js";
import { findPost } from "../choose.js";

/**
 * Makes a draft of another post, whatever has become of that: its texts and its photos, without what belongs to the sent one (what a
 * correction mends, the approval of one's superior).
 */
export async function copyPost(context: Context, wanted: string): Promise<Bundle> {
  const workspace = await context.workspace();
  const from = await findPost(context, wanted);
  const { post } = await readBundleStrictly(from);
  const source = await readFile(await realInside(from.folder, from.index));
  const lost = await missingPhotos(from.folder, post);
  if (lost !== undefined) throw usage("file-not-found", { path: path.join(from.folder, lost) });
  const { [localApprovalGroup]: _, ...internal } = post.internal;
  const slug = slugFor(post.title, post.event_date ?? today(context.host.now()));
  let photos: PostPhoto[] = [];
  const bundle = await buildBundle(workspace, slug, async (building) => {
    const given = await Promise.all(
      post.photos.map(async (photo) => ({ ...photo, path: await photoFile(from, photo.file) })),
    );
    photos = await copyPhotos(building, given, []);
    const changes = { photos, internal, ...(post.correction_note ? { correction_note: null } : {}) };
    await writeAtomically(building.index, editPost(source, changes, from.index));
    await startState(building.state, randomUUID());
  });
  const { post: messages, postChanges } = context.messages;
  const json = {
    post: { slug: bundle.slug, path: bundle.folder, template: post.kind, state: "draft" },
    photos: photos.map(({ file }) => ({ path: path.join(bundle.folder, file) })),
    copied_from: from.slug,
  };
  context.output.result(json, (style) =>
    [
      `${style.good("✓")} ${postChanges.copied({ slug: bundle.slug, from: from.slug })}`,
      messages.next,
      `  ${style.command(`kominfo post edit ${bundle.slug}`)}`,
      `  ${style.command(`kominfo post submit ${bundle.slug}`)}`,
    ].join("\n"),
  );
  return bundle;
}

/** The first photo whose file is gone. */
async function missingPhotos(folder: string, { photos }: Post): Promise<string | undefined> {
  for (const { file } of photos) if (!(await isFile(await photoFile({ folder }, file)))) return file;
  return undefined;
}
