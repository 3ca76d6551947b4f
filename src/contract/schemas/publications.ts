import { z } from "zod";
import { channels, publicationStates } from "../lifecycle.js";
import { instant, person, text } from "./fields.js";

/** Where a submission went, or shall go. */
export const publication = z.object({
  id: z.uuid(),
  revision: z.number().int().positive(),
  channel: z.enum(channels),
  /** On that channel, e.g. the name of a page; "" where there is only one. */
  account: z.string(),
  state: z.enum(publicationStates),
  /** An earlier revision had gone out before: readers are told, "Ralat". */
  correction: z.boolean(),
  by: person,
  created_at: instant,
  scheduled_for: instant.nullable(),
  published_at: instant.nullable(),
  unpublished_at: instant.nullable(),
  url: z.string().nullable(),
  remote_id: z.string().nullable(),
  reason: z.string().nullable(),
});
export type Publication = z.infer<typeof publication>;

/** Whatever opens in a browser, and nothing that runs there. */
const webAddress = z.url({ protocol: /^https?$/ }).max(2000);

const publicationDetails = {
  scheduled_for: instant.optional(),
  /** Not in the future; absent: now. */
  published_at: instant.optional(),
  url: webAddress.optional(),
  remote_id: text(300).optional(),
  reason: text(4000).optional(),
};
/** A new one: planned, being made, or recorded because it is already there. */
export const createPublication = z.strictObject({
  channel: z.enum(channels),
  account: text(100).default(""),
  state: z.enum(["planned", "scheduled", "publishing", "published", "failed"]),
  ...publicationDetails,
});
/** What has become of one. */
export const updatePublication = z.strictObject({ state: z.enum(publicationStates), ...publicationDetails });
