// The same values as in the newsroom's lifecycle, spelled out because this folder imports nothing.
// The compiler compares them where an error is made and where a sentence looks one up.
type State = "submitted" | "in_review" | "returned" | "approved" | "rejected" | "withdrawn" | "merged";

/** The `detail` of `photo-invalid` that a person can do something about. */
export const photoRefusals = [
  "photo-damaged",
  "photo-not-supported",
  "photo-too-costly",
  "photo-too-large",
] as const;

/** The `detail` of a conflict about a publication. */
export const publicationRefusals = [
  "not-approved",
  "late",
  "already-out",
  "taken-down",
  "already-down",
  "by-hand",
  "unknown-account",
  "destination",
  "redacted",
  "earlier-undecided",
  "earlier-handed-over",
  "take-down-open",
  "stopped",
  "undecided",
  "duplicate",
  "fence",
  "intent",
  "decided",
  "unrenderable",
  "no-publisher",
  "cancelled",
  "plan-stopped",
] as const;

/** Why the newsroom refuses a photo, and how many pixels it takes, in millions. */
interface RefusedPhoto {
  reason: (typeof photoRefusals)[number];
  megapixels: number;
  /** Of a photo that is stored progressively. */
  progressive: number;
}

/** Errors that a client of the newsroom meets, and errors about its people and publications. */
export interface NewsroomErrors {
  "newsroom-hidden": { origin: string; status: number; type: string };
  "newsroom-not-there": { origin: string; status: number; type: string };
  /** `byNewsroom`: its own problem document says so, and not something in between: it stored nothing. */
  "login-refused": { origin: string; byNewsroom?: boolean };
  /** Of a link for one's own phone. */
  "desk-for-operators": { origin: string };
  "not-allowed": { origin: string; byNewsroom?: boolean };
  /** An admin's token may not do it: the newsroom wants a fresh login, or the owner of the data folder. */
  "token-not-enough": { origin: string };
  "activation-invalid": undefined;
  "client-too-old": undefined;
  "download-damaged": { origin: string };
  /** `isWhole`: false for what cannot be an id, such as the beginning of one. */
  "submission-not-found": { submission: string; isWhole?: boolean | undefined };
  /** The submission is there, with fewer revisions. */
  "revision-not-there": { revision: number; newest: number };
  "revision-stale": { revision?: number; post?: string; submission?: string };
  /** A copy of the draft was sent before, with another content. `submission`: what it has become, where that is known. */
  "submitted-from-copy": { post?: string; submission?: string };
  /** The newsroom refuses what this key of index.md says. */
  "newsroom-too-old": { origin: string; key: string };
  /** It has no such endpoint. */
  "newsroom-outdated": { origin: string };
  "correction-note-missing": { post: string };
  /** What an approval leaves open, each as "rule (key)". */
  "checks-open": { submission: string; checks: readonly string[] };
  /** It has no such photo, or none that this person may know of. */
  "photo-unknown-there": { sha256: string };
  /** The 1-based numbers and the files of the photos of which nobody has said whether children are in them. */
  "photo-unanswered": { open: readonly { n: number; name: string }[]; submission: string };
  "photo-answer-invalid": { value: string; photos: number };
  "override-invalid": { value: string };
  /** `state`, `editor`: of the submission, where they are known; `post` or `submission`: as commands take it. */
  "step-impossible": {
    possible: readonly string[];
    reason?: string | undefined;
    state?: string;
    editor?: string;
    post?: string;
    submission?: string;
    /** The sender's request that no editor has answered yet. */
    asked?: "withdraw" | "unpublish";
    /** It was out, and was taken down. */
    down?: true;
  };
  "newsroom-refused": { title: string; details: readonly string[]; refusedPhoto?: RefusedPhoto };
  "newsroom-user-unknown": { wanted: string };
  /** `created_at`: of a newsroom that tells it. */
  "newsroom-user-ambiguous": {
    wanted: string;
    people: readonly {
      id: string;
      role: string;
      kecamatan: string | null;
      created_at?: string | undefined;
    }[];
  };
  "newsroom-token-unknown": { wanted: string; name: string };
  "newsroom-token-ambiguous": { wanted: string; ids: readonly string[] };
  "newsroom-user-kecamatan": { role: string; problem: "required" | "unknown" | "unwanted" };
  "newsroom-link-refused": { name: string; reason: string };
  /** `reason`: "inactive", or the role that has no codes. */
  "newsroom-code-refused": { name: string; reason: string };
  "newsroom-last-admin": { name: string };
  "link-invalid": { link: string };
  /** `page`: of the submission at the desk. */
  "record-undecided": { channel: string; page: string };
  "link-elsewhere": { channel: string; host: string };
  "link-front-page": { channel: string };
  "channel-differs": { link: string; actual: string; given: string };
  "not-approved": { state: State };
  "channel-not-approved": { channel: string; approved: readonly string[] };
  "under-embargo": { until: string };
  /** `soonest`: by the newsroom's clock, ISO 8601. */
  "schedule-too-early": { soonest: string };
  /** Another machine is sending it, or looking for it. */
  "publication-held": { by: string; until: string };
  "publication-refused": { refusal: (typeof publicationRefusals)[number] };
}
