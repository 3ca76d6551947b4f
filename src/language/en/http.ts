import type { HttpErrors } from "../../errors/http.js";
import type { ErrorSentences } from "../types.js";

export const httpErrors: ErrorSentences<HttpErrors> = {
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
  "proxy-refused": (p) => [
    `The proxy of this network refuses the connection to ${p.origin}: its user name or password is wrong.`,
    "Fix the variable HTTPS_PROXY (http://name:password@address:port); whoever runs the network knows it.",
  ],
};

/** Why a server could not be reached, with the system's own code for the network's administrator. */
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
