import type { Content } from "../../src/contract/contract.js";
import { sha256 } from "../../src/files/hash.js";

/*
 * What the newsroom has acknowledged in the week. `at` is when, in ms since 1970: what was acknowledged before a backup
 * began must be in it.
 */

interface Noted {
  at: number;
}
export interface NotedSubmission extends Noted {
  id: string;
  title: string;
  kecamatan: string;
}
export interface NotedRevision extends Noted {
  submission: string;
  number: number;
  /** Of its content, see `hashOf`; undefined where the command line has made it. */
  hash: string | undefined;
}
export interface NotedStep extends Noted {
  submission: string;
  step: string;
}
export interface NotedComment extends Noted {
  submission: string;
  id: string;
  body: string;
}
export interface NotedPublication extends Noted {
  submission: string;
  id: string;
  url: string;
}
export interface NotedPhoto extends Noted {
  sha256: string;
  /** Id of who sent it, who sees it also while nothing holds it. */
  owner: string;
}
export interface NotedAlbumPhoto extends Noted {
  sha256: string;
  /** `<kecamatan>/<slug>` */
  album: string;
}
/** A redaction: it may have been done from the moment on at which it was asked for. */
export interface NotedRedaction extends Noted {
  id: string;
  /** The comment's id or the photo's hash. */
  target: string;
  askedAt: number;
}
/** An internal block that somebody was shown. */
export interface NotedOpening extends Noted {
  submission: string;
  person: string;
}

export interface Ledger {
  submissions: NotedSubmission[];
  revisions: NotedRevision[];
  steps: NotedStep[];
  comments: NotedComment[];
  publications: NotedPublication[];
  photos: NotedPhoto[];
  albumPhotos: NotedAlbumPhoto[];
  redactions: NotedRedaction[];
  openings: NotedOpening[];
}

export type LedgerPart = keyof Ledger;

export function emptyLedger(): Ledger {
  return {
    submissions: [],
    revisions: [],
    steps: [],
    comments: [],
    publications: [],
    photos: [],
    albumPhotos: [],
    redactions: [],
    openings: [],
  };
}

/** What had been acknowledged before this instant (ms since 1970). */
export function ledgerBefore(ledger: Ledger, instant: number): Ledger {
  const parts = Object.entries(ledger) as [LedgerPart, Noted[]][];
  return Object.fromEntries(
    parts.map(([name, notes]) => [name, notes.filter((note) => note.at < instant)]),
  ) as unknown as Ledger;
}

/** The hash of a content, whatever the order of its keys. */
export function hashOf(content: Content): string {
  return sha256(
    JSON.stringify(content, (_key, value: unknown) =>
      typeof value === "object" && value !== null && !Array.isArray(value)
        ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
        : value,
    ),
  );
}

/** Groups notes by what they are about. */
export function groupBy<T>(notes: readonly T[], keyOf: (note: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const note of notes) groups.set(keyOf(note), [...(groups.get(keyOf(note)) ?? []), note]);
  return groups;
}
