import { type FileHandle, open, readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { z } from "zod";
import { writeAtomically } from "../../files/atomic.js";
import { makeFolder } from "../../files/folders.js";
import type { FolderState, RenditionRecord } from "./plan.js";

/**
 * The file of records beside the renditions: one JSON record per line, the newest of a name last. A record is written
 * without `made` before a rendition and with it afterwards. A process killed in between leaves a name that is recorded
 * as made by kominfo, and a file that does not count as a rendition.
 */
export const recordsFile = ".kominfo-renditions.jsonl";

const pixels = z.number().int();
const note = z.discriminatedUnion("code", [
  z.object({ code: z.literal("first-frame-only"), frames: z.number().int() }),
  z.object({ code: z.literal("tone-mapped"), transfer: z.enum(["pq", "hlg"]) }),
  z.object({ code: z.literal("smaller-than-preset"), width: pixels, height: pixels }),
  z.object({ code: z.literal("quality-lowered"), quality: z.number().int() }),
]);

const schema = z.object({
  name: z.string(),
  source: z.string(),
  key: z.string(),
  made: z
    .object({
      width: pixels,
      height: pixels,
      bytes: z.number().int(),
      sha256: z.string(),
      crop: z.object({ left: pixels, top: pixels, width: pixels, height: pixels }).optional(),
      notes: z.array(note),
    })
    .optional(),
});

/**
 * Reads the state of `folder`; empty when it does not exist.
 *
 * @param hash returns the SHA-256 of a file; called for every recorded rendition
 */
export async function readFolder(
  folder: string,
  hash: (file: string) => Promise<string>,
): Promise<FolderState> {
  const names = await readdir(folder).catch(nothingWhenMissing<string[]>([]));
  const text = await readFile(path.join(folder, recordsFile), "utf8").catch(nothingWhenMissing(""));
  const present = new Set(names);
  const records = new Map<string, RenditionRecord>();
  for (const line of text.split("\n")) {
    const record = parseRecord(line);
    if (record && present.has(record.name)) records.set(record.name, record);
  }
  const intact = new Set<string>();
  for (const { name, made } of records.values()) {
    // A file that cannot be read does not count as intact.
    const found = made && (await hash(path.join(folder, name)).catch(() => undefined));
    if (made && found === made.sha256) intact.add(name);
  }
  return { names, records: [...records.values()], intact };
}

/**
 * Reads the records of `folder`, oldest first, also of renditions that are not there any more: what was made of a photo may have been sent.
 * Empty when there are none.
 */
export async function readRecords(folder: string): Promise<RenditionRecord[]> {
  const text = await readFile(path.join(folder, recordsFile), "utf8").catch(nothingWhenMissing(""));
  return text.split("\n").flatMap((line) => parseRecord(line) ?? []);
}

/** Adds records to a folder until closed. */
interface RecordWriter {
  /** Appends records. They survive a killed process; renditions whose records a power cut loses are made again. */
  add(records: readonly RenditionRecord[]): Promise<void>;
  /** Once it resolves, all records added so far survive a power cut. */
  sync(): Promise<void>;
  close(): Promise<void>;
}

/**
 * Opens the records of `folder`, which is created when missing, and drops records that `state` does not have. The caller
 * holds the lock of the folder.
 */
export async function openRecords(folder: string, state: FolderState): Promise<RecordWriter> {
  await makeFolder(folder);
  const file = path.join(folder, recordsFile);
  await writeAtomically(file, state.records.map(formatLine).join(""));
  const handle: FileHandle = await open(file, "a");
  return {
    add: (records) => handle.appendFile(records.map(formatLine).join("")),
    sync: () => handle.datasync(),
    close: () => handle.close(),
  };
}

function formatLine(record: RenditionRecord): string {
  return `${JSON.stringify(record)}\n`;
}

/** Returns undefined for a line that is half-written or not a record. */
function parseRecord(line: string): RenditionRecord | undefined {
  try {
    return schema.parse(JSON.parse(line));
  } catch {
    return undefined;
  }
}

function nothingWhenMissing<T>(nothing: T) {
  return (error: NodeJS.ErrnoException): T => {
    if (error.code === "ENOENT") return nothing;
    throw error;
  };
}
