import type { z } from "zod";
import type { ChannelName } from "../channels/registry.js";
import type {
  Album,
  AlbumSummary,
  Attempt,
  announceOutlet,
  Comment,
  Content,
  createdUser,
  createPublication,
  createUser,
  decideOutlet,
  GrantedAttempt,
  issuedToken,
  ListedPublication,
  LoginLink,
  me,
  Outlet,
  OutPublication,
  outletAddress,
  PersonTokens,
  Publication,
  putAlbum,
  Redaction,
  Renderings,
  RevisionSummary,
  requestTakeDown,
  revision,
  Submission,
  SubmissionSummary,
  service,
  Transition,
  transitionRequest,
  User,
  updateAttempt,
  updatePublication,
} from "../contract/contract.js";
import type { RateLimit } from "../http/rate.js";
import type { Persistence } from "../http/retry.js";

type Me = z.infer<typeof me>;
type IssuedToken = z.infer<typeof issuedToken>;
export type CreatedUser = z.infer<typeof createdUser>;
export type TransitionRequest = z.input<typeof transitionRequest>;
type PutAlbum = z.input<typeof putAlbum>;
type Revision = z.infer<typeof revision>;
export type Service = z.infer<typeof service>;

interface Page<T> {
  items: T[];
  next_cursor: string | null;
}

/** Which account is meant. */
export type OutletAddress = z.input<typeof outletAddress>;

/** Which publication is meant. */
export interface PublicationAddress {
  /** Id of the submission. */
  submission: string;
  /** Id of the publication. */
  publication: string;
}

/** A submission ready to send. It is saved to disk first; its key makes sending idempotent. */
export interface PreparedSubmission {
  /** UUID; the Idempotency-Key. */
  key: string;
  /** Absent for the first revision. */
  update?: { id: string; revision: number; resubmit: boolean };
  content: Content;
  message?: string;
}

/** A local photo to upload. */
export interface PhotoUpload {
  /** Absolute path of the rendition. */
  path: string;
  bytes: number;
  sha256: string;
  source_sha256: string;
  filename: string;
}

/** Stores the URLs of interrupted uploads by the photo's hash. */
export interface UploadMemory {
  get(sha256: string): string | undefined;
  set(sha256: string, url: string): Promise<void>;
  remove(sha256: string): Promise<void>;
}

/** Options and progress callbacks of an upload. */
export interface UploadOptions
  extends Pick<Persistence, "policy" | "connection" | "random" | "wallClock" | "onWait"> {
  /** Ends this upload; the client's own signal does too. */
  signal?: AbortSignal;
  limit?: RateLimit | undefined;
  /** Called with the bytes of this photo sent so far. */
  onBytes?: (sent: number) => void;
  /** Called with the bytes sent, including those that have to be sent again. */
  onSent?: (bytes: number) => void;
}

/**
 * Client of a newsroom's API. Errors are KominfoErrors: `login-refused`, `not-allowed` (exit 4),
 * `server-unreachable`, `server-slow`, `photos-not-taken`, `server-busy` (exit 5), `newsroom-not-there`, `revision-stale`,
 * `step-impossible`, `submission-not-found`, `newsroom-refused`, and `newsroom-outdated` for what it does not serve yet (exit 1). What is about sending throws `publication-held` and
 * `under-embargo` (exit 5) too, and `publication-refused` (exit 5 for what ends by somebody else's work, else 1).
 */
