import type { ChannelErrors } from "../../errors/channels.js";
import type { channels as original } from "../id/channels.js";
import type { ErrorSentences } from "../types.js";
import { contentType } from "./content-type.js";
import { systemReason } from "./system-reasons.js";

export const channels: typeof original = {
  askAddress: "Address of the WordPress site",
  about: {
    web: (p) =>
      `Application passwords are made at ${p.source}\nLog in with the account that writes the news, name it "kominfo", and copy the password.`,
    facebook: (p) =>
      `Page tokens are made at ${p.source}\nChoose the system user that manages the Page, then Generate token; the Page's number is in Page > About > Page transparency.`,
    instagram: (p) =>
      `The account's number is at ${p.source}\nThe account must be professional and linked to a Facebook Page; its token is made like a Page token.`,
    x: (p) =>
      `Keys are made at ${p.source}\nChoose the app (permission Read and write), then Keys and tokens.`,
  },
  revoke: {
    web: (p) => `delete this laptop's application password at ${p.url}`,
    facebook: (p) => `take your name off the people who manage the Page, at ${p.url}`,
    instagram: (p) => `revoke the apps and people who manage the account, at ${p.url}`,
    x: (p) => `revoke the connected app, at ${p.url}`,
  },
  fields: {
    user: "WordPress user name",
    app_password: "Application password",
    page_id: "Number of the Page (page id)",
    account_id: "Number of the Instagram account (account id)",
    token: "Token",
    api_key: "API Key",
    api_secret: "API Key Secret",
    access_token: "Access Token",
    access_secret: "Access Token Secret",
  },
  fieldForm: "Not complete, or with a character that cannot be; copy all of it again",
  loggedIn: (p) => `${p.name}: the ${p.service} account at ${p.origin} is valid and stored.`,
  noEnd: "The service names no end.",
  chooseWay: (p) => `How do you log in to ${p.service}?`,
  ways: {
    keys: {
      name: "Four keys (OAuth 1.0a)",
      description: "Copied from developer.x.com; valid until revoked.",
    },
    browser: { name: "In the browser (OAuth 2.0)", description: "Renews itself; needs the app's Client ID." },
  },
  aboutBrowser: (p) =>
    `In the User authentication settings of that app: its type is Native App, its Callback URI exactly ${p.redirect}`,
  clientId: "Client ID",
  openThis: (p) =>
    `Open this address in a browser on this computer, log in with the office's ${p.service} account, and agree:\n\n${p.url}`,
  browserDone: "Done. Close this page and go back to the terminal.",
  browserDeclined: "Permission was not given. Close this page and go back to the terminal.",
  browserStranger: "This page is only for the answer that kominfo is waiting for.",
  stillValidThere: (p) => `At ${p.service} itself the account stays valid until it is revoked: ${p.url}`,
  /** What a website says of a post that is not, or not surely, published, by the code of the outcome. */
  outcomes: {
    returned: "returned by the web editors",
    trashed: "moved to the trash at the site",
    deleted: "deleted at the site",
    "other-user": "visible only to the WordPress user who sent it",
    "edited-there": "its text was changed at the site, so nothing is certain",
    "too-late": "not sent: the computer slept after the newsroom had agreed; try again",
    "not-live": "the post is not published at the site now",
  } as Record<string, string>,
};

/** Capabilities of WordPress, as they continue "may not". */
const webCapabilities = {
  edit_posts: "write posts",
  upload_files: "upload photos",
  edit_published_posts: "change or take down published posts",
} satisfies Record<ChannelErrors["web-role"]["lacks"], string>;

/** The permissions that Meta asks for, to publish, correct and take down. */
const metaPermissions: Record<string, readonly string[]> = {
  facebook: [
    "The token needs pages_manage_posts and pages_read_engagement, and its person needs content access to the page.",
    "If it is urgent, do it on the page yourself; record what is new (kominfo post record <post> --url <address>), and an editor marks at the desk what was taken down.",
  ],
  instagram: [
    "The token needs instagram_content_publish, and instagram_manage_contents to delete.",
    "If it is urgent, do it in the Instagram app yourself; record what is new (kominfo post record <post> --url <address>), and an editor marks at the desk what was taken down.",
  ],
};

