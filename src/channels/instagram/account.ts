import { z } from "zod";
import { openGraph, readNode } from "../meta/graph.js";
import { graphProblem } from "../meta/problems.js";
import type { ChannelAccount, Session } from "../publishing.js";
import type { Containers } from "./containers.js";

/** The account of a login, and how Meta is asked about it. */
export function openAccount(session: Session): Containers {
  const user = session.secret.account_id ?? "";
  const asked = { service: "instagram" as const, origin: session.origin };
  return { user, asked, graph: openGraph(session, session.secret) };
}

/** The id that a login says it is of, without asking. */
export function storedAccount({ secret }: Pick<Session, "secret">): string | undefined {
  return secret.account_id;
}

/** Who the login is. Throws as `graphProblem`. */
export async function account(session: Session): Promise<ChannelAccount> {
  const { user, asked, graph } = openAccount(session);
  const answer = await readNode(graph, user, "id,username");
  const found = z.object({ id: z.literal(user), username: z.string() }).safeParse(answer.body);
  if (answer.status !== 200 || !found.success) throw graphProblem(answer, asked);
  return { account: user, label: `@${found.data.username}`, mode: "publish" };
}

/** https://developers.facebook.com/docs/instagram-platform/instagram-graph-api/reference/ig-user/content_publishing_limit */
const limits = z.object({
  data: z.array(
    z.object({
      quota_usage: z.int().nonnegative(),
      config: z.object({ quota_total: z.int().positive() }).optional(),
    }),
  ),
});

/** Publications in 24 hours. What is allowed is read: sources say 25, 50 and 100. */
export async function quota(session: Session): Promise<{ used: number; total: number } | undefined> {
  const { user, asked, graph } = openAccount(session);
  const answer = await graph({
    method: "GET",
    path: `/${encodeURIComponent(user)}/content_publishing_limit`,
    query: { fields: "quota_usage,config" },
  });
  const found = limits.safeParse(answer.body);
  if (answer.status !== 200 || !found.success) throw graphProblem(answer, asked);
  const [first] = found.data.data;
  return first?.config && { used: first.quota_usage, total: first.config.quota_total };
}
