/** The reason of a plan that an editor has cancelled, as a code. */
export const cancelledReason = "cancelled";

/** The reason of a schedule that a restored newsroom has stopped, as a code. */
export const restoredReason = "restored";

/** The reason of what was planned of a revision that is not approved any more, as a code. */
export const unapprovedReason = "not-approved";

/** The code of an attempt that only looked, because it shall go out at another time. */
export const postponedCode = "postponed";

/**
 * Codes of kominfo's own for what has become of an attempt, each with a sentence in the catalogues. They quote nobody, so they are kept
 * when what an attempt says of a revision is redacted: without them nobody knows why it is still out.
 */
export const ownCodes = [
  ...["abandoned", "interrupted", "too-late", "absent", "duplicate", "bug"],
  postponedCode,
  ...["web-photos-visible", "web-too-many-posts", "web-still-visible", "web-role"],
  ...["instagram-not-removable", "instagram-pictures-open"],
  ...["channel-post-unknown", "channel-forbidden", "channel-refused"],
] as const;

/**
 * Whether a code says that the channel does not take the login any more: its own refusal, Meta's 190
 * (developers.facebook.com/docs/graph-api/guides/error-handling), or 401 as the answer to a commit.
 */
export function isDeadLogin(code: string | undefined): boolean {
  return code === "channel-refused" || code === "401" || code === "http-401" || /^190(\/|$)/.test(code ?? "");
}
