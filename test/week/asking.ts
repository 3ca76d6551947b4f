import { randomUUID } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import { apiPath } from "../../src/contract/contract.js";
import { retryAfterMs } from "../../src/http/retry.js";

/** One try of one request: what it was and what came of it. Times in ms since 1970. */
export interface Try {
  from: number;
  to: number;
  method: string;
  /** Without ids. */
  route: string;
  /** The status, or how it ended without one: the connection broke, or nobody answered in time. */
  outcome: number | "cut" | "silent";
  /** Of a problem. */
  type?: string;
  /** Whether an earlier try of the same request had no good answer. */
  isRetry: boolean;
}

export interface Journal {
  tries: Try[];
  /** Answers that nobody could have expected. */
  surprises: string[];
  /** Requests that were given up at the end of the run without an answer. */
  unanswered: string[];
  /** POSTs of an upload that were not answered with its address: each may have left an unfinished upload. */
  lostUploads: number;
}

export interface Request {
  method: "GET" | "POST" | "PUT" | "PATCH" | "HEAD";
  path: string;
  json?: unknown;
  bytes?: Buffer;
  headers?: Record<string, string>;
}

export interface Answer {
  status: number;
  headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: the run looks into whatever came
  body: any;
  bytes: Buffer;
}

/** Somebody with a token, who asks one thing after the other. */
export interface Person {
  id: string;
  name: string;
  token: string;
  /** Of an operator. */
  kecamatan: string;
  /** One try; undefined without an answer. */
  attempt(request: Request, isRetry?: boolean): Promise<Answer | undefined>;
  /** The same request, until it is answered for good: not with a status that says "later". */
  ask(request: Request): Promise<Answer>;
  /** As `ask`, with an Idempotency-Key of its own. */
  askOnce(request: Request): Promise<Answer>;
}

/** What goes on between the people and the newsroom. */
export interface Asking {
  /** Addresses of the newsroom, one for each process, which lead over the line. */
  urls: readonly string[];
  journal: Journal;
  /** Aborted when the run gives up. */
  until: AbortSignal;
  /** How long a person waits for an answer, in ms. */
  patienceMs: number;
}

/** Statuses that promise another answer later. 500 and 502 promise nothing, but nobody loses a text for them. */
const later: readonly number[] = [408, 429, 500, 502, 503, 504, 507];
const firstWaitMs = 100;
const maxWaitMs = 1500;

/** Thrown when the run gives up before a request was answered. */
export class GivenUp extends Error {}

export function personOf(
  { urls, journal, until, patienceMs }: Asking,
  who: Pick<Person, "id" | "name" | "token" | "kecamatan">,
  lane: number,
): Person {
  /** Which process is asked; the other one, after a failure. */
  let turn = lane;
  const person: Person = {
    ...who,
    async attempt({ method, path, json, bytes, headers }, isRetry = false) {
      const from = Date.now();
      const note = (outcome: Try["outcome"], type?: string) =>
        void journal.tries.push({
          ...{ from, to: Date.now(), method, route: routeOf(path), outcome, isRetry },
          ...(type ? { type } : {}),
        });
      const body = json === undefined ? bytes : JSON.stringify(json);
      try {
        const response = await fetch(`${urls[turn % urls.length]}${apiPath}${path}`, {
          method,
          headers: {
            authorization: `Bearer ${who.token}`,
            ...(json === undefined ? {} : { "content-type": "application/json" }),
            ...headers,
          },
          ...(body === undefined ? {} : { body: body as Uint8Array<ArrayBuffer> | string }),
          signal: AbortSignal.any([until, AbortSignal.timeout(patienceMs)]),
        });
        const answered = Buffer.from(await response.arrayBuffer());
        const isJson = /json/.test(response.headers.get("content-type") ?? "");
        const read = isJson && answered.length > 0 ? JSON.parse(answered.toString()) : undefined;
        note(response.status, response.status >= 400 ? read?.type : undefined);
        if (response.status >= 500) turn++;
        return { status: response.status, headers: response.headers, body: read, bytes: answered };
      } catch (error) {
        if (until.aborted) throw new GivenUp(`${method} ${path}`);
        note((error as Error).name === "TimeoutError" ? "silent" : "cut");
        turn++;
        return undefined;
      }
    },
    async ask(request) {
      for (let tries = 0; ; tries++) {
        const answer = await person.attempt(request, tries > 0).catch((error: unknown) => {
          if (error instanceof GivenUp) journal.unanswered.push(error.message);
          throw error;
        });
        if (answer && !later.includes(answer.status)) return answer;
        await wait(tries, answer, until);
      }
    },
    askOnce: (request) =>
      person.ask({ ...request, headers: { ...request.headers, "idempotency-key": randomUUID() } }),
  };
  return person;
}

/** As long as the answer asks for; the week is short, so never long. */
export async function wait(tries: number, answer: Answer | undefined, until: AbortSignal): Promise<void> {
  const asked = retryAfterMs(answer?.headers.get("retry-after") ?? undefined) ?? 0;
  const ms = Math.min(maxWaitMs, Math.max(asked, firstWaitMs * 2 ** Math.min(tries, 6)));
  await pause(ms * (0.5 + Math.random() / 2), undefined, { signal: until }).catch(() => {
    throw new GivenUp("while it waited");
  });
}

/** A path without what is different in each request. */
export function routeOf(path: string): string {
  return path
    .replace(/\?.*/, "")
    .replace(/[0-9a-f]{64}/g, ":sha256")
    .replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, ":id")
    .replace(/\/revisions\/\d+/, "/revisions/:number")
    .replace(/^\/albums\/[^/]+\/.+/, "/albums/:kecamatan/:slug");
}
