import { setTimeout as pause } from "node:timers/promises";
import { apiPath, type Change } from "../../src/contract/contract.js";
import type { Asking, Person } from "./asking.js";

/** A change as a reader of the feed has got it. */
export interface ReadChange extends Change {
  /** Its position; unknown within a page. */
  seq?: number;
}

/** Somebody who follows the change feed through all that happens. */
export interface Follower {
  changes: ReadChange[];
  /** Position of the last of them. */
  position(): number;
  /** How often the reader has had to begin a connection. */
  connections(): number;
  stop(): Promise<void>;
}

const retryMs = 300;

/** Follows by server-sent events, and comes back with Last-Event-ID as a browser does (WHATWG HTML, 9.2). */
export function followStream({ urls }: Asking, { token }: Person): Follower {
  const ending = new AbortController();
  const changes: ReadChange[] = [];
  let position = 0;
  let connections = 0;
  const follow = async () => {
    while (!ending.signal.aborted) {
      await readOnce().catch(() => {});
      await pause(retryMs, undefined, { signal: ending.signal }).catch(() => {});
    }
  };
  async function readOnce(): Promise<void> {
    const silence = new AbortController();
    // A frozen line says nothing of its end; the newsroom says something every 15 seconds.
    const alarm = setTimeout(() => silence.abort(), 20_000);
    try {
      const response = await fetch(`${urls[connections++ % urls.length]}${apiPath}/changes`, {
        headers: {
          authorization: `Bearer ${token}`,
          accept: "text/event-stream",
          "last-event-id": String(position),
        },
        signal: AbortSignal.any([ending.signal, silence.signal]),
      });
      if (response.status !== 200 || !response.body) return void (await response.arrayBuffer());
      let rest = "";
      for await (const piece of response.body.pipeThrough(new TextDecoderStream())) {
        alarm.refresh();
        const events = (rest + piece).split("\n\n");
        rest = events.pop() ?? "";
        for (const event of events) take(event);
      }
    } finally {
      clearTimeout(alarm);
    }
  }
  function take(event: string): void {
    const fields = new Map(
      event.split("\n").map((line) => [line.slice(0, line.indexOf(":")), line.slice(line.indexOf(":") + 2)]),
    );
    if (fields.get("event") !== "change") return;
    const seq = Number(fields.get("id"));
    changes.push({ seq, ...JSON.parse(fields.get("data") ?? "{}") });
    position = seq;
  }
  return startFollower(follow, ending, { changes, position: () => position, connections: () => connections });
}

/** Follows by asking every second from where the last answer ended. */
export function followByAsking(person: Person): Follower {
  const ending = new AbortController();
  const changes: ReadChange[] = [];
  let position = 0;
  let connections = 0;
  const follow = async () => {
    while (!ending.signal.aborted) {
      connections++;
      const answer = await person.attempt({ method: "GET", path: `/changes?since=${position}` });
      if (answer?.status === 200) {
        changes.push(...answer.body.items);
        position = Number(answer.body.next);
      }
      await pause(1000, undefined, { signal: ending.signal }).catch(() => {});
    }
  };
  return startFollower(follow, ending, { changes, position: () => position, connections: () => connections });
}

/** @param follow ends when `ending` is aborted */
function startFollower(
  follow: () => Promise<void>,
  ending: AbortController,
  told: Omit<Follower, "stop">,
): Follower {
  const following = follow();
  return {
    ...told,
    async stop() {
      ending.abort();
      await following;
    },
  };
}

/** All changes from the beginning, and where each page ended. */
export async function readFeed(person: Person): Promise<{ changes: ReadChange[]; ends: number[] }> {
  const changes: ReadChange[] = [];
  const ends: number[] = [];
  for (let since = 0; ; ) {
    const { body } = await person.ask({ method: "GET", path: `/changes?since=${since}` });
    if (body.items.length === 0) return { changes, ends };
    changes.push(...body.items);
    since = Number(body.next);
    ends.push(since);
  }
}
