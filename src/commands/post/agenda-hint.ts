import type { Context } from "../../context.js";
import { addDays, today } from "../../post/dates.js";
import type { Post } from "../../post/types.js";
import type { Style } from "../../terminal/style.js";
import { cleanLine } from "../../text/clean.js";
import { listBundles, readBundle } from "../../workspace/posts.js";

/** The kind of post that tells of an event. */
export const newsKind = "berita-kegiatan";

/** For so many days after an event its news is still news. */
const newsDays = 7;

/** Events of the last days of which this workspace has no news yet. @param posts those that can be read, newest first */
function eventsWithoutNews(posts: readonly Post[], now: Date): Post[] {
  const day = today(now);
  const oldest = addDays(day, -newsDays);
  const told = new Set(posts.filter(({ kind }) => kind === newsKind).map((post) => post.event_date));
  return posts.filter(
    ({ kind, event_date: date }) =>
      kind === "agenda" && date !== undefined && date < day && date >= oldest && !told.has(date),
  );
}

/**
 * As `eventsWithoutNews`, of all posts of the workspace that can be read. None where it cannot be read: the command that needs it says
 * why.
 */
export async function eventsDue(context: Context): Promise<Post[]> {
  const bundles = await context.workspace().then(listBundles, () => []);
  const read = await Promise.all(bundles.map((bundle) => readBundle(bundle).catch(() => undefined)));
  const posts = read.flatMap((one) => (one?.post ? [one.post] : []));
  return eventsWithoutNews(posts, context.host.now());
}

/** The words of the command that begins the news of an event. */
export function newsCommand({ event_date }: Post): string[] {
  return ["post", "new", newsKind, "--set", `tanggal=${event_date}`];
}

/** Asks for the news of events that are over, with the command that begins it; none where nothing is due. */
export function newsHints(
  { messages: { postChanges }, host }: Context,
  posts: readonly Post[],
  style: Style,
): string[] {
  return eventsWithoutNews(posts, host.now()).flatMap((event) => [
    postChanges.writeNews({ title: cleanLine(event.title) }),
    `  ${style.command(`kominfo ${newsCommand(event).join(" ")}`)}`,
  ]);
}
