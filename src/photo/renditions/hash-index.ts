import { readFile, stat } from "node:fs/promises";
import path from "node:path";
import { z } from "zod";
import { writeAtomically } from "../../files/atomic.js";
import { sha256File } from "../../files/hash.js";

/** The index file beside the renditions. It holds hashes of renditions and photos, so that unchanged files are not read again. */
export const hashIndexFile = ".kominfo-hashes.json";

/** Files in the index; those of the latest runs are kept. */
const maxFiles = 20_000;
/** A larger index file was not written by kominfo. */
const maxIndexBytes = 16 * 1024 * 1024;
/** Resolution of file times, with a margin: about 10 ms on Linux, Windows and macOS. */
const tickMs = 100;
/** Resolution on FAT (2 s) and some network drives (1 s), with a margin. */
const coarseTickMs = 2_500;

const schema = z.object({
  version: z.literal(1),
  /** Path relative to the folder, with `/` -> [file state from `stat`, SHA-256]. */
  files: z.record(z.string(), z.tuple([z.string().max(100), z.string().regex(/^[0-9a-f]{64}$/)])),
});

/** Hashes of files, kept from one run to the next. */
export interface HashIndex {
  /** Returns the SHA-256 of a file, and reads it only when it has changed. Throws the file system's own error. */
  hash(file: string): Promise<string>;
  /** Whether a file has changed or gone since it was hashed. */
  isChanged(file: string): Promise<boolean>;
  /** Adds the hash of a file that was just written, so that the next run need not read it. */
  record(file: string, sha256: string): Promise<void>;
  /** Writes the index atomically when it has changed. Ignores write errors, because a lost index only costs time. */
  save(): Promise<void>;
}

export interface HashIndexOptions {
  /** Ignore the stored hashes and read every file. */
  rehash?: boolean;
  /** ms since 1970. */
  now?: () => number;
}

/**
 * Opens the index of `folder`; a missing or damaged one is empty.
 *
 * A file counts as unchanged when size, modification and change time (ns) and inode are the same. A file that was
 * modified just before it was read is not stored, because another change could have the same time ("racy" in git:
 * Documentation/technical/racy-git.txt).
 */
export async function openHashIndex(folder: string, options: HashIndexOptions = {}): Promise<HashIndex> {
  const { rehash = false, now = Date.now } = options;
  const indexFile = path.join(folder, hashIndexFile);
  const stored = await readIndex(indexFile);
  const used = new Map<string, Entry>();
  /** State of each file when it was hashed. */
  const hashedStates = new Map<string, string>();
  let isChanged = false;

  const keep = (file: string, entry: Entry) => {
    const name = path.relative(folder, file).replaceAll("\\", "/");
    const before = stored.get(name);
    if (before?.[0] !== entry[0] || before[1] !== entry[1]) isChanged = true;
    used.set(name, entry);
  };
  return {
    async hash(file) {
      const started = now();
      const before = await readState(file);
      hashedStates.set(file, before.state);
      const entry = stored.get(path.relative(folder, file).replaceAll("\\", "/"));
      if (!rehash && entry?.[0] === before.state) {
        keep(file, entry);
        return entry[1];
      }
      const sha256 = await sha256File(file);
      const after = await readState(file);
      if (after.state === before.state && started - after.changedMs > after.tickMs)
        keep(file, [after.state, sha256]);
      return sha256;
    },
    async isChanged(file) {
      const before = hashedStates.get(file);
      const now = await readState(file).catch(() => undefined);
      return before !== undefined && now?.state !== before;
    },
    async record(file, sha256) {
      const { state, tickMs } = await readState(file);
      // With a coarse clock another change within the same tick would go unnoticed: read such a file again next time.
      if (tickMs < coarseTickMs) keep(file, [state, sha256]);
    },
    async save() {
      if (!isChanged) return;
      const others = [...stored].filter(([name]) => !used.has(name));
      const files = Object.fromEntries([...used, ...others].slice(0, maxFiles));
      await writeAtomically(indexFile, JSON.stringify({ version: 1, files }), 0o600).catch(() => {});
      isChanged = false;
    },
  };
}

type Entry = readonly [state: string, sha256: string];

async function readIndex(file: string): Promise<Map<string, Entry>> {
  try {
    if ((await stat(file)).size > maxIndexBytes) return new Map();
    return new Map(Object.entries(schema.parse(JSON.parse(await readFile(file, "utf8"))).files));
  } catch {
    return new Map();
  }
}

async function readState(file: string): Promise<{ state: string; changedMs: number; tickMs: number }> {
  const { size, mtimeNs, ctimeNs, ino } = await stat(file, { bigint: true });
  const isCoarse = mtimeNs % 1_000_000_000n === 0n;
  return {
    state: [size, mtimeNs, ctimeNs, ino].join(" "),
    changedMs: Number((mtimeNs > ctimeNs ? mtimeNs : ctimeNs) / 1_000_000n),
    tickMs: isCoarse ? coarseTickMs : tickMs,
  };
}
