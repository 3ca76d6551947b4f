import type { HttpErrors } from "../../errors/http.js";
import { formatInstant, formatMinutes } from "../../text/instant.js";
import type { ErrorSentences } from "../types.js";
import { contentType } from "./content-type.js";
import { counted } from "./counted.js";
import { otherAddress } from "./other-address.js";

const loginToWifi =
  "On a public Wi-Fi, open a browser and log in to that Wi-Fi first, then run the same command again.";
const setClock =
  "have date and time set automatically in the system's settings (Linux: timedatectl set-ntp true).";

/** How to go on with a server's new address. */
function withNewAddress(isNewsroom: boolean | undefined): string {
  return isNewsroom
    ? "keep its new address: kominfo config set newsroom <address>, then log in again: kominfo auth login newsroom"
    : "write its new address into kominfo.yaml and log in again: kominfo auth login <service>";
}

export const httpErrors: ErrorSentences<HttpErrors> = {
  "server-unreachable": (p) =>
    certificateProblem(p) ?? [
      `${p.origin} cannot be reached (${connectionReason(p.reason)}).`,
      // A name that nobody knows is more often a slip than a line that is down (EAI_AGAIN).
      ...(mayBeMistyped(p) && p.reason === "ENOTFOUND" ? [otherAddress] : []),
      "Check the internet connection, then run the same command again.",
      ...(mayBeMistyped(p) && p.reason !== "ENOTFOUND" ? [otherAddress] : []),
      ...throughProxy(p),
    ],
  "server-slow": (p) => [
    `${p.origin} takes too long to answer.`,
    "Run the same command again in a while; what was sent is not sent twice.",
    ...throughProxy(p),
  ],
  "server-busy": (p) => [
    `${p.origin} is busy.`,
    `Run the same command again${waitOf(p.wait) ?? " in a while"}.`,
  ],
  "server-failing": (p) => [
    p.between
      ? `The answer ${p.status} is from something before ${p.origin}: the server behind it cannot be reached.`
      : `${p.origin} is in trouble (${p.status}${p.request ? `, number ${p.request}` : ""}).`,
    "Run the same command again in a while.",
  ],
  "server-redirects": (p) =>
    p.elsewhere
      ? [
          `The connection to ${p.origin} is redirected to ${withoutQuery(p.to)}: perhaps this network (a hotspot) wants a login first.`,
          loginToWifi,
          `If ${p.origin} has moved, ${withNewAddress(p.newsroom)}`,
          "kominfo follows no redirect, so that no secret goes to another address.",
        ]
      : p.within
        ? [
            `Something in between redirects the connection to ${p.origin} to the page ${withoutQuery(p.to)}, perhaps for a login; that is not from the newsroom.`,
            "Open that address in a browser to see what is asked for, then run the same command again.",
            "If it stays so, pass this message on to whoever runs the network and to the newsroom's administrator.",
          ]
        : [
            `${p.origin} redirects to ${withoutQuery(p.to)}; kominfo does not follow, so that no secret goes to another address.`,
            `If that address is right, ${withNewAddress(p.newsroom)}`,
          ],
  "proxy-refused": (p) => [
    p.anonymous
      ? `The proxy of this network wants a user name and a password for the connection to ${p.origin}; the variable ${p.variable} names none.`
      : `The proxy of this network refuses the connection to ${p.origin}: its user name or password is wrong.`,
    `Fix the variable ${p.variable} (http://name:password@address:port); whoever runs the network knows it.`,
  ],
  "proxy-unreachable": (p) => [
    `The proxy ${p.proxy} does not answer (${connectionReason(p.reason)}); the variable ${p.variable} tells kominfo to use it for ${p.origin}.`,
    `If this network has no proxy, remove the variable: unset ${p.variable} (PowerShell: Remove-Item Env:${p.variable})`,
    "If it has one, check the address with whoever runs the network, then run the same command again.",
  ],
  "proxy-invalid": (p) => [
    isSocks(p.value)
      ? `The variable ${p.variable} names a SOCKS proxy (${p.value}); kominfo can use HTTP proxies only.`
      : `What the variable ${p.variable} holds, ${p.value}, is not the address of a proxy.`,
    `It looks like http://address:port, without quotation marks: export ${p.variable}=http://proxy.example.go.id:8080`,
    `If this network has no proxy: unset ${p.variable} (PowerShell: Remove-Item Env:${p.variable})`,
  ],
  "intermediary-refused": (p) => [
    `The answer ${p.status} (${contentType(p.type)}) is not from the newsroom at ${p.origin}: something in between (a proxy, a firewall or a web server) refuses this.`,
    "Try another network, such as a phone's, then run the same command again.",
    "If it stays so, pass this message on to whoever runs the network, and to the newsroom's admin.",
  ],
  "intermediary-too-large": (p) => [
    `Something in between refuses a file of this size on its way to ${p.origin} (413); that is not from the newsroom.`,
    "Try another network, or ask whoever runs it and the newsroom's admin to raise the limit (nginx: client_max_body_size).",
  ],
  "intermediary-slow": (p) => [
    `Something in between cut the way to ${p.origin} because it took too long (408); that is not from the newsroom.`,
    "Run the same command again on a faster connection; what was sent is not sent twice.",
  ],
};

