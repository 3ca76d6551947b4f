import {
  limits,
  type ProblemDocument,
  type ProblemName,
  problemDocument,
  problemNames,
} from "../contract/contract.js";
import { denied, failed, type KominfoError, temporary, usage } from "../errors/errors.js";
import { photoRefusals, publicationRefusals } from "../errors/newsroom.js";
import type { HttpAnswer } from "../http/client.js";
import { proxyOf } from "../http/proxy.js";
import { redirectFailure } from "../http/redirect.js";
import type { ByteAnswer } from "../http/stream.js";

interface RequestTarget {
  origin: string;
  /** Id of the submission that the request is about. */
  submission?: string | undefined;
  /** The account that the request is about. */
  outlet?: { channel: string; account: string } | undefined;
  /** The request is about sending it, which may be possible later. */
  sends?: boolean | undefined;
  /** The newsroom itself has answered before: a page that says "not found" is not its own. */
  isThere?: boolean | undefined;
}

/** Makes the error for an answer outside 2xx, whether it comes from the newsroom or from a proxy in between. */
export function problemOf(answer: HttpAnswer, target: RequestTarget): KominfoError {
  const read = problemDocument.safeParse(answer.body);
  const name = read.success ? nameOf(read.data) : undefined;
  if (read.success && name) return newsroomProblem(name, read.data, answer, target);
  return foreignAnswerProblem(answer, target);
}

/** Does the work of `problemOf` for an answer in bytes. */
export function problemOfBytes({ status, header, bytes }: ByteAnswer, target: RequestTarget): KominfoError {
  const type = (header("content-type") ?? "").split(";")[0]!.trim().toLowerCase();
  return problemOf({ status, header, type, body: jsonOf(bytes.toString("utf8")) }, target);
}

function nameOf(problem: ProblemDocument): ProblemName | undefined {
  return problemNames.find((name) => problem.type === `urn:kominfo:problem:${name}`);
}

function newsroomProblem(
  name: ProblemName,
  problem: ProblemDocument,
  answer: HttpAnswer,
  target: RequestTarget,
): KominfoError {
  const { origin, submission = "" } = target;
  switch (name) {
    case "unauthenticated":
      return denied("login-refused", { origin, byNewsroom: true });
    case "forbidden":
      // The newsroom names the command for its own machine; what is shown is our own text.
      if (problem.detail?.startsWith("kominfo newsroom ")) return denied("token-not-enough", { origin });
      return denied("not-allowed", { origin, byNewsroom: true });
    case "not-found":
      if (target.outlet) return failed("account-not-known", target.outlet);
      return failed("submission-not-found", {
        submission,
        ...(submission !== "" && !wholeId.test(submission) && { isWhole: false }),
      });
    case "stale":
      return failed("revision-stale", { revision: problem.revision, submission });
    case "idempotency-mismatch":
      // Only the first request of a draft shares its key with another one.
      return submission === "" ? failed("submitted-from-copy", {}) : refusal(name, problem);
    case "checks-open":
      return failed("checks-open", {
        submission,
        checks: (problem.checks ?? []).map(({ rule, key }) => (key === "" ? rule : `${rule} (${key})`)),
      });
    case "conflict":
      if (problem.not_before) {
        return (target.sends ? temporary : failed)("under-embargo", { until: problem.not_before });
      }
      return (
        claimProblem(problem, target) ??
        publicationProblem(problem.detail) ??
        failed("step-impossible", stepOf(problem, submission))
      );
    case "held":
      if (!problem.held) return failed("step-impossible", stepOf(problem, submission));
      return temporary("publication-held", problem.held);
    case "client-too-old":
      return failed("client-too-old");
    case "activation-invalid":
      return denied("activation-invalid");
    case "too-many-requests":
    case "unavailable":
      return temporary("server-busy", { origin, wait: answer.header("retry-after") });
    case "quota":
      return temporary("photos-not-taken", { origin, reason: quotaOf(problem.detail) });
    case "storage-full":
      return temporary("photos-not-taken", { origin, reason: "storage" });
    case "request-timeout":
    case "internal":
      return temporary("server-failing", { origin, status: answer.status, request: problem.request_id });
    case "invalid": {
      const soonest = soonestTime(problem);
      if (soonest !== undefined) return usage("schedule-too-early", { soonest });
      return refusal(name, problem);
    }
    default:
      return refusal(name, problem);
  }
}

/** An id as the newsroom writes it. */
const wholeId = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** The earliest time that the newsroom takes where it was asked to schedule something before it (ISO 8601). */
function soonestTime({ errors = [] }: ProblemDocument): string | undefined {
  const detail = errors.find(({ pointer }) => pointer === "/scheduled_for")?.detail;
  const [, soonest = ""] = /^>= (\S+)$/.exec(detail ?? "") ?? [];
  return Number.isNaN(Date.parse(soonest)) ? undefined : soonest;
}

