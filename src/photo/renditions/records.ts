import { type FileHandle, mkdir, open, readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { z } from "zod";
import { writeAtomically } from "../../files/atomic.js";
import type { FolderState, RenditionRecord } from "./plan.js";

/**
 * Beside the renditions, one JSON record a line, the newest of a name last. A record is written without `made`
 * before a rendition and with it afterwards, so that a process killed between them leaves names that are known
 * as ours, and files that do not count.
 */
export const recordsFile = ".kominfo-renditions.jsonl";

const pixels = z.number().int();
const note = z.discriminatedUnion("code", [
  z.object({ code: z.literal("first-frame-only"), frames: z.number().int() }),
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
 * What `folder` holds; nothing when it does not exist.
 *
 * @param hash SHA-256 of a file's bytes, asked for every recorded rendition
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
    // What cannot be read is not what was written.
    const found = made && (await hash(path.join(folder, name)).catch(() => undefined));
    if (made && found === made.sha256) intact.add(name);
  }
  return { names, records: [...records.values()], intact };
}

/** Adds records to a folder until closed. */
interface RecordWriter {
  /** A killed process leaves them; what a power cut takes is made again. */
  add(records: readonly RenditionRecord[]): Promise<void>;
  /** What was added is durable when it returns. */
  sync(): Promise<void>;
  close(): Promise<void>;
}

/** Opens the records of `folder` (made when missing), without what `state` no longer has. Its caller holds the folder's lock. */
export async function openRecords(folder: string, state: FolderState): Promise<RecordWriter> {
  await mkdir(folder, { recursive: true });
  const file = path.join(folder, recordsFile);
  await writeAtomically(file, state.records.map(asLine).join(""));
  const handle: FileHandle = await open(file, "a");
  return {
    add: (records) => handle.appendFile(records.map(asLine).join("")),
    sync: () => handle.datasync(),
    close: () => handle.close(),
  };
}

function asLine(record: RenditionRecord): string {
  return `${JSON.stringify(record)}\n`;
}

/** undefined for a line that a killed process left half-written, or that is not ours. */
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