export const channelErrors: ErrorSentences<ChannelErrors> = {
  "channel-refused": (p) => [
    `${p.origin} refuses this ${p.service} account: it is wrong, expired or revoked.`,
    `Get a new one at the service, then: kominfo auth login ${p.service}`,
    ...(p.service === "web"
      ? [
          "If it is surely right, ask who runs the site to pass the Authorization header to PHP (Apache: CGIPassAuth On).",
        ]
      : []),
  ],
  "channel-forbidden": (p) => [
    `${p.origin} knows this ${p.service} account, but does not give it the permission that is needed.`,
    ...(metaPermissions[p.service] ?? [
      "Look at the permissions of the app, or the role of the account, at the service.",
    ]),
    `Then: kominfo auth login ${p.service}`,
  ],
  "channel-other-account": (p) => [
    `This ${p.service} token does not open ${p.id}: the number is wrong, or the token is another account's.`,
    `Check both, then: kominfo auth login ${p.service}`,
  ],
  "channel-photos-hidden": (p) => [
    `This login does not see the photos that were prepared on ${p.service}; a post with them may be out.`,
    "Go on at the computer that began it: kominfo sync. Or wait a day.",
  ],
  "channel-hidden": (p) => [
    `What answers at ${p.origin} is not ${p.service} (${contentType(p.type)}).`,
    "On a public Wi-Fi, open a browser and log in to the Wi-Fi first, then repeat.",
  ],
  "channel-not-there": (p) => [
    p.service === "web"
      ? `There is no WordPress REST API at ${p.origin} (${p.status}, ${contentType(p.type)}).`
      : `${p.origin} does not know what kominfo asked for (${p.status}, ${contentType(p.type)}).`,
    p.service === "web"
      ? 'Check the address; in WordPress, Settings > Permalinks must not be "Plain", and no security plugin may turn off the REST API.'
      : "Update kominfo; if it stays like this, tell whoever maintains kominfo.",
  ],
  "web-unset": () => [
    "The address of the site is not known.",
    "Write in kominfo.yaml: web: { url: https://… }",
    "or add --url <address>",
  ],
  "channel-address-fixed": (p) => [
    `${p.service} is always at ${p.origin}; no other address is given a secret.`,
    "Leave out --url.",
  ],
  "fields-malformed": (p) => [
    `What was read is not one JSON object with the fields of ${p.service}: ${p.fields.join(", ")}.`,
    `For example: {${p.fields.map((field) => `"${field}": "…"`).join(", ")}}`,
  ],
  "field-invalid": (p) => [
    `The field ${p.field} of ${p.service} is empty, or cannot be right as it is.`,
    "Copy all of it again from the service.",
  ],
  "login-declined": (p) => [
    `The browser did not give permission for ${p.service}; nothing was stored.`,
    `kominfo auth login ${p.service}`,
  ],
  "login-too-slow": (p) => [
    `The browser did not answer for ${p.service}, and is no longer waited for.`,
    `kominfo auth login ${p.service}`,
  ],
  "login-port-taken": (p) => [
    `Port ${p.port} of this computer cannot be used to receive the browser's answer (${systemReason(p.reason)}).`,
    "Close the other kominfo that is logging in, then repeat.",
  ],
  "web-role": (p) => [
    `The account ${p.account} at ${p.origin} may not ${webCapabilities[p.lacks]} yet; nothing was published.`,
    p.lacks === "upload_files"
      ? `Ask who runs the site to add the capability upload_files to the account's role, or to make it an Author.`
      : `Ask who runs the site to look at the account's role (capability ${p.lacks}).`,
    "kominfo auth status --check",
  ],
  "web-not-editable": (p) => [
    `The account ${p.account} at ${p.origin} may not change a post that is published (${p.link}).`,
    "A correction replaces that same post. Ask an editor of the site to change it, or to let the account edit that post.",
    "The corrected text: kominfo post preview <post>",
  ],
  "web-not-live": (p) => [
    `The post that is to be corrected is not published now (${p.link}).`,
    "Look at the site: it was removed or taken down, or its address has changed.",
  ],
  "web-firewall": (p) => [
    `A firewall in front of ${p.origin} refuses kominfo, before WordPress reads it.`,
    "Ask who runs the site to allow /wp-json/wp/v2/ for this account (WAF, ModSecurity, Cloudflare, a security plugin).",
  ],
  "web-upload-refused": (p) => [
    `${p.origin} does not take the photo (${p.reason}).`,
    "Ask who runs the site to look at the limits of uploads (upload_max_filesize, post_max_size, client_max_body_size) and at the free disk space.",
    "Then repeat the same command; photos that are at the site are not uploaded again.",
  ],
  "web-answer-broken": (p) => [
    `The answer of ${p.origin} is broken: there is other text around its data.`,
    "Ask who runs the site to turn off WP_DEBUG_DISPLAY, or to find the plugin that prints warnings.",
  ],
  "web-refused": (p) => [
    `${p.origin} refuses the fields (${p.reason}).`,
    "Tell who runs the site and who maintains kominfo.",
  ],
  "web-text-changed": (p) => [
    `${p.origin} changed the approved text when it stored it; nothing was published.`,
    "Ask who runs the site to find the plugin that changes posts when they are saved.",
  ],
  "web-still-visible": (p) => [
    `The post was taken down at the site, but its page still shows (${p.link}).`,
    "Ask who runs the site to empty its caches (cache plugin, CDN), then repeat the same command.",
  ],
  "web-photos-visible": (p) => [
    `Its photos still open for anybody at ${p.origin} (${p.links.join(", ")}).`,
    ...(p.pages.length > 0
      ? [
          `Other pages show them too, so they were not deleted (${p.pages.join(", ")}). Take those down first, or change their photo.`,
        ]
      : []),
    ...(p.isKept
      ? [
          `Account ${p.account} may not delete them: ask who runs the site to delete them in Media, or to give that account the permission delete_posts.`,
        ]
      : []),
    ...(p.isServed
      ? [
          "They are deleted, but a cache still has them: ask who runs the site to empty it (cache plugin, CDN).",
        ]
      : []),
    "Then repeat the same command, or: kominfo sync",
  ],
  "web-too-many-posts": (p) => [
    `Too many posts at ${p.origin} have changed since the photos were uploaded, so it cannot be told whether they are shown elsewhere.`,
    "Ask who runs the site to delete the photos in Media; then an editor marks it at the desk.",
  ],
};
