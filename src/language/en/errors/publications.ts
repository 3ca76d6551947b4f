import { shownInstant } from "../../../text/instant.js";
import type { publications as original } from "../../id/errors/publications.js";
import { desk } from "../desk.js";
import { post } from "../post.js";

export const publications: typeof original = {
  "link-invalid": (p) => [
    `"${p.link}" is no link to a publication.`,
    "Copy the whole address from the browser; it begins with https://",
  ],
  "channel-differs": (p) => [
    `That address is on ${desk.channels[p.told]}, not ${desk.channels[p.named]}.`,
    "Leave --channel out, or check the address.",
  ],
  "not-approved": (p) => [
    `This submission is ${post.states[p.state]}; what is published is recorded once it is approved.`,
    "See its state: kominfo post status",
  ],
  "channel-not-approved": (p) => [
    `This submission is not approved for ${desk.channels[p.channel]}.`,
    `Approved channels: ${p.approved.map((channel) => desk.channels[channel]).join(", ")}`,
  ],
  "under-embargo": (p) => [`This submission may not go out before ${shownInstant(p.until, "en")}.`],
};
