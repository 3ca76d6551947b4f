import type { MetaErrors } from "../../errors/meta.js";
import { formatBytes } from "../../text/bytes.js";
import type { ErrorSentences } from "../types.js";
import { contentType } from "./content-type.js";

const names: Record<string, string> = { facebook: "Facebook", instagram: "Instagram" };
const nameOf = (service: string) => names[service] ?? service;

export const metaErrors: ErrorSentences<MetaErrors> = {
  "channel-rejects": (p) => [
    `${nameOf(p.service)} does not take the text or its photos (${p.code}).`,
    `Meta says: ${p.reason}`,
    "Nothing is out. Change the text or the photos, then submit again.",
  ],
  "channel-blocks": (p) => [
    `${nameOf(p.service)} restricts this account for a while.`,
    `Meta says: ${p.reason}`,
    `Open the ${nameOf(p.service)} app, do what it asks, then repeat later.`,
  ],
  "channel-quota-spent": (p) => [
    `What ${nameOf(p.service)} lets this account publish in 24 hours is used up.`,
    "Repeat tomorrow; what was prepared is used again.",
  ],
  "channel-processing": (p) => [
    `${nameOf(p.service)} is still processing the photos.`,
    "Repeat this command in a few minutes; what was prepared is used again.",
  ],
  "channel-still-there": (p) => [
    `It is not proved yet that ${p.id} is gone from ${nameOf(p.service)}.`,
    "Repeat this command in a few minutes, or look and delete it in the app.",
  ],
  "channel-post-unknown": (p) => [
    `The id of the publication on ${nameOf(p.service)} is not known (${p.url}), so it cannot be changed from here.`,
    `Change or delete it on ${nameOf(p.service)} yourself, then record that.`,
  ],
  "graph-version-refused": (p) => [
    "Meta does not serve this version of the Graph API.",
    `Meta says: ${p.reason}`,
    `Write in kominfo.yaml: graph_version: ${p.newest}`,
  ],
  "instagram-needs-photo": () => [
    "Instagram takes only posts with photos, and this one has none.",
    "Attach a photo: kominfo post attach",
  ],
  "instagram-needs-site": () => [
    "Instagram fetches photos from the office's site, and there is no account of a site on this computer.",
    "kominfo auth login web",
    "Without a site, publish in the Instagram app yourself, then record the link.",
  ],
  "instagram-not-correctable": (p) => [
    `Instagram lets no program change a text that is out (${p.url}).`,
    "Copy the corrected text from kominfo post preview, and paste it in the Instagram app.",
  ],
  "instagram-not-removable": () => [
    "This Instagram account may not delete publications through a program (permission instagram_manage_contents).",
    "Delete it in the Instagram app; after that an editor records it at the desk.",
    "To have it done next time: give the token instagram_manage_contents, then kominfo auth login instagram",
  ],
  "instagram-pictures-open": (p) => [
    `Its photos are still at the office's site (${p.links.join(", ")}).`,
    "Repeat on a computer that has the account of that site, or: kominfo auth login web",
  ],
  "picture-not-public": (p) => [
    `Meta will not be able to fetch the photo at ${p.url} (${p.status}, ${contentType(p.type)}).`,
    "Ask who runs the site to open photos to facebookexternalhit (Meta), in its firewall too.",
  ],
  "picture-redirects": (p) => [
    `The photo at ${p.url} redirects to ${p.to}; Instagram follows no redirect.`,
    "Write the site's real address in kominfo.yaml: web: { url: https://… }",
  ],
  "picture-too-large": (p) => [
    `The photo at ${p.url} has ${formatBytes(p.bytes, "en")}; Instagram takes ${formatBytes(p.limit, "en")} at most.`,
    "Ask who runs the site to turn off processing that makes photos larger.",
  ],
  "picture-kept-from-robots": (p) => [
    `The site's robots.txt forbids Meta to fetch ${p.url}.`,
    "Ask who runs the site to allow facebookexternalhit in robots.txt.",
  ],
};
