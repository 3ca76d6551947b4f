import type { accounts as original } from "../../id/errors/accounts.js";

export const accounts: typeof original = {
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
};