/** A refusal that has no sentence of its own. */
function refusal(name: ProblemName, problem: ProblemDocument): KominfoError {
  return failed("newsroom-refused", {
    title: problem.title,
    details:
      problem.errors?.map((error) => `${error.pointer}: ${error.detail}`) ??
      (problem.detail ? [problem.detail] : []),
    ...(name === "photo-invalid" && refusedPhoto(problem.detail)),
  });
}

const stepOf = ({ possible = [], detail }: ProblemDocument, submission: string) => ({
  possible,
  reason: detail,
  ...(submission !== "" && { submission }),
});

const claimRefusals = ["account-taken", "account-decided", "account-removed"] as const;

/** Makes the error for an account that is somebody else's; undefined for another conflict. */
function claimProblem({ detail, outlet }: ProblemDocument, target: RequestTarget): KominfoError | undefined {
  const refusal = claimRefusals.find((known) => known === detail);
  if (!refusal || !outlet || !target.outlet) return undefined;
  const { name, kecamatan, by, since } = outlet;
  return failed(refusal, { ...target.outlet, kecamatan: name ?? kecamatan, by, since });
}

/** They end by themselves, or by somebody else's work. */
const passing: readonly (typeof publicationRefusals)[number][] = [
  "earlier-undecided",
  "earlier-handed-over",
  "take-down-open",
  "fence",
];

/** Makes the error for a conflict about a publication; undefined for another one. */
function publicationProblem(detail: string | undefined): KominfoError | undefined {
  const refusal = publicationRefusals.find((known) => known === detail);
  if (!refusal) return undefined;
  return (passing.includes(refusal) ? temporary : failed)("publication-refused", { refusal });
}

/** @param detail begins with the name of the limit; an older newsroom names none, and has one for photos only */
function quotaOf(detail = ""): "quota" | "texts" | "album" {
  if (detail.startsWith("text_")) return "texts";
  return detail.startsWith("album_") ? "album" : "quota";
}

/** Names why a photo was refused, where a person can do something about it. */
function refusedPhoto(detail: string | undefined) {
  const reason = photoRefusals.find((refusal) => refusal === detail);
  const megapixels = limits.photo_pixels / 1_000_000;
  const progressive = limits.photo_pixels_progressive / 1_000_000;
  return reason && { refusedPhoto: { reason, megapixels, progressive } };
}

/**
 * Makes the error for an answer that is not the newsroom's, which answers every refusal with a problem: from a proxy, a firewall, a hotspot's
 * login page, or another site.
 */
function foreignAnswerProblem(answer: HttpAnswer, { origin, isThere }: RequestTarget): KominfoError {
  const { status, type } = answer;
  const refused = () => failed("intermediary-refused", { origin, status, type: type || "?" });
  if (status >= 300 && status < 400) {
    const location = answer.header("location");
    return location === undefined ? refused() : redirectFailure(origin, location, { neverRedirects: true });
  }
  // The answer to HEAD has no body, and still the type of a problem.
  const isOurs = type === "application/problem+json";
  const isGatekeeper = type === "text/html" || /^basic\b/i.test(answer.header("www-authenticate") ?? "");
  if (status === 401 && (isOurs || !isGatekeeper)) return denied("login-refused", { origin });
  if (status === 403 && isOurs) return denied("not-allowed", { origin });
  // Only a proxy answers 407, before the request reaches the newsroom; one that no variable names is somebody else's matter.
  const proxy = status === 407 ? proxyOf(origin) : undefined;
  if (proxy) {
    const anonymous = proxy.url.username === "";
    return failed("proxy-refused", { origin, variable: proxy.variable, ...(anonymous && { anonymous }) });
  }
  if (status === 408) return temporary("intermediary-slow", { origin });
  if (status === 413) return failed("intermediary-too-large", { origin });
  if (status === 429) return temporary("server-busy", { origin, wait: answer.header("retry-after") });
  // RFC 6585, 6: the network wants a login first.
  if (status === 511) return temporary("newsroom-hidden", { origin, status, type: type || "?" });
  if (status >= 500 && status !== 501) {
    return temporary("server-failing", { origin, status, ...(!isOurs && { between: true }) });
  }
  const isAbsent = status < 400 || ((status === 404 || status === 410) && !isThere);
  return isAbsent ? notNewsroom(answer, origin) : refused();
}

/**
 * Makes the error for an answer that is not the newsroom's. A page with status 200 is mostly the login page of a hotspot,
 * which is temporary (exit 5); anything else is a wrong address (exit 1).
 */
export function notNewsroom(answer: HttpAnswer, origin: string): KominfoError {
  const facts = { origin, status: answer.status, type: answer.type || "?" };
  return answer.status < 300 ? temporary("newsroom-hidden", facts) : failed("newsroom-not-there", facts);
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