/** Whether the newsroom's address itself may be wrong. Only its requests have these paths. */
function mayBeMistyped({ path, reason }: HttpErrors["server-unreachable"]): boolean {
  return path.startsWith("/api/v") && ["ENOTFOUND", "ECONNREFUSED", "EHOSTUNREACH"].includes(reason);
}

/** The sentence of a certificate that is not accepted; undefined for another reason. Codes: https://nodejs.org/api/tls.html */
function certificateProblem(p: HttpErrors["server-unreachable"]): readonly [string, ...string[]] | undefined {
  const found = certificateSentence(p);
  return found && [...found, ...throughProxy(p)];
}

function certificateSentence({
  origin,
  reason,
  clock,
  names = [],
}: HttpErrors["server-unreachable"]): readonly [string, ...string[]] | undefined {
  const shows = clock ? ` (it shows ${formatInstant(clock, "en")})` : "";
  if (/^(CERT|CRL)_NOT_YET_VALID$/.test(reason)) {
    return [
      `The certificate of ${origin} is not valid yet: this computer's clock${shows} or that certificate is wrong.`,
      `If this computer's clock is wrong, ${setClock}`,
      "If it is right, tell whoever runs that server.",
    ];
  }
  if (/^(CERT|CRL)_HAS_EXPIRED$/.test(reason)) {
    return [
      `The certificate of ${origin} has expired, unless this computer's clock${shows} is wrong.`,
      "If this computer's clock is right, ask whoever runs that server to renew it.",
      `If the clock is wrong, ${setClock}`,
    ];
  }
  if (/ALTNAME|HOSTNAME_MISMATCH/.test(reason)) {
    return [
      `The certificate shown at ${origin} is not for that name${names.length > 0 ? `, but for ${names.join(", ")}` : ""}.`,
      "Check how the address is spelt; if it is right, tell whoever runs that server.",
      loginToWifi,
    ];
  }
  if (/SELF_SIGNED|UNABLE_TO_(GET|VERIFY)|CERT_UNTRUSTED|INVALID_CA/.test(reason)) {
    return [
      `This computer does not know who issued the certificate of ${origin} (${reason}).`,
      "If your office has a CA of its own, ask whoever runs the network for its file, then: export NODE_EXTRA_CA_CERTS=<file>",
      ...(/^UNABLE_TO_(GET|VERIFY)/.test(reason)
        ? [
            "If other computers say the same, that server does not send the certificates in between: tell whoever runs it.",
          ]
        : []),
      loginToWifi,
    ];
  }
  if (/^(CERT_|CRL_|INVALID_|PATH_LENGTH|ERR_TLS_CERT|UNABLE_TO_)/.test(reason)) {
    return [
      `The certificate of ${origin} cannot be trusted (${reason}).`,
      "Pass this message on to whoever runs that server.",
    ];
  }
  return undefined;
}

/** `Retry-After` in words; undefined where it is a date, nothing, or more than a day, which nobody means. */
function waitOf(wait = ""): string | undefined {
  const seconds = /^\d{1,9}$/.test(wait) ? Number(wait) : 0;
  if (seconds < 1 || seconds > 86_400) return undefined;
  return ` after ${seconds < 120 ? counted(seconds, "second") : formatMinutes(Math.ceil(seconds / 60), "en")}`;
}

function throughProxy({ proxy, variable }: { proxy?: string; variable?: string }): string[] {
  return proxy && variable ? [`That connection goes through the proxy ${proxy} (variable ${variable}).`] : [];
}

function isSocks(address: string): boolean {
  return /^\W*socks/i.test(address);
}

function withoutQuery(address: string): string {
  return address.split(/[?#]/)[0]!;
}

/** Why a server could not be reached, with the system's own code for the network's administrator. */
function connectionReason(code: string): string {
  const reasons: Record<string, string> = {
    ECONNREFUSED: "nothing answers at that address",
    ENOTFOUND: "the address was not found",
    EAI_AGAIN: "no internet connection",
    ENETUNREACH: "no internet connection",
    ENETDOWN: "no internet connection",
    EHOSTUNREACH: "the address is out of reach",
    EHOSTDOWN: "the address is out of reach",
    ECONNRESET: "the connection was cut",
    "ECONNRESET-ANSWER": "the connection was cut within the answer",
    EPIPE: "the connection was cut",
    EPROTO: "no secure connection (TLS) came to be",
    ETIMEDOUT: "it took too long",
  };
  const reason = reasons[code] ?? (/^ERR_(SSL|TLS)_/.test(code) ? reasons.EPROTO : undefined);
  if (code === "?") return "for a reason that is not known";
  return reason ? `${reason}: ${code}` : code;
}
