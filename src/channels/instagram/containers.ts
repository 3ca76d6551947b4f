import { z } from "zod";
import { temporary, usage } from "../../errors/errors.js";
import type { HttpAnswer } from "../../http/client.js";
import { cleanLine } from "../../text/clean.js";
import { type Graph, readNode } from "../meta/graph.js";
import { graphProblem, type MetaAddress } from "../meta/problems.js";
import type { Job, Session } from "../publishing.js";

/** https://developers.facebook.com/docs/instagram-platform/instagram-graph-api/reference/ig-container */
const containerStatus = z.object({
  status_code: z.enum(["EXPIRED", "ERROR", "FINISHED", "IN_PROGRESS", "PUBLISHED"]),
  status: z.string().default(""),
});
type ContainerStatus = z.infer<typeof containerStatus>;

const created = z.object({ id: z.string().regex(/^\d{5,30}$/) });

/** Waits between questions, ms. Pictures are mostly ready at once; Meta asks for a question a minute, for five minutes. */
const waits = [1, 2, 4, 8, 15, 30, 60, 60, 60, 60].map((seconds) => seconds * 1000);

export interface Containers {
  graph: Graph;
  asked: MetaAddress;
  user: string;
}

/** Of a container: what `statusOf` reads. */
export const statusFields = "status_code,status";

/** Where a container has got to; `status` is foreign text, cleaned. Throws as `graphProblem`. */
export function statusOf(answer: HttpAnswer, asked: MetaAddress): ContainerStatus {
  const found = containerStatus.safeParse(answer.body);
  if (answer.status !== 200 || !found.success) throw graphProblem(answer, asked);
  return { ...found.data, status: cleanLine(found.data.status).slice(0, 300) };
}

/**
 * The id of a container that is ready. One of an earlier run is used again, unless it can never be published any more. Throws
 * `channel-processing` (exit 5), `channel-rejects` (exit 2) and as `graphProblem`.
 *
 * @param key names it in the journal
 */
export async function readyContainer(
  containers: Containers,
  session: Session,
  job: Job,
  key: string,
  form: Readonly<Record<string, string>>,
): Promise<string> {
  for (let n = 1; ; n++) {
    let isNew = false;
    const id = await job.once(n === 1 ? key : `${key} ${n}`, async () => {
      isNew = true;
      return create(containers, form);
    });
    const { status_code, status } = await awaitStatus(containers, session, id);
    if (status_code === "FINISHED" || status_code === "PUBLISHED") return id;
    if (isNew) {
      throw usage("channel-rejects", { service: "instagram", code: status_code, reason: status });
    }
  }
}

async function create(
  { graph, asked, user }: Containers,
  form: Readonly<Record<string, string>>,
): Promise<string> {
  const answer = await graph({ method: "POST", path: `/${encodeURIComponent(user)}/media`, form });
  const found = created.safeParse(answer.body);
  if (answer.status !== 200 || !found.success) throw graphProblem(answer, asked);
  return found.data.id;
}

async function awaitStatus(containers: Containers, session: Session, id: string): Promise<ContainerStatus> {
  for (const wait of [...waits, undefined]) {
    const { graph, asked } = containers;
    const found = statusOf(await readNode(graph, id, statusFields), asked);
    if (found.status_code !== "IN_PROGRESS") return found;
    if (wait !== undefined) await session.wait(wait);
  }
  throw temporary("channel-processing", { service: "instagram" });
}
