import type { z } from "zod";
import type { createPublication } from "../../../contract/contract.js";
import type { PublicationState } from "../../../contract/lifecycle.js";
import type { StoredPublication } from "../../store/submissions/publications.js";
import { invalidField } from "../problem.js";
import { tooEarly } from "./release.js";

/** How far in the past a time may be for which something is scheduled, in ms: the clocks of laptops differ. */
const pastMs = 60_000;

type PublicationDetails = Omit<z.output<typeof createPublication>, "channel" | "account" | "state">;

/** Whether it shall be sent. */
export function isPlan(state: PublicationState): boolean {
  return state === "planned" || state === "scheduled";
}

/** What a change to this state counts as the first publication. */
export function firstTime(state: PublicationState, now: Date): string | null {
  return state === "published" ? now.toISOString() : null;
}

/**
 * Checks the details of a publication for this state and returns its columns. Throws `invalid` for a time of publication in the future, a
 * schedule without a time or in the past, and a failure without a reason, and `conflict` before the earliest time.
 *
 * @param earliest the earliest allowed time of publication
 */
export function detailsOf(state: PublicationState, details: PublicationDetails, earliest: Date, now: Date) {
  const instant = (given: string | undefined) => (given === undefined ? null : new Date(given).toISOString());
  if (state === "published" && now < earliest) throw tooEarly(earliest);
  if (state === "scheduled") {
    if (details.scheduled_for === undefined) throw invalidField("/scheduled_for", "required");
    const time = new Date(details.scheduled_for);
    // An answer that was lost may be asked for again a moment later.
    const soonest = new Date(Math.max(earliest.getTime(), now.getTime() - pastMs));
    if (time < soonest) throw invalidField("/scheduled_for", `>= ${soonest.toISOString()}`);
  }
  if (state === "published" && details.published_at !== undefined && new Date(details.published_at) > now) {
    throw invalidField("/published_at", `<= ${now.toISOString()}`);
  }
  if (state === "failed" && !details.reason?.trim()) throw invalidField("/reason", "required");
  return {
    scheduled_for: state === "planned" ? null : instant(details.scheduled_for),
    published_at: state === "published" ? (instant(details.published_at) ?? now.toISOString()) : null,
    url: details.url ?? null,
    remote_id: details.remote_id ?? null,
    reason: details.reason?.trim() || null,
  };
}

/** What is known of a publication, as a request would say it: what a change does not name stays. */
export function withoutNulls({
  scheduled_for,
  url,
  remote_id,
}: Pick<StoredPublication, "scheduled_for" | "url" | "remote_id">): PublicationDetails {
  return {
    ...(scheduled_for === null ? {} : { scheduled_for }),
    ...(url === null ? {} : { url }),
    ...(remote_id === null ? {} : { remote_id }),
  };
}
