/**
 * Commands that exist for what they print. With `--quiet` every other one is silent where it succeeds: its result only says that it did
 * what it was told.
 */
export const answering: ReadonlySet<string> = new Set([
  "config get",
  "config show",
  "doctor",
  "template list",
  "template show",
  "post list",
  "post show",
  "post status",
  "photo inspect",
  "photo where",
  "auth status",
  // Its address.
  "newsroom serve",
  "desk",
  "newsroom audit",
  // The activation code, the link, the token.
  "newsroom user add",
  "newsroom user code",
  "newsroom user link",
  "newsroom user list",
  "review list",
  "review show",
  "review accounts",
  "completion",
  "__complete",
]);
