/** Errors about logging in to web, facebook, instagram and x. */
export interface ChannelErrors {
  "channel-refused": { service: string; origin: string };
  "channel-forbidden": { service: string; origin: string };
  "channel-other-account": { service: string; id: string };
  /** Photos that an earlier attempt has prepared are not there, or not for this login. */
  "channel-photos-hidden": { service: string };
  "channel-hidden": { service: string; origin: string; status: number; type: string };
  "channel-not-there": { service: string; origin: string; status: number; type: string };
  "web-unset": undefined;
  "channel-address-fixed": { service: string; origin: string };
  "fields-malformed": { service: string; fields: readonly string[] };
  "field-invalid": { service: string; field: string };
  "login-declined": { service: string };
  "login-too-slow": { service: string };
  "login-port-taken": { port: number; reason: string };
  "web-role": {
    origin: string;
    account: string;
    lacks: "edit_posts" | "upload_files" | "edit_published_posts";
  };
  "web-not-editable": { origin: string; account: string; link: string };
  "web-not-live": { link: string };
  "web-firewall": { origin: string };
  "web-upload-refused": { origin: string; reason: string };
  "web-answer-broken": { origin: string };
  "web-refused": { origin: string; reason: string };
  "web-text-changed": { origin: string };
  "web-still-visible": { link: string };
  /** `pages` show some of the photos, too. */
  "web-photos-visible": {
    origin: string;
    account: string;
    links: readonly string[];
    pages: readonly string[];
    isKept: boolean;
    isServed: boolean;
  };
  "web-too-many-posts": { origin: string };
}
