import type { Generated } from "kysely";
import type { ChannelName } from "../../channels/registry.js";
import type { AuditEvent, AuditVia, Change } from "../../contract/contract.js";
import type {
  AttemptKind,
  AttemptOutcome,
  PublicationState,
  Role,
  SenderRequest,
  State,
  TakeDownCause,
} from "../../contract/lifecycle.js";

/**
 * The tables as Kysely sees them. Instants are ISO 8601 in UTC with milliseconds (they sort as text), truth values
 * are 0 or 1 (libsql aborts the process on a boolean), JSON is text.
 */
export interface Schema {
  migrations: { number: number; applied_at: string };
  users: UserRow;
  memberships: MembershipRow;
  tokens: TokenRow;
  activation_codes: ActivationCodeRow;
  submissions: SubmissionRow;
  related_submissions: { submission_id: string; related_id: string };
  revisions: RevisionRow;
  transitions: TransitionRow;
  comments: CommentRow;
  approvals: ApprovalRow;
  publications: PublicationRow;
  publication_attempts: PublicationAttemptRow;
  outlets: OutletRow;
  photos: PhotoRow;
  photo_owners: PhotoOwnerRow;
  photo_references: PhotoReferenceRow;
  uploads: UploadRow;
  upload_parts: UploadPartRow;
  upload_locks: { upload_id: string; holder: string; beat: number; wanted: number };
  handovers: HandoverRow;
  blob_removals: { sha256: string; at: string };
  albums: AlbumRow;
  album_photos: AlbumPhotoRow;
  idempotency_keys: IdempotencyRow;
  redactions: RedactionRow;
  /** What an owner (a person, or a kecamatan) has used of a limit, by the hour. */
  allowances: { owner: string; name: string; at: string; amount: number };
  changes: ChangeRow;
  /** `pages`: written before removed text was overwritten; `redaction`: text of a redaction, with a mark of its own. */
  residue: { kind: "pages" | "redaction"; mark: string };
  /** JSON by name. */
  settings: { name: string; value: string };
  desk_logins: DeskLoginRow;
  desk_sessions: DeskSessionRow;
  desk_links: DeskLinkRow;
  desk_failures: DeskFailureRow;
  /** Attempts of an address in the minute that began at `since_at`. */
  attempts: { key: string; count: number; since_at: string };
  audit_entries: AuditEntryRow;
  audit_details: AuditDetailsRow;
  audit_failures: AuditFailureRow;
  /** The last entry about themselves that a person has confirmed on their account page. */
  audit_read: { user_id: string; seq: number };
}