export interface NewsroomClient {
  readonly origin: string;
  service(): Promise<Service>;
  me(): Promise<Me>;
  /** Throws `activation-invalid` (exit 4) where `activate` would, and spends nothing. */
  checkCode(code: string): Promise<void>;
  activate(code: string, device: string): Promise<IssuedToken>;
  /** Revokes the token of this client; every later call is refused. */
  endLogin(): Promise<void>;
  send(prepared: PreparedSubmission): Promise<Submission>;
  submission(id: string): Promise<Submission>;
  submissions(query: Readonly<Record<string, string | undefined>>): Promise<Page<SubmissionSummary>>;
  revision(id: string, number: number): Promise<Revision>;
  /** All revisions, oldest first, without their content. */
  revisions(id: string): Promise<RevisionSummary[]>;
  comments(id: string): Promise<Comment[]>;
  comment(id: string, body: string, key: string): Promise<Comment>;
  /** Redactions of the submission (UU 27/2022). */
  redactions(id: string): Promise<Redaction[]>;
  history(id: string): Promise<Transition[]>;
  /** What each channel shows of a revision. @param revision default: the approved one, else the newest */
  renderings(id: string, revision?: number): Promise<Renderings>;
  /** @param revision the revision that was read, for steps that require it */
  step(id: string, request: TransitionRequest, revision?: number): Promise<Submission>;
  /** Records a publication; the same link gives the same publication. */
  record(id: string, posted: { channel: ChannelName; url: string }): Promise<Publication>;
  /** Plans a publication of what was approved; what is there already is returned as it is. */
  planPublication(id: string, plan: z.input<typeof createPublication>): Promise<Publication>;
  /** Says what has become of a publication, or when it shall go out. */
  changePublication(
    address: PublicationAddress,
    change: z.input<typeof updatePublication>,
  ): Promise<Publication>;
  /** Asks for a publication to be taken down at once. Repeating it changes nothing. */
  askForTakeDown(address: PublicationAddress, request: z.input<typeof requestTakeDown>): Promise<Publication>;
  /** The publications of all submissions, oldest first. `due`: "true" for those to be sent now. */
  publications(query: Readonly<Record<string, string>>): Promise<ListedPublication[]>;
  /**
   * Gets the right to send a publication, or to look for it.
   *
   * @param key UUID. After a lost answer the same key gets the same attempt
   * @param again a person has agreed to send it late, or beside a link that was recorded
   */
  grantAttempt(
    address: PublicationAddress,
    request: { key: string; again?: boolean },
  ): Promise<GrantedAttempt>;
  /** Renews the lease, announces the commit, or tells what became of it. Safe to repeat. */
  updateAttempt(
    address: PublicationAddress,
    number: number,
    update: z.input<typeof updateAttempt>,
  ): Promise<Attempt>;
  /** The accounts that machines publish on; of an operator, their kecamatan's. */
  outlets(): Promise<Outlet[]>;
  /** Announces an account that this machine publishes on. Throws `account-taken`, `account-decided`, `account-removed` (exit 1) too. */
  announceOutlet(address: OutletAddress, outlet: z.input<typeof announceOutlet>): Promise<Outlet>;
  /** Says whose account it is, or removes a claim. Throws `account-not-known` (exit 1) too. */
  decideOutlet(address: OutletAddress, decision: z.input<typeof decideOutlet>): Promise<Outlet>;
  /** Selects the hashes of photos that the newsroom has and this person may see. */
  findKnownPhotos(sha256: readonly string[]): Promise<Set<string>>;
  /**
   * Where a photo is still out, in every submission that this person sees. Throws `photo-unknown-there` (exit 1) for one that is not
   * there, or not for them.
   */
  photoPublications(sha256: string): Promise<OutPublication[]>;
  /** Downloads a photo and verifies its hash. Throws `download-damaged` (exit 5) too. @param signal ends this download alone */
  photo(sha256: string, signal?: AbortSignal): Promise<Buffer>;
  upload(photo: PhotoUpload, memory: UploadMemory, options?: UploadOptions): Promise<void>;
  /** Adds photos to an album of a kecamatan (code) or replaces their metadata; at most 500 in one call. */
  putAlbum(kecamatan: string, slug: string, album: PutAlbum): Promise<AlbumSummary>;
  /** Reads an album with all its photos. */
  album(kecamatan: string, slug: string): Promise<Omit<Album, "next_cursor">>;
  users(): Promise<User[]>;
  /** Issues a link with which the caller themselves, an operator, log in at the desk once, within 15 minutes. */
  ownDeskLink(): Promise<LoginLink>;
  /** Issues a link with which somebody logs in at the desk once, within 15 minutes. */
  loginLink(id: string): Promise<LoginLink>;
  addUser(user: z.input<typeof createUser>): Promise<CreatedUser>;
  /** Issues another activation code to somebody; their logins stay. */
  renewCode(id: string): Promise<CreatedUser>;
  /** On which devices somebody is logged in. */
  userTokens(id: string): Promise<PersonTokens>;
  endUserToken(id: string, token: string): Promise<void>;
  changeUser(id: string, change: "revoke" | "suspend" | "resume"): Promise<User>;
}
