import { randomUUID } from "node:crypto";
import type { Context } from "../../../context.js";
import type { Publication, RenderedPhoto, Submission } from "../../../contract/contract.js";
import { KominfoError } from "../../../errors/errors.js";
import type { NewsroomClient } from "../../../newsroom-client/types.js";
import type { NewsroomClock } from "../../../publish/clock.js";
import type { PublicationPhotos } from "../../../publish/photos.js";
import { type Sent, sendPublication } from "../../../publish/send.js";
import type { OpenSeat } from "../accounts/accounts.js";
import { journalFolder, localClocks } from "../place.js";
import type { ChannelLine } from "./channel-line.js";

/** What one run of publishing works with on this machine. */
export interface Machine {
  context: Context;
  newsroom: NewsroomClient;
  /** What the newsroom takes beyond its first version. */
  features: readonly string[];
  clock: NewsroomClock;
  /** Its accounts. */
  seats: readonly OpenSeat[];
  /** The office's website, which holds Instagram's pictures, where it is not among `seats`. */
  site?: OpenSeat | undefined;
  /** Why the website's account does not open: then Instagram has no pictures. */
  siteProblem?: KominfoError | undefined;
  photos: PublicationPhotos;
  /** Says what each channel is doing. */
  line: ChannelLine;
}

/** Brings one publication forward on an account of this machine, with progress. Throws as `sendPublication`. */
export async function bringForward(
  machine: Machine,
  seat: OpenSeat,
  request: {
    submission: Submission;
    publication: Publication;
    link: string | null;
    linkAgreed?: boolean;
    again?: boolean;
    isUnasked?: boolean;
    isUnpaid?: boolean;
  },
): Promise<Sent> {
  const { context, newsroom, features, clock, photos, siteProblem } = machine;
  const site = siteOf(machine);
  const pictureAddress = site
    ? pictureStore(site, photos)
    : siteProblem && (() => Promise.reject<string>(siteProblem));
  const { line } = machine;
  const { channel } = seat;
  let sent: Sent | undefined;
  try {
    sent = await sendPublication(
      {
        ...{ newsroom, clock, publishing: seat.publishing, session: seat.session },
        folder: journalFolder(context),
        takesFacts: features.includes("failure_facts"),
        local: localClocks(context),
        newKey: randomUUID,
        photo: photos.photo,
        ...(pictureAddress && { pictureAddress }),
        ...(site && {
          removePictures: (addresses) => site.publishing.removePictures!(site.session, addresses),
        }),
        repeat,
        onProgress: (count) => line.doing(channel, { state: "preparing", ...count }),
        onStep: (state) => line.doing(channel, { state }),
      },
      { ...request, submission: request.submission.id },
    ).catch((error: unknown) => publishedMeanwhile(newsroom, request, error));
    return sent;
  } finally {
    line.ended(channel, sent);
  }
}

/** The office's website, where it is open. */
export function siteOf({ seats, site }: Pick<Machine, "seats" | "site">): OpenSeat | undefined {
  return seats.find(({ channel }) => channel === "web") ?? site;
}

/** What another machine has published since the plan was made is no failure of this one. */
async function publishedMeanwhile(
  newsroom: NewsroomClient,
  { submission, publication }: { submission: Submission; publication: Publication },
  error: unknown,
): Promise<Sent> {
  if (!(error instanceof KominfoError) || error.code !== "publication-refused") throw error;
  const { publications } = await newsroom.submission(submission.id);
  const row = publications.find(({ id }) => id === publication.id);
  if (row?.state !== "published") throw error;
  const outcome = { state: "published" as const, remote_id: row.remote_id ?? "", url: row.url };
  return { outcome, found: true, warnings: [] };
}

function repeat(ms: number, work: () => void): () => void {
  const timer = setInterval(work, ms);
  // A run that has come to its end does not stay for it.
  timer.unref();
  return () => clearInterval(timer);
}

/** Instagram fetches its pictures: they are stored as media of the office's website. */
function pictureStore({ publishing, session }: OpenSeat, { photo }: PublicationPhotos) {
  return (rendered: RenderedPhoto) => {
    const { alt, caption, credit } = rendered;
    const bytes = () => photo(rendered);
    return publishing.storePicture!(session, { bytes, photo: rendered, alt, caption, credit });
  };
}
