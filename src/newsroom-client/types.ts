import type { z } from "zod";
import type {
  Album,
  AlbumSummary,
  Comment,
  Content,
  createdUser,
  createUser,
  issuedToken,
  LoginLink,
  me,
  Publication,
  putAlbum,
  Redaction,
  revision,
  Submission,
  SubmissionSummary,
  service,
  Transition,
  transitionRequest,
  User,
} from "../contract/contract.js";
import type { Channel } from "../contract/lifecycle.js";
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

/** A submission to be sent, kept on disk before it is: sending it again with its key does nothing twice. */
export interface PreparedSubmission {
  /** UUID; the Idempotency-Key. */
  key: string;
  /** Absent for the first revision. */
  update?: { id: string; revision: number; resubmit: boolean };
  content: Content;
  message?: string;
}

/** A photo on this machine that the newsroom shall have. */
export interface PhotoUpload {
  /** Absolute path of the rendition. */
  path: string;
  bytes: number;
  sha256: string;
  source_sha256: string;
  filename: string;
}

/** Where an interrupted upload is remembered: its address by the photo's hash. */
export interface UploadMemory {
  get(sha256: string): string | undefined;
  set(sha256: string, url: string): Promise<void>;
  remove(sha256: string): Promise<void>;
}

/** How a photo is sent, and who follows it. */
export interface UploadOptions
  extends Pick<Persistence, "policy" | "connection" | "random" | "wallClock" | "onWait"> {
  /** Ends this upload; the client's own signal does too. */
  signal?: AbortSignal;
  limit?: RateLimit | undefined;
  /** Bytes of this photo that are on their way or there. */
  onBytes?: (sent: number) => void;
  /** Bytes that crossed the line, also those that have to go again. */
  onSent?: (bytes: number) => void;
}

/**
 * The newsroom, from the outside. Errors are KominfoErrors: `login-refused`, `not-allowed` (exit 4),
 * `server-unreachable`, `server-slow`, `photos-not-taken`, `server-busy` (exit 5), `newsroom-not-there`, `revision-stale`,
 * `step-impossible`, `submission-not-found`, `newsroom-refused` (exit 1).
 */
export interface NewsroomClient {
  readonly origin: string;
  service(): Promise<Service>;
  me(): Promise<Me>;
  activate(code: string, device: string): Promise<IssuedToken>;
  /** Ends the login that this client was made with; afterwards every other call is refused. */
  endLogin(): Promise<void>;
  send(prepared: PreparedSubmission): Promise<Submission>;
  submission(id: string): Promise<Submission>;
  submissions(query: Readonly<Record<string, string | undefined>>): Promise<Page<SubmissionSummary>>;
  revision(id: string, number: number): Promise<Revision>;
  comments(id: string): Promise<Comment[]>;
  comment(id: string, body: string, key: string): Promise<Comment>;
  /** What was taken away of it (UU 27/2022). */
  redactions(id: string): Promise<Redaction[]>;
  history(id: string): Promise<Transition[]>;
  /** @param revision names the revision that was read, for the steps that demand it */
  step(id: string, request: TransitionRequest, revision?: number): Promise<Submission>;
  /** What is posted already; the same link once more is the same publication. */
  record(id: string, posted: { channel: Channel; url: string }): Promise<Publication>;
  /** Which of these hashes the newsroom has for this person's kecamatan. */
  known(sha256: readonly string[]): Promise<Set<string>>;
  /** The bytes of a photo, which have this hash. Throws `download-damaged` (exit 5) too. */
  photo(sha256: string): Promise<Buffer>;
  upload(photo: PhotoUpload, memory: UploadMemory, options?: UploadOptions): Promise<void>;
  /** Adds photos to an album of a kecamatan (code) or replaces what is said of them; at most 500 in one call. */
  putAlbum(kecamatan: string, slug: string, album: PutAlbum): Promise<AlbumSummary>;
  /** With all of its photos. */
  album(kecamatan: string, slug: string): Promise<Omit<Album, "next_cursor">>;
  users(): Promise<User[]>;
  /** A way in at the desk, for an editor: once, within 15 minutes. */
  loginLink(id: string): Promise<LoginLink>;
  addUser(user: z.input<typeof createUser>): Promise<CreatedUser>;
  changeUser(id: string, change: "revoke" | "suspend" | "resume"): Promise<User>;
}
