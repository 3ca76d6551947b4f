import { z } from "zod";
import { failed, type KominfoError, temporary } from "../../errors/errors.js";
import type { HttpAnswer, HttpRequest } from "../../http/client.js";
import { cleanLine } from "../../text/clean.js";
import { clockOf, problemOf } from "../login/answers.js";
import type { Session } from "../publishing.js";
import { authorizationOf } from "./login.js";

interface XRequest extends Omit<HttpRequest, "method" | "headers"> {
  method: "GET" | "POST" | "DELETE";
}

/**
 * Asks X with this session's login. Signed by the newsroom's clock: X refuses a signature that is five minutes off, and a laptop's
 * clock may be off by hours.
 */
export function ask(session: Session, request: XRequest): Promise<HttpAnswer> {
  const { http, origin, secret, newsroomNow } = session;
  const { method, path } = request;
  const headers = () => ({
    authorization: authorizationOf({ method, url: origin + path, secret, now: newsroomNow() }),
  });
  return http({ ...request, headers });
}

/** X's own words (RFC 9457, and a list of errors beside it). */
const refusal = z.object({
  title: z.string().optional(),
  detail: z.string().optional(),
  errors: z.array(z.object({ message: z.string().optional() })).optional(),
});

/** Why X refuses, on one line; "" where it does not say. */
export function reasonOf(answer: HttpAnswer): string {
  const found = refusal.safeParse(answer.body).data;
  return cleanLine(found?.errors?.[0]?.message ?? found?.detail ?? found?.title ?? "").slice(0, 300);
}

/**
 * The failure that an answer of X tells which is not what was asked for: `x-credits-spent` and `x-refuses` (exit 1), `server-busy`
 * with the seconds until the window ends (exit 5), else as `problemOf`.
 */
export function xProblem(answer: HttpAnswer, { origin, newsroomNow }: Session): KominfoError {
  const { status } = answer;
  if (status === 402) return failed("x-credits-spent", { origin });
  if (status === 429) {
    const wait = secondsToReset(answer, newsroomNow());
    return temporary("server-busy", { origin, ...(wait !== undefined && { wait }) });
  }
  if (status === 400) return failed("x-refuses", { status, reason: reasonOf(answer) || answer.type });
  return problemOf(answer, { service: "x", origin });
}

/** X sends no Retry-After, but when its window ends: https://docs.x.com/x-api/fundamentals/rate-limits */
function secondsToReset(answer: HttpAnswer, now: Date): string | undefined {
  const reset = Number(answer.header("x-rate-limit-reset") ?? Number.NaN);
  if (!Number.isSafeInteger(reset)) return undefined;
  const seconds = Math.ceil(reset - (clockOf(answer) ?? now).getTime() / 1000);
  return seconds > 0 && seconds <= 86_400 ? String(seconds) : undefined;
}
