import type { servers as original } from "../../id/errors/servers.js";

export const servers: typeof original = {
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
  "proxy-refused": (p) => [
    `The proxy of this network refuses the connection to ${p.origin}: its user name or password is wrong.`,
    "Mend the variable HTTPS_PROXY (http://name:password@address:port); whoever runs the network knows it.",
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
  "download-damaged": (p) => [
    `A photo from ${p.origin} was damaged on its way.`,
    "Run the same command again.",
  ],
  "submission-not-found": (p) => [
    `The newsroom has no submission ${p.submission}, or it is not your kecamatan's.`,
  ],
  "revision-stale": (p) => [
    `There is a newer revision${p.revision ? ` (revision ${p.revision})` : ""}.`,
    p.post ? `Take that revision first: kominfo post pull ${p.post}` : "Read it first, then decide again.",
  ],
  "step-impossible": (p) => [
    "That step is not possible in the submission's present state.",
    p.possible.length > 0 ? `Possible now: ${p.possible.join(", ")}` : "There is no step that you can take.",
  ],
  "newsroom-refused": (p) => [`The newsroom refuses: ${p.title}`, ...p.details],
};

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
