import { randomUUID } from "node:crypto";
import type { Job, JournalValue, Session } from "../../../src/channels/publishing.js";
import type { Rendering, RenderingWarning } from "../../../src/contract/contract.js";
import { temporary } from "../../../src/errors/errors.js";
import { createHttp, type HttpRequest } from "../../../src/http/client.js";
import { articleRendering, type TestArticle } from "./article.js";

/** What goes wrong: the `at`th request, counted from 1, is lost before or after its effect. */
export interface Fault {
  at: number;
  when: "before" | "after";
}

/** A user of a site, as one machine holds the login. */
export interface Seat {
  session: Session;
  /** Requests sent so far. */
  readonly requests: readonly HttpRequest[];
}

/** A WordPress, or the stand-in for one. */
export interface Site {
  url: string;
  users: Readonly<Record<string, { app_password: string }>>;
}

export function seatOf(site: Site, user: string, fault?: Fault): Seat {
  const real = createHttp({
    origin: site.url,
    headers: { accept: "application/json", "user-agent": "kominfo/uji" },
    signal: new AbortController().signal,
  });
  const requests: HttpRequest[] = [];
  const lost = () => temporary("server-unreachable", { origin: site.url, path: "/", reason: "ECONNRESET" });
  const http: Session["http"] = async (request) => {
    requests.push(request);
    const isFault = requests.length === fault?.at;
    if (isFault && fault?.when === "before") throw lost();
    const answer = await real(request);
    if (isFault) throw lost();
    return answer;
  };
  const app_password = site.users[user]!.app_password.replaceAll(" ", "");
  const session: Session = {
    http,
    origin: site.url,
    now: new Date(),
    secret: { user, app_password },
    newsroomNow: () => new Date(),
    wait: async () => {},
  };
  return { session, requests };
}

export interface TestJob extends Job {
  warnings: RenderingWarning[];
}

/** One publication to send, with a journal of its own. */
export async function jobOf(article: TestArticle, more: Partial<Job> = {}): Promise<TestJob> {
  const rendering: Rendering = await articleRendering(article);
  const journal = new Map<string, unknown>();
  const warnings: RenderingWarning[] = [];
  return {
    publication: randomUUID(),
    rendering,
    link: null,
    corrects: null,
    earlier: null,
    photo: async ({ sha256 }) => article.photos.find((photo) => photo.sha256 === sha256)!.bytes,
    once: async <T extends JournalValue>(key: string, effect: () => Promise<T>) => {
      if (!journal.has(key)) journal.set(key, await effect());
      return journal.get(key) as T;
    },
    onWarning: (warning) => warnings.push(warning),
    ...more,
    warnings,
  };
}