export interface UserRow {
  id: string;
  name: string;
  contact: string | null;
  created_at: string;
  suspended_at: string | null;
  revoked_at: string | null;
}
/** A role for a period. Leave and substitution are periods; rows are not deleted. */
export interface MembershipRow {
  id: string;
  user_id: string;
  role: Role;
  kecamatan: string | null;
  from_at: string;
  until_at: string | null;
}
export interface TokenRow {
  id: string;
  user_id: string;
  /** SHA-256 of the token; the token itself is never stored. */
  hash: string;
  label: string;
  created_at: string;
  last_used_at: string | null;
  expires_at: string | null;
  revoked_at: string | null;
  /** The token that is revoked when this one is first used. */
  replaces: string | null;
  /** The first token of the line of rotations that this one belongs to; its own id when it is the first. */
  family: string;
  /** Who issued it; null for a command with the data folder, and for tokens older than the audit log. */
  issued_by: string | null;
}
interface ActivationCodeRow {
  hash: string;
  user_id: string;
  created_at: string;
  expires_at: string;
  used_at: string | null;
  issued_by: string | null;
}
export interface SubmissionRow {
  id: string;
  kecamatan: string;
  state: State;
  author_id: string;
  claimed_by: string | null;
  /** JSON array of user ids whose submissions were merged into this one. */
  contributors: string;
  merged_into: string | null;
  /** The operator's open request to an editor. */
  asked: SenderRequest | null;
  /** Number of the newest revision. The columns from `kind` to `photos` duplicate its fields, for lists. */
  revision: number;
  kind: string;
  title: string;
  priority: "normal" | "urgent";
  needed_by: string | null;
  embargo: string | null;
  photos: number;
  received_at: string;
  updated_at: string;
  first_claimed_at: string | null;
  decided_at: string | null;
  first_published_at: string | null;
}
export interface RevisionRow {
  submission_id: string;
  number: number;
  author_id: string;
  at: string;
  message: string | null;
  /** JSON of the contract's `content`. */
  content: string;
}
export interface TransitionRow {
  id: string;
  submission_id: string;
  at: string;
  by_id: string;
  step: string;
  from_state: State | null;
  to_state: State;
  reason: string | null;
  revision: number;
  /** The new holder of a reassigned claim. */
  assignee_id: string | null;
}
export interface CommentRow {
  id: string;
  submission_id: string;
  author_id: string;
  at: string;
  body: string;
  revision: number;
  /** JSON of the contract's anchor. */
  anchor: string | null;
}
export interface ApprovalRow {
  id: string;
  submission_id: string;
  revision: number;
  /** JSON arrays. */
  destinations: string;
  channels: string;
  not_before: string | null;
  by_id: string;
  at: string;
  note: string | null;
  /** 1 when the editor approved a revision of their own. */
  own_revision: number;
  /** JSON of the contract's `override` and `photoAnswer`; null before they existed. */
  overrides: string | null;
  photo_answers: string | null;
  /** JSON of the contract's `rendering`, one for each channel; null until they are made at the first grant. */
  renderings: string | null;
}
export interface PublicationRow {
  id: string;
  submission_id: string;
  revision: number;
  channel: ChannelName;
  account: string;
  state: PublicationState;
  by_id: string;
  /** 1 when an earlier revision was published before. */
  correction: number;
  created_at: string;
  scheduled_for: string | null;
  published_at: string | null;
  unpublished_at: string | null;
  url: string | null;
  remote_id: string | null;
  reason: string | null;
  /**
   * `<channel> <account> <revision>` while it is live, with ` <url>` for a link recorded by hand: unique within the submission. null
   * for what failed or was taken down.
   */
  slot: string | null;
  /** Since when it shall be taken down, whose request it was, and why; null in what an older process writes. */
  take_down_requested_at: Generated<string | null>;
  take_down_by: Generated<string | null>;
  take_down_cause: Generated<TakeDownCause | null>;
}
/** One machine's attempt to send a publication, or to find out whether it was sent. */
export interface PublicationAttemptRow {
  publication_id: string;
  /** 1, 2, 3 … within the publication. */
  number: number;
  kind: AttemptKind;
  /** Proves that a request comes from the machine that got the attempt. */
  fence: string;
  by_id: string;
  granted_at: string;
  lease_until: string;
  /** When it announced to send. */
  intent_at: string | null;
  /** JSON of the contract's `lookupKeys`. */
  intent: string | null;
  outcome: AttemptOutcome | null;
  ended_at: string | null;
  code: string | null;
  /** JSON: the reason that was told with the code, and the contract's `failureFacts`. */
  failure: Generated<string | null>;
}
/** An account that some machine can publish on. */
export interface OutletRow {
  channel: ChannelName;
  /** The channel's own id of it. */
  account: string;
  label: string;
  destination: "kecamatan" | "kabupaten";
  kecamatan: string | null;
  mode: "publish" | "pending";
  by_id: string;
  seen_at: string;
  /** Who announced it first for this owner; null for a row of an older process. */
  claimed_by_id: Generated<string | null>;
  claimed_at: Generated<string | null>;
  /** When a publisher last announced it with a login that works. */
  publisher_seen_at: Generated<string | null>;
  /** Its login was refused: the code of the failure, since when, and who met it. */
  paused_code: Generated<string | null>;
  paused_at: Generated<string | null>;
  paused_by_id: Generated<string | null>;
  /** The editor whose word on the owner stays. */
  decided_by_id: Generated<string | null>;
  decided_at: Generated<string | null>;
  decided_reason: Generated<string | null>;
  /** The claim of `kecamatan` was removed by an editor. The row stays, so that it is not claimed again. */
  removed_at: Generated<string | null>;
}
/** One row per blob, however many people have uploaded it. */
export interface PhotoRow {
  sha256: string;
  type: string;
  width: number;
  height: number;
  bytes: number;
  created_at: string;
  /** Time of redaction. The row stays for its references; the blob is removed and cannot be uploaded again. */
  removed_at: string | null;
}
/** A kecamatan that has uploaded a photo and so may see it: blobs are shared, access is not. */
export interface PhotoOwnerRow {
  sha256: string;
  /** Empty for editors and admins, who may see every photo anyway. */
  kecamatan: string;
  user_id: string;
  at: string;
}
interface PhotoReferenceRow {
  submission_id: string;
  revision: number;
  position: number;
  sha256: string;
}
export interface UploadRow {
  id: string;
  user_id: string;
  kecamatan: string;
  /** Declared, in bytes. */
  size: number;
  /** JSON of the contract's uploadMetadata, without the names of files. */
  metadata: string;
  created_at: string;
  finished_at: string | null;
}
/** Marks this database as an unfinished copy, or as moved to another place. */
export interface HandoverRow {
  id: 1;
  state: "unfinished" | "moved";
  other: string;
}
/** The bytes of one request of an upload that is staged in S3. */
export interface UploadPartRow {
  upload_id: string;
  /** Offset of the first byte, from 0. */
  start: number;
  bytes: number;
  /** Last part of the object's key. */
  part: string;
}
export interface AlbumRow {
  id: string;
  kecamatan: string;
  slug: string;
  title: string | null;
  event_date: string | null;
  /** Number of photos in the album. */
  photos: number;
  created_at: string;
  updated_at: string;
}
export interface AlbumPhotoRow {
  album_id: string;
  sha256: string;
  /** 1, 2, 3 … in the order of first addition. */
  position: number;
  source_sha256: string | null;
  filename: string;
  caption: string | null;
  alt: string | null;
  credit: string | null;
}
/** The stored answer to a request that may be repeated. */
export interface IdempotencyRow {
  user_id: string;
  route: string;
  key: string;
  request_hash: string;
  status: number;
  /** JSON object. */
  headers: string;
  /** JSON, or "" once it was dropped: then the answer is made again from `made`. */
  body: string;
  /** Id of the submission, comment or publication that the answer describes; null for one without a body. */
  made: string | null;
  created_at: string;
}
export interface RedactionRow {
  id: string;
  submission_id: string | null;
  revision: number | null;
  sha256: string | null;
  comment_id: string | null;
  transition_id: string | null;
  by_id: string;
  at: string;
  reason: string;
  legal_basis: string;
}
export interface ChangeRow {
  seq: Generated<number>;
  at: string;
  submission_id: string;
  kecamatan: string;
  what: Change["what"];
}
/** Password and authenticator of a person at the desk. */
export interface DeskLoginRow {
  user_id: string;
  /** In lower case. */
  login_name: string;
  /** `scrypt$N$r$p$salt$key`, the last two in base64url. */
  password: string;
  /** Sealed with the newsroom's secrets key; see `SecretsKey`. */
  totp_secret: string;
  /** Time step of the last used code, so that no code works twice. */
  totp_step: number;
  created_at: string;
}
export interface DeskSessionRow {
  /** SHA-256; the cookie itself is never stored. */
  hash: string;
  user_id: string;
  created_at: string;
  seen_at: string;
  /** When the person last proved who they are, by password and code or by a link. */
  authenticated_at: string | null;
  /** "Firefox, Windows", for the person's list of sessions. */
  browser: string;
}
export interface DeskLinkRow {
  hash: string;
  user_id: string;
  created_at: string;
  expires_at: string;
  used_at: string | null;
  used_by: string | null;
  issued_by: string | null;
}
export interface DeskFailureRow {
  /** SHA-256 of the login name that was tried. */
  login_hash: string;
  /** Tries since the last success, counted before they are evaluated. */
  failures: number;
  last_at: string;
  /** While a try is evaluated: when it counts as abandoned. */
  trying_until: string | null;
}
/** An act in the audit log. Rows never change: triggers refuse it. */
export interface AuditEntryRow {
  /** 1, 2, 3 … without gaps. */
  seq: number;
  id: string;
  at: string;
  event: AuditEvent;
  actor_id: string | null;
  subject_id: string | null;
  object_id: string | null;
  via: AuditVia;
  /** JSON of the contract's `auditDetail`. */
  detail: string;
  /** SHA-256 of the salted names and of the salted origin in `audit_details`. */
  names_hash: string;
  origin_hash: string;
  /** Hash of the entry before; empty for the first. */
  previous: string;
  hash: string;
}
/** What identifies the people of an entry. A group is erased with its salt, so that its hash discloses nothing. */
export interface AuditDetailsRow {
  seq: number;
  actor_name: string | null;
  subject_name: string | null;
  names_salt: string | null;
  address: string | null;
  browser: string | null;
  origin_salt: string | null;
}
/** Failed logins of one kind since their last entry. */
export interface AuditFailureRow {
  key: string;
  subject_id: string | null;
  way: string;
  via: AuditVia;
  address: string | null;
  /** Time of the last entry. */
  since: string;
  /** Failures after that entry, which no entry counts yet. */
  skipped: number;
}
