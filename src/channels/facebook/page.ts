import { openGraph } from "../meta/graph.js";
import { graphProblem } from "../meta/problems.js";
import type { Session } from "../publishing.js";

/** The page of a login, and how Meta is asked about it. */
export function openPage(session: Session) {
  const page = session.secret.page_id ?? "";
  const asked = { service: "facebook" as const, origin: session.origin };
  return { page, asked, graph: openGraph(session, session.secret) };
}

/**
 * Meta says the same of a post that is gone and of one that the login may not see: whether the login sees the page's posts at all
 * tells them apart. Throws as `graphProblem` where it does not.
 */
export async function checkPage(session: Session): Promise<void> {
  const { page, asked, graph } = openPage(session);
  const path = `/${encodeURIComponent(page)}/published_posts`;
  const answer = await graph({ method: "GET", path, query: { fields: "id", limit: "1" } });
  if (answer.status !== 200) throw graphProblem(answer, asked);
}
