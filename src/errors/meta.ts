/** Errors about publishing on Facebook and Instagram. */
export interface MetaErrors {
  "channel-rejects": { service: string; code: string; reason: string };
  "channel-blocks": { service: string; reason: string };
  "channel-quota-spent": { service: string };
  "channel-processing": { service: string };
  "channel-still-there": { service: string; id: string };
  "channel-post-unknown": { service: string; url: string };
  "graph-version-refused": { reason: string; newest: string };
  "instagram-needs-photo": undefined;
  "instagram-needs-site": undefined;
  "instagram-not-correctable": { url: string };
  "instagram-not-removable": undefined;
  "instagram-pictures-open": { links: readonly string[] };
  "picture-not-public": { url: string; status: number; type: string };
  "picture-redirects": { url: string; to: string };
  "picture-too-large": { url: string; bytes: number; limit: number };
  "picture-kept-from-robots": { url: string };
}
