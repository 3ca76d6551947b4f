import type { channels as original } from "../../id/errors/channels.js";

export const channels: typeof original = {
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
    "Look at the permissions of the app, or the role of the account, at the service.",
    `Then: kominfo auth login ${p.service}`,
  ],
  "channel-other-account": (p) => [
    `This ${p.service} token does not open ${p.id}: the number is wrong, or the token is another account's.`,
    `Check both, then: kominfo auth login ${p.service}`,
  ],
  "channel-hidden": (p) => [
    `What answers at ${p.origin} is not ${p.service} (${p.type}).`,
    "On a public Wi-Fi, open a browser and log in to the Wi-Fi first, then repeat.",
  ],
  "channel-not-there": (p) => [
    p.service === "web"
      ? `There is no WordPress REST API at ${p.origin} (${p.status}, ${p.type}).`
      : `${p.origin} does not know what kominfo asked for (${p.status}, ${p.type}).`,
    p.service === "web"
      ? 'Check the address; in WordPress, Settings > Permalinks must not be "Plain".'
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
    `Port ${p.port} of this computer cannot be used to receive the browser's answer (${p.reason}).`,
    "Close the other kominfo that is logging in, then repeat.",
  ],

  "setup-incomplete": (p) => [
    `kominfo is not ready on this computer: ${p.commands.length} things are missing.`,
    ...p.commands,
    "Or run kominfo setup in a terminal.",
  ],
};
