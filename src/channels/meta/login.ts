import { z } from "zod";
import { denied, type KominfoError } from "../../errors/errors.js";
import type { HttpAnswer } from "../../http/client.js";
import type { Asking, CheckedLogin, Secret } from "../login/types.js";
import { graphFailure, type MetaChannel, openGraph, readNode } from "./graph.js";
import { graphProblem, type MetaAddress } from "./problems.js";

/** https://developers.facebook.com/docs/graph-api/reference/debug_token: `expires_at` in Unix seconds, 0 for never. */
const debugged = z.object({
  data: z.object({
    is_valid: z.boolean(),
    type: z.string().optional(),
    profile_id: z.coerce.string().optional(),
    expires_at: z.int().nonnegative().max(253_402_300_799).optional(),
  }),
});

/** Checks the token itself, then with it the page or account that it is for. Throws as `ChannelLogin.check`. */
export async function checkNode(
  asking: Asking,
  service: MetaChannel,
  nameField: "name" | "username",
  node: string,
  secret: Secret,
): Promise<CheckedLogin> {
  const asked = { service, origin: asking.origin };
  const graph = openGraph(asking, secret);

  const about = await graph({
    method: "GET",
    path: "/debug_token",
    query: { input_token: secret.token ?? "" },
  });
  const seen = debugged.safeParse(about.body).data?.data;
  // Some tokens may not introspect themselves; the page or account that they open is checked below.
  if (!seen && graphFailure(about)?.code !== notIntrospectable) throw loginProblem(about, asked);
  if (seen && !seen.is_valid) throw denied("channel-refused", asked);
  // A page's token opens its Instagram account too, under a number of its own: whether it does, the account itself tells below.
  const isOfPage = service === "facebook" && seen?.type === "PAGE";
  if (isOfPage && seen.profile_id !== undefined && seen.profile_id !== node) {
    throw denied("channel-other-account", { service, id: node });
  }

  const answer = await readNode(graph, node, `id,${nameField}`);
  const found = z.object({ id: z.literal(node), [nameField]: z.string() }).safeParse(answer.body);
  if (answer.status !== 200 || !found.success) throw nodeProblem(answer, asked, node);
  const expires_at = seen?.expires_at ? new Date(seen.expires_at * 1000).toISOString() : undefined;
  return { name: String(found.data[nameField]), ...(expires_at && { expires_at }) };
}

const notIntrospectable = 100;

/** Codes 100 and 803 mean that the node does not exist, or not for this token. Meta does not distinguish them. */
function nodeProblem(answer: HttpAnswer, asked: MetaAddress, node: string): KominfoError {
  const code = graphFailure(answer)?.code;
  return code === 100 || code === 803
    ? denied("channel-other-account", { service: asked.service, id: node })
    : loginProblem(answer, asked);
}

function loginProblem(answer: HttpAnswer, asked: MetaAddress): KominfoError {
  const problem = graphProblem(answer, asked);
  return problem.code === "channel-rejects" ? denied("channel-forbidden", asked) : problem;
}
