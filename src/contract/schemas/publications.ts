import { z } from "zod";
import { channelNames } from "../../channels/registry.js";
import { publicationStates } from "../lifecycle.js";
import { instant, person, text } from "./fields.js";

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
});
export type Publication = z.infer<typeof publication>;

/** An http or https URL: `javascript:` and other schemes would run code in the browser. */
const webAddress = z.url({ protocol: /^https?$/ }).max(2000);

const publicationDetails = {
  scheduled_for: instant.optional(),
  /** Not in the future; absent: now. */
  published_at: instant.optional(),
  url: webAddress.optional(),
  remote_id: text(300).optional(),
  reason: text(4000).optional(),
};
/** Plans a publication, or records one that is in progress or published already. */
export const createPublication = z.strictObject({
  channel: z.enum(channelNames),
  account: text(100).default(""),
  state: z.enum(["planned", "scheduled", "publishing", "published", "failed"]),
  ...publicationDetails,
});
/** Changes the state of a publication. */
export const updatePublication = z.strictObject({ state: z.enum(publicationStates), ...publicationDetails });
