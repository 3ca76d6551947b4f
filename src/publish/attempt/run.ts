import type { ChannelPublishing, Outcome, Session } from "../../channels/publishing.js";
import type {
  Attempt,
  GrantedAttempt,
  LookupKeys,
  Publication,
  RenderedPhoto,
  RenderingWarning,
} from "../../contract/contract.js";
import type { KominfoError } from "../../errors/errors.js";
import type { LocalClocks, NewsroomClock } from "../clock.js";
import type { PublicationJournal, ToldOutcome } from "../journal.js";

/** What of the newsroom's client a send needs. */
export interface AttemptClient {
  readonly origin: string;
  /** @param request `key`: a UUID; after a lost answer the same key gets the same attempt */
  grantAttempt(
    address: PublicationAddress,
    request: { key: string; again?: boolean },
  ): Promise<GrantedAttempt>;
  updateAttempt(
    address: PublicationAddress,
    number: number,
    change: { fence: string; intent?: LookupKeys; outcome?: ToldOutcome },
  ): Promise<Attempt>;
}

/** Ids of a submission and of one of its publications. */
interface PublicationAddress {
  submission: string;
  publication: string;
}

export interface SendDeps {
  newsroom: AttemptClient;
  publishing: ChannelPublishing;
  session: Session;
  /** Folder of this machine's journals. */
  folder: string;
  /** The newsroom takes the facts of a failure (its feature `failure_facts`). */
  takesFacts?: boolean;
  clock: NewsroomClock;
  local: LocalClocks;
  /** Returns a new UUID. */
  newKey(): string;
  photo(photo: RenderedPhoto): Promise<Uint8Array>;
  pictureAddress?(photo: RenderedPhoto): Promise<string>;
  /** Removes what `pictureAddress` has stored. */
  removePictures?(addresses: readonly string[]): Promise<void>;
  onProgress?(progress: { done: number; total: number }): void;
  /** Called when the attempt begins with something else. `processing`: it waits for what the channel does with the photos. */
  onStep?(step: "preparing" | "processing" | "sending" | "looking" | "removing"): void;
  /** Calls `work` every so many ms until the function that it returns is called. Without it the lease is kept between effects only. */
  repeat?(ms: number, work: () => void): () => void;
}

export interface SendRequest {
  submission: string;
  publication: Pick<Publication, "id">;
  /** Address of the article on the web; null where it has none. */
  link: string | null;
  /** A person has agreed to a link that costs. */
  linkAgreed?: boolean;
  /** A person has agreed to send although it looks as if it were out. */
  again?: boolean;
  /** Nobody has asked for it now, as in `sync`: what a person has stopped is looked for, and not sent. */
  isUnasked?: boolean;
  /** Nobody has agreed to pay for looking once more for what a look has proved nothing of. */
  isUnpaid?: boolean;
}

/** What has become of a publication in this run. */
export interface Sent {
  outcome: Outcome;
  /** The channel was asked, and nothing was sent in this run. */
  found: boolean;
  /** Another run may know more from then on, by the newsroom's clock. */
  not_before?: Date;
  /** What the channel shows otherwise than it was rendered, e.g. without a category that the site does not have. */
  warnings: RenderingWarning[];
  /** The newsroom could not be told; the journal has it, and the next run tells it. */
  untold?: KominfoError;
}

/** One publication on its way, in one run of this machine. */
export type Run = SendDeps & {
  request: SendRequest;
  journal: PublicationJournal;
  warnings: RenderingWarning[];
  /** Renews the lease of the attempt where it is time. Throws where another machine has gone on. */
  keepLease(): Promise<void>;
};

/** What telling the newsroom needs of it. */
export type TellingRun = Pick<Run, "newsroom" | "journal" | "request" | "takesFacts">;

/** How long after an intent the newsroom lets a channel be asked, in ms. */
export const firstLookMs = 2 * 60_000;

export function addressOf({ submission, publication }: SendRequest): PublicationAddress {
  return { submission, publication: publication.id };
}
