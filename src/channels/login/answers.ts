import { denied, failed, type KominfoError, temporary } from "../../errors/errors.js";
import type { HttpAnswer } from "../../http/client.js";

export interface ServiceAddress {
  service: string;
  origin: string;
}

/** The failure that an answer tells which is not what was asked for. */
export function problemOf(answer: HttpAnswer, { service, origin }: ServiceAddress): KominfoError {
  const { status } = answer;
  if (status === 401) return denied("channel-refused", { service, origin });
  if (status === 403) return denied("channel-forbidden", { service, origin });
  if (status === 429) return temporary("server-busy", { origin, wait: secondsOf(answer) });
  if (status >= 500) return temporary("server-failing", { origin, status });
  const facts = { service, origin, status, type: answer.type || "?" };
  // A page where JSON is due is mostly a hotspot that wants a login first.
  return status < 300 ? temporary("channel-hidden", facts) : failed("channel-not-there", facts);
}

/** `Retry-After` in seconds (RFC 9110, 10.2.3); a date or anything else is left out. */
function secondsOf(answer: HttpAnswer): string | undefined {
  const wait = answer.header("retry-after")?.trim();
  return wait !== undefined && /^\d{1,6}$/.test(wait) ? wait : undefined;
}

/** The time at the service when it answered (RFC 9110, 6.6.1); undefined where it does not say. */
export function clockOf(answer: HttpAnswer): Date | undefined {
  const ms = Date.parse(answer.header("date") ?? "");
  return Number.isNaN(ms) ? undefined : new Date(ms);
}
