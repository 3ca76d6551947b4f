import { z } from "zod";
import { denied, failed, type KominfoError, temporary, usage } from "../../errors/errors.js";
import type { HttpAnswer } from "../../http/client.js";
import { cleanLine } from "../../text/clean.js";
import { problemOf } from "../login/answers.js";
import { graphFailure, type MetaChannel, writeGraphCode } from "./graph.js";
import { newestGraphVersion } from "./versions.js";

export interface MetaAddress {
  service: MetaChannel;
  origin: string;
}

/** https://developers.facebook.com/docs/graph-api/guides/error-handling */
const invalidToken: readonly number[] = [102, 190];
/** 80001 and 80002 are a page's and an Instagram account's own limit: …/graph-api/overview/rate-limiting */
const rateLimited: readonly number[] = [4, 17, 32, 613, 80001, 80002];
const temporarilyDown: readonly number[] = [1, 2];
const versionGone: readonly number[] = [2500, 2635];
/** "Temporarily blocked for policies violations" */
const blocked = 368;
/** https://developers.facebook.com/docs/instagram-platform/instagram-graph-api/reference/error-codes */
const suspectedSpam = 2207051;
const quotaSpent = 2207042;

/**
 * The failure that an answer of the Graph API tells: its codes say more than its status. `channel-refused`, `channel-forbidden`
 * (exit 4), `server-busy`, `server-failing`, `channel-blocks`, `channel-quota-spent` (exit 5), `graph-version-refused` (exit 1),
 * `channel-rejects` (exit 2); as `problemOf` where it is no error of the Graph API.
 */
export function graphProblem(answer: HttpAnswer, asked: MetaAddress): KominfoError {
  const found = graphFailure(answer);
  const { service, origin } = asked;
  if (!found) return problemOf(answer, asked);
  const { code, subcode } = found;
  const reason = cleanLine(found.reason).slice(0, 300);
  if (invalidToken.includes(code)) return denied("channel-refused", asked);
  if (code === 10 || (code >= 200 && code < 300)) return denied("channel-forbidden", asked);
  if (versionGone.includes(code))
    return failed("graph-version-refused", { reason, newest: newestGraphVersion });
  if (code === blocked || subcode === suspectedSpam) return temporary("channel-blocks", { service, reason });
  if (subcode === quotaSpent) return temporary("channel-quota-spent", { service });
  if (rateLimited.includes(code)) return temporary("server-busy", { origin, wait: secondsToRegain(answer) });
  if (temporarilyDown.includes(code)) return temporary("server-failing", { origin, status: answer.status });
  return usage("channel-rejects", { service, code: writeGraphCode(found), reason });
}

/** https://developers.facebook.com/docs/graph-api/overview/rate-limiting: minutes, in the header of each business's calls. */
const usageHeader = z.record(
  z.string(),
  z.array(z.object({ estimated_time_to_regain_access: z.number().nonnegative().max(10_000).optional() })),
);

function secondsToRegain(answer: HttpAnswer): string | undefined {
  const text = answer.header("x-business-use-case-usage");
  if (text === undefined) return undefined;
  try {
    const minutes = Object.values(usageHeader.parse(JSON.parse(text)))
      .flat()
      .map(({ estimated_time_to_regain_access = 0 }) => estimated_time_to_regain_access);
    const longest = Math.max(0, ...minutes);
    return longest > 0 ? String(Math.ceil(longest * 60)) : undefined;
  } catch {
    return undefined;
  }
}
