import type {
  FailureFacts,
  LookupKeys,
  RenderedPhoto,
  Rendering,
  RenderingWarning,
} from "../contract/contract.js";
import type { Http } from "../http/client.js";
import type { Asking, Secret } from "./login/types.js";

/** One publication to send. */
export interface Job {
  /** Id of the publication at the newsroom. */
  publication: string;
  rendering: Rendering;
  /** Address of the article on the web, when the text shows it. */
  link: string | null;
  /** The earlier publication on the same account that this one corrects. */
  corrects: { remote_id: string | null; url: string | null } | null;
  /**
   * What an attempt before this one announced, on whichever machine, of which it is not known that it came out. What the channel
   * publishes only once, prepared photos or a container, is sent again itself: a second set could be seen twice. A redaction may have
   * taken its keys.
   */
  earlier: LookupKeys | null;
  /** The part of a photo that is shown, scaled, as a JPEG with its caption and credit (XMP). */
  photo(photo: RenderedPhoto): Promise<Uint8Array>;
  /**
   * The public address of what `photo` returns, stored at the office's website: Instagram fetches pictures itself. Absent where no
   * site is there.
   */
  pictureAddress?(photo: RenderedPhoto): Promise<string>;
  /**
   * Does `effect` once: an earlier run's result comes from the journal. An effect that an interrupted run began without noting its
   * result is done again, so it must be safe to redo, and must stay invisible to readers.
   *
   * @param key names the effect within the publication: "media <sha256>"
   */
  once<T extends JournalValue>(key: string, effect: () => Promise<T>): Promise<T>;
  /** Called after each invisible effect. */
  onProgress?(progress: { done: number; total: number }): void;
  /** What does not stop the publication and is worth telling, as the warnings of a rendering. */
  onWarning?(warning: RenderingWarning): void;
}

/** What a journal line can hold. */
export type JournalValue =
  | string
  | number
  | boolean
  | null
  | JournalValue[]
  | { [key: string]: JournalValue };

/** An account of a channel with its login, in one run. */
export interface Session extends Asking {
  secret: Secret;
  /** The newsroom's clock. */
  newsroomNow(): Date;
  /** A client for another public address, without a login: that of a website's pictures. Absent where none may be asked. */
  httpAt?(origin: string): Http;
  /** Asks once in a run for what does not change meanwhile. A failure is not remembered. Without it each question is asked. */
  remember?<T>(key: string, ask: () => Promise<T>): Promise<T>;
  /** Does what is dear to the service, few at a time in the whole run. Without it at once. */
  inTurn?<T>(work: () => Promise<T>): Promise<T>;
  /** Waits, by the newsroom's clock; ends early when the run is stopped. */
  wait(ms: number): Promise<void>;
}

/** An account as the newsroom knows it. */
export interface ChannelAccount {
  /** The channel's own id: the origin of a website, a page's id, a user's id. */
  account: string;
  /** As readers see it: "@kec.cibitung". */
  label: string;
  /** Of a website that says so: the origin under which readers find it. It may be reached under another one. */
  home?: string;
  /** `pending`: what is sent waits there for an editor of the website. */
  mode: "publish" | "pending";
}

/** What has become of a commit, or what a lookup has proved. */
export type Outcome =
  | { state: "published"; remote_id: string; url: string | null }
  | { state: "handed_over"; remote_id: string; url: string | null }
  /** Proved not to be there: it may be sent again with what was prepared. */
  | { state: "absent" }
  /** Proved to be gone, after it was taken down. */
  | { state: "unpublished" }
  /** Will never be there, e.g. refused before it was sent, or expired. */
  | { state: "failed"; code: string; reason: string; facts?: FailureFacts }
  /**
   * Nobody knows. `again_ms`: a later lookup, this long after the intent, may know more. Without it only a person can decide.
   */
  | { state: "unclear"; code?: string; reason?: string; facts?: FailureFacts; again_ms?: number };

/**
 * How kominfo publishes on one channel (design: grant, prepare, intent, commit, lookup). A channel's `publish.ts` exports these by
 * name. Each throws a KominfoError for what concerns the login, the line or the channel's limits.
 */
export interface ChannelPublishing {
  /** Who this login is, and whether it publishes there or hands over. */
  account(session: Session): Promise<ChannelAccount>;
  /** The account that a stored login says it is of, without asking; undefined where only the channel knows. */
  storedAccount?(login: { secret: Secret; origin: string }): string | undefined;
  /** `account` reads the stored login and asks nobody, so it does not prove that the login works. */
  accountIsStored?: true;
  /** What the channel lets this account send: publications used of those allowed. */
  quota?(session: Session): Promise<{ used: number; total: number } | undefined>;
  /** Everything that readers cannot see yet. Safe to repeat. Returns what the commit needs and what a lookup finds it by. */
  prepare(session: Session, job: Job): Promise<LookupKeys>;
  /**
   * Sends: one request with a visible effect, never repeated. `failed` only where it certainly did not arrive (no connection);
   * anything unexpected is `unclear`.
   */
  commit(session: Session, job: Job, intent: LookupKeys): Promise<Outcome>;
  /** Looks for what an earlier commit may have sent. Reads only. @param elapsedMs since the intent, by the newsroom's clock */
  lookup(session: Session, intent: LookupKeys, elapsedMs: number): Promise<Outcome>;
  /** Asks for what was handed over. `handed_over` while it waits there. */
  follow?(session: Session, remoteId: string): Promise<Outcome & { note?: string }>;
  /** Stores a picture at a public address, for channels that fetch their pictures. */
  storePicture?(session: Session, picture: Picture): Promise<string>;
  /**
   * Asks which of these photos are stored already, so that `prepare` and `storePicture` of the same run need not. Reads only; it is for a
   * run that has something else to do meanwhile.
   */
  findPictures?(session: Session, photos: readonly RenderedPhoto[]): Promise<void>;
  /** Takes a publication down. Resolves when it is proved to be gone. */
  takeDown(session: Session, remoteId: string, removal: Removal): Promise<void>;
  /** The public addresses of those of these photos that are stored, by whichever machine. Reads only. */
  storedPictures?(session: Session, photos: readonly RenderedPhoto[]): Promise<string[]>;
  /**
   * Removes what a correction does not show any more and this intent names as dropped, once it is proved that readers see the correction. Returns
   * the addresses under which it still opens.
   */
  removeDropped?(session: Session, intent: LookupKeys): Promise<string[]>;
  /** Removes what `storePicture` has stored. Resolves when nobody gets it any more. */
  removePictures?(session: Session, addresses: readonly string[]): Promise<void>;
}

/** A picture to store at a public address. */
export interface Picture {
  /** The JPEG. Asked for where it has to be sent. */
  bytes(): Promise<Uint8Array>;
  /** What it is made of, by which it is found again. */
  photo: RenderedPhoto;
  alt: string;
  caption: string;
  credit?: string;
}

/** What a take-down has to remove besides the publication itself. */
export interface Removal {
  /** The photos that were stored for it have to go too. */
  photos: boolean;
  /** What the attempts that sent it have announced: it names what they stored. */
  announced: readonly LookupKeys[];
  /** As `Job.once`, for what cannot be read any more after the removal. */
  once: Job["once"];
  /** Removes pictures that were stored at the office's website. Absent where this machine has no login there. */
  removePictures?(addresses: readonly string[]): Promise<void>;
}
