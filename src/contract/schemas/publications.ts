import { z } from "zod";
import { approvalChannels, channelNames } from "../../channels/registry.js";
import {
  attemptKinds,
  attemptOutcomes,
  destinations,
  publicationStates,
  takeDownCauses,
} from "../lifecycle.js";
import { instant, kecamatanCode, pageQuery, person, text } from "./fields.js";
import { rendering } from "./renderings.js";

/** A publication of a submission on a channel, done or planned. */
export const publication = z.object({
  id: z.uuid(),
  revision: z.number().int().positive(),
  channel: z.enum(channelNames),
  /** Account on the channel, e.g. the name of a page; "" when there is only one. */
  account: z.string(),
  state: z.enum(publicationStates),
  /** An earlier revision was published before. Readers see the mark "Ralat". */
  correction: z.boolean(),
  by: person,
  created_at: instant,
  scheduled_for: instant.nullable(),
  published_at: instant.nullable(),
  unpublished_at: instant.nullable(),
  url: z.string().nullable(),
  remote_id: z.string().nullable(),
  reason: z.string().nullable(),
  /** Who holds the running attempt, and until when; null when nobody does. */
  held: z.object({ by: person, until: instant }).nullable(),
  /**
   * It shall be taken down, and nobody has proved yet that it is gone; `reason` says why in words. `cause` is null where the
   * editors' step asked for it. Absent at a newsroom that is older. Also of what may be out (`unclear` and the like): it is taken down
   * once it is found to be. `problem`: why the newest attempt has not removed it; `reason` of it may name the addresses of photos.
   */
  take_down: z
    .object({
      requested_at: instant,
      by: person,
      cause: z.enum(takeDownCauses).nullable(),
      problem: z
        .object({ code: z.string(), reason: z.string().nullable(), at: instant })
        .nullable()
        .optional(),
    })
    .nullable()
    .optional(),
});
export type Publication = z.infer<typeof publication>;

/** An http or https URL: `javascript:` and other schemes would run code in the browser. */
const webAddress = z.url({ protocol: /^https?$/ }).max(2000);

const publicationDetails = {
  scheduled_for: instant.optional(),
  /** Not in the future; absent: now. */
  published_at: instant.optional(),
  /**
   * Of the post on the channel. 422 at `/url` with the detail `https` (another scheme, or a login in it), `other-channel`, `not-there`,
   * `front-page`, or `other-site` where the account is another website.
   */
  url: webAddress.optional(),
  remote_id: text(300).optional(),
  reason: text(4000).optional(),
};
/** Plans a publication, or records one that is published already. */
export const createPublication = z.strictObject({
  channel: z.enum(channelNames),
  account: text(100).default(""),
  state: z.enum(["planned", "scheduled", "published", "failed"]),
  ...publicationDetails,
});
/** Changes the state of a publication. */
export const updatePublication = z.strictObject({ state: z.enum(publicationStates), ...publicationDetails });

/** Asks for a publication to be taken down at once. */
export const requestTakeDown = z.strictObject({
  cause: z.enum(takeDownCauses),
  reason: text(4000).optional(),
});

/** Publications of all submissions, for the machines that send them. */
export const publicationQuery = pageQuery.extend({
  state: z.enum(publicationStates).optional(),
  /** Only those that are scheduled for now or earlier, by the newsroom's clock. */
  due: z.enum(["true", "false"]).optional(),
  /** Only those that are out and shall be taken down. */
  take_down: z.enum(["true", "false"]).optional(),
});
export const listedPublication = publication.extend({
  submission: z.object({ id: z.uuid(), kecamatan: kecamatanCode, title: z.string() }),
});
export type ListedPublication = z.infer<typeof listedPublication>;
/** A publication that readers see or may see (`outStates`), of what was redacted or must not be shown any more. */
export const outPublication = listedPublication.extend({
  /** Of the account, as readers see it; null for one that no machine has announced. */
  label: z.string().nullable(),
});
export type OutPublication = z.infer<typeof outPublication>;

/**
 * What takes a publication from its readers: to wait for its outcome, to find out about it, to ask those who have it, to take it down
 * by a machine (`sent`) or by hand, or to see to a take-down that was asked for.
 */
export type Remedy = "publishing" | "unclear" | "handed_over" | "asked" | "sent" | "by_hand";

export function remedyOf({ state, take_down, remote_id }: Publication): Remedy {
  if (state === "publishing" || state === "unclear" || state === "handed_over") return state;
  if (take_down) return "asked";
  return remote_id === null ? "by_hand" : "sent";
}

