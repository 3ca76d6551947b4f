import { z } from "zod";
import type { Graph } from "../meta/graph.js";
import { graphProblem, type MetaAddress } from "../meta/problems.js";
import { minuteMs } from "../sending/outcome.js";

/** What tells one of our posts from others. */
interface ListedPost {
  message: string;
  /** Ids of what it shows. */
  targets: string[];
}

const target = z.object({ target: z.object({ id: z.string() }).optional() });
/** One photo is the attachment itself; of several, each is a subattachment: github.com/vooolll/facebook4s/issues/164. */
const attachment = target.extend({ subattachments: z.object({ data: z.array(target) }).optional() });
const page = z.object({
  data: z.array(
    z.object({
      id: z.string().regex(/^\d{5,30}_\d{1,30}$/),
      message: z.string().default(""),
      attachments: z.object({ data: z.array(attachment) }).optional(),
    }),
  ),
  paging: z
    .object({ cursors: z.object({ after: z.string() }).optional(), next: z.string().optional() })
    .optional(),
});

const fields = "id,message,attachments{target{id},subattachments{target{id}}}";
/** Pages of 100 posts that are read at most. */
const maxPages = 10;

/** From when on posts are looked for. */
interface Since {
  /** By the newsroom's clock. */
  at: Date;
  /** How much earlier they may be, by Meta's clock. */
  slackMs: number;
  /** The newsroom's clock now. */
  now: Date;
}

/**
 * The id of the oldest post since then that `isOurs`. `isComplete`: all posts since then were seen. Meta lists by its own clock, which each
 * answer tells: where the newsroom's is ahead of it, the posts are read from so much earlier. Throws as `graphProblem`.
 */
export async function findPost(
  graph: Graph,
  asked: MetaAddress,
  pageId: string,
  since: Since,
  isOurs: (post: ListedPost) => boolean,
): Promise<{ post: string | undefined; isComplete: boolean }> {
  const from = since.at.getTime() - since.slackMs;
  const { aheadMs, ...found } = await readPosts(graph, asked, pageId, from, since.now, isOurs);
  if (found.post !== undefined || aheadMs <= noticeableMs) return found;
  return readPosts(graph, asked, pageId, from - aheadMs, since.now, isOurs);
}

/** A clock that differs by less is on time: an answer names seconds, and takes some. */
const noticeableMs = minuteMs;

async function readPosts(
  graph: Graph,
  asked: MetaAddress,
  pageId: string,
  from: number,
  now: Date,
  isOurs: (post: ListedPost) => boolean,
): Promise<{ post: string | undefined; isComplete: boolean; aheadMs: number }> {
  const seconds = String(Math.floor(from / 1000));
  let post: string | undefined;
  let after: string | undefined;
  let aheadMs = 0;
  for (let read = 0; read < maxPages; read++) {
    const answer = await graph({
      method: "GET",
      path: `/${encodeURIComponent(pageId)}/published_posts`,
      query: { since: seconds, fields, limit: "100", ...(after !== undefined && { after }) },
    });
    const found = page.safeParse(answer.body);
    if (answer.status !== 200 || !found.success) throw graphProblem(answer, asked);
    const metaNow = Date.parse(answer.header("date") ?? "");
    if (read === 0 && !Number.isNaN(metaNow)) aheadMs = now.getTime() - metaNow;
    const { data, paging } = found.data;
    for (const { id, message, attachments } of data) {
      if (isOurs({ message, targets: targetsOf(attachments?.data ?? []) })) post = id;
    }
    after = paging?.cursors?.after;
    if (paging?.next === undefined || after === undefined) return { post, isComplete: true, aheadMs };
  }
  return { post, isComplete: false, aheadMs };
}

function targetsOf(attachments: readonly z.infer<typeof attachment>[]): string[] {
  return attachments
    .flatMap((each) => [each, ...(each.subattachments?.data ?? [])])
    .flatMap((each) => (each.target ? [each.target.id] : []));
}
