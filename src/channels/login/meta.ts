import { z } from "zod";
import { denied, type KominfoError, temporary } from "../../errors/errors.js";
import type { HttpAnswer } from "../../http/client.js";
import { problemOf, type ServiceAddress } from "./answers.js";
import type { Asking, CheckedLogin, Secret } from "./types.js";

/** Of the Graph API; each lives about two years: https://developers.facebook.com/docs/graph-api/changelog/versions */
export const graphVersion = "v25.0";
/** https://developers.facebook.com/docs/graph-api/reference/debug_token: `expires_at` in Unix seconds, 0 for never. */
const debugged = z.object({
  data: z.object({
    is_valid: z.boolean(),
    type: z.string().optional(),
    profile_id: z.coerce.string().optional(),
    expires_at: z.int().nonnegative().max(253_402_300_799).optional(),
  }),
});
/** https://developers.facebook.com/docs/graph-api/guides/error-handling */
const failure = z.object({ error: z.object({ code: z.int() }) });

/** Checks the token itself, then with it the page or account that it is for. Throws as `ChannelLogin.check`. */
export async function checkNode(
  { http, origin }: Asking,
  service: "facebook" | "instagram",
  nameField: "name" | "username",
  node: string,
  secret: Secret,
): Promise<CheckedLogin> {
  const asked = { service, origin };
  const headers = { authorization: `Bearer ${secret.token}` };
  const get = (path: string) => http({ method: "GET", path: `/${graphVersion}${path}`, headers });

  const about = await get(`/debug_token?input_token=${encodeURIComponent(secret.token ?? "")}`);
  const seen = debugged.safeParse(about.body).data?.data;
  // Some tokens may not introspect themselves; the page or account that they open is checked below.
  if (!seen && errorCode(about) !== notIntrospectable) throw graphProblem(about, asked);
  if (seen && !seen.is_valid) throw denied("channel-refused", asked);
  if (seen?.type === "PAGE" && seen.profile_id !== undefined && seen.profile_id !== node) {
    throw denied("channel-other-account", { service, id: node });
  }

  const answer = await get(`/${encodeURIComponent(node)}?fields=id,${nameField}`);
  const found = z.object({ id: z.literal(node), [nameField]: z.string() }).safeParse(answer.body);
  if (answer.status !== 200 || !found.success) throw nodeProblem(answer, asked, node);
  const expires_at = seen?.expires_at ? new Date(seen.expires_at * 1000).toISOString() : undefined;
  return { name: String(found.data[nameField]), ...(expires_at && { expires_at }) };
}

const notIntrospectable = 100;
const invalidToken: readonly number[] = [102, 190];
const rateLimited: readonly number[] = [4, 17, 32, 613];
const temporarilyDown: readonly number[] = [1, 2];

function errorCode(answer: HttpAnswer): number | undefined {
  return failure.safeParse(answer.body).data?.error.code;
}

/** Maps the codes of a Graph API error, which say more than its status. */
function graphProblem(answer: HttpAnswer, asked: ServiceAddress): KominfoError {
  const code = errorCode(answer);
  const { origin } = asked;
  if (code === undefined) return problemOf(answer, asked);
  if (invalidToken.includes(code)) return denied("channel-refused", asked);
  if (rateLimited.includes(code)) return temporary("server-busy", { origin });
  if (temporarilyDown.includes(code)) return temporary("server-failing", { origin, status: answer.status });
  return denied("channel-forbidden", asked);
}

/** Codes 100 and 803 mean that the node does not exist, or not for this token. Meta does not distinguish them. */
function nodeProblem(answer: HttpAnswer, asked: ServiceAddress, node: string): KominfoError {
  const code = errorCode(answer);
  return code === 100 || code === 803
    ? denied("channel-other-account", { service: asked.service, id: node })
    : graphProblem(answer, asked);
}
