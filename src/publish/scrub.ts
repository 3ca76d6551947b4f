import { rm } from "node:fs/promises";
import path from "node:path";
import { isDeepStrictEqual } from "node:util";
import type { JournalValue } from "../channels/publishing.js";
import { writeAtomically } from "../files/atomic.js";
import { readJournalFile } from "../files/journal.js";
import { withLock } from "../files/lock.js";
import { type Fact, journalPath, parseFact, stateOf } from "./journal.js";

/** What the newsroom has redacted of a publication. */
export interface RedactedParts {
  /** Its whole revision. */
  revision: boolean;
  /** Hashes of photos. */
  photos: ReadonlySet<string>;
}

/** What was removed from a journal. */
export interface Scrubbed {
  /** Public addresses of redacted photos that were stored at the channel and in no post, as far as the journal knew. */
  left: string[];
}

/**
 * Removes from this machine's journal of a publication what the newsroom has redacted: results of effects, whose addresses may hold
 * words of the title, and what a channel has said, which may quote the text. It is not sent any more, so nobody needs them. What finds
 * out about an earlier attempt stays, and so do the addresses of the photos that an open take-down removes. A journal that remembers nothing else is deleted. Returns undefined where there is nothing of it.
 *
 * @param isOpen another run may know more than the newsroom does
 */
export async function scrubPublication(
  folder: string,
  publication: string,
  redacted: RedactedParts,
  isOpen: boolean,
): Promise<Scrubbed | undefined> {
  const file = journalPath(folder, publication);
  return withLock(path.join(folder, `${publication}.lock`), async () => {
    const facts = await readJournalFile(file, parseFact);
    const isOfPhoto = (fact: Fact) => {
      const line = JSON.stringify(fact);
      return [...redacted.photos].some((hash) => line.includes(hash));
    };
    const about = redacted.revision ? facts : facts.filter(isOfPhoto);
    if (about.length === 0) return undefined;
    const { asked, attempt } = stateOf(facts);
    const left = about.flatMap(addressOf);
    if (!isOpen && asked === undefined && attempt?.told === true) {
      await rm(file, { force: true });
      return { left };
    }
    // What a take-down has removed tells its addresses no more, and a cache may still give it.
    const isTakenDown = isOpen && attempt?.kind === "take_down";
    const isNeeded = (fact: Fact) => isTakenDown && fact.fact === "done" && fact.key === "photos";
    const kept = facts.flatMap((fact) =>
      isNeeded(fact) ? [fact] : withoutWords(fact, attempt?.told === true),
    );
    if (isDeepStrictEqual(kept, facts)) return undefined;
    await writeAtomically(file, kept.map((fact) => `${JSON.stringify(fact)}\n`).join(""), 0o600);
    return { left };
  });
}

/** @param isTold the newsroom has the outcome, and its link */
function withoutWords(fact: Fact, isTold: boolean): Fact[] {
  if (fact.fact === "begun" || fact.fact === "done") return [];
  if (fact.fact !== "outcome") return [fact];
  const { state, url, remote_id } = fact.outcome;
  const link = { ...(url !== undefined && { url }), ...(remote_id !== undefined && { remote_id }) };
  return [{ ...fact, outcome: { state, ...(isTold ? {} : link) } }];
}

/** The address of a photo that was stored at a website. */
function addressOf(fact: Fact): string[] {
  return fact.fact === "done" ? storedAddress(fact.key, fact.value) : [];
}

/** The public address of a photo that an effect has stored at a website. @param key of the effect (`Job.once`) */
export function storedAddress(key: string, value: JournalValue): string[] {
  if (typeof value === "string") return key.startsWith("picture ") ? [value] : [];
  if (typeof value !== "object" || value === null) return [];
  const url = "url" in value ? value.url : undefined;
  return typeof url === "string" ? [url] : [];
}
