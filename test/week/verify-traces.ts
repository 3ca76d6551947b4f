import type { AuditEntry } from "../../src/contract/contract.js";
import type { Journal, Person, Try } from "./asking.js";
import type { Follower, ReadChange } from "./feeds.js";
import { readFeed } from "./feeds.js";
import type { Ledger } from "./ledger.js";
import type { LogLine, Office } from "./office.js";
import type { FaultName, WorkName } from "./schedule.js";
import { differences, readAll } from "./verify-things.js";

/** When something was done to the newsroom. Times in ms since 1970. */
export interface Window {
  name: FaultName | WorkName;
  from: number;
  /** When all below the newsroom was well again. */
  to: number;
  /** When every process had read and written since then. */
  servedAt: number;
}

/** How long after that the consequences of a fault may still be seen, in ms: somebody's answer was on its way. */
const graceMs = 3_000;

/** The window in which this happened, in which case it may be a consequence. */
export function windowOf(windows: readonly Window[], from: number, to = from): Window | undefined {
  return windows.find((window) => from <= window.servedAt + graceMs && to >= window.from);
}

/** The feed read from its beginning, against what was acknowledged and against those who followed it. */
export async function verifyFeed(
  ledger: Ledger,
  reader: Person,
  followers: Record<string, Follower>,
): Promise<string[]> {
  const { changes, ends } = await readFeed(reader);
  const found: string[] = [];
  if (ends.some((end, n) => end <= (ends[n - 1] ?? 0))) found.push("the pages of the feed do not go on");
  const textOf = ({ submission, what }: { submission: string; what: string }) => `${what} of ${submission}`;
  found.push(...differences(expectedChanges(ledger).map(textOf), changes.map(textOf), false));
  const whole = changes.map(contentOf);
  for (const [name, follower] of Object.entries(followers)) {
    const read = follower.changes.map(contentOf);
    if (read.join("\n") !== whole.join("\n"))
      found.push(
        `who followed by ${name} read ${read.length} changes, of ${whole.length}: ${differences(whole, read, false).slice(0, 5).join("; ") || "in another order"}`,
      );
    const seqs = follower.changes.flatMap(({ seq }) => (seq === undefined ? [] : [seq]));
    if (seqs.some((seq, n) => seq <= (seqs[n - 1] ?? 0))) found.push(`positions by ${name} do not grow`);
  }
  return found;
}

const contentOf = ({ at, submission, kecamatan, what }: ReadChange) =>
  [at, submission, kecamatan, what].join(" ");

/** What the feed must tell: each acknowledged thing once. */
function expectedChanges(ledger: Ledger): { submission: string; what: string }[] {
  const of = <T extends { submission: string }>(notes: readonly T[], what: string) =>
    notes.map(({ submission }) => ({ submission, what }));
  const submissionOf = new Map(ledger.comments.map(({ id, submission }) => [id, submission]));
  const redactions = new Map(ledger.redactions.map(({ id, target }) => [id, target]));
  return [
    ...of(
      ledger.submissions.map(({ id }) => ({ submission: id })),
      "submitted",
    ),
    ...of(
      ledger.revisions.filter(({ number }) => number > 1),
      "revised",
    ),
    ...of(
      ledger.steps.filter(({ step }) => step !== "submit"),
      "transition",
    ),
    ...of(ledger.comments, "comment"),
    ...of(ledger.publications, "publication"),
    // A photo of an album is of no submission.
    ...[...redactions.values()].flatMap((target) => {
      const submission = submissionOf.get(target);
      return submission ? [{ submission, what: "redacted" }] : [];
    }),
  ];
}

