import type { errors as original } from "../id/errors.js";
import { placeholders } from "./placeholders.js";
import { problemLine } from "./problem-line.js";

export const errors: typeof original = {
  // files
  "file-not-found": (p) => [
    `The file ${p.path} does not exist.`,
    "Look at its name and place; a file may also be dragged onto the terminal.",
  ],
  "file-unreadable": (p) => [`The file ${p.path} cannot be read (${p.reason}).`],
  "outside-workspace": (p) => [`${p.path} lies outside this workspace.`],
  "lock-held": (p) => [
    `${p.path} is in use by another process (${p.host}, pid ${p.pid}).`,
    "Wait for it to finish, then run the same command again.",
    `If no other kominfo is running: rm "${p.path}"`,
  ],

  // photos
  "photo-preset-unknown": (p) => [
    `There is no size "${p.name}". Did you mean "${p.nearest}"?`,
    `Sizes: ${p.known.join(", ")}`,
  ],
  "photo-none-found": (p) => [`There is no photo in ${p.path}.`, "Look at the name of the file or folder."],
  "photo-not-supported": (p) => {
    const kinds: Record<string, string> = {
      raw: "a camera's raw file",
      bmp: "a BMP image",
      svg: "an SVG image",
      pdf: "a PDF document",
      zip: "a ZIP file",
      video: "a video",
      device: "a device, not a file",
    };
    if (p.found === "empty") return [`${p.path} is empty.`, "Copy the photo from the camera or phone again."];
    return [
      `${p.path} is not a photo that can be used: it is ${kinds[p.found] ?? "no image that is known"}.`,
      "What can be used: JPEG, HEIC, PNG, WebP, AVIF, TIFF and GIF.",
    ];
  },
  "photo-heic-decoder-missing": (p) => [
    `${p.path} is HEIC, and what reads HEIC (libheif-js) is not installed.`,
    "Install kominfo again with its optional packages: npm install --include=optional",
    "Or send that photo again as JPEG. On an iPhone: Settings > Camera > Formats > Most Compatible",
  ],
  "photo-damaged": (p) => [
    `The photo ${p.path} is damaged or cut off.`,
    "Copy it from the camera or phone again.",
  ],
  "photo-too-large": (p) => [
    `The photo ${p.path} is too large: ${p.width} x ${p.height} pixels; the limit is ${p.megapixels} megapixels.`,
    "Make it smaller first.",
  ],
  "photo-file-too-large": (p) => [
    `The photo file ${p.path} is too large: ${Math.ceil(p.bytes / 2 ** 20)} MB; the limit is ${p.limit / 2 ** 20} MB.`,
    "Save it again as JPEG.",
  ],
  "photo-sheet-name": (p) => [
    `The name of a contact sheet must end in .html, not "${p.path}".`,
    "For example: --sheet sheet.html",
  ],
  "photo-zip-damaged": (p) => [
    `The ZIP file ${p.path} is damaged or cut off.`,
    "Copy or download it again, or unpack it yourself and give the folder.",
  ],
  "photo-zip-too-large": (p) => [
    p.what === "entries"
      ? `${p.path} holds too many files; the limit is ${p.limit}.`
      : `What ${p.path} holds is too large; the limit is ${Math.round(p.limit / 2 ** 30)} GB.`,
    "Make several ZIP files of it, or unpack it yourself and give the folder.",
  ],
  "photo-zip-locked": (p) => [
    `${p.path} is locked with a password.`,
    "Unpack the ZIP file yourself with its password, then give the folder.",
  ],
  "photo-zip-entry-damaged": (p) => [
    `${p.path} cannot be taken out of the ZIP file: it is damaged, or no photo.`,
    "Ask for that photo to be sent again.",
  ],
  "photo-bytes-limit": (p) => [
    `${p.path} cannot be made as small as ${p.limit} bytes for the size "${p.preset}".`,
    "Raise the bytes limit of that size in kominfo.yaml, or lower its width and height.",
  ],
  "photo-text-too-long": (p) => [
    `The text for ${p.path} is too long to be kept in the photo (at most ${p.limit} bytes).`,
    "Shorten its caption or alt text.",
  ],
  "watermark-unusable": (p) => [
    `${p.path} cannot be used as a watermark.`,
    "Use a PNG or WebP image, best with a transparent ground.",
  ],
  "photo-not-written": (p) => [
    `${p.path} cannot be written (${p.reason}).`,
    "See that the folder is writable and the disk has room, then run the same command again.",
  ],

  // credentials
  "address-invalid": (p) => [
    `"${p.address}" is not a valid address.`,
    "Write the whole address, e.g. https://newsroom.example.go.id",
  ],
  "address-not-https": (p) => [
    `${p.origin} is refused because it does not use https.`,
    "Use an address that starts with https:// (http:// is only for this computer itself).",
  ],
  "address-with-login": (p) => [
    "The address must not hold a user name or a password.",
    `Write only ${p.origin}`,
  ],
  "address-with-path": (p) => [
    "The address must not hold anything after the name of the server.",
    `Write only ${p.origin}`,
  ],
  "account-name-invalid": () => [
    "The name of an account may only hold letters, digits, spaces, and . _ @ - (at most 100 characters).",
  ],
  "not-logged-in": (p) => [
    `You are not logged in to ${p.service} at ${p.origin}.`,
    `kominfo auth login ${p.service}`,
  ],
  "credential-other-origin": (p) => [
    `Asked for is ${p.asked}, but you are logged in to ${p.service} at ${p.stored.join(", ")}; nothing was sent.`,
    `If ${p.asked} is indeed the right address: kominfo auth login ${p.service} --url ${p.asked}`,
  ],
  "several-accounts": (p) => [
    `There are several accounts of ${p.service}: ${p.accounts.join(", ")}.`,
    "Name one of them with --account <name>",
  ],
  "environment-incomplete": (p) => [
    `${p.set.join(", ")} is set, but ${p.missing.join(", ")} is not.`,
    "Set all of them, or none.",
  ],
  "store-unknown": (p) => [
    `KOMINFO_STORE does not know "${p.value}".`,
    "Set it to keychain, passphrase or env.",
  ],
  "keychain-locked": () => [
    "The system's keychain is locked, so the vault of credentials cannot be opened. Your accounts are still there.",
    "Unlock it (log in to the desktop, or open Passwords and Keys/Seahorse), then run the same command again.",
    `Over SSH: (read -rsp "Password: " s; printf %s "$s" | gnome-keyring-daemon --unlock)`,
    "Or move to a passphrase, once, from the desktop: kominfo auth store passphrase",
  ],
  "keychain-no-bus": () => [
    "The system's keychain cannot be reached: there is no session D-Bus here (SSH, cron, or a machine without a desktop).",
    "Run it from a terminal on the desktop, or: dbus-run-session -- kominfo …",
    "Without a keychain: KOMINFO_STORE=passphrase for a new vault, or kominfo auth store passphrase from the desktop for the one you have.",
  ],
  "keychain-no-service": () => [
    "There is no keychain service (Secret Service) in this session.",
    "sudo apt install gnome-keyring",
    "Without a keychain: KOMINFO_STORE=passphrase for a new vault, or kominfo auth store passphrase from the desktop for the one you have.",
  ],
  "keychain-no-library": () => [
    "The library libsecret is not installed, so the system's keychain cannot be used.",
    "sudo apt install libsecret-1-0",
    "On Fedora: sudo dnf install libsecret; on Arch: sudo pacman -S libsecret",
  ],
  "keychain-silent": (p) => [
    `The system's keychain gave no answer in ${p.seconds} seconds and is not waited for any longer.`,
    "See whether a window asks for the keychain's password, then run the same command again.",
    "If it stays silent, log out of the desktop and in again; or: systemctl --user restart gnome-keyring-daemon",
  ],
  "keychain-key-missing": (p) => [
    `The system's keychain is open, but the key of the vault ${p.path} is not in it.`,
    "If this vault was copied from another laptop: run kominfo auth export there, then kominfo auth import here",
    `If the key was deleted, set that vault aside and log in again: mv "${p.path}" "${p.path}.old"`,
  ],
  "keychain-failed": (p) => [
    `The system's keychain cannot be used (${p.reason}).`,
    "Try again; if it keeps failing, use a passphrase: KOMINFO_STORE=passphrase",
  ],
  "store-is-environment": () => [
    "With KOMINFO_STORE=env nothing is stored on this computer.",
    "Give the token through the environment, e.g. KOMINFO_NEWSROOM_TOKEN, or set KOMINFO_STORE to keychain or passphrase.",
  ],
  "passphrase-source-missing": () => [
    "The credential vault needs a passphrase, and there is nobody to ask here.",
    "Point KOMINFO_PASSPHRASE_FILE at a file that holds the passphrase, or KOMINFO_PASSPHRASE_COMMAND at a command that prints it.",
    "For a new vault with the system's keychain: KOMINFO_STORE=keychain",
  ],
  "passphrase-file-loose": (p) => [
    `Other users of this computer can open the passphrase file ${p.path}.`,
    `chmod 600 "${p.path}"`,
  ],
  "passphrase-file-unreadable": (p) => [
    `The passphrase file ${p.path} cannot be read (${p.reason}).`,
    "Check KOMINFO_PASSPHRASE_FILE or KOMINFO_BUNDLE_PASSPHRASE_FILE.",
  ],
  "passphrase-empty": (p) => [`The passphrase from ${p.variable} is empty.`],
  "passphrase-too-short": (p) => [
    `A new passphrase has at least ${p.minimum} characters.`,
    "A few random words are stronger, and easier to remember, than one complicated word.",
  ],
  "passphrase-command-invalid": () => [
    "KOMINFO_PASSPHRASE_COMMAND cannot be read: a quote is not closed, or there is no command in it.",
  ],
  "passphrase-command-failed": (p) => [
    `The command ${p.program} of KOMINFO_PASSPHRASE_COMMAND failed (${p.reason}).`,
    "Run that command by itself to see why.",
  ],
  "passphrase-command-slow": (p) => [
    `The command ${p.program} of KOMINFO_PASSPHRASE_COMMAND was not done after ${p.seconds} seconds, and was stopped.`,
    "Run that command by itself to see why.",
  ],
  "vault-wrong-passphrase": (p) => [
    `The passphrase for the vault ${p.path} is wrong.`,
    "Try again with the right one; if it comes from KOMINFO_PASSPHRASE_FILE or KOMINFO_PASSPHRASE_COMMAND, check what that gives.",
    `If it is forgotten, set the vault aside and log in again: mv "${p.path}" "${p.path}.old"`,
  ],
  "vault-damaged": (p) => [
    `${p.path} is damaged or is not a vault of kominfo; it was left as it is.`,
    `Restore it from a backup, or set it aside and log in again: mv "${p.path}" "${p.path}.damaged"`,
  ],
  "vault-tampered": (p) => [
    `The content of the vault ${p.path} was changed by something other than kominfo, so it is not used.`,
    `Restore it from a backup, or set it aside and log in again: mv "${p.path}" "${p.path}.damaged"`,
  ],
  "vault-too-new": (p) => [
    `The vault ${p.path} was made by a newer kominfo.`,
    "Update kominfo on this computer.",
  ],
  "vault-loose-permissions": (p) => [
    `Other users of this computer can open the vault ${p.path}, so it is not used.`,
    `chmod 600 "${p.path}"`,
  ],
  "vault-symlink": (p) => [
    `The vault ${p.path} is a symbolic link, so it is not used.`,
    `Remove the link, then put the real file in its place: rm "${p.path}"`,
  ],
  "vault-unwritable": (p) => [
    `The vault ${p.path} cannot be written (${p.reason}); what it held before is intact.`,
  ],
  "audit-unwritable": (p) => [
    `The change is stored, but the audit log ${p.path} cannot be written (${p.reason}).`,
  ],
  // sealed bundle
  "bundle-exists": (p) => [`${p.path} is already there; nothing is overwritten.`, "Choose another name."],
  "bundle-nothing": (p) => [
    p.handover
      ? "There is no office account on this laptop that could be handed over."
      : "No account is stored on this laptop.",
    "kominfo auth status",
  ],
  "bundle-passphrase-source-missing": () => [
    "This file is locked with a passphrase, which is only shown or asked for in a terminal.",
    "Run it in a terminal, without --json; or point KOMINFO_BUNDLE_PASSPHRASE_FILE at a file that holds the passphrase.",
  ],
  "bundle-foreign": (p) => [
    `${p.path} is not an age file that a passphrase opens.`,
    "Use a file of: kominfo auth export <file>",
  ],
  "bundle-wrong-passphrase": (p) => [
    `The passphrase for ${p.path} is wrong.`,
    "Type it exactly as it was shown when the file was made: six words with hyphens.",
  ],
  "bundle-damaged": (p) => [
    `${p.path} is damaged, or holds no accounts of kominfo.`,
    "Copy it again from the laptop it came from, or make it again: kominfo auth export <file>",
  ],
  "bundle-too-new": (p) => [`${p.path} was made by a newer kominfo.`, "Update kominfo on this computer."],
  // newsroom on this machine (serve, user)
  "newsroom-folder-missing": (p) => [
    `There is no newsroom in ${p.path}.`,
    `kominfo newsroom serve --data "${p.path}"`,
  ],
  "newsroom-folder-foreign": (p) => [
    `The folder ${p.path} holds other files; a newsroom needs an empty folder.`,
    "Choose an empty or a new folder with --data.",
  ],
  "newsroom-folder-unusable": (p) => [
    `The newsroom in ${p.path} cannot be opened (${p.reason}).`,
    "Check the folder's permissions and the free space; if its file is damaged, restore a backup.",
  ],
  "newsroom-newer": (p) => [
    `The newsroom in ${p.path} was made by a newer kominfo.`,
    "Update kominfo on this machine.",
  ],
  "newsroom-host-public": (p) => [
    `The newsroom can only be opened on this machine itself, not on ${p.host}.`,
    "Use --host 127.0.0.1.",
  ],
  "newsroom-port-unusable": (p) => [
    `The address ${p.host}:${p.port} cannot be used (${p.reason}).`,
    "Choose another port, or --port 0 for a free one.",
  ],
  "newsroom-user-unknown": (p) => [`The newsroom has no user "${p.wanted}".`, "kominfo newsroom user list"],
  "newsroom-user-ambiguous": (p) => [
    `There is more than one user called "${p.wanted}"; give the ID.`,
    "kominfo newsroom user list",
  ],
  "newsroom-user-kecamatan": (p) => [
    p.problem === "required"
      ? "An operator needs a kecamatan."
      : p.problem === "unknown"
        ? "Kabupaten Bekasi has no such kecamatan."
        : `The role ${p.role} is not bound to one kecamatan.`,
    p.problem === "unwanted" ? "Remove --kecamatan." : "Add --kecamatan <code|name>.",
  ],
  "newsroom-last-admin": (p) => [
    `${p.name} is the last admin and cannot be revoked.`,
    "Add another admin first: kominfo newsroom user add --role admin",
  ],

  // account and newsroom commands
  "token-empty": () => [
    "No token was given: stdin is empty.",
    "kominfo auth login newsroom --with-token < token.txt",
  ],
  "token-malformed": () => [
    "What was read is no token: it has more than one line, or characters that no token has.",
    "Give the token alone, without other text.",
  ],
  "flags-together": (p) => [`${p.flags.join(" and ")} cannot be used together; choose one.`],
  "day-invalid": (p) => [`${p.flag} must be a date, not "${p.value}".`, `For example: ${p.flag} 2026-12-31`],
  "day-past": (p) => [`${p.flag} "${p.value}" is over already.`],

  // channels
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

  // command line
  cancelled: () => ["Cancelled. What was done is kept."],
  "unknown-command": (p) => [
    `There is no command "${p.name}".`,
    ...(p.nearest ? [`Did you mean: ${p.command} ${p.nearest}`] : [`${p.command} --help`]),
  ],
  "unknown-flag": (p) => [
    `There is no option ${p.flag}.`,
    ...(p.nearest ? [`Did you mean: ${p.nearest}`] : []),
    `${p.command} --help`,
  ],
  "missing-argument": (p) => [
    `The argument <${placeholders[p.name] ?? p.name}> is missing.`,
    `${p.command} --help`,
  ],
  "too-many-arguments": (p) => [
    "There are too many arguments. Quote those that hold spaces.",
    `${p.command} --help`,
  ],
  "missing-flag-value": (p) => [`The option ${p.flag} needs a value.`, `${p.command} --help`],
  "bad-command-line": (p) => [`The command cannot be understood (${p.detail}).`, `${p.command} --help`],
  "missing-input": (p) => [`${p.flag} is missing.`, `Add ${p.flag}, or run it in a terminal to be asked.`],
  "bad-choice": (p) => [
    `${p.flag} does not know "${p.value}".`,
    ...(p.nearest ? [`Did you mean: ${p.nearest}`] : []),
    `It takes: ${p.choices.join(", ")}`,
  ],
  "bad-number": (p) => [
    `${p.flag} must be a whole number ` +
      `${p.most < Number.MAX_SAFE_INTEGER ? `from ${p.least} to ${p.most}` : `of at least ${p.least}`}, not "${p.value}".`,
  ],
  "file-system": (p) => [`${p.path ?? "A file"} cannot be read or written (${fileSystemReason(p.reason)}).`],
  // workspace
  "workspace-missing": () => [
    "This folder is not a kominfo workspace.",
    "Go into the folder of your workspace with cd first, then try again. If you have none: kominfo init",
  ],
  "workspace-exists": (p) => [`${p.path} exists already; nothing was changed.`],
  "workspace-invalid": (p) => [`${p.path} has to be mended.`, ...p.problems.map(problemLine)],
  "kecamatan-unknown": (p) => [
    `There is no kecamatan "${p.given}" in Kabupaten Bekasi.`,
    ...(p.nearest ? [`Did you mean: ${p.nearest}`] : []),
    "Give its name or its Kemendagri code, for example Cibitung or 32.16.07",
  ],
  "newsroom-unset": () => [
    "The newsroom's address is not known.",
    "Write it into kominfo.yaml: newsroom: { kind: kominfo, url: https://… }",
    "or add --url <address>",
  ],
  "post-missing": (p) => [
    `There is no post "${p.wanted}".`,
    ...p.near.map((slug) => `Did you mean: ${slug}`),
    "kominfo post list",
  ],
  "post-ambiguous": (p) => [
    `"${p.wanted}" matches ${p.slugs.length} posts; say more of the name.`,
    ...p.slugs.slice(0, 10),
  ],
  "post-invalid": (p) => [
    `${p.path} is not ready: ${p.problems.length} things have to be mended.`,
    ...p.problems.map(problemLine),
    "Mend them in that file, then run the same command again.",
  ],
  "post-state-damaged": (p) => [
    `The record of what was submitted, ${p.path}, is damaged.`,
    "Do not delete the post. Move that file away, then ask the newsroom for the submission's number.",
  ],
  "answers-invalid": (p) => [
    `${p.problems.length} answers have to be mended; nothing was made yet.`,
    ...p.problems.map(problemLine),
  ],
  "template-invalid": (p) => [
    `The template ${p.name} is not right: ${p.problems.length} to mend.`,
    ...p.problems.map(problemLine),
  ],
  "template-unknown": (p) => [
    `There is no template "${p.name}".`,
    ...(p.nearest ? [`Did you mean: ${p.nearest}`] : []),
    `There are: ${p.names.join(", ")}`,
  ],
  "not-submitted": (p) => [`${p.post} has not been submitted yet.`, `kominfo post submit ${p.post}`],
  "submitted-elsewhere": (p) => [
    `${p.post} was submitted to ${p.origin}, but this workspace uses ${p.now}.`,
    "Put the address back into kominfo.yaml, or copy the post into a new one.",
  ],
  "photo-changed": (p) => [
    `${p.path} changed while it was being prepared.`,
    "Wait until it is copied completely, then run the same command again.",
  ],
  "photos-unusable": (p) => [
    `${p.count} photos cannot be used; the post was not submitted.`,
    "Replace them or take them out of foto: in index.md, then run the same command again.",
  ],
  "terminal-needed": (p) => ["This command has to be run in a terminal.", p.instead],
  // servers
  "server-unreachable": (p) => [
    `${p.origin} cannot be reached (${connectionReason(p.reason)}).`,
    "Check the internet connection, then run the same command again.",
  ],
  "server-slow": (p) => [
    `${p.origin} takes too long to answer.`,
    "Run the same command again in a while; what was sent is not sent twice.",
  ],
  "server-busy": (p) => [
    `${p.origin} is busy.`,
    `Run the same command again${p.wait ? ` after ${p.wait} seconds` : " in a while"}.`,
  ],
  "server-failing": (p) => [
    `${p.origin} is in trouble (${p.status}${p.request ? `, number ${p.request}` : ""}).`,
    "Run the same command again in a while.",
  ],
  "server-redirects": (p) => [
    `${p.origin} redirects to ${p.to}; kominfo does not follow, so that no secret goes to another address.`,
    "If that address is right, write it into kominfo.yaml and log in again: kominfo auth login <service>",
  ],
  "newsroom-hidden": (p) => [
    `What answers at ${p.origin} is not a newsroom (${p.type}).`,
    "On a public Wi-Fi, open a browser and log in to the Wi-Fi first, then run it again.",
    "Check the newsroom's address in kominfo.yaml too.",
  ],
  "newsroom-not-there": (p) => [
    `There is no newsroom at ${p.origin} (${p.status}, ${p.type}).`,
    "Check the newsroom's address in kominfo.yaml.",
  ],
  "login-refused": (p) => [
    `${p.origin} refuses this login: the token is wrong, expired or revoked.`,
    "Ask the newsroom for a new activation code, then: kominfo auth login newsroom",
  ],
  "not-allowed": (p) => [`This account may not do that at ${p.origin}.`, "kominfo auth status --check"],
  "activation-invalid": () => [
    "The activation code is wrong, used already, or older than 72 hours.",
    "Look at the code again; if it is still refused, ask the newsroom's admin for a new one.",
  ],
  "client-too-old": () => ["This kominfo is too old for the newsroom.", "Update kominfo, then run it again."],
  "submission-not-found": (p) => [
    `The newsroom has no submission ${p.submission}, or it is not your kecamatan's.`,
  ],
  "revision-stale": (p) => [
    `There is a newer revision${p.revision ? ` (revision ${p.revision})` : ""}.`,
    "Read it first, then decide again.",
  ],
  "step-impossible": (p) => [
    "That step is not possible in the submission's present state.",
    p.possible.length > 0 ? `Possible now: ${p.possible.join(", ")}` : "There is no step that you can take.",
  ],
  "newsroom-refused": (p) => [`The newsroom refuses: ${p.title}`, ...p.details],
};

function fileSystemReason(code: string): string {
  const reasons: Record<string, string> = {
    EACCES: "not permitted",
    EPERM: "not permitted",
    EROFS: "read-only",
    ENOSPC: "the disk is full",
    EDQUOT: "the disk is full",
    ENAMETOOLONG: "the name is too long",
  };
  return reasons[code] ?? code;
}

/** Why a server could not be reached, with the system's own code for whoever looks after the network. */
function connectionReason(code: string): string {
  const reasons: Record<string, string> = {
    ECONNREFUSED: "nothing answers at that address",
    ENOTFOUND: "the address was not found",
    EAI_AGAIN: "no internet connection",
    ENETUNREACH: "no internet connection",
    EHOSTUNREACH: "the address is out of reach",
    ECONNRESET: "the connection was cut",
    ETIMEDOUT: "it took too long",
  };
  const reason = reasons[code];
  return reason ? `${reason}: ${code}` : code;
}
