import type { Context } from "../../context.js";
import { addDays, today } from "../../post/dates.js";
import type { Post } from "../../post/types.js";
import type { Style } from "../../terminal/style.js";
import { cleanLine } from "../../text/clean.js";

/** For so many days after an event its news is still news. */
const newsDays = 7;

/** Events of the last days of which this workspace has no news yet. @param posts those that can be read, newest first */
export function eventsWithoutNews(posts: readonly Post[], now: Date): Post[] {
  const day = today(now);
  const oldest = addDays(day, -newsDays);
  const told = new Set(posts.filter(({ kind }) => kind === "berita-kegiatan").map((post) => post.event_date));
  return posts.filter(
    ({ kind, event_date: date }) =>
      kind === "agenda" && date !== undefined && date < day && date >= oldest && !told.has(date),
  );
}

/** Asks for the news of events that are over, with the command that begins it; none where nothing is due. */
export function newsHints(
  { messages: { postChanges }, host }: Context,
  posts: readonly Post[],
  style: Style,
): string[] {
  return eventsWithoutNews(posts, host.now()).flatMap(({ title, event_date }) => [
    postChanges.writeNews({ title: cleanLine(title) }),
    `  ${style.command(`kominfo post new berita-kegiatan --set tanggal=${event_date}`)}`,
  ]);
}
