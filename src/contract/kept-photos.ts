import { type ChannelName, channels } from "../channels/registry.js";
import type { Content, Publication, Rendering, RenderingWarning, Submission } from "./contract.js";

/** Channels on which a correction changes the text of the post that is out, and no program its photos. */
export function isCorrectedInPlace(channel: ChannelName): boolean {
  return channel === "facebook";
}

/** A post of an earlier revision that readers still see, with photos that the approved revision does not have any more. */
export interface KeptPhotos extends Pick<Publication, "id" | "channel" | "account" | "url"> {
  photos: { sha256: string; filename: string }[];
}

interface Shown extends Pick<Submission, "publications"> {
  approval: Pick<NonNullable<Submission["approval"]>, "revision"> | null;
}
type Pictured = Pick<Content, "photos">;

/**
 * What shows the photos of an earlier revision than the approved one: the newest row of each post, and the revision that its photos are of.
 * A website's article gets its photos with the correction; anywhere else a post keeps those with which it came out.
 */
function postsOf({ approval, publications }: Shown): { row: Publication; revision: number }[] {
  const posts = new Map<string, { row: Publication; revision: number }>();
  const out = publications
    // What shall be taken down is on its way.
    .filter(({ channel, state, take_down }) => channel !== "web" && state === "published" && !take_down)
    .sort((a, b) => a.revision - b.revision);
  for (const row of out) {
    const key = `${row.channel} ${row.url ?? row.remote_id ?? row.id}`;
    posts.set(key, { row, revision: posts.get(key)?.revision ?? row.revision });
  }
  return [...posts.values()].filter(({ revision }) => revision < (approval?.revision ?? 0));
}

/** The revisions whose contents `keptPhotos` compares; empty where nothing is to compare. */
export function comparedRevisions(submission: Shown): number[] {
  const earlier = postsOf(submission).map(({ revision }) => revision);
  if (!submission.approval || earlier.length === 0) return [];
  return [...new Set([...earlier, submission.approval.revision])];
}

/**
 * Where photos are still out that the approved revision does not have any more: whoever took them away has a reason, perhaps a child.
 *
 * @param contents of `comparedRevisions`; what is missing is left out
 */
export function keptPhotos(submission: Shown, contents: ReadonlyMap<number, Pictured>): KeptPhotos[] {
  const approved = submission.approval && contents.get(submission.approval.revision);
  if (!approved) return [];
  return postsOf(submission).flatMap(({ row: { id, channel, account, url }, revision }) => {
    const photos = shownPhotos(contents.get(revision)?.photos ?? [], channel)
      .filter(({ sha256 }) => !approved.photos.some((photo) => photo.sha256 === sha256))
      .map(({ sha256, filename }) => ({ sha256, filename }));
    return photos.length === 0 ? [] : [{ id, channel, account, url, photos }];
  });
}

/** As `choosePhotos` takes them: the lead first, and no more than the channel shows. */
function shownPhotos(photos: Pictured["photos"], channel: ChannelName): Pictured["photos"] {
  const described = channels[channel];
  const most = "limits" in described && "photos" in described.limits ? described.limits.photos : undefined;
  const ordered = [...photos.filter(({ lead }) => lead), ...photos.filter(({ lead }) => !lead)];
  return ordered.slice(0, most ?? ordered.length);
}

/** What a revision's cards say besides its renderings, by channel: that it corrects in place, and which photos stay out all the same. */
export function correctionRemarks(
  submission: Shown,
  contents: ReadonlyMap<number, Pictured>,
): Map<ChannelName, RenderingWarning[]> {
  const remarks = new Map<ChannelName, RenderingWarning[]>();
  const add = (channel: ChannelName, remark: RenderingWarning) =>
    remarks.set(channel, [...(remarks.get(channel) ?? []), remark]);
  const inPlace = postsOf(submission).filter(({ row }) => isCorrectedInPlace(row.channel));
  for (const channel of new Set(inPlace.map(({ row }) => row.channel))) {
    add(channel, { code: "corrected-in-place", params: {} });
  }
  for (const { channel, photos } of keptPhotos(submission, contents)) {
    const names = photos.map(({ filename, sha256 }) => filename || sha256.slice(0, 8)).join(", ");
    add(channel, { code: "photos-kept", params: { photos: names } });
  }
  return remarks;
}

export function withRemarks(
  renderings: readonly Rendering[],
  remarks: ReturnType<typeof correctionRemarks>,
): Rendering[] {
  return renderings.map((rendering) => ({
    ...rendering,
    warnings: [...(remarks.get(rendering.channel) ?? []), ...rendering.warnings],
  }));
}