/** The channel's own id of an account: the origin of a website, a page's id, a user's id. */
const accountId = text(100).min(1);
export const outletAddress = z.object({ channel: z.enum(approvalChannels), account: accountId });
/** An account that some machine can publish on. */
export const announceOutlet = z.strictObject({
  label: text(200).min(1),
  destination: z.enum(destinations),
  /** Of a kecamatan's account; an operator's own is the default. */
  kecamatan: kecamatanCode.optional(),
  /** `pending`: what is sent waits there for an editor of the website. */
  mode: z.enum(["publish", "pending"]),
  /**
   * The channel refuses its login (a code of a failure); null: the login works again. Absent: nothing is said of it. For newsrooms
   * whose `features` name `accounts`.
   */
  paused: z
    .strictObject({ code: text(60).min(1) })
    .nullable()
    .optional(),
});
/** An editor's word on whose account it is, which no machine's announcement changes. */
export const decideOutlet = z.strictObject({
  /** null: the claim was wrong, and is removed. */
  destination: z.enum(destinations).nullable(),
  /** Of a kecamatan's account. */
  kecamatan: kecamatanCode.optional(),
  reason: text(1000).refine((value) => value.trim() !== "", { error: "required" }),
});
const personAt = z.object({ by: person, at: instant });
export const outlet = outletAddress.extend({
  label: z.string(),
  destination: z.enum(destinations),
  kecamatan: kecamatanCode.nullable(),
  mode: z.enum(["publish", "pending"]),
  by: person,
  /** When a machine last announced it. */
  seen_at: instant,
  /** Who announced it first for its owner. This and the rest is absent at a newsroom that is older. */
  claimed: personAt.nullable().optional(),
  /** When a publisher last announced it; null: never, so that nobody sends at a time that was set. */
  publisher_seen_at: instant.nullable().optional(),
  /** Its login is refused, in the words of a failure's code, since then. */
  paused: z.object({ code: z.string(), since: instant, by: person }).nullable().optional(),
  /** What an editor has decided about its owner. */
  decided: personAt.extend({ reason: z.string() }).nullable().optional(),
  /** An editor has removed the claim. */
  removed_at: instant.nullable().optional(),
});
export type Outlet = z.infer<typeof outlet>;

/** What finds the publication at the channel again, whichever machine looks: ids, a text's hash, a user. */
const lookupKeys = z.record(text(60), z.union([text(2000), z.array(text(300)).max(40)]));
export type LookupKeys = z.infer<typeof lookupKeys>;

export const grantRequest = z.strictObject({
  /** Sends although a link on this channel was recorded already, or the time is long past. A person has agreed. */
  again: z.boolean().default(false),
});
/** A machine's right to send one publication, or to look for it, for the length of the lease. */
export const attempt = z.object({
  number: z.number().int().positive(),
  kind: z.enum(attemptKinds),
  by: person,
  granted_at: instant,
  lease_until: instant,
  intent_at: instant.nullable(),
  intent: lookupKeys.nullable(),
  outcome: z.enum(attemptOutcomes).nullable(),
});
export type Attempt = z.infer<typeof attempt>;
export const grantedAttempt = attempt.extend({
  /** Proves that a later request comes from the machine that got this attempt. */
  fence: z.string(),
  publication,
  /** What is sent, exactly as it was approved; null where nothing is sent. */
  rendering: rendering.nullable(),
  /** The last attempt that announced to send and has no outcome: what to look for. */
  earlier: attempt.nullable(),
  /** Before this the channel is not asked: what was sent may not be visible there yet. */
  look_after: instant.nullable(),
  /** The publication that this one corrects, on the same account. */
  corrects: z.object({ remote_id: z.string().nullable(), url: z.string().nullable() }).nullable(),
  /**
   * Of a take-down: what the attempts that sent it have announced, oldest first. It names what they stored at the channel. Also of attempts
   * at other revisions of the same post, and at what is not out on the account.
   */
  announced: z.array(lookupKeys).optional(),
});
export type GrantedAttempt = z.infer<typeof grantedAttempt>;

/** What the sentence of a failure names, by the parameters of its code: an address, a limit. No secret is among them. */
export const failureFacts = z
  .record(text(40), z.union([text(500), z.number(), z.boolean(), z.array(text(300)).max(40)]))
  .refine((facts) => Object.keys(facts).length <= 20, { error: "<= 20 facts" });
export type FailureFacts = z.infer<typeof failureFacts>;

/** Renews the lease; with `intent`, announces the commit; with `outcome`, tells what became of it. */
export const updateAttempt = z.strictObject({
  fence: z.uuid(),
  intent: lookupKeys.optional(),
  outcome: z
    .strictObject({
      state: z.enum(attemptOutcomes),
      url: webAddress.optional(),
      remote_id: text(300).optional(),
      /** The channel's own code of a failure. */
      code: text(60).optional(),
      reason: text(4000).optional(),
      /** For newsrooms whose `features` name `failure_facts`. */
      facts: failureFacts.optional(),
      /** Nothing was sent, for a reason that may pass by itself: a schedule stands. For newsrooms whose `features` name `kept_schedules`. */
      passing: z.literal(true).optional(),
    })
    .optional(),
});