/** The audit log: without gaps, its chain whole, and an entry of every act that must have one. */
export async function verifyAudit(
  office: Office,
  ledger: Ledger,
  admin: Person,
  backups: number,
): Promise<string[]> {
  const found: string[] = [];
  const proof = await office
    .command("newsroom", "audit", "--verify", "--data", office.data)
    .catch((error) => {
      found.push(`the chain of the audit log: ${error}`);
      return undefined;
    });
  const entries: AuditEntry[] = (await readAll(admin, "/audit")).reverse();
  if (entries.some(({ seq }, n) => seq !== n + 1)) found.push("the audit log has a gap");
  if (proof && proof.entries !== entries.length)
    found.push(`the audit log has ${proof.entries} entries, and lists ${entries.length}`);
  const redacted = entries.filter(({ event }) => event === "redacted").map(({ object }) => object ?? "");
  const redactions = [...new Set(ledger.redactions.map(({ id }) => id))];
  found.push(...differences(redactions, redacted, false).map((text) => `audit, redacted: ${text}`));
  const exported = entries.filter(({ event }) => event === "exported").length;
  if (exported < backups) found.push(`audit: ${backups} backups, ${exported} entries`);
  const opened = new Set(
    entries.flatMap(({ event, actor, object }) =>
      event === "internal-opened" ? [`${actor?.id} ${object}`] : [],
    ),
  );
  const authors = new Set(
    (await readAll(admin, "/submissions")).map(({ id, author }) => `${author.id} ${id}`),
  );
  for (const { person, submission } of ledger.openings) {
    const key = `${person} ${submission}`;
    if (!opened.has(key) && !authors.has(key))
      found.push(`audit: ${person} opened ${submission}, without an entry`);
  }
  return found;
}

/** Statuses that tell a failure. */
const failures: readonly Try["outcome"][] = ["cut", "silent", 408, 500, 502, 503, 504, 507];

/** Every failure had a reason, and said so: 500 never; nothing fails while nothing is wrong. */
export function verifyAnswers(
  { tries, surprises, unanswered }: Journal,
  windows: readonly Window[],
): string[] {
  const found = [...surprises, ...unanswered.map((request) => `never answered: ${request}`)];
  const count = new Map<string, number>();
  for (const { method, route, outcome, from, to, type } of tries) {
    const window = windowOf(windows, from, to);
    const isDishonest = outcome === 500 || outcome === 502;
    if (!isDishonest && (window || !failures.includes(outcome))) continue;
    const text = `${outcome}${type ? ` (${type})` : ""} to ${method} ${route}, ${window ? window.name : "without a fault"}`;
    count.set(text, (count.get(text) ?? 0) + 1);
  }
  return [...found, ...[...count].map(([text, n]) => `${n} × ${text}`)];
}

/** Every line of the log is JSON, and none is an error that no fault explains. */
export function verifyLog(lines: readonly LogLine[], windows: readonly Window[]): string[] {
  const count = new Map<string, number>();
  for (const { at, text } of lines) {
    const window = windowOf(windows, at);
    const line = readLine(text);
    const problem = line
      ? line.level === "error" || line.level === "fatal"
        ? `${line.level} "${line.event}" ${line.route ?? ""} ${line.err?.kind ?? ""} ${line.err?.code ?? ""} ${line.err?.at?.slice(0, 4).join(" < ") ?? ""}`
        : undefined
      : `no JSON: ${text.slice(0, 200)}`;
    // An error that is explained by a fault is one of a store that failed; a bug of ours has no code.
    if (problem === undefined || (line && window && line.err?.code !== undefined)) continue;
    const key = `${problem}, ${window ? window.name : "without a fault"}`;
    count.set(key, (count.get(key) ?? 0) + 1);
  }
  return [...count].map(([text, n]) => `${n} × ${text}`);
}

interface ReadLine {
  level: string;
  event: string;
  route?: string;
  err?: { kind?: string; code?: string; at?: string[] };
}

export function readLine(text: string): ReadLine | undefined {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Gauges of a process that nobody asks anything any more. */
export async function verifyGauges(office: Office, journal: Journal): Promise<string[]> {
  const found: string[] = [];
  for (const { name, url } of office.services) {
    const text = await (await fetch(`${url}/metrics`)).text();
    for (const [, route, value] of text.matchAll(/^kominfo_http_requests_open\{route="([^"]*)"\} (\S+)$/gm))
      if (Number(value) !== (route === "/metrics" ? 1 : 0))
        found.push(`${name}: ${value} open requests to ${route}`);
    const unfinished = Number(/^kominfo_uploads_unfinished (\S+)$/m.exec(text)?.[1]);
    if (!(unfinished <= journal.lostUploads))
      found.push(
        `${name}: ${unfinished} unfinished uploads, of ${journal.lostUploads} that may have been left`,
      );
  }
  return found;
}
